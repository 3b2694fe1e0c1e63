import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import type { IdempotentRequest } from '#idempotency';
import { inTransaction } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { decodeCursor, isUuid, toPage, type Page, type PageRequest } from '#wire';
import { toActView, type ActView } from '../act/act.dto.ts';
import { ActService } from '../act/act.service.ts';
import { EntrustmentService } from '../entrustment/entrustment.service.ts';
import { localInstant } from './case.mapper.ts';
import { NOT_ENTRUSTED } from './case.refusals.ts';
import { happened } from './instants.ts';
import { RegisterDesk } from './register-desk.ts';
import type { PointStatusRequest, PointStatusView, ReferralNoticeRequest, ReferralNoticeView } from './register.dto.ts';
import { RegisterStore } from './register.store.ts';

const DEFAULT_LIMIT = 50;

/** What is noted on a case besides holds and preferences, and the record of all of it. */
@Injectable()
export class CaseNotesService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(RegisterDesk) private readonly desk: RegisterDesk,
    @Inject(RegisterStore) private readonly store: RegisterStore,
    @Inject(ActService) private readonly acts: ActService,
    @Inject(EntrustmentService) private readonly entrustments: EntrustmentService,
  ) {}

  /** Notes that the debtor was told of the referral to the agency that the case waits for, which it then goes to, else to the one that has it. Refuses with NOT_FOUND, INVALID, NOT_ENTRUSTED, IDEMPOTENCY_KEY_REUSED. */
  async tellReferral(
    principal: Principal,
    caseId: string,
    { toldAt, evidence }: ReferralNoticeRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<ReferralNoticeView> {
    return this.desk.change(
      principal,
      idempotency,
      async (tx) => {
        const { caseUuid, agencyId: has } = await this.desk.caseOf(tx, principal, caseId);
        const waiting = await this.entrustments.pending(tx, principal.institutionId, [caseUuid]);
        const agencyId = waiting[0]?.agencyId ?? has;
        if (agencyId === null) throw new Refusal(NOT_ENTRUSTED, { detail: 'Entrust the case to an agency first.' });
        const now = await this.desk.now(tx);
        const at = happened('/toldAt', toldAt, now);
        if (waiting.length === 0) await this.store.tellReferral(tx, caseUuid, at);
        else await this.entrustments.noteNotice(tx, principal.institutionId, waiting, { toldAt: at, by: principal.subject }, now);
        await this.acts.note(
          tx,
          principal,
          { action: 'referral-told', resource: caseUuid, caseUuid, detail: { agencyId, toldAt: at }, evidence },
          now,
        );
        return { caseUuid, id: caseUuid };
      },
      ({ caseId: given, agencyId, timeZone }) => ({
        caseId: given,
        referralNoticeAt: localInstant(timeZone, toldAt),
        agencyId,
      }),
    );
  }

  /** Says whether a contact point serves; of the same person in every case of the debtor. Refuses with NOT_FOUND, IDEMPOTENCY_KEY_REUSED. */
  async setPointStatus(
    principal: Principal,
    { caseId, pointId }: { readonly caseId: string; readonly pointId: string },
    { status, reason }: PointStatusRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<PointStatusView> {
    return this.desk.change(
      principal,
      idempotency,
      async (tx) => {
        const { caseUuid, debtor } = await this.desk.caseOf(tx, principal, caseId);
        const point = await this.store.findPoint(tx, caseUuid, pointId);
        if (point === null) throw new Refusal(NOT_FOUND, { detail: 'The case has no such contact point.' });
        const now = await this.desk.now(tx);
        await this.store.setPointStatus(tx, debtor, point, status);
        const detail = { partyId: point.partyId, status, before: point.status };
        await this.acts.note(tx, principal, { action: 'point-status', resource: point.point, caseUuid, detail, reason }, now);
        return { caseUuid, id: point.point };
      },
      ({ parties }, id) => {
        const found = parties.flatMap(({ points }) => points).find((one) => one.id === id);
        return found && { contactPointId: found.id, status: found.status };
      },
    );
  }

  /** What was done to a case, oldest first. Refuses with NOT_FOUND, INVALID for a cursor that is not ours. */
  async listActs(principal: Principal, caseId: string, request: PageRequest): Promise<Page<ActView>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(request.cursor, isUuid);
    const zone = Zone.of(DEFAULT_TIME_ZONE);
    return inTransaction(this.database, principal, async (tx) => {
      const { caseUuid } = await this.desk.caseOf(tx, principal, caseId);
      const entries = await this.acts.list(tx, { institutionId: principal.institutionId, of: { caseUuid }, after, limit });
      return toPage(
        entries,
        limit,
        ({ id }) => id,
        (entry) => toActView(entry, (at) => zone.format(at.getTime())),
      );
    });
  }
}
