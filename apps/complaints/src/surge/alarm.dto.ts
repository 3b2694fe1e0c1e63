import { Instant, OneOf, PageRequest, Shown, Text, Whole, type Page } from '#wire';
import { MAJOR_KINDS, type MajorKind } from '../major/plan.ts';
import { MajorItem } from '../major/major.view.ts';
import { ALARM_DIMENSIONS, ALARM_STATES, type AlarmState } from './alarm.store.ts';

export class AlarmListRequest extends PageRequest {
  @OneOf(ALARM_STATES, { optional: true })
  state?: AlarmState;
}

export class AlarmConfirmation {
  @Text({ nullable: true, max: 200, description: 'Of the matter that is opened; left out where there is one' })
  title?: string | null;

  @Text({ max: 4000, description: 'Why it is a major one; kept sealed' })
  reason!: string;

  @OneOf(MAJOR_KINDS, { optional: true, description: 'What the alarm says when left out' })
  kind?: MajorKind;

  @Whole({ nullable: true, min: 1, max: 1_000_000 })
  persons?: number | null;

  @Instant({ nullable: true, description: 'Since when the institution knows; when the alarm was raised where left out' })
  knownAt?: string | null;

  @Text({ nullable: true, description: 'The id of an open matter that its complaints belong to' })
  matterId?: string | null;
}

export class AlarmDismissal {
  @Text({ max: 4000, description: 'Why it is none; kept sealed' })
  reason!: string;
}

export class RegionRequest {
  @Text({ max: 6, description: 'A province of GB/T 2260', example: '230000' })
  region!: string;
}

export class AlarmLabel {
  @Shown.text()
  readonly zh!: string;

  @Shown.text()
  readonly en!: string;
}

export class AlarmItem {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(ALARM_DIMENSIONS, { description: '`complaint`: what one complaint says' })
  readonly dimension!: string;

  @Shown.text({ description: 'The code of the cause or area, the province, the agency, or the id of the complaint' })
  readonly code!: string;

  @Shown.nested(() => AlarmLabel, { nullable: true, description: 'The words of a cause or an area' })
  readonly label!: AlarmLabel | null;

  @Shown.text({ nullable: true, description: 'The number of the complaint, where it is one' })
  readonly complaintNumber!: string | null;

  @Shown.whole({ description: '0: of one complaint' })
  readonly windowDays!: number;

  @Shown.localDate({ description: 'The last day of the window' })
  readonly endsOn!: string;

  @Shown.whole({ description: 'When it was raised' })
  readonly count!: number;

  @Shown.whole({ description: 'The most since, while the window lasted' })
  readonly peak!: number;

  @Shown.number({ nullable: true, description: 'How many are usual' })
  readonly expected!: number | null;

  @Shown.number({ nullable: true, description: 'How likely so many or more are by chance' })
  readonly chance!: number | null;

  @Shown.oneOf(MAJOR_KINDS, { description: 'Which kind of major complaint it would be' })
  readonly kind!: string;

  @Shown.texts({ description: 'The words that a complaint was noticed by' })
  readonly words!: readonly string[];

  @Shown.instant()
  readonly raisedAt!: string;

  @Shown.oneOf(ALARM_STATES)
  readonly state!: string;

  @Shown.text({ nullable: true })
  readonly settledBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly settledAt!: string | null;

  @Shown.text({ nullable: true, description: 'Null also for who may not see personal data' })
  readonly reason!: string | null;

  @Shown.uuid({ nullable: true })
  readonly matterId!: string | null;
}

export class AlarmPage implements Page<AlarmItem> {
  @Shown.list(() => AlarmItem)
  readonly items!: readonly AlarmItem[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class AlarmDay {
  @Shown.localDate()
  readonly day!: string;

  @Shown.whole()
  readonly count!: number;

  @Shown.number({ description: 'What is usual on such a day' })
  readonly expected!: number;

  @Shown.flag({ description: 'Whether it is a working day' })
  readonly works!: boolean;
}

export class AlarmView extends AlarmItem {
  @Shown.whole({ description: 'The version of the measure that it was judged by' })
  readonly settingsVersion!: number;

  @Shown.whole({ nullable: true, description: 'How many days of the past it was judged by' })
  readonly pastDays!: number | null;

  @Shown.whole({ nullable: true, description: 'How many came in them' })
  readonly pastCount!: number | null;

  @Shown.number({ nullable: true, description: 'How much more the days of the past differ than chance alone makes them' })
  readonly dispersion!: number | null;

  @Shown.list(() => AlarmDay, { description: 'Day by day, eight weeks before the window and until today; empty for one complaint' })
  readonly days!: readonly AlarmDay[];
}

export class ComplaintMajorView {
  @Shown.list(() => MajorItem, { description: 'The matters that the complaint belongs or belonged to' })
  readonly matters!: readonly MajorItem[];

  @Shown.list(() => AlarmItem, { description: 'What the complaint was noticed by' })
  readonly alarms!: readonly AlarmItem[];

  @Shown.text({ nullable: true, description: 'The province that it comes from' })
  readonly region!: string | null;

  @Shown.text({ nullable: true, description: '`system`: from the number of the identity card' })
  readonly regionBy!: string | null;
}
