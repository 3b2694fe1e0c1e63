import { LocalDate, OneOf, Shown, Text } from '#wire';

export const CAUSE_KINDS = ['rule', 'script', 'collector', 'agency', 'none'] as const;
export type CauseKind = (typeof CAUSE_KINDS)[number];
const OUTCOMES = ['upheld', 'partly-upheld', 'not-upheld'] as const;

export class ComplaintHoldScope {
  @Shown.text({ nullable: true })
  readonly agencyId!: string | null;

  @Shown.text({ nullable: true })
  readonly collectorId!: string | null;

  @Shown.text({ nullable: true })
  readonly channel!: string | null;

  @Shown.flag({ description: 'Whether it holds one number or address alone' })
  readonly onePoint!: boolean;
}

export class CaseComplaint {
  @Shown.uuid()
  readonly complaintId!: string;

  @Shown.text({ description: 'The number that the complaints desk gave it' })
  readonly number!: string;

  @Shown.instant()
  readonly receivedAt!: string;

  @Shown.instant({ nullable: true, description: 'Null: it is open' })
  readonly closedAt!: string | null;

  @Shown.oneOf(OUTCOMES, { nullable: true })
  readonly outcome!: string | null;

  @Shown.instant({ nullable: true, description: 'Since when it holds collection; null: it holds nothing' })
  readonly heldSince!: string | null;

  @Shown.instant({ nullable: true, description: 'When the complaints desk ended the hold; nobody else can' })
  readonly heldUntil!: string | null;

  @Shown.nested(() => ComplaintHoldScope, { nullable: true, description: 'All null and false: all contact' })
  readonly scope!: ComplaintHoldScope | null;
}

export class CaseComplaints {
  @Shown.list(() => CaseComplaint, { description: 'The newest first' })
  readonly items!: readonly CaseComplaint[];
}

export class CauseListRequest {
  @OneOf(CAUSE_KINDS, { optional: true })
  kind?: CauseKind;

  @Text({ optional: true, description: 'Only of this agency; an agency sees its own in any case' })
  agencyId?: string;

  @LocalDate({ optional: true, description: 'Only complaints received from this day on' })
  from?: string;
}

export class CauseCount {
  @Shown.oneOf(CAUSE_KINDS)
  readonly kind!: string;

  @Shown.text({ nullable: true, description: 'The rule, script, collector or agency' })
  readonly target!: string | null;

  @Shown.whole({ nullable: true, description: 'Of a script' })
  readonly targetVersion!: number | null;

  @Shown.text({ nullable: true, description: 'Whose doing it was; null: the bank’s own' })
  readonly agencyId!: string | null;

  @Shown.whole({ description: 'Complaints that it caused, as the complaints desk confirmed' })
  readonly complaints!: number;

  @Shown.whole({ description: 'Of them upheld, wholly or in part' })
  readonly upheld!: number;

  @Shown.instant()
  readonly lastConfirmedAt!: string;

  @Shown.texts({ description: 'Numbers of the complaints, the newest first, 10 at most' })
  readonly numbers!: readonly string[];
}

export class CauseCounts {
  @Shown.list(() => CauseCount, { description: 'The most complaints first, 200 at most' })
  readonly items!: readonly CauseCount[];
}
