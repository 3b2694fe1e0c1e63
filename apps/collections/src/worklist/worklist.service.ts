import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction } from '#pg';
import { INVALID, Refusal } from '#problem';
import { decodeCursor, isUuid, toPage } from '#wire';
import { ActService } from '../act/act.service.ts';
import { CaseService } from '../case/case.service.ts';
import { CaseWorkService } from './case-work.service.ts';
import { toWorkView } from './work.view.ts';
import type { Place } from './work.records.ts';
import { WorkStore } from './work.store.ts';
import type {
  AssignmentRequest,
  AssignmentView,
  DayView,
  ReleaseRequest,
  ReleaseView,
  WorklistRequest,
  WorkPage,
  WorkView,
} from './worklist.dto.ts';
import { NOT_IN_HAND } from './worklist.refusals.ts';

const DEFAULT_LIMIT = 50;
const DAY_LIMIT = 100;
const zone = Zone.of(DEFAULT_TIME_ZONE);

const placeOf = (key: string | null): Place | null => {
  if (key === null) return null;
  const [rank = '', caseUuid = ''] = key.split(' ');
  return { rank: Number(rank), caseUuid };
};
const isPlace = (key: string): boolean => {
  const [rank = 'x', caseUuid = ''] = key.split(' ');
  return Number.isFinite(Number(rank)) && isUuid(caseUuid);
};

/** The work as it lies before a collector, and who has what of it. */
@Injectable()
export class WorklistService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CaseWorkService) private readonly work: CaseWorkService,
    @Inject(WorkStore) private readonly store: WorkStore,
    @Inject(CaseService) private readonly cases: CaseService,
    @Inject(ActService) private readonly acts: ActService,
  ) {}

  /** Cases in the order of a strategy, whether they may be contacted now or not. Refuses with INVALID (no such strategy, a cursor that is not ours). */
  async list(principal: Principal, request: WorklistRequest): Promise<WorkPage> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = placeOf(decodeCursor(request.cursor, isPlace));
    const { institutionId, agencyId, subject: collector } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const now = await this.work.now(tx);
      await this.work.noticeDue(tx, institutionId, now);
      const strategy = await this.work.strategy(tx, institutionId, request.strategy ?? 'balanced');
      if (strategy === null)
        throw new Refusal(INVALID, { errors: [{ pointer: '/strategy', detail: 'is no strategy in use here; list worklist-strategies' }] });
      const whose = { institutionId, agency: agencyId ?? '', whose: request.whose ?? 'any', collector };
      const places = await this.store.list(tx, strategy.strategyId, whose, after, limit);
      const shown = places.slice(0, limit).map(({ caseUuid }) => caseUuid);
      const records = new Map((await this.store.facts(tx, institutionId, this.work.momentOf(now), shown)).map((one) => [one.id, one]));
      const page = toPage(
        places,
        limit,
        ({ rank, caseUuid }) => `${rank} ${caseUuid}`,
        ({ caseUuid }) => records.get(caseUuid),
      );
      const items = page.items.flatMap((one) => (one ? [toWorkView(one, strategy.content.order, now)] : []));
      const refreshedAt = await this.store.lastRefresh(tx, institutionId);
      return { items, nextCursor: page.nextCursor, refreshedAt: refreshedAt && zone.format(refreshedAt.getTime()) };
    });
  }

  /** A collector's own day. */
  async day(principal: Principal): Promise<DayView> {
    const { institutionId, agencyId, subject: collector } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const now = await this.work.now(tx);
      const moment = this.work.momentOf(now);
      const tonight = new Date(zone.nextDayStart(now.getTime()));
      const whose = { institutionId, agency: agencyId ?? '', whose: 'mine', collector } as const;
      const day = await this.store.dayOf(tx, whose, { ...moment, tonight }, DAY_LIMIT);
      const counts = await this.store.countsSince(tx, institutionId, collector, new Date(zone.dayStart(now.getTime())));
      const view = async (ids: readonly string[]): Promise<WorkView[]> =>
        (await this.store.facts(tx, institutionId, moment, ids)).map((one) => toWorkView(one, [], now));
      return {
        inHand: await view(day.inHand),
        followUps: await view(day.followUps),
        promises: await view(day.promises),
        contacts: counts.contacts,
        talks: counts.talks,
        promisesMade: counts.promises,
      };
    });
  }

  /** Puts a case back; it rests before it is offered again. Refuses with NOT_FOUND, NOT_IN_HAND, IDEMPOTENCY_KEY_REUSED. */
  async release(principal: Principal, { caseId }: ReleaseRequest, idempotency: IdempotentRequest | null): Promise<ReleaseView> {
    const { institutionId, subject, roles } = principal;
    // A dialer and whoever leads the collectors put back what others took.
    const of = roles.includes('agent') && roles.length === 1 ? subject : null;
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      const place = await this.cases.place(tx, principal, caseId);
      if (claim) return { caseId: place.caseId };
      if (!(await this.store.release(tx, place.caseUuid, of, await this.work.now(tx))))
        throw new Refusal(NOT_IN_HAND, { detail: 'It was reported, put back, or its time is over.' });
      await rememberResource(tx, institutionId, idempotency, place.caseUuid);
      return { caseId: place.caseId };
    });
  }

  /** Gives cases to a collector, or back to the pool. Refuses with IDEMPOTENCY_KEY_REUSED. */
  async assign(
    principal: Principal,
    { caseIds, collectorId }: AssignmentRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<AssignmentView> {
    const { institutionId, subject: by } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim) return JSON.parse(claim.resource) as AssignmentView;
      const now = await this.work.now(tx);
      const assigned = await this.store.assign(tx, principal, [...new Set(caseIds)], { to: collectorId, by, now });
      const view = { assigned, unknown: caseIds.filter((id) => !assigned.includes(id)) };
      const resource = `worklist-owner/${collectorId ?? 'pool'}`;
      if (assigned.length > 0)
        await this.acts.note(tx, principal, { action: 'case-assigned', resource, detail: { cases: assigned, to: collectorId } }, now);
      await rememberResource(tx, institutionId, idempotency, JSON.stringify(view));
      return view;
    });
  }
}
