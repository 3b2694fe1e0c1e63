import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { Zone } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { DataSource } from 'typeorm';
import { inTransaction } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { RegisterDesk } from '../case/register-desk.ts';
import { StopService } from '../case/stop.service.ts';
import { TaskService } from '../task/task.service.ts';
import type { CareDecisionRequest, CareListRequest, CareView } from './care.dto.ts';
import { CARE_DECIDED, OWN_CARE_CASE } from './care.refusals.ts';
import { CareStore, type CareRecord } from './care.store.ts';

const DEFAULT_LIMIT = 50;

/** Debtors in danger or in need, as people look at them. */
@Injectable()
export class CareReviewService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(RegisterDesk) private readonly desk: RegisterDesk,
    @Inject(CareStore) private readonly store: CareStore,
    @Inject(StopService) private readonly stops: StopService,
    @Inject(TaskService) private readonly tasks: TaskService,
  ) {}

  /** The newest first. Refuses with NOT_FOUND, INVALID for a cursor that is not ours. */
  async list(principal: Principal, request: CareListRequest): Promise<Page<CareView>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const before = decodeCursor(request.cursor, isUuid);
    const { state = null, caseId } = request;
    return inTransaction(this.database, principal, async (tx) => {
      const caseUuid = caseId === undefined ? null : (await this.desk.caseOf(tx, principal, caseId)).caseUuid;
      return toPage(await this.store.list(tx, principal.institutionId, { state, caseUuid, before, limit }), limit, ({ id }) => id, toView);
    });
  }

  /**
   * Says whether collection may go on. Refuses with NOT_FOUND, OWN_CARE_CASE for whoever reported it, CARE_DECIDED, IDEMPOTENCY_KEY_REUSED.
   */
  async decide(
    principal: Principal,
    id: string,
    { decision, reason }: CareDecisionRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<CareView> {
    const { institutionId, subject: by } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      const care = await this.store.find(tx, institutionId, id, claim === null);
      if (care === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such care case here.' });
      if (claim) return toView(care);
      if (care.openedBy === by) throw new Refusal(OWN_CARE_CASE, { detail: 'Ask a colleague to look at it.' });
      if (care.decidedAt) throw new Refusal(CARE_DECIDED, { detail: `${care.decidedBy} decided it at ${care.decidedAt.toISOString()}.` });
      const at = await this.desk.now(tx);
      await this.store.decide(tx, id, { decision, reason, by, at });
      if (decision === 'resume') await this.stops.resume(tx, principal, { id: care.hold, caseUuid: care.caseUuid }, reason, at);
      else await this.stops.settle(tx, care.hold);
      await this.tasks.close(tx, institutionId, { kind: 'care-case', resource: `care-case/${id}` }, { by, outcome: decision, at });
      await rememberResource(tx, institutionId, idempotency, id);
      return toView((await this.store.find(tx, institutionId, id)) ?? care);
    });
  }
}

function toView(record: CareRecord): CareView {
  const zone = Zone.of(record.timeZone);
  const { id, caseId, agencyId, sign, source, words, hold: holdId, openedBy, openedAt, decision, decidedBy, decidedAt, reason } = record;
  return {
    id,
    caseId,
    agencyId,
    sign,
    source,
    words,
    holdId,
    openedBy,
    openedAt: zone.format(openedAt.getTime()),
    decision,
    decidedBy,
    decidedAt: decidedAt && zone.format(decidedAt.getTime()),
    reason,
  };
}
