import { RESULTS, toMessage, type DecisionJson, type Language } from '#contact-rules';
import { Shown } from '#wire';
import type { DecisionRecord } from './contact.store.ts';
import { REVOCATION_REASONS, type RevocationReason } from './revocation-reasons.ts';

export class PackVersion {
  @Shown.text({ example: 'cn-card' })
  readonly pack!: string;

  @Shown.whole({ example: 1 })
  readonly version!: number;
}

export class AnswerReason {
  @Shown.text({ example: 'quiet-hours' })
  readonly ruleId!: string;

  @Shown.oneOf(['block', 'warn'], { description: '`block` refuses; `warn` does not' })
  readonly severity!: 'block' | 'warn';

  @Shown.text({ example: 'cn-card' })
  readonly pack!: string;

  @Shown.text({ description: 'The article that the rule comes from' })
  readonly source!: string;

  @Shown.text({ description: 'In the language of `Accept-Language`' })
  readonly message!: string;

  @Shown.number({ nullable: true })
  readonly limit!: number | null;

  @Shown.number({ nullable: true })
  readonly counted!: number | null;

  @Shown.instant({ nullable: true, description: 'When this reason is over by itself; null: not by time' })
  readonly clearsAt!: string | null;

  @Shown.text({ optional: true, description: 'For `missing-fact`, the fact that is missing' })
  readonly fact?: string;
}

/** A decision in the words of the reader. */
export class Answer {
  @Shown.oneOf(['permitted', 'refused'])
  readonly verdict!: 'permitted' | 'refused';

  @Shown.list(() => AnswerReason)
  readonly reasons!: readonly AnswerReason[];

  @Shown.instant({
    nullable: true,
    description: 'The first instant at which the same contact would be permitted; null: time alone does not help',
  })
  readonly nextPermittedAt!: string | null;

  @Shown.instant({ nullable: true, description: 'When a permitted contact must be over' })
  readonly mustEndBy!: string | null;

  @Shown.list(() => PackVersion)
  readonly packs!: readonly PackVersion[];
}

/** What asking would be answered, and for whom it was judged. */
export class Contactability extends Answer {
  @Shown.text({ description: 'As given at import' })
  readonly partyId!: string;

  @Shown.uuid()
  readonly contactPointId!: string;
}

export class Permit {
  @Shown.instant()
  readonly expiresAt!: string;
}

export class AttemptAnswer extends Answer {
  @Shown.uuid()
  readonly id!: string;

  @Shown.instant()
  readonly decidedAt!: string;

  @Shown.nested(() => Permit, { nullable: true, description: 'Null when refused' })
  readonly permit!: Permit | null;
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

export class AttemptOutcome {
  @Shown.oneOf(RESULTS)
  readonly result!: string;

  @Shown.instant({ nullable: true })
  readonly startedAt!: string | null;

  @Shown.instant({ nullable: true })
  readonly endedAt!: string | null;

  @Shown.flag({ description: 'The contact began when its permit was over, by time or because it was taken back' })
  readonly startedAfterLapse!: boolean;
}

export class Revocation {
  @Shown.instant({ description: 'From then on the contact was not to be begun' })
  readonly at!: string;

  @Shown.oneOf(REVOCATION_REASONS)
  readonly reason!: RevocationReason;
}

const STATES = ['refused', 'pending', 'revoked', 'lapsed', 'closed'] as const;

export class AttemptView extends AttemptAnswer {
  @Shown.oneOf(STATES, {
    description:
      '`pending`: permitted and neither used nor over; `revoked`: taken back before it was used; an outcome may still come, and closes it',
  })
  readonly state!: (typeof STATES)[number];

  @Shown.nested(() => Revocation, { optional: true, description: 'Left out: the permit was not taken back' })
  readonly revocation?: Revocation;

  @Shown.nested(() => AttemptOutcome, { nullable: true })
  readonly outcome!: AttemptOutcome | null;
}

export class Replay {
  @Shown.flag({ description: 'Whether deciding again gives the same bytes' })
  readonly identical!: boolean;

  @Shown.nested(() => Answer)
  readonly recorded!: Answer;

  @Shown.nested(() => Answer)
  readonly replayed!: Answer;
}

function stateOf({ permitExpiresAt, revokedAt, result }: DecisionRecord, now: Date): AttemptView['state'] {
  if (permitExpiresAt === null) return 'refused';
  if (result !== null) return 'closed';
  if (revokedAt !== null) return 'revoked';
  return permitExpiresAt <= now ? 'lapsed' : 'pending';
}

export function toAttemptView(record: DecisionRecord, now: Date, language: Language, format: (instant: Date) => string): AttemptView {
  const { permitExpiresAt, revokedAt, revokedReason, result, startedAt, endedAt } = record;
  const over = revokedAt ?? permitExpiresAt;
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
    state: stateOf(record, now),
    ...(revokedAt === null || revokedReason === null ? {} : { revocation: { at: format(revokedAt), reason: revokedReason } }),
    outcome:
      result === null
        ? null
        : {
            result,
            startedAt: startedAt && format(startedAt),
            endedAt: endedAt && format(endedAt),
            startedAfterLapse: over !== null && startedAt !== null && startedAt >= over && result !== 'cancelled',
          },
  };
}
