import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import type { Language } from '#contact-rules';
import { hashOf, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { ActService } from '../act/act.service.ts';
import { CaseService } from '../case/case.service.ts';
import { GateService } from '../contact/gate.service.ts';
import type { PlannedVisit, VisitListRequest, VisitRequest, VisitView } from './visit.dto.ts';
import { VisitStore, type VisitRecord } from './visit.store.ts';
import { toVisitView } from './visit.view.ts';

const DEFAULT_LIMIT = 50;

/** Visits under their permits. The gate decides whether anybody may go; a visit is planned with its answer. */
@Injectable()
export class VisitService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(GateService) private readonly gate: GateService,
    @Inject(CaseService) private readonly cases: CaseService,
    @Inject(VisitStore) private readonly store: VisitStore,
    @Inject(ActService) private readonly acts: ActService,
  ) {}

  /**
   * Asks the gate for the visit, now and at the planned instant, and plans it where both are permitted; a refusal by rule is an answer with its reasons.
   * Refuses with NOT_FOUND, INVALID (planned for later than the permit lasts, or for the past), IDEMPOTENCY_KEY_REUSED.
   */
  async plan(
    principal: Principal,
    request: VisitRequest,
    idempotency: IdempotentRequest | null,
    language: Language,
    requestId: string,
  ): Promise<PlannedVisit> {
    const { caseId, partyId, contactPointId, collectorIds, plannedFor } = request;
    const { purpose = 'collect' } = request;
    const contact = { partyId, contactPointId, channel: 'visit', purpose } as const;
    if (plannedFor !== undefined) {
      const then = await this.gate.contactability(
        principal,
        caseId,
        { ...contact, at: plannedFor, collectorIds: collectorIds.join(',') },
        language,
      );
      if (then.verdict === 'refused') return refusedAnswer(then);
    }
    // The permit has a key of its own: a plan that ended between the two is made whole by the next try.
    const key = idempotency && {
      key: `${idempotency.key}/permit`.slice(0, 255),
      hash: hashOf('visit-permit', idempotency.hash.toString('hex')),
    };
    const answer = await this.gate.ask(principal, { caseId, ...contact, mode: 'interactive', collectorIds }, key, language);
    if (answer.permit === null) return refusedAnswer(answer);
    const { id: attempt, permit } = answer;
    return inTransaction(this.database, principal, async (tx) => {
      const now = await this.cases.now(tx);
      const at = plannedFor === undefined ? now : new Date(plannedFor);
      if (at < now && plannedFor !== undefined) throw invalid('/plannedFor', 'has passed');
      if (at >= new Date(permit.expiresAt))
        throw invalid('/plannedFor', `is after the permit ends, ${permit.expiresAt}; plan it nearer to the day`);
      const by = principal.subject;
      const { id, isNew } = await this.store.add(tx, {
        institutionId: principal.institutionId,
        attempt,
        collectorIds,
        plannedFor: at,
        by,
        at: now,
      });
      const visit = await this.recordOf(tx, principal, id, now);
      if (isNew)
        await this.acts.note(
          tx,
          principal,
          { action: 'visit-planned', resource: id, caseUuid: visit.caseUuid, detail: { collectorIds, plannedFor: at } },
          now,
        );
      const view = await this.shown(tx, principal, visit, requestId);
      return { verdict: 'permitted', reasons: answer.reasons, nextPermittedAt: answer.nextPermittedAt, visit: view };
    });
  }

  /** The newest first. Refuses with NOT_FOUND, INVALID for a cursor that is not ours. */
  async list(principal: Principal, request: VisitListRequest, requestId: string): Promise<Page<VisitView>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const before = decodeCursor(request.cursor, isUuid);
    const { state = null, caseId } = request;
    return inTransaction(this.database, principal, async (tx) => {
      const caseUuid = caseId === undefined ? null : (await this.cases.place(tx, principal, caseId)).caseUuid;
      const now = await this.cases.now(tx);
      const rows = await this.store.list(tx, principal, { state, caseUuid, before, limit }, now);
      const page = toPage(
        rows,
        limit,
        ({ id }) => id,
        (row) => row,
      );
      const items: VisitView[] = [];
      for (const row of page.items) items.push(await this.shown(tx, principal, row, requestId));
      return { items, nextCursor: page.nextCursor };
    });
  }

  /** Refuses with NOT_FOUND. */
  async find(principal: Principal, id: string, requestId: string): Promise<VisitView> {
    return inTransaction(this.database, principal, async (tx) =>
      this.shown(tx, principal, await this.recordOf(tx, principal, id, await this.cases.now(tx)), requestId),
    );
  }

  /** For the steps of a visit, in their transaction. Refuses with NOT_FOUND. */
  async recordOf(tx: Tx, principal: Principal, id: string, now: Date, lock = false): Promise<VisitRecord> {
    const record = await this.store.find(tx, principal, id, now, lock);
    if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such visit here.' });
    return record;
  }

  /** What the reader may see of it; that it was seen is recorded. */
  async shown(tx: Tx, principal: Principal, record: VisitRecord, requestId: string): Promise<VisitView> {
    const view = toVisitView(record, this.cases.seesPersonalData(principal) || principal.roles.includes('compliance'));
    const said = view.shownTo !== null || view.consentOf !== null;
    if (said)
      await this.cases.noteShown(tx, principal, { resource: 'visit', ids: [record.id], fields: ['shownTo', 'consentOf'] }, requestId);
    return view;
  }
}

const invalid = (pointer: string, detail: string): Refusal => new Refusal(INVALID, { errors: [{ pointer, detail }] });

const refusedAnswer = ({ reasons, nextPermittedAt }: Pick<PlannedVisit, 'reasons' | 'nextPermittedAt'>): PlannedVisit => ({
  verdict: 'refused',
  reasons,
  nextPermittedAt,
  visit: null,
});
