import { LocalDate, Shown } from '#wire';
import { DUE_CAUSES, type DueCause } from './due.ts';
import { FactsView, ScoreView } from './evaluation.dto.ts';

export class ScorecardRequest {
  @LocalDate({ optional: true, description: 'First day; a year back when left out' })
  from?: string;

  @LocalDate({ optional: true, description: 'Last day; today when left out' })
  to?: string;
}

export class ScorecardMonth extends ScoreView {
  @Shown.localDate()
  readonly from!: string;

  @Shown.localDate()
  readonly to!: string;
}

export class ScorecardView {
  @Shown.text()
  readonly agencyId!: string;

  @Shown.text()
  readonly name!: string;

  @Shown.localDate()
  readonly from!: string;

  @Shown.localDate()
  readonly to!: string;

  @Shown.whole()
  readonly weightsVersion!: number;

  @Shown.nested(() => ScoreView, { description: 'Of the whole period' })
  readonly score!: ScoreView;

  @Shown.nested(() => FactsView, { description: 'Of the whole period' })
  readonly facts!: FactsView;

  @Shown.list(() => ScorecardMonth, { description: 'Month by month, the first one first' })
  readonly months!: readonly ScorecardMonth[];

  @Shown.localDate({ nullable: true })
  readonly lastEvaluatedOn!: string | null;

  @Shown.localDate({ description: 'The last day of the next evaluation' })
  readonly evaluationDueOn!: string;

  @Shown.oneOf(DUE_CAUSES)
  readonly evaluationCause!: DueCause;
}

export class ScorecardLine {
  @Shown.text()
  readonly agencyId!: string;

  @Shown.text()
  readonly name!: string;

  @Shown.text({ description: 'As the register says' })
  readonly status!: string;

  @Shown.nested(() => ScoreView)
  readonly score!: ScoreView;

  @Shown.localDate({ nullable: true })
  readonly lastEvaluatedOn!: string | null;

  @Shown.localDate()
  readonly evaluationDueOn!: string;
}

export class ScorecardRanking {
  @Shown.localDate()
  readonly from!: string;

  @Shown.localDate()
  readonly to!: string;

  @Shown.whole()
  readonly weightsVersion!: number;

  @Shown.list(() => ScorecardLine, { description: 'The highest total first' })
  readonly items!: readonly ScorecardLine[];
}
