import { toMessage, type DecisionJson, type Language } from '#contact-rules';
import type { DecisionRecord } from './contact.store.ts';

/** A decision in the words of the reader. */
export interface Answer {
  readonly verdict: 'permitted' | 'refused';
  readonly reasons: readonly AnswerReason[];
  readonly nextPermittedAt: string | null;
  readonly mustEndBy: string | null;
  readonly packs: readonly { pack: string; version: number }[];
}

export interface AnswerReason {
  readonly ruleId: string;
  readonly severity: 'block' | 'warn';
  readonly pack: string;
  readonly source: string;
  readonly message: string;
  readonly limit: number | null;
  readonly counted: number | null;
  readonly clearsAt: string | null;
  readonly fact?: string;
}

export interface AttemptAnswer extends Answer {
  readonly id: string;
  readonly decidedAt: string;
  readonly permit: { readonly expiresAt: string } | null;
}

export function toAnswer(decision: DecisionJson, language: Language): Answer {
  return {
    verdict: decision.verdict,
    reasons: decision.reasons.map((reason) => ({
      ruleId: reason.ruleId,
      severity: reason.severity,
      pack: reason.pack,
      source: reason.source,
      message: toMessage(reason, language),
      limit: reason.limit,
      counted: reason.counted,
      clearsAt: reason.clearsAt,
      ...(reason.fact === null ? {} : { fact: reason.fact }),
    })),
    nextPermittedAt: decision.nextPermittedAt,
    mustEndBy: decision.mustEndBy,
    packs: decision.packs.map(({ pack, version }) => ({ pack, version })),
  };
}

export function toAttemptAnswer(
  attempt: { id: string; decidedAt: string; permitExpiresAt: string | null; outcome: DecisionJson },
  language: Language,
): AttemptAnswer {
  const { id, decidedAt, permitExpiresAt, outcome } = attempt;
  return { id, ...toAnswer(outcome, language), decidedAt, permit: permitExpiresAt === null ? null : { expiresAt: permitExpiresAt } };
}

export interface AttemptView extends AttemptAnswer {
  /** `pending`: permitted and neither used nor lapsed. */
  readonly state: 'refused' | 'pending' | 'lapsed' | 'closed';
  readonly outcome: {
    readonly result: string;
    readonly startedAt: string | null;
    readonly endedAt: string | null;
    readonly startedAfterLapse: boolean;
  } | null;
}

export function toAttemptView(record: DecisionRecord, now: Date, language: Language, format: (instant: Date) => string): AttemptView {
  const { permitExpiresAt, result, startedAt, endedAt } = record;
  const lapsed = permitExpiresAt !== null && permitExpiresAt <= now;
  const answer = toAttemptAnswer(
    {
      id: record.id,
      decidedAt: format(record.decidedAt),
      permitExpiresAt: permitExpiresAt && format(permitExpiresAt),
      outcome: record.outcome,
    },
    language,
  );
  return {
    ...answer,
    state: permitExpiresAt === null ? 'refused' : result !== null ? 'closed' : lapsed ? 'lapsed' : 'pending',
    outcome:
      result === null
        ? null
        : {
            result,
            startedAt: startedAt && format(startedAt),
            endedAt: endedAt && format(endedAt),
            startedAfterLapse: permitExpiresAt !== null && startedAt !== null && startedAt >= permitExpiresAt && result !== 'cancelled',
          },
  };
}
