import { PUBLISHED_CALENDARS } from '#clock-rules';
import { OneOf, Shown, Text, Texts, Whole, type Page } from '#wire';
import { VERSION_STATES, type VersionState } from './calendar.states.ts';

export const COUNTRIES = PUBLISHED_CALENDARS.map(({ country }) => country);
const MOST_DAYS = 366;

export class CalendarDaysRequest {
  @Texts({ maxItems: MOST_DAYS, description: 'Dates that are off, such as 2027-01-01; weekends need not be named' })
  daysOff!: string[];

  @Texts({ maxItems: MOST_DAYS, description: 'Days of a weekend that are worked (调休)' })
  makeUpDays!: string[];

  @Text({
    max: 500,
    description: 'Where the days are published, such as the notice of the State Council',
    example: '国办发明电〔2026〕7号',
  })
  source!: string;

  @Text({ max: 2000, description: 'What is different, and why; shown to everyone who may read calendars' })
  note!: string;
}

export class CalendarDraftRequest extends CalendarDaysRequest {
  @OneOf(COUNTRIES)
  country!: string;

  @Whole({ min: 1990, max: 2100 })
  year!: number;
}

export class CalendarApprovalRequest {
  @Whole({ min: 1, description: 'The `revision` that was looked at' })
  revision!: number;
}

export class CalendarReturnRequest {
  @Text({ max: 2000, description: 'What is to be changed' })
  reason!: string;
}

export class CalendarYearItem {
  @Shown.whole()
  readonly year!: number;

  @Shown.whole({ description: '0: as it comes with the product' })
  readonly version!: number;

  @Shown.flag({ description: 'Its days are published; else its weekends are taken as off, and what rests on it is provisional' })
  readonly isKnown!: boolean;

  @Shown.uuid({ nullable: true, description: 'A draft of it, or one that waits for approval' })
  readonly openId!: string | null;
}

export class CalendarItem {
  @Shown.oneOf(COUNTRIES)
  readonly country!: string;

  @Shown.text({ description: 'Who publishes what comes with the product' })
  readonly source!: string;

  @Shown.texts({ description: 'The packs whose terms count its working days' })
  readonly packs!: readonly string[];

  @Shown.list(() => CalendarYearItem)
  readonly years!: readonly CalendarYearItem[];
}

export class CalendarList {
  @Shown.list(() => CalendarItem)
  readonly items!: readonly CalendarItem[];
}

export class CalendarRunView {
  @Shown.oneOf(['clocks', 'stages', 'done'])
  readonly phase!: string;

  @Shown.whole({ description: 'How many days are something else than before' })
  readonly days!: number;

  @Shown.whole({ description: 'Clocks whose term meets one of them' })
  readonly total!: number;

  @Shown.whole({ description: 'How many of them have been looked at' })
  readonly examined!: number;

  @Shown.whole({ description: 'Written: due earlier' })
  readonly earlier!: number;

  @Shown.whole({ description: 'Written: due later' })
  readonly later!: number;

  @Shown.whole({ description: 'Written: the same date, no longer provisional' })
  readonly settled!: number;

  @Shown.whole({ description: 'Of those written: overdue at once' })
  readonly overdue!: number;

  @Shown.whole({ description: 'Of those written: with an event that lies outside its term now, and counts no more' })
  readonly conflicting!: number;

  @Shown.whole({ description: 'Stages whose own time limit moved' })
  readonly stages!: number;

  @Shown.instant()
  readonly startedAt!: string;

  @Shown.instant({ nullable: true })
  readonly finishedAt!: string | null;
}

export class CalendarDayChange {
  @Shown.localDate()
  readonly date!: string;

  @Shown.flag({ description: 'Whether it is worked now' })
  readonly works!: boolean;
}

export class CalendarVersionView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(COUNTRIES)
  readonly country!: string;

  @Shown.whole()
  readonly year!: number;

  @Shown.whole({ nullable: true, description: 'Null until it is published' })
  readonly version!: number | null;

  @Shown.whole({ description: 'Goes up with each change of the draft' })
  readonly revision!: number;

  @Shown.oneOf(VERSION_STATES)
  readonly state!: VersionState;

  @Shown.texts()
  readonly daysOff!: readonly string[];

  @Shown.texts()
  readonly makeUpDays!: readonly string[];

  @Shown.list(() => CalendarDayChange, { description: 'Of what is not published: the days that would be something else' })
  readonly changes!: readonly CalendarDayChange[];

  @Shown.text()
  readonly source!: string;

  @Shown.text()
  readonly note!: string;

  @Shown.texts({ description: 'Who has had a hand in it; none of them approves it' })
  readonly draftedBy!: readonly string[];

  @Shown.instant()
  readonly draftedAt!: string;

  @Shown.text({ nullable: true })
  readonly proposedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly proposedAt!: string | null;

  @Shown.text({ nullable: true })
  readonly returnedBy!: string | null;

  @Shown.text({ nullable: true })
  readonly returnReason!: string | null;

  @Shown.text({ nullable: true, description: 'Who published or cancelled it' })
  readonly settledBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly settledAt!: string | null;

  @Shown.nested(() => CalendarRunView, { nullable: true, description: 'The job that its publication began' })
  readonly run!: CalendarRunView | null;
}

export class CalendarYearView {
  @Shown.oneOf(COUNTRIES)
  readonly country!: string;

  @Shown.whole()
  readonly year!: number;

  @Shown.whole({ description: 'The version that holds; 0: as it comes with the product' })
  readonly version!: number;

  @Shown.flag()
  readonly isKnown!: boolean;

  @Shown.text({ description: 'Where the days that hold are published' })
  readonly source!: string;

  @Shown.texts()
  readonly daysOff!: readonly string[];

  @Shown.texts()
  readonly makeUpDays!: readonly string[];

  @Shown.list(() => CalendarVersionView, { description: 'What was drafted or published here, the newest first' })
  readonly versions!: readonly CalendarVersionView[];
}

export class CalendarMovedClock {
  @Shown.uuid()
  readonly complaintId!: string;

  @Shown.text({ example: 'TS20261121-000001' })
  readonly number!: string;

  @Shown.localDate()
  readonly dueBefore!: string;

  @Shown.localDate()
  readonly dueAfter!: string;

  @Shown.flag({ description: 'It was not overdue, and is' })
  readonly overdue!: boolean;

  @Shown.whole({ description: 'Events of it that lie outside their term now' })
  readonly conflicts!: number;
}

export class CalendarPreview {
  @Shown.whole({ description: 'The revision that was tried' })
  readonly revision!: number;

  @Shown.whole({ description: 'How many days would be something else' })
  readonly days!: number;

  @Shown.whole({ description: 'Open clocks that are not decided and whose term meets one of them' })
  readonly total!: number;

  @Shown.whole({ description: 'How many of them were tried' })
  readonly examined!: number;

  @Shown.whole()
  readonly earlier!: number;

  @Shown.whole()
  readonly later!: number;

  @Shown.whole({ description: 'The same date, no longer provisional' })
  readonly settled!: number;

  @Shown.whole({ description: 'Nothing would be written' })
  readonly unchanged!: number;

  @Shown.whole({ description: 'Overdue at once' })
  readonly overdue!: number;

  @Shown.whole({ description: 'With an event that would lie outside its term' })
  readonly conflicting!: number;

  @Shown.whole({ description: 'Stages whose own time limit would move' })
  readonly stages!: number;

  @Shown.list(() => CalendarMovedClock, { description: 'Of those that would move, the ones that would be overdue first; 50 at most' })
  readonly sample!: readonly CalendarMovedClock[];
}

export class CalendarMove extends CalendarMovedClock {
  @Shown.instant()
  readonly movedAt!: string;
}

export class CalendarMovePage implements Page<CalendarMove> {
  @Shown.list(() => CalendarMove)
  readonly items!: readonly CalendarMove[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}
