import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import type {
  AssignmentRuleRequest,
  AssignmentRuleView,
  CandidateView,
  HandoverRequest,
  HandoverView,
  SuggestionView,
} from './assignment.dto.ts';
import { NO_CANDIDATE, NOT_AWAY } from './assignment.refusals.ts';
import { AssignmentDesk, automatic } from './assignment.service.ts';
import { AssignmentStore, type Rule } from './assignment.store.ts';
import { PARTS, type Scored } from './score.ts';
import { SuggestionService, type Out } from './suggestion.service.ts';

const MOST_MOVED = 500;

/** How an institution assigns, what that comes to, and what is taken from somebody who is away. */
@Injectable()
export class AssignmentRuleService {
  constructor(
    @Inject(AssignmentDesk) private readonly desk: AssignmentDesk,
    @Inject(AssignmentStore) private readonly store: AssignmentStore,
    @Inject(SuggestionService) private readonly suggestions: SuggestionService,
  ) {}

  async rule(principal: Principal): Promise<AssignmentRuleView> {
    return inTransaction(this.desk.database, principal, async (tx) => toRule(await this.store.rule(tx, principal.institutionId)));
  }

  /** Refuses with INVALID for weights that are all nothing. */
  async setRule(principal: Principal, { automatic: isAutomatic, weights }: AssignmentRuleRequest): Promise<AssignmentRuleView> {
    if (PARTS.every((part) => weights[part] === 0))
      throw new Refusal(INVALID, { errors: [{ pointer: '/weights', detail: 'at least one must be more than 0' }] });
    const { institutionId, subject } = principal;
    return inTransaction(this.desk.database, principal, async (tx) => {
      await this.desk.handing.lockLoads(tx, institutionId);
      const { area, cause, channel, language, load } = weights;
      const rule = { automatic: isAutomatic, weights: { area, cause, channel, language, load } };
      await this.store.setRule(tx, institutionId, rule, subject, await this.desk.reading.now(tx));
      return toRule(await this.store.rule(tx, institutionId));
    });
  }

  /** Who can take it, and who cannot. Refuses with NOT_FOUND, RECUSED. */
  async suggestion(principal: Principal, id: string): Promise<SuggestionView> {
    return inTransaction(this.desk.database, principal, async (tx) => {
      const record = await this.desk.reading.find(tx, principal, id);
      await this.desk.reading.refuseRecused(tx, principal.subject, record, '');
      const { rule, candidates, out } = await this.suggestions.weigh(tx, record, await this.desk.reading.now(tx));
      const subjects = [...candidates, ...out].map(({ subject }) => subject);
      const names = await this.desk.desk.names(tx, record.institutionId, subjects);
      return {
        automatic: rule.automatic,
        candidates: candidates.map((candidate) => toCandidate(candidate, names)),
        out: out.map((one) => toOut(one, names)),
      };
    });
  }

  /**
   * Gives what somebody has open to others: each by the suggestion, or all to one. Refuses with NOT_FOUND, NOT_AWAY for who is there, RECUSED,
   * NO_CANDIDATE, IDEMPOTENCY_KEY_REUSED.
   */
  async handOver(
    principal: Principal,
    subject: string,
    request: HandoverRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<HandoverView> {
    const { institutionId } = principal;
    return inTransaction(this.desk.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim) return JSON.parse(claim.resource) as HandoverView;
      const now = await this.desk.reading.now(tx);
      const member = await this.desk.desk.member(tx, institutionId, subject, now);
      if (!member) throw new Refusal(NOT_FOUND, { detail: 'The desk has no such member.' });
      if (member.active && member.away === null) throw new Refusal(NOT_AWAY, { detail: `${subject} is not away today.` });
      const result = await this.move(tx, principal, subject, request, now);
      await rememberResource(tx, institutionId, idempotency, JSON.stringify(result));
      return result;
    });
  }

  private async move(tx: Tx, principal: Principal, from: string, request: HandoverRequest, now: Date): Promise<HandoverView> {
    const { institutionId, subject: by } = principal;
    const ids = await this.store.openOf(tx, institutionId, from, MOST_MOVED);
    let [moved, left] = [0, 0];
    // All complaints first, then the loads: as whoever assigns one does.
    const records = [];
    for (const id of ids.toSorted()) records.push(await this.desk.reading.lock(tx, principal, id));
    await this.desk.handing.lockLoads(tx, institutionId);
    for (const record of records.filter(({ handler, closedAt }) => handler === from && closedAt === null)) {
      const to = request.handler ?? null;
      if (to !== null) await this.desk.reading.refuseRecused(tx, to, record, '/handler');
      const weighed = await this.suggestions.weigh(tx, record, now, from);
      if (to === null && weighed.candidates.length === 0) left += 1;
      else {
        const handing = to === null ? automatic(weighed) : { handler: to };
        await this.desk.handing.hand(tx, record, { ...handing, how: 'absent', by, reason: request.reason }, now);
        moved += 1;
      }
    }
    if (moved === 0 && left > 0) throw new Refusal(NO_CANDIDATE, { detail: `Nobody can take the ${left} complaints of ${from}.` });
    return { moved, left };
  }
}

const instant = (at: Date): string => Zone.of(DEFAULT_TIME_ZONE).format(at.getTime());

const toRule = ({ automatic: isAutomatic, weights, setBy, setAt }: Rule): AssignmentRuleView => ({
  automatic: isAutomatic,
  weights: { area: weights.area, cause: weights.cause, channel: weights.channel, language: weights.language, load: weights.load },
  setBy,
  setAt: setAt && instant(setAt),
});

const toCandidate = ({ subject, unit, score, parts, open, load, capacity }: Scored, names: ReadonlyMap<string, string>): CandidateView => ({
  subject,
  name: names.get(subject) ?? '',
  unit,
  score,
  parts,
  open,
  load,
  capacity,
});

const toOut = ({ subject, reason, until, source }: Out, names: ReadonlyMap<string, string>) => ({
  subject,
  name: names.get(subject) ?? '',
  reason,
  until,
  source,
});
