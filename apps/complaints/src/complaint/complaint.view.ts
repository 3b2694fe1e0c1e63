import { MATTERS, TERM_IDS, type Matter } from '#clock-rules';
import { Shown, type Page } from '#wire';
import { DUE_BUCKETS, HOLD_STATES, STATES, type ComplaintState, type DueBucket, type HoldState } from './complaint.dto.ts';

export class ClockSegment {
  @Shown.localDate()
  readonly from!: string;

  @Shown.localDate({ nullable: true, description: 'Null: not over' })
  readonly to!: string | null;

  @Shown.text({ description: 'What runs: a term, or a pause', example: 'decide' })
  readonly cause!: string;
}

/** A fact that the rules did not allow. */
export class ClockRejection {
  @Shown.text({ example: 'term-already-over' })
  readonly code!: string;

  @Shown.text({ description: 'In the language of `Accept-Language`' })
  readonly detail!: string;

  @Shown.text({ description: 'The article that the rule comes from', example: 'CMP20 18' })
  readonly source!: string;
}

export class ListedClockRejection extends ClockRejection {
  @Shown.whole({ description: 'Which of the events, from 0' })
  readonly index!: number;
}

export class ClockSummary {
  @Shown.oneOf(STATES)
  readonly state!: ComplaintState;

  @Shown.oneOf(TERM_IDS)
  readonly termId!: string;

  @Shown.localDate({ description: 'The last day, inclusive' })
  readonly dueOn!: string;

  @Shown.instant({ description: 'The instant at which that day ends' })
  readonly dueAt!: string;

  @Shown.flag({ description: 'Depends on a calendar that is not published yet' })
  readonly provisional!: boolean;

  @Shown.whole({ description: 'Local dates from the instant asked about to dueOn; negative when it is over' })
  readonly daysLeft!: number;
}

export class ClockWindow {
  @Shown.oneOf(['summary'])
  readonly termId!: string;

  @Shown.localDate({ description: 'The last day, inclusive' })
  readonly lastOn!: string;

  @Shown.instant({ description: 'The instant at which that day ends' })
  readonly endsAt!: string;

  @Shown.flag({ description: 'Depends on a calendar that is not published yet' })
  readonly provisional!: boolean;

  @Shown.oneOf(['open', 'used', 'passed'], { description: '`used`: decided and told within it' })
  readonly state!: string;

  @Shown.text({ example: 'DISP 1.5' })
  readonly source!: string;
}

export class ClockView extends ClockSummary {
  @Shown.list(() => ClockSegment)
  readonly segments!: readonly ClockSegment[];

  @Shown.list(() => ListedClockRejection, { description: 'Events that the rules do not allow; they change nothing' })
  readonly rejected!: readonly ListedClockRejection[];

  @Shown.list(() => ClockWindow, {
    optional: true,
    description: 'Only of packs that have any: until when a simpler answer will do, in `uk-disp` a summary resolution communication',
  })
  readonly windows?: readonly ClockWindow[];
}

export class ProxyView {
  @Shown.text()
  readonly name!: string;

  @Shown.text({ nullable: true })
  readonly idNumber!: string | null;

  @Shown.text({ nullable: true })
  readonly contact!: string | null;
}

export class ComplainantName {
  @Shown.text({ example: '张*' })
  readonly name!: string;
}

export class ComplainantView extends ComplainantName {
  @Shown.text({ nullable: true })
  readonly idNumber!: string | null;

  @Shown.text({ nullable: true, example: '138****0001' })
  readonly contact!: string | null;

  @Shown.nested(() => ProxyView, { nullable: true })
  readonly proxy!: ProxyView | null;
}

export class AgainstView {
  @Shown.text({ nullable: true })
  readonly agencyId!: string | null;

  @Shown.text({ nullable: true })
  readonly collectorId!: string | null;

  @Shown.text({ nullable: true })
  readonly staffId!: string | null;
}

export class HoldScopeView {
  @Shown.text({ nullable: true })
  readonly agencyId!: string | null;

  @Shown.text({ nullable: true })
  readonly collectorId!: string | null;
}

export class ComplaintHoldView {
  @Shown.oneOf(HOLD_STATES, {
    description: 'What became of the hold that this complaint asks collections for; `no-case`: no such account is known there',
  })
  readonly state!: HoldState;

  @Shown.nested(() => HoldScopeView, { nullable: true, description: 'Whose contacts it stops; both null: all. Null: no hold' })
  readonly scope!: HoldScopeView | null;
}

/** What a list shows of a complaint. */
export class ComplaintListItem {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text({ example: 'TS20261121-000001' })
  readonly number!: string;

  @Shown.text({ nullable: true })
  readonly externalRef!: string | null;

  @Shown.text()
  readonly channel!: string;

  @Shown.text({ nullable: true })
  readonly category!: string | null;

  @Shown.instant()
  readonly receivedAt!: string;

  @Shown.instant()
  readonly registeredAt!: string;

  @Shown.text({ example: 'Asia/Shanghai' })
  readonly timeZone!: string;

  @Shown.text({ example: 'cn-banking-2020' })
  readonly pack!: string;

  @Shown.nested(() => ComplainantName)
  readonly complainant!: ComplainantName;

  @Shown.text({ nullable: true })
  readonly account!: string | null;

  @Shown.text()
  readonly subject!: string;

  @Shown.nested(() => AgainstView)
  readonly against!: AgainstView;

  @Shown.whole()
  readonly groupSize!: number;

  @Shown.text({ nullable: true, description: 'The subject of who handles it' })
  readonly handler!: string | null;

  @Shown.oneOf(STATES)
  readonly state!: ComplaintState;

  @Shown.oneOf(DUE_BUCKETS)
  readonly dueBucket!: DueBucket;

  @Shown.nested(() => ClockSummary)
  readonly clock!: ClockSummary;

  @Shown.nested(() => ComplaintHoldView)
  readonly hold!: ComplaintHoldView;

  @Shown.oneOf(['api', 'import'])
  readonly source!: string;

  @Shown.instant({ nullable: true })
  readonly decidedAt!: string | null;

  @Shown.instant({ nullable: true })
  readonly toldAt!: string | null;

  @Shown.instant({ nullable: true })
  readonly closedAt!: string | null;

  @Shown.flag({ description: "Whether personal data are masked for the reader's role" })
  readonly masked!: boolean;
}

export class ComplaintView extends ComplaintListItem {
  @Shown.nested(() => ComplainantView)
  declare readonly complainant: ComplainantView;

  @Shown.text()
  readonly narrative!: string;

  @Shown.texts()
  readonly requests!: readonly string[];

  @Shown.nested(() => ClockView)
  declare readonly clock: ClockView;

  @Shown.oneOf(MATTERS, { nullable: true, description: 'What it is about, where its rules have terms of their own for it' })
  readonly matter!: Matter | null;

  @Shown.free({
    nullable: true,
    description:
      'What decided at registration which rules it is under: `channels`, `regulators`, `categories`, `imports` or `continues`; null: those of all',
  })
  readonly packRule!: Readonly<Record<string, unknown>> | null;

  @Shown.text({ description: 'The subject of who registered it' })
  readonly registeredBy!: string;
}

export class ComplaintPage implements Page<ComplaintListItem> {
  @Shown.list(() => ComplaintListItem)
  readonly items!: readonly ComplaintListItem[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class BucketCount {
  @Shown.oneOf(DUE_BUCKETS)
  readonly dueBucket!: DueBucket;

  @Shown.whole()
  readonly count!: number;
}

export class DayCount {
  @Shown.localDate()
  readonly dueOn!: string;

  @Shown.whole()
  readonly count!: number;
}

export class ComplaintCounts {
  @Shown.list(() => BucketCount, { description: 'Every bucket, in their order' })
  readonly buckets!: readonly BucketCount[];

  @Shown.whole()
  readonly total!: number;

  @Shown.list(() => DayCount, { description: 'Open and not paused, by due date, from seven days ago; 60 dates at most' })
  readonly days!: readonly DayCount[];
}
