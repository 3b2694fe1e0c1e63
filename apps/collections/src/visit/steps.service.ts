import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { INVALID, Refusal } from '#problem';
import { ActService, type Action } from '../act/act.service.ts';
import { CaseService } from '../case/case.service.ts';
import { happened, happenedSince } from '../case/instants.ts';
import type { ArrivalRequest, EntryRequest, LeavingRequest, VisitView } from './visit.dto.ts';
import { IDENTITY_NOT_SHOWN, NOT_ARRIVED, VISIT_OVER } from './visit.refusals.ts';
import { VisitService } from './visit.service.ts';
import { VisitStore, type VisitRecord } from './visit.store.ts';

interface Step {
  readonly action: Action;
  readonly idempotency: IdempotentRequest | null;
  readonly requestId: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** What happens at the door, in the order in which it must: arrive, say who one is, ask, enter, leave. */
@Injectable()
export class StepsService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(VisitService) private readonly visits: VisitService,
    @Inject(VisitStore) private readonly store: VisitStore,
    @Inject(CaseService) private readonly cases: CaseService,
    @Inject(ActService) private readonly acts: ActService,
  ) {}

  /** Refuses with NOT_FOUND, INVALID, VISIT_OVER, IDEMPOTENCY_KEY_REUSED. */
  arrive(
    principal: Principal,
    id: string,
    request: ArrivalRequest,
    idempotency: IdempotentRequest | null,
    requestId: string,
  ): Promise<VisitView> {
    const shownTo = request.shownTo ?? null;
    const step = { action: 'visit-arrived', idempotency, requestId, detail: { identityShown: shownTo !== null } } as const;
    return this.step(principal, id, step, async (tx, visit, now) => {
      const at = happenedSince('/arrivedAt', request.arrivedAt, { now, since: visit.arrivedAt ?? new Date(0) });
      await this.store.arrive(tx, id, at, shownTo);
    });
  }

  /** Nobody asks before they have said who they are. Refuses with NOT_FOUND, INVALID, VISIT_OVER, NOT_ARRIVED, IDENTITY_NOT_SHOWN, IDEMPOTENCY_KEY_REUSED. */
  async enter(
    principal: Principal,
    id: string,
    request: EntryRequest,
    idempotency: IdempotentRequest | null,
    requestId: string,
  ): Promise<VisitView> {
    const { consent, consentOf: of, evidence = null } = request;
    if (consent === 'given' && evidence === null)
      throw new Refusal(INVALID, {
        errors: [{ pointer: '/evidence', detail: 'is needed: where is it recorded that they were asked in?', source: 'CBA26 22' }],
      });
    return this.step(principal, id, { action: 'visit-entry', idempotency, requestId, detail: { consent } }, async (tx, visit, now) => {
      if (!visit.arrivedAt) throw new Refusal(NOT_ARRIVED, { detail: 'Note the arrival first.' });
      if (!visit.identityShownAt) throw new Refusal(IDENTITY_NOT_SHOWN, { detail: 'Show who you are, and note to whom, before you ask.' });
      const at = happenedSince('/askedAt', request.askedAt, { now, since: visit.identityShownAt });
      await this.store.ask(tx, id, { consent, of, evidence, at });
    });
  }

  /** Refuses with NOT_FOUND, INVALID, VISIT_OVER, NOT_ARRIVED, IDEMPOTENCY_KEY_REUSED. */
  leave(
    principal: Principal,
    id: string,
    request: LeavingRequest,
    idempotency: IdempotentRequest | null,
    requestId: string,
  ): Promise<VisitView> {
    return this.step(principal, id, { action: 'visit-left', idempotency, requestId }, async (tx, visit, now) => {
      if (!visit.arrivedAt) throw new Refusal(NOT_ARRIVED, { detail: 'Note the arrival first.' });
      const at = happenedSince('/leftAt', request.leftAt, { now, since: visit.arrivedAt });
      await this.store.leave(tx, id, happened('/leftAt', at.toISOString(), now), request.cameraRecordingId ?? null);
    });
  }

  private async step(
    principal: Principal,
    id: string,
    { action, idempotency, requestId, detail }: Step,
    work: (tx: Tx, visit: VisitRecord, now: Date) => Promise<void>,
  ): Promise<VisitView> {
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      const visit = await this.visits.recordOf(tx, principal, id, await this.cases.now(tx), claim === null);
      const now = await this.cases.now(tx);
      if (claim) return this.visits.shown(tx, principal, visit, requestId);
      if (visit.state === 'done' || visit.state === 'left' || visit.state === 'lapsed')
        throw new Refusal(VISIT_OVER, {
          detail: visit.state === 'lapsed' ? 'Its permit has lapsed: plan it anew.' : 'Nothing more is noted of it.',
        });
      await work(tx, visit, now);
      await this.acts.note(tx, principal, { action, resource: id, caseUuid: visit.caseUuid, ...(detail ? { detail } : {}) }, now);
      await rememberResource(tx, institutionId, idempotency, id);
      return this.visits.shown(tx, principal, await this.visits.recordOf(tx, principal, id, now), requestId);
    });
  }
}
