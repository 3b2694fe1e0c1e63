import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Zone, type Language } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { INVALID, Refusal } from '#problem';
import { toAnswer } from '../contact/answer.ts';
import { pointChannelsFor } from '../contact/facts.ts';
import { LookService, type Looked, type LookedFor } from '../contact/look.service.ts';
import { CaseWorkService } from './case-work.service.ts';
import type { StrategyInForce } from './strategy.store.ts';
import { isBestTime, toWorkView } from './work.view.ts';
import type { Candidate, Place, Whose } from './work.records.ts';
import { WorkStore } from './work.store.ts';
import type { NextRequest, NextView, SkippedView } from './worklist.dto.ts';
import { TOO_MANY_LEASES } from './worklist.refusals.ts';

// Most find a case among the first; at night nobody does, and the walk ends.
const BATCHES = [8, 56, 64, 128, 256] as const;
const SHOWN_SKIPPED = 50;
/** As many cases as one person has in hand at once. */
const MOST_IN_HAND = 5;

/** A case that was looked at: whether, where and when it may be contacted. */
interface Judged {
  readonly candidate: Candidate;
  /** The point that may be contacted now. */
  readonly point: string | null;
  /** Of the point that clears first, where none may. */
  readonly refused: Looked | null;
}

interface Ask {
  readonly strategy: StrategyInForce;
  readonly whose: Whose;
  readonly contact: LookedFor;
}

/** Hands out the next-best case that may be contacted now; nobody else gets it meanwhile. */
@Injectable()
export class NextService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CaseWorkService) private readonly work: CaseWorkService,
    @Inject(WorkStore) private readonly store: WorkStore,
    @Inject(LookService) private readonly looks: LookService,
  ) {}

  /** Refuses with INVALID (no such strategy), TOO_MANY_LEASES, IDEMPOTENCY_KEY_REUSED. */
  async next(principal: Principal, request: NextRequest, idempotency: IdempotentRequest | null, language: Language): Promise<NextView> {
    const { institutionId } = principal;
    const { ask, now } = await inTransaction(this.database, principal, async (tx) => {
      const at = await this.work.now(tx);
      await this.work.noticeDue(tx, institutionId, at);
      return { ask: await this.askOf(tx, principal, request), now: at };
    });
    const skipped: Judged[] = [];
    let after: Place | null = null;
    for (const limit of BATCHES) {
      const batch: Candidate[] = await inTransaction(this.database, principal, (tx) => this.candidates(tx, ask, after, limit, now));
      const judged = await this.judge(ask.contact, batch);
      const free = this.inOrder(
        ask.strategy,
        judged.filter(({ point }) => point !== null),
        now,
      );
      const before = (chosen: string): Judged[] => [
        ...skipped,
        ...judged.slice(
          0,
          judged.findIndex(({ candidate }) => candidate.caseUuid === chosen),
        ),
      ];
      const taken = await this.take(principal, ask, free, before, { idempotency, language });
      if (taken) return taken;
      skipped.push(...judged);
      after = batch.at(-1) ?? after;
      if (batch.length < limit) return this.nothing(principal, skipped, { idempotency, language, more: false });
    }
    return this.nothing(principal, skipped, { idempotency, language, more: true });
  }

  private async askOf(tx: Tx, principal: Principal, request: NextRequest): Promise<Ask> {
    const { institutionId, agencyId, subject } = principal;
    const strategy = await this.work.strategy(tx, institutionId, request.strategy ?? 'balanced');
    if (strategy === null)
      throw new Refusal(INVALID, { errors: [{ pointer: '/strategy', detail: 'is no strategy in use here; list worklist-strategies' }] });
    const collector = request.collectorId ?? subject;
    return {
      strategy,
      whose: { institutionId, agency: agencyId ?? '', whose: request.whose ?? 'any', collector },
      contact: {
        institutionId,
        agencyId,
        channel: request.channel ?? 'voice',
        mode: request.mode ?? 'interactive',
        purpose: request.purpose ?? 'collect',
        collectorIds: [collector],
        deviceId: request.deviceId ?? null,
      },
    };
  }

  private candidates(tx: Tx, { strategy, whose, contact }: Ask, after: Place | null, limit: number, now: Date): Promise<Candidate[]> {
    const { strategyId, content } = strategy;
    const look = { now, pointChannels: pointChannelsFor(contact.channel) };
    return this.store.candidates(tx, { strategyId, restMinutes: content.restMinutes }, whose, look, after, limit);
  }

  /** One round trip for all of them, each with the numbers that it has. */
  private async judge(contact: LookedFor, batch: readonly Candidate[]): Promise<Judged[]> {
    const targets = batch.flatMap(({ caseUuid, points }) => points.map((contactPointId) => ({ caseUuid, contactPointId })));
    const byCase = Map.groupBy(await this.looks.look(contact, targets), ({ target }) => target.caseUuid);
    return batch.map((candidate) => {
      const looked = byCase.get(candidate.caseUuid) ?? [];
      const free = looked.find(({ outcome }) => outcome?.verdict === 'permitted');
      const refused = looked.filter(({ outcome }) => outcome?.verdict === 'refused').toSorted((a, b) => clearsAt(a) - clearsAt(b));
      return { candidate, point: free?.target.contactPointId ?? null, refused: refused[0] ?? null };
    });
  }

  /** Those that are best called now come first, as far as the strategy weighs it. */
  private inOrder({ content }: StrategyInForce, free: readonly Judged[], now: Date): Judged[] {
    const weight = content.order.find(({ key }) => key === 'best-time')?.weight ?? 0;
    const rankOf = ({ candidate }: Judged): number => candidate.rank + (isBestTime(candidate, now) ? weight : 0);
    return free.toSorted((a, b) => rankOf(b) - rankOf(a));
  }

  private async take(
    principal: Principal,
    { strategy, whose }: Ask,
    free: readonly Judged[],
    before: (chosen: string) => readonly Judged[],
    { idempotency, language }: { readonly idempotency: IdempotentRequest | null; readonly language: Language },
  ): Promise<NextView | null> {
    if (free.length === 0) return null;
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim) return JSON.parse(claim.resource) as NextView;
      const at = await this.work.now(tx);
      if ((await this.store.countLeases(tx, institutionId, whose.collector, at)) >= MOST_IN_HAND)
        throw new Refusal(TOO_MANY_LEASES, { detail: `Report or put back one of the ${MOST_IN_HAND} first.` });
      const { content, strategyId } = strategy;
      const lease = await this.store.lease(
        tx,
        free.map(({ candidate }) => candidate.caseUuid),
        { to: whose.collector, from: strategyId, now: at, until: new Date(at.getTime() + content.leaseMinutes * 60_000) },
      );
      const chosen = free.find(({ candidate }) => candidate.caseUuid === lease?.caseUuid);
      // Taken by others this very moment; the walk goes on behind them. The key is not used up.
      if (lease === null || !chosen) {
        if (idempotency) await this.store.forgetKey(tx, institutionId, idempotency.key);
        return null;
      }
      const [record] = await this.store.facts(tx, institutionId, this.work.momentOf(at), [lease.caseUuid]);
      if (!record) throw new Error('the case is gone');
      const passed = before(lease.caseUuid);
      const answer: NextView = {
        next: { ...toWorkView(record, content.order, at), contactPointId: chosen.point ?? '' },
        ...toSkipped(
          passed.filter(({ point }) => point === null),
          language,
        ),
        earliestAt: null,
        more: false,
      };
      await rememberResource(tx, institutionId, idempotency, JSON.stringify(answer));
      return answer;
    });
  }

  private async nothing(
    principal: Principal,
    looked: readonly Judged[],
    {
      idempotency,
      language,
      more,
    }: { readonly idempotency: IdempotentRequest | null; readonly language: Language; readonly more: boolean },
  ): Promise<NextView> {
    const refused = looked.filter(({ point }) => point === null);
    const first = refused.flatMap((one) => (one.refused ? [one.refused] : [])).toSorted((a, b) => clearsAt(a) - clearsAt(b))[0];
    const answer: NextView = { next: null, ...toSkipped(refused, language), earliestAt: first?.outcome?.nextPermittedAt ?? null, more };
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim) return JSON.parse(claim.resource) as NextView;
      await rememberResource(tx, institutionId, idempotency, JSON.stringify(answer));
      return answer;
    });
  }
}

const clearsAt = ({ outcome }: Looked): number => {
  const at = outcome?.nextPermittedAt ?? null;
  return at === null ? Number.POSITIVE_INFINITY : Date.parse(at);
};

const toSkipped = (refused: readonly Judged[], language: Language): Pick<NextView, 'skipped' | 'skippedCount'> => ({
  skipped: refused.slice(0, SHOWN_SKIPPED).map((one) => toSkippedView(one, language)),
  skippedCount: refused.length,
});

function toSkippedView({ candidate, refused }: Judged, language: Language): SkippedView {
  const { outcome = null } = refused ?? {};
  const at = outcome?.nextPermittedAt ?? null;
  return {
    caseId: candidate.caseId,
    reasons: outcome === null ? [] : toAnswer(outcome, language).reasons.filter(({ severity }) => severity === 'block'),
    nextPermittedAt: at && Zone.of(candidate.timeZone).format(Date.parse(at)),
  };
}
