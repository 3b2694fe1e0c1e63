import { LocalDate, PageRequest, Shown, Text, type Page } from '#wire';
import { EVALUATION_STATES, type EvaluationState } from './evaluation.store.ts';
import { CAPS, UNITS, type Cap, type Unit } from './score.ts';
import { BANDS, COMPONENTS, type Band, type ComponentId } from './weights.ts';

export class AgencyEvaluationRequest {
  @LocalDate({ nullable: true, description: 'First day; the day after the last evaluation’s period, or a year back, when left out' })
  from?: string | null;

  @LocalDate({ nullable: true, description: 'Last day, yesterday at the latest; yesterday when left out' })
  to?: string | null;

  @Text({ nullable: true, max: 4000, description: 'What the numbers do not say; kept sealed' })
  note?: string | null;
}

export class EvaluationDecisionRequest {
  @Text({ nullable: true, max: 4000, description: 'In your words; kept sealed' })
  note?: string | null;
}

export class RejectionRequest {
  @Text({ max: 4000, description: 'Why, in your words; kept sealed' })
  reason!: string;
}

export class EvaluationListRequest extends PageRequest {}

export class ComponentView {
  @Shown.oneOf(COMPONENTS)
  readonly component!: ComponentId;

  @Shown.oneOf(UNITS)
  readonly unit!: Unit;

  @Shown.text({ description: 'What was counted; money as an amount' })
  readonly part!: string;

  @Shown.text({ description: 'Of how many; empty where nothing is divided' })
  readonly whole!: string;

  @Shown.number({ nullable: true, description: 'Null: there is nothing to take it of, and it does not count' })
  readonly value!: number | null;

  @Shown.number({ description: 'As set, in percent' })
  readonly weight!: number;

  @Shown.number({
    description: 'As it counts here: what is not measured gives its weight to the other parts about the rules, never to recoveries',
  })
  readonly counts!: number;

  @Shown.number({ nullable: true, description: '0 to 100' })
  readonly score!: number | null;

  @Shown.number({ nullable: true, description: 'What it adds to the total' })
  readonly points!: number | null;
}

export class ScoreView {
  @Shown.list(() => ComponentView)
  readonly components!: readonly ComponentView[];

  @Shown.number({ description: '0 to 100' })
  readonly total!: number;

  @Shown.oneOf(BANDS)
  readonly band!: Band;

  @Shown.manyOf(CAPS, { description: 'Why the band is lower than the total says' })
  readonly caps!: readonly Cap[];
}

export class RuleRefusals {
  @Shown.text()
  readonly ruleId!: string;

  @Shown.whole()
  readonly refusals!: number;
}

export class RecoveryView {
  @Shown.text()
  readonly currency!: string;

  @Shown.whole()
  readonly cases!: number;

  @Shown.text()
  readonly paid!: string;

  @Shown.text()
  readonly owed!: string;
}

export class FactsView {
  @Shown.whole()
  readonly asked!: number;

  @Shown.whole()
  readonly refused!: number;

  @Shown.list(() => RuleRefusals)
  readonly refusalsByRule!: readonly RuleRefusals[];

  @Shown.whole()
  readonly lookedBack!: number;

  @Shown.whole()
  readonly lookbackFindings!: number;

  @Shown.whole()
  readonly calls!: number;

  @Shown.whole()
  readonly callFindings!: number;

  @Shown.whole()
  readonly cases!: number;

  @Shown.whole({
    description: 'Received in the period and standing: not withdrawn, declined, or found to be unfounded or caused by something else',
  })
  readonly complaints!: number;

  @Shown.whole({ nullable: true, description: 'All that were received; null: of an evaluation from before this was told' })
  readonly complaintsReceived!: number | null;

  @Shown.whole({ nullable: true, description: 'Of them upheld, wholly or in part' })
  readonly complaintsUpheld!: number | null;

  @Shown.whole({ nullable: true, description: 'Of them found to be its doing' })
  readonly complaintsAttributed!: number | null;

  @Shown.whole({ nullable: true })
  readonly complaintsWithdrawn!: number | null;

  @Shown.whole()
  readonly lateRectifications!: number;

  @Shown.whole()
  readonly openCritical!: number;

  @Shown.whole()
  readonly staff!: number;

  @Shown.whole()
  readonly trainingGaps!: number;

  @Shown.whole()
  readonly subContracting!: number;

  @Shown.whole()
  readonly promisesSettled!: number;

  @Shown.whole()
  readonly promisesKept!: number;

  @Shown.list(() => RecoveryView)
  readonly recoveries!: readonly RecoveryView[];
}

export class EvaluationView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text()
  readonly agencyId!: string;

  @Shown.localDate()
  readonly from!: string;

  @Shown.localDate()
  readonly to!: string;

  @Shown.oneOf(EVALUATION_STATES)
  readonly state!: EvaluationState;

  @Shown.instant({ description: 'What was known then' })
  readonly asOf!: string;

  @Shown.whole()
  readonly weightsVersion!: number;

  @Shown.nested(() => ScoreView)
  readonly score!: ScoreView;

  @Shown.nested(() => FactsView)
  readonly facts!: FactsView;

  @Shown.text({ description: 'SHA-256 over facts, weights and score as they are kept' })
  readonly sha256!: string;

  @Shown.text({ nullable: true })
  readonly note!: string | null;

  @Shown.text()
  readonly draftedBy!: string;

  @Shown.text({ nullable: true })
  readonly decidedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly decidedAt!: string | null;

  @Shown.localDate({ nullable: true, description: 'The day that counts as the last evaluation' })
  readonly evaluatedOn!: string | null;

  @Shown.text({ nullable: true })
  readonly decisionNote!: string | null;
}

export class EvaluationPage implements Page<EvaluationView> {
  @Shown.list(() => EvaluationView)
  readonly items!: readonly EvaluationView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class FactDifference {
  @Shown.text()
  readonly fact!: string;

  @Shown.text()
  readonly recorded!: string;

  @Shown.text()
  readonly now!: string;
}

export class RecomputationView {
  @Shown.flag({ description: 'The recorded facts and weights give the recorded score, byte for byte' })
  readonly scoreIdentical!: boolean;

  @Shown.flag({ description: 'What the ledger says today of the same period, as known then, are the recorded facts, byte for byte' })
  readonly factsIdentical!: boolean;

  @Shown.flag({ description: 'Nobody has changed what was recorded: its SHA-256 is the recorded one' })
  readonly sealIdentical!: boolean;

  @Shown.list(() => FactDifference)
  readonly differences!: readonly FactDifference[];
}
