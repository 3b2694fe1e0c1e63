import { localInstant, localInstantOrNull } from '../oversight/local-days.ts';
import type { EvaluationView, FactsView, ScoreView } from './evaluation.dto.ts';
import type { EvaluationRecord } from './evaluation.store.ts';
import type { EvaluationFacts } from './facts.ts';
import type { Score } from './score.ts';

export const toScoreView = ({ components, total, band, caps }: Score): ScoreView => ({
  components: components.map(({ component, unit, part, whole, value, weight, counts, score, points }) => ({
    component,
    unit,
    part,
    whole,
    value,
    weight,
    counts,
    score,
    points,
  })),
  total,
  band,
  caps,
});

export const toFactsView = (facts: EvaluationFacts): FactsView => ({
  asked: facts.asked,
  refused: facts.refused,
  refusalsByRule: facts.refusalsByRule.map(({ ruleId, refusals }) => ({ ruleId, refusals })),
  lookedBack: facts.lookedBack,
  lookbackFindings: facts.lookbackFindings,
  calls: facts.calls,
  callFindings: facts.callFindings,
  cases: facts.cases,
  complaints: facts.complaints,
  complaintsReceived: facts.complaintsReceived ?? null,
  complaintsUpheld: facts.complaintsUpheld ?? null,
  complaintsAttributed: facts.complaintsAttributed ?? null,
  complaintsWithdrawn: facts.complaintsWithdrawn ?? null,
  lateRectifications: facts.lateRectifications,
  openCritical: facts.openCritical,
  staff: facts.staff,
  trainingGaps: facts.trainingGaps,
  subContracting: facts.subContracting,
  promisesSettled: facts.promisesSettled,
  promisesKept: facts.promisesKept,
  recoveries: facts.recoveries.map(({ currency, cases, paid, owed }) => ({ currency, cases, paid, owed })),
});

export const readFacts = (record: EvaluationRecord): EvaluationFacts => JSON.parse(record.facts) as EvaluationFacts;

/** The words in it are for the bank. */
export function toEvaluationView(record: EvaluationRecord, words: { note: string | null; decisionNote: string | null }): EvaluationView {
  return {
    id: record.id,
    agencyId: record.agencyId,
    from: record.from,
    to: record.to,
    state: record.state,
    asOf: localInstant(record.asOf),
    weightsVersion: record.weightsVersion,
    score: toScoreView(JSON.parse(record.score) as Score),
    facts: toFactsView(readFacts(record)),
    sha256: record.sha256.toString('hex'),
    note: words.note,
    draftedBy: record.draftedBy,
    decidedBy: record.decidedBy,
    decidedAt: localInstantOrNull(record.decidedAt),
    evaluatedOn: record.evaluatedOn,
    decisionNote: words.decisionNote,
  };
}
