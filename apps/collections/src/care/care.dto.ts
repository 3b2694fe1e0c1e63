import { CARE_SIGNS } from '#contact-rules';
import { OneOf, PageRequest, Shown, Text, type Page } from '#wire';

export const CARE_DECISIONS = ['resume', 'keep'] as const;
export type CareDecision = (typeof CARE_DECISIONS)[number];
export const CARE_STATES = ['open', 'decided'] as const;
export type CareState = (typeof CARE_STATES)[number];

export class CareListRequest extends PageRequest {
  @OneOf(CARE_STATES, { optional: true, description: 'Both when left out' })
  state?: CareState;

  @Text({ optional: true, description: 'Only of this case, by the caseId given at import or by id' })
  caseId?: string;
}

export class CareDecisionRequest {
  @OneOf(CARE_DECISIONS, {
    description: '`resume`: collection may go on, the hold ends now; `keep`: it stays stopped until somebody ends the hold',
  })
  decision!: CareDecision;

  @Text({ max: 2000, description: 'What was found and what was done for the debtor, in your words; kept sealed' })
  reason!: string;
}

export class CareView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text({ description: 'As given at import' })
  readonly caseId!: string;

  @Shown.text({ nullable: true, description: 'Whose people reported it; null: the bank’s own' })
  readonly agencyId!: string | null;

  @Shown.oneOf(CARE_SIGNS)
  readonly sign!: string;

  @Shown.text({ description: 'What it was found in: `outcome/<attempt>` or `note/<id>`' })
  readonly source!: string;

  @Shown.texts({ description: 'The words that were found in the note; empty: the collector said so' })
  readonly words!: readonly string[];

  @Shown.uuid({ description: 'The hold that stops collection' })
  readonly holdId!: string;

  @Shown.text()
  readonly openedBy!: string;

  @Shown.instant()
  readonly openedAt!: string;

  @Shown.oneOf(CARE_DECISIONS, { nullable: true })
  readonly decision!: string | null;

  @Shown.text({ nullable: true })
  readonly decidedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly decidedAt!: string | null;

  @Shown.text({ nullable: true })
  readonly reason!: string | null;
}

export class CarePage implements Page<CareView> {
  @Shown.list(() => CareView)
  readonly items!: readonly CareView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}
