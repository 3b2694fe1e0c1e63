import { Instant, OneOf, Shown, Text, Texts } from '#wire';
import { STATES, type ComplaintState } from '../complaint/complaint.dto.ts';

export const REOPENING_BASES = ['new-facts', 'review-sent-back', 'supervisor'] as const;
export type ReopeningBasis = (typeof REOPENING_BASES)[number];

export class ReopeningRequest {
  @OneOf(['new-facts', 'supervisor'], {
    description:
      '`new-facts`: the complainant brings new facts and reasons; `supervisor`: a supervisor has it looked at anew. What a review sends back is reopened by the review',
  })
  basis!: 'new-facts' | 'supervisor';

  @Text({ max: 4000, description: 'Which facts and reasons; kept sealed' })
  reasons!: string;

  @Instant({ nullable: true, description: 'When they were received, which is day 0 of the new complaint; now when left out' })
  receivedAt?: string | null;

  @Texts({ nullable: true, maxItems: 20, description: 'Ids of files of the closed complaint that show them' })
  files?: string[] | null;
}

export class ChainLink {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text({ example: 'TS20261121-000001' })
  readonly number!: string;

  @Shown.instant()
  readonly receivedAt!: string;

  @Shown.oneOf(STATES)
  readonly state!: ComplaintState;

  @Shown.localDate()
  readonly dueOn!: string;

  @Shown.instant({ nullable: true })
  readonly closedAt!: string | null;

  @Shown.oneOf(REOPENING_BASES, { nullable: true, description: 'Why it follows the one before; null: it is the first' })
  readonly basis!: ReopeningBasis | null;

  @Shown.text({ nullable: true, description: 'With what reasons it was opened' })
  readonly reasons!: string | null;

  @Shown.text({ nullable: true })
  readonly openedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly openedAt!: string | null;

  @Shown.flag({ description: 'The complaint that was asked for' })
  readonly isThis!: boolean;
}

export class ChainView {
  @Shown.list(() => ChainLink, { description: 'From the first to the last; one alone where nothing was reopened' })
  readonly items!: readonly ChainLink[];

  @Shown.flag({ description: 'Whether the complaint that was asked for may be reopened: closed, and not followed yet' })
  readonly mayReopen!: boolean;
}

export class ReopeningAnswer {
  @Shown.uuid({ description: 'The complaint that follows, with a clock of its own' })
  readonly successorId!: string;

  @Shown.text({ example: 'TS20261201-000007' })
  readonly successorNumber!: string;

  @Shown.nested(() => ChainView)
  readonly chain!: ChainView;
}
