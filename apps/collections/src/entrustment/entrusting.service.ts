import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { FORBIDDEN, INVALID, NOT_FOUND, Refusal } from '#problem';
import { Vault } from '#vault';
import { ActService, type Action } from '../act/act.service.ts';
import { happened } from '../case/instants.ts';
import { toFieldError } from './blocks.ts';
import type {
  EntrustListRequest,
  EntrustRequest,
  ReferralNoticeListRequest,
  PlacedListView,
  PlacedView,
  RecalledListView,
} from './entrustment.dto.ts';
import { EntrustmentDesk, type Placed } from './entrustment.desk.ts';
import { CANNOT_ENTRUST, NOT_WITH_AN_AGENCY, NOTHING_PENDING } from './entrustment.refusals.ts';
import { EntrustmentService, EntrustmentTables } from './entrustment.service.ts';
import type { Move, Moved } from './entrustment.store.ts';
import { REASON } from './entrustment.view.ts';

/** The parts that every change of an entrustment goes through. */
@Injectable()
export class EntrustingParts {
  constructor(
    @Inject(EntrustmentTables) readonly tables: EntrustmentTables,
    @Inject(EntrustmentDesk) readonly desk: EntrustmentDesk,
    @Inject(ActService) readonly acts: ActService,
    @Inject(Vault) readonly vault: Vault,
  ) {}
}

/** What the bank's people do with cases and agencies: entrust, recall, note that debtors were told. */
@Injectable()
export class EntrustingService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(EntrustingParts) private readonly parts: EntrustingParts,
    @Inject(EntrustmentService) private readonly entrustments: EntrustmentService,
  ) {}

  /** Refuses with NOT_FOUND, INVALID, FORBIDDEN, CANNOT_ENTRUST, IDEMPOTENCY_KEY_REUSED. */
  async entrust(principal: Principal, caseId: string, request: EntrustRequest, idempotency: IdempotentRequest | null): Promise<PlacedView> {
    return this.once(principal, idempotency, async (tx) => {
      const { placed } = await this.place(tx, principal, { ...request, caseIds: [caseId] }, 'hand');
      const [one] = placed;
      if (!one) throw new Refusal(NOT_FOUND, { detail: 'There is no such case here.' });
      if (one.state === 'refused')
        throw new Refusal(CANNOT_ENTRUST, { detail: 'See what stands in the way.', errors: one.blocks.map(toFieldError) });
      return toPlacedView(one);
    });
  }

  /** What can go goes, what cannot is said. Refuses with INVALID, FORBIDDEN, IDEMPOTENCY_KEY_REUSED. */
  async entrustList(principal: Principal, request: EntrustListRequest, idempotency: IdempotentRequest | null): Promise<PlacedListView> {
    return this.once(principal, idempotency, async (tx) => {
      const { placed, known } = await this.place(tx, principal, request, 'list');
      return { items: placed.map(toPlacedView), unknown: request.caseIds.filter((id) => !known.has(id)) };
    });
  }

  /** Lets a case wait no more. Refuses with NOT_FOUND, FORBIDDEN, NOTHING_PENDING, IDEMPOTENCY_KEY_REUSED. */
  async withdraw(principal: Principal, caseId: string, reason: string, idempotency: IdempotentRequest | null): Promise<PlacedView> {
    return this.once(principal, idempotency, async (tx) => {
      await this.parts.tables.cases.lock(tx, principal.institutionId, []);
      const one = await this.caseOf(tx, principal, caseId);
      const [proposal] = await this.entrustments.pending(tx, principal.institutionId, [one.id]);
      if (!proposal) throw new Refusal(NOTHING_PENDING);
      const at = await this.now(tx);
      await this.parts.tables.cases.end(tx, [{ id: proposal.id, state: 'withdrawn', blocks: [] }], { by: principal.subject, at });
      await this.note(tx, principal, { action: 'proposal-withdrawn', of: [one], agencyId: proposal.agencyId, reason }, at);
      return { caseId: one.caseId, agencyId: proposal.agencyId, state: 'withdrawn', blocks: [] };
    });
  }

  /** Refuses with NOT_FOUND, FORBIDDEN, NOT_WITH_AN_AGENCY, IDEMPOTENCY_KEY_REUSED. */
  async recall(
    principal: Principal,
    caseId: string,
    reason: string,
    idempotency: IdempotentRequest | null,
  ): Promise<{ caseId: string; agencyId: string }> {
    return this.once(principal, idempotency, async (tx) => {
      const one = await this.caseOf(tx, principal, caseId);
      const [taken] = await this.recallAll(tx, principal, [one], reason);
      if (!taken) throw new Refusal(NOT_WITH_AN_AGENCY);
      return { caseId: taken.caseId, agencyId: taken.agencyId };
    });
  }

  /** Refuses with FORBIDDEN, IDEMPOTENCY_KEY_REUSED. */
  async recallList(
    principal: Principal,
    { caseIds, reason }: { readonly caseIds: readonly string[]; readonly reason: string },
    idempotency: IdempotentRequest | null,
  ): Promise<RecalledListView> {
    return this.once(principal, idempotency, async (tx) => {
      const found = await this.parts.tables.cases.lockCases(tx, principal.institutionId, caseIds);
      const taken = await this.recallAll(tx, principal, found, reason);
      const gone = new Set(taken.flatMap(({ id, caseId }) => [id, caseId]));
      return { items: taken.map(({ caseId, agencyId }) => ({ caseId, agencyId })), left: caseIds.filter((id) => !gone.has(id)) };
    });
  }

  /** Notes of many cases that wait that their debtors were told. Refuses with INVALID, FORBIDDEN, IDEMPOTENCY_KEY_REUSED. */
  async tellMany(principal: Principal, request: ReferralNoticeListRequest, idempotency: IdempotentRequest | null): Promise<PlacedListView> {
    const { institutionId, subject } = principal;
    return this.once(principal, idempotency, async (tx) => {
      await this.parts.tables.cases.lock(tx, institutionId, []);
      const found = await this.parts.tables.cases.lockCases(tx, institutionId, request.caseIds);
      const at = await this.now(tx);
      const toldAt = happened('/toldAt', request.toldAt, at);
      const waiting = await this.entrustments.pending(
        tx,
        institutionId,
        found.map(({ id }) => id),
      );
      const placed = await this.entrustments.noteNotice(tx, institutionId, waiting, { toldAt, by: subject }, at);
      for (const { caseUuid, agencyId } of placed)
        await this.parts.acts.note(
          tx,
          principal,
          { action: 'referral-told', resource: caseUuid, caseUuid, detail: { agencyId, toldAt }, evidence: request.evidence },
          at,
        );
      const told = new Set(placed.flatMap(({ caseUuid, caseId }) => [caseUuid, caseId]));
      return { items: placed.map(toPlacedView), unknown: request.caseIds.filter((id) => !told.has(id)) };
    });
  }

  private async place(
    tx: Tx,
    principal: Principal,
    { caseIds, agencyId, reason, noticeToldAt, noticeEvidence }: EntrustListRequest,
    cause: 'hand' | 'list',
  ): Promise<{ placed: Placed[]; known: ReadonlySet<string> }> {
    const { institutionId, subject: by } = principal;
    if (noticeToldAt && !noticeEvidence)
      throw new Refusal(INVALID, {
        errors: [{ pointer: '/noticeEvidence', detail: 'say where the proof of the notice is', source: 'CPR22' }],
      });
    const { cases } = this.parts.tables;
    await cases.lock(tx, institutionId, [agencyId]);
    const found = await cases.lockCases(tx, institutionId, caseIds);
    const at = await this.now(tx);
    const noticeAt = noticeToldAt ? happened('/noticeToldAt', noticeToldAt, at) : null;
    const move: Move = { by, cause, reasonSealed: this.parts.vault.seal(reason, REASON), at };
    const asks = found.map(({ id }) => ({ caseUuid: id, agencyId, noticeAt }));
    const placed = await this.parts.desk.place(tx, institutionId, asks, move);
    for (const one of placed.filter(({ state }) => state !== 'refused')) {
      const action = one.state === 'entrusted' ? 'case-entrusted' : 'case-proposed';
      const evidence = noticeEvidence ?? undefined;
      await this.note(tx, principal, { action, of: [{ id: one.caseUuid }], agencyId, reason, evidence }, at);
    }
    return { placed, known: new Set(found.flatMap(({ id, caseId }) => [id, caseId])) };
  }

  private async recallAll(tx: Tx, principal: Principal, found: readonly { readonly id: string }[], reason: string): Promise<Moved[]> {
    const at = await this.now(tx);
    const caseUuids = found.map(({ id }) => id);
    const taken = await this.entrustments.recall(tx, principal.institutionId, { caseUuids, by: principal.subject, reason }, at);
    for (const one of taken) await this.note(tx, principal, { action: 'case-recalled', of: [one], agencyId: one.agencyId, reason }, at);
    return taken;
  }

  private async caseOf(tx: Tx, { institutionId }: Principal, id: string): Promise<Moved> {
    const [one] = await this.parts.tables.cases.lockCases(tx, institutionId, [id]);
    if (!one) throw new Refusal(NOT_FOUND, { detail: 'There is no such case here.' });
    return one;
  }

  private async note(
    tx: Tx,
    principal: Principal,
    {
      action,
      of,
      agencyId,
      reason,
      evidence,
    }: { action: Action; of: readonly { readonly id: string }[]; agencyId: string; reason: string; evidence?: string | undefined },
    at: Date,
  ): Promise<void> {
    for (const { id } of of)
      await this.parts.acts.note(
        tx,
        principal,
        { action, resource: id, caseUuid: id, detail: { agencyId }, reason, ...(evidence === undefined ? {} : { evidence }) },
        at,
      );
  }

  private async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? databaseNow(tx);
  }

  /** The answer is kept under the key: whoever asks again is told the same. An agency's people entrust nothing to anybody. */
  private async once<T>(principal: Principal, idempotency: IdempotentRequest | null, work: (tx: Tx) => Promise<T>): Promise<T> {
    const { institutionId, agencyId } = principal;
    if (agencyId !== null) throw new Refusal(FORBIDDEN, { detail: 'Which agency has a case is the institution’s to say.' });
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim !== null) return JSON.parse(claim.resource) as T;
      const answer = await work(tx);
      await rememberResource(tx, institutionId, idempotency, JSON.stringify(answer));
      return answer;
    });
  }
}

const toPlacedView = ({ caseId, agencyId, state, blocks }: Placed): PlacedView => ({ caseId, agencyId, state, blocks });
