import { LocalDate, OneOf, PageRequest, QueryFlag, Shown, Text, type Page } from '#wire';
import type { Decision } from './rule.dto.ts';
import { DECISIONS } from './rule.dto.ts';

export const HOLD_SCOPES = ['subject', 'case', 'complaint', 'agency', 'kind'] as const;
export type HoldScope = (typeof HOLD_SCOPES)[number];

export class RetentionHoldRequest {
  @OneOf(HOLD_SCOPES, {
    description:
      '`subject`: a person by the bank’s id; `case`, `complaint`, `agency`: by the ids that the API takes; `kind`: a kind of record',
  })
  scope!: HoldScope;

  @Text({ max: 200, description: 'Whose or which: an id or number, or the name of the kind. Never a name', example: 'D1' })
  value!: string;

  @LocalDate({ nullable: true, description: 'Of a kind: what began on this day or later; open when left out' })
  from?: string | null;

  @LocalDate({ nullable: true, description: 'Of a kind: what began on this day or earlier' })
  to?: string | null;

  @Text({ max: 2000, description: 'Why: the suit, the inquiry, the order. Kept sealed' })
  reason!: string;
}

export class RetentionReleaseRequest {
  @Text({ max: 2000, description: 'Why nothing has to be held any more. Kept sealed' })
  reason!: string;
}

export class RetentionReleaseDecisionRequest {
  @OneOf(DECISIONS, { description: '`approve` and `refuse`: by another person; `withdraw`: by who asked for it' })
  decision!: Decision;
}

export class RetentionHoldFilter extends PageRequest {
  @QueryFlag({ optional: true, description: 'Released ones as well' })
  released?: boolean;
}

export class RetentionHoldView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(HOLD_SCOPES)
  readonly scope!: HoldScope;

  @Shown.text()
  readonly value!: string;

  @Shown.localDate({ nullable: true })
  readonly from!: string | null;

  @Shown.localDate({ nullable: true })
  readonly to!: string | null;

  @Shown.text()
  readonly placedBy!: string;

  @Shown.instant()
  readonly placedAt!: string;

  @Shown.text({ nullable: true, description: 'Who asks for its release' })
  readonly releaseAskedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly releaseAskedAt!: string | null;

  @Shown.text({ nullable: true })
  readonly releasedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly releasedAt!: string | null;
}

export class RetentionHoldDetail extends RetentionHoldView {
  @Shown.text({ description: 'As it was written; the read is recorded' })
  readonly reason!: string;

  @Shown.text({ nullable: true })
  readonly releaseReason!: string | null;
}

export class RetentionHoldPage implements Page<RetentionHoldView> {
  @Shown.list(() => RetentionHoldView)
  readonly items!: readonly RetentionHoldView[];

  @Shown.text({ nullable: true })
  readonly nextCursor!: string | null;
}
