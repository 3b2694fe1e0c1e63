import { Amount, DiffersFrom, Flag, Instant, LocalDate, Nested, OneOf, Shown, TimeOfDay } from '#wire';
import { AttemptView } from '../contact/answer.ts';
import { OutcomeRequest } from '../contact/contact.dto.ts';
import { HOLD_CAUSES } from '../case/case.dto.ts';

export const REACHED = ['debtor', 'co-debtor', 'guarantor', 'representative', 'family', 'colleague', 'unknown', 'nobody'] as const;
export type Reached = (typeof REACHED)[number];

export const SPECIALS = [
  'fraud',
  'death',
  'lost-contact',
  'dispute',
  'hardship',
  'self-harm',
  'imprisoned',
  'illness',
  'bankruptcy',
  'cease-request',
  'other',
] as const;
export type Special = (typeof SPECIALS)[number];

export const ATTITUDES = ['cooperative', 'evasive', 'disputes', 'hostile', 'distressed', 'unclear'] as const;
export const ARREARS_REASONS = [
  'forgot',
  'cash-flow',
  'unemployment',
  'income-fell',
  'illness',
  'family',
  'business-failed',
  'disaster',
  'too-many-debts',
  'dispute',
  'fraud',
  'unwilling',
  'other',
] as const;

export class ReportedPromise {
  @Amount({ description: 'What the debtor will pay' })
  amount!: string;

  @LocalDate({ description: 'By the end of this day' })
  dueOn!: string;
}

export class BestTime {
  @TimeOfDay({ example: '18:00', description: 'Local time of the debtor' })
  from!: string;

  @DiffersFrom('from', 'must differ from `from`')
  @TimeOfDay({ example: '20:00' })
  to!: string;
}

export class OutcomeReport {
  @OneOf(REACHED, { nullable: true, description: 'Who was spoken with, or who answered' })
  reached?: Reached | null;

  @Nested(() => ReportedPromise, { nullable: true, description: 'A promise to pay; needs a talk with somebody who owes or represents' })
  promise?: ReportedPromise | null;

  @OneOf(SPECIALS, {
    nullable: true,
    description:
      'What needs special handling. `self-harm` and `hardship` stop collection at once and go to a person, as words to that effect in the note do; `death`, `bankruptcy`, `fraud`, `dispute` and `cease-request` stop it too',
  })
  special?: Special | null;

  @Nested(() => BestTime, { nullable: true, description: 'When the debtor is best called' })
  bestTime?: BestTime | null;

  @Instant({ nullable: true, description: 'When to try again, as agreed' })
  followUpAt?: string | null;

  @OneOf(ATTITUDES, { nullable: true })
  attitude?: (typeof ATTITUDES)[number] | null;

  @OneOf(ARREARS_REASONS, { nullable: true })
  arrearsReason?: (typeof ARREARS_REASONS)[number] | null;

  @Flag({ nullable: true, description: 'The party wants no more calls: an opt-out of voice' })
  wantsNoCalls?: boolean | null;
}

export class ReportedOutcomeRequest extends OutcomeRequest {
  @Nested(() => OutcomeReport, { nullable: true, description: 'What the trade wants to know besides the result' })
  report?: OutcomeReport | null;
}

export class ReportedAttempt extends AttemptView {
  @Shown.manyOf(HOLD_CAUSES, { description: 'For what collection was stopped by this outcome; empty: it was not' })
  readonly stops!: readonly string[];

  @Shown.uuid({ nullable: true, description: 'The promise that was noted' })
  readonly promiseId!: string | null;

  @Shown.uuid({ nullable: true, description: 'The objection that the dispute is: opened by it, or open already' })
  readonly objectionId!: string | null;
}
