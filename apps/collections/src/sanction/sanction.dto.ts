import { LocalDate, NestedList, OneOf, PageRequest, Shown, Text, type Page } from '#wire';
import { LADDER, SUGGESTION_CAUSES, type Step, type SuggestionCause } from './ladder.ts';
import {
  APPEAL_OUTCOMES,
  GROUND_KINDS,
  SANCTION_STATES,
  type AppealOutcome,
  type GroundKind,
  type SanctionState,
} from './sanction.store.ts';

export class GroundRequest {
  @OneOf(GROUND_KINDS)
  kind!: GroundKind;

  @Text({ max: 36, description: 'Its id' })
  id!: string;
}

export class SanctionRequest {
  @OneOf(LADDER, { description: 'HLJ 36; from `circular` on a second person decides' })
  step!: Step;

  @Text({ max: 4000, description: 'Why, as the letter says it; kept sealed' })
  reason!: string;

  @Text({ nullable: true, max: 2000, description: 'Why steps between are left out, where they are; kept sealed, not told the agency' })
  skipReason?: string | null;

  @NestedList(() => GroundRequest, { optional: true, maxItems: 50, description: 'What it rests on' })
  grounds?: GroundRequest[];

  @LocalDate({ nullable: true, description: 'Last day of `rights-suspended`; by when `forced-training` is done; else none' })
  untilOn?: string | null;
}

export class SanctionReasonRequest {
  @Text({ max: 4000, description: 'Why, in your words; kept sealed' })
  reason!: string;
}

export class AppealRequest {
  @Text({ max: 4000, description: 'Against what, and why; kept sealed' })
  appeal!: string;
}

export class AppealDecisionRequest {
  @OneOf(APPEAL_OUTCOMES)
  outcome!: AppealOutcome;

  @Text({ max: 4000, description: 'Why; told the agency, kept sealed' })
  note!: string;
}

export class SanctionListRequest extends PageRequest {
  @Text({ optional: true })
  agencyId?: string;

  @OneOf(SANCTION_STATES, { optional: true })
  state?: SanctionState;
}

export class GroundView {
  @Shown.oneOf(GROUND_KINDS)
  readonly kind!: GroundKind;

  @Shown.text()
  readonly id!: string;
}

export class SanctionView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text()
  readonly agencyId!: string;

  @Shown.text()
  readonly agencyName!: string;

  @Shown.oneOf(LADDER)
  readonly step!: Step;

  @Shown.oneOf(SANCTION_STATES)
  readonly state!: SanctionState;

  @Shown.oneOf(LADDER, { description: 'What the ladder suggested when it was proposed' })
  readonly suggested!: Step;

  @Shown.text()
  readonly reason!: string;

  @Shown.text({ nullable: true, description: 'Not for the agency' })
  readonly skipReason!: string | null;

  @Shown.list(() => GroundView)
  readonly grounds!: readonly GroundView[];

  @Shown.localDate({ nullable: true })
  readonly fromOn!: string | null;

  @Shown.localDate({ nullable: true })
  readonly untilOn!: string | null;

  @Shown.text()
  readonly proposedBy!: string;

  @Shown.instant()
  readonly proposedAt!: string;

  @Shown.text({ nullable: true })
  readonly approvedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly approvedAt!: string | null;

  @Shown.instant({ nullable: true })
  readonly inForceAt!: string | null;

  @Shown.instant({ nullable: true })
  readonly endedAt!: string | null;

  @Shown.text({ nullable: true })
  readonly endedBy!: string | null;

  @Shown.text({ nullable: true })
  readonly endNote!: string | null;

  @Shown.text({ nullable: true })
  readonly acknowledgedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly acknowledgedAt!: string | null;

  @Shown.text({ nullable: true })
  readonly appeal!: string | null;

  @Shown.text({ nullable: true })
  readonly appealedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly appealedAt!: string | null;

  @Shown.oneOf(APPEAL_OUTCOMES, { nullable: true })
  readonly appealOutcome!: AppealOutcome | null;

  @Shown.text({ nullable: true })
  readonly appealDecidedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly appealDecidedAt!: string | null;

  @Shown.text({ nullable: true })
  readonly appealNote!: string | null;
}

export class SanctionPage implements Page<SanctionView> {
  @Shown.list(() => SanctionView)
  readonly items!: readonly SanctionView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class LadderView {
  @Shown.oneOf(LADDER, { description: 'A suggestion; a person decides' })
  readonly suggested!: Step;

  @Shown.oneOf(SUGGESTION_CAUSES)
  readonly cause!: SuggestionCause;

  @Shown.oneOf(LADDER, { nullable: true, description: 'The highest step within twelve months; null: none' })
  readonly highest!: Step | null;

  @Shown.manyOf(LADDER, { description: 'Taken within twelve months and not revoked, the first one first' })
  readonly taken!: readonly Step[];

  @Shown.manyOf(LADDER, { description: 'A second person decides these' })
  readonly needApproval!: readonly Step[];
}
