import { CASE_STATUSES, CHANNELS } from '#contact-rules';
import type { Channel } from '#contact-rules';
import { Amount, Currency, Flag, Instant, OneOf, PageRequest, QueryFlag, Shown, Text, type Page } from '#wire';

export const OBJECTION_KINDS = ['amount', 'not-mine', 'paid', 'fraud', 'fees', 'other'] as const;
export const OBJECTION_STATES = ['open', 'upheld', 'rejected', 'withdrawn'] as const;
export type ObjectionState = (typeof OBJECTION_STATES)[number];

const evidence = { max: 500, description: 'Where the proof is: a recording, a letter, a minute' } as const;

export class ObjectionRequest {
  @OneOf(OBJECTION_KINDS, {
    description: 'What is disputed: the amount, that it is the debtor’s, that it is unpaid, that it was theirs to use, fees',
  })
  kind!: string;

  @Text({ max: 4000, description: 'What is disputed, in the debtor’s words; kept sealed' })
  disputed!: string;

  @Text({ nullable: true, description: 'Who says so: a party of the case; the debtor when left out' })
  partyId?: string | null;

  @OneOf(CHANNELS, { description: 'How it reached us' })
  channel!: Channel;

  @Amount({ nullable: true, description: 'The amount in dispute; left out: all of it' })
  amount?: string | null;

  @Currency({ nullable: true })
  currency?: string | null;

  @Text({ ...evidence, nullable: true })
  evidence?: string | null;

  @Instant({ nullable: true, description: 'When it was raised; now when left out' })
  raisedAt?: string | null;
}

export class ObjectionDecisionRequest {
  @OneOf(['upheld', 'rejected'])
  outcome!: 'upheld' | 'rejected';

  @Text({ max: 4000, description: 'The facts found; kept sealed' })
  facts!: string;

  @Text({ max: 1000, description: 'On what basis: contract clause, statement, article' })
  basis!: string;

  @Text({
    nullable: true,
    max: 200,
    description: 'The reference of the correction in the core system; needed for a new balance or a closed case',
  })
  coreReference?: string | null;

  @Amount({ nullable: true, description: 'The balance as corrected' })
  newBalance?: string | null;

  @Flag({ optional: true, description: 'Whether the case is closed by it' })
  closeCase?: boolean;
}

export class ObjectionTellingRequest {
  @Instant({ nullable: true, description: 'When the debtor was told; now when left out' })
  toldAt?: string | null;

  @OneOf(CHANNELS)
  how!: Channel;

  @Text(evidence)
  evidence!: string;
}

export class ObjectionWithdrawalRequest {
  @Text(evidence)
  evidence!: string;
}

export class ObjectionListRequest extends PageRequest {
  @OneOf(OBJECTION_STATES, { optional: true })
  state?: ObjectionState;

  @QueryFlag({ optional: true, description: 'Decided, and the debtor not told yet' })
  untold?: boolean;

  @Text({ optional: true, description: 'As given at import' })
  caseId?: string;
}

export class ObjectionView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text({ description: 'As given at import' })
  readonly caseId!: string;

  @Shown.text()
  readonly partyId!: string;

  @Shown.oneOf(OBJECTION_KINDS)
  readonly kind!: string;

  @Shown.oneOf(CHANNELS)
  readonly channel!: string;

  @Shown.text({ nullable: true, description: 'Null for a reader who sees no free text of debtors' })
  readonly disputed!: string | null;

  @Shown.text({ nullable: true })
  readonly amount!: string | null;

  @Shown.text({ nullable: true })
  readonly currency!: string | null;

  @Shown.text({ nullable: true })
  readonly evidence!: string | null;

  @Shown.instant()
  readonly raisedAt!: string;

  @Shown.text()
  readonly raisedBy!: string;

  @Shown.text({ nullable: true })
  readonly raisedAgency!: string | null;

  @Shown.oneOf(OBJECTION_STATES)
  readonly state!: ObjectionState;

  @Shown.uuid({ description: 'The hold that stops collection until the debtor is told' })
  readonly holdId!: string;

  @Shown.flag({ description: 'Whether the hold is in force' })
  readonly holds!: boolean;

  @Shown.text({ nullable: true })
  readonly decidedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly decidedAt!: string | null;

  @Shown.text({ nullable: true, description: 'Null for a reader who sees no free text of debtors' })
  readonly facts!: string | null;

  @Shown.text({ nullable: true })
  readonly basis!: string | null;

  @Shown.text({ nullable: true })
  readonly coreReference!: string | null;

  @Shown.text({ nullable: true })
  readonly balanceBefore!: string | null;

  @Shown.text({ nullable: true })
  readonly balanceAfter!: string | null;

  @Shown.oneOf(CASE_STATUSES, { nullable: true })
  readonly caseStateAfter!: string | null;

  @Shown.instant({ nullable: true })
  readonly toldAt!: string | null;

  @Shown.oneOf(CHANNELS, { nullable: true })
  readonly toldHow!: string | null;

  @Shown.text({ nullable: true })
  readonly toldEvidence!: string | null;

  @Shown.text({ nullable: true })
  readonly withdrawalEvidence!: string | null;
}

export class ObjectionPage implements Page<ObjectionView> {
  @Shown.list(() => ObjectionView)
  readonly items!: readonly ObjectionView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}
