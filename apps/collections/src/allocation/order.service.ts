import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { INVALID, Refusal } from '#problem';
import { Vault } from '#vault';
import { ActService, type Action } from '../act/act.service.ts';
import { EntrustmentSettingService } from '../entrustment/setting.service.ts';
import { AllocationDesk } from './allocation.desk.ts';
import type { AllocationNoticeRequest, AllocationNoticeView, AllocationView } from './allocation.dto.ts';
import { ALREADY_DECIDED, ALREADY_ORDERED, NOT_ORDERED, NOT_RUNNING, NOT_SIMULATED, OWN_ALLOCATION } from './allocation.refusals.ts';
import { AllocationOrders } from './allocation.runs.ts';
import type { AllocationRecord } from './allocation.store.ts';
import { runStateOf, toView } from './allocation.view.ts';
import { ORDER_REASON, OrderTables } from './order.runner.ts';

/** What orders go through. */
@Injectable()
export class OrderParts {
  constructor(
    @Inject(OrderTables) readonly tables: OrderTables,
    @Inject(EntrustmentSettingService) readonly settings: EntrustmentSettingService,
    @Inject(ActService) readonly acts: ActService,
    @Inject(Vault) readonly vault: Vault,
  ) {}
}

/** Carrying out what was simulated: asked for, looked at by a second person where it is large, stopped. */
@Injectable()
export class OrderService {
  constructor(
    @Inject(AllocationDesk) private readonly desk: AllocationDesk,
    @Inject(AllocationOrders) private readonly runs: AllocationOrders,
    @Inject(OrderParts) private readonly parts: OrderParts,
  ) {}

  /** Refuses with NOT_FOUND, NOT_SIMULATED, ALREADY_ORDERED, FORBIDDEN, IDEMPOTENCY_KEY_REUSED. */
  async order(principal: Principal, id: string, reason: string, idempotency: IdempotentRequest | null): Promise<AllocationView> {
    const { institutionId, subject: by } = principal;
    return this.change(principal, id, idempotency, async (tx, record, at) => {
      if (record.state !== 'done' || record.summary === null) throw new Refusal(NOT_SIMULATED);
      if (record.orderedBy !== null) throw new Refusal(ALREADY_ORDERED);
      const { tables, settings, vault } = this.parts;
      await tables.allocations.order(tx, record.id, { by, at, reasonSealed: vault.seal(reason, ORDER_REASON) });
      await this.note(tx, principal, 'allocation-ordered', record, at, reason);
      const { fourEyesAbove } = await settings.settingOf(tx, institutionId);
      if (record.summary.assigned <= fourEyesAbove) return this.begin(tx, institutionId, record.id, by);
      await tables.tasks.open(
        tx,
        institutionId,
        { kind: 'approve-allocation', resource: `allocation/${record.id}`, detail: { cases: record.summary.assigned } },
        at,
      );
    });
  }

  /** Refuses with NOT_FOUND, NOT_ORDERED, ALREADY_DECIDED, OWN_ALLOCATION, FORBIDDEN, IDEMPOTENCY_KEY_REUSED. */
  async approve(principal: Principal, id: string, idempotency: IdempotentRequest | null): Promise<AllocationView> {
    return this.decide(principal, id, idempotency, async (tx, record, at) => {
      await this.parts.tables.allocations.approve(tx, record.id, principal.subject, at);
      await this.note(tx, principal, 'allocation-approved', record, at);
      await this.begin(tx, principal.institutionId, record.id, record.orderedBy ?? principal.subject);
      return 'approved';
    });
  }

  /** Refuses as `approve`. */
  async reject(principal: Principal, id: string, reason: string, idempotency: IdempotentRequest | null): Promise<AllocationView> {
    return this.decide(principal, id, idempotency, async (tx, record, at) => {
      await this.parts.tables.allocations.reject(tx, record.id, principal.subject, at);
      await this.note(tx, principal, 'allocation-rejected', record, at, reason);
      return 'rejected';
    });
  }

  /** Stops carrying out; what is done stays done. Refuses with NOT_FOUND, NOT_RUNNING, FORBIDDEN, IDEMPOTENCY_KEY_REUSED. */
  async stop(principal: Principal, id: string, idempotency: IdempotentRequest | null): Promise<AllocationView> {
    return this.change(principal, id, idempotency, async (tx, record, at) => {
      if (record.run === null || !(await this.runs.cancel(tx, record.run.id))) throw new Refusal(NOT_RUNNING);
      await this.note(tx, principal, 'allocation-stopped', record, at);
    });
  }

  /** Notes that all debtors whose cases wait by it were told; they go to their agencies with the next turn of the clockwork. Refuses with NOT_FOUND, INVALID, FORBIDDEN. */
  async tellAll(principal: Principal, id: string, request: AllocationNoticeRequest): Promise<AllocationNoticeView> {
    const { institutionId, subject: by } = principal;
    return this.desk.read(principal, async (tx) => {
      const record = await this.desk.take(tx, principal, id);
      const at = await this.desk.now(tx);
      const toldAt = new Date(request.toldAt);
      if (toldAt.getTime() > at.getTime() + 60_000)
        throw new Refusal(INVALID, { errors: [{ pointer: '/toldAt', detail: 'is in the future' }] });
      const { noticeHours } = await this.parts.settings.settingOf(tx, institutionId);
      const told = await this.parts.tables.lines.noteNotices(tx, record.id, toldAt, noticeHours);
      await this.parts.acts.note(
        tx,
        principal,
        { action: 'referral-told', resource: `allocation/${record.id}`, detail: { toldAt, cases: told }, evidence: request.evidence },
        at,
      );
      const task = { kind: 'give-referral-notice', resource: `allocation/${record.id}` } as const;
      await this.parts.tables.tasks.close(tx, institutionId, task, { by, outcome: 'told', at });
      return { told };
    });
  }

  private async decide(
    principal: Principal,
    id: string,
    idempotency: IdempotentRequest | null,
    work: (tx: Tx, record: AllocationRecord, at: Date) => Promise<string>,
  ): Promise<AllocationView> {
    return this.change(principal, id, idempotency, async (tx, record, at) => {
      const state = runStateOf(record);
      if (state === null) throw new Refusal(NOT_ORDERED);
      if (state !== 'awaiting-approval') throw new Refusal(ALREADY_DECIDED);
      if (record.orderedBy === principal.subject) throw new Refusal(OWN_ALLOCATION);
      const outcome = await work(tx, record, at);
      const task = { kind: 'approve-allocation', resource: `allocation/${record.id}` } as const;
      await this.parts.tables.tasks.close(tx, principal.institutionId, task, { by: principal.subject, outcome, at });
    });
  }

  private async begin(tx: Tx, institutionId: string, allocation: string, by: string): Promise<void> {
    const run = await this.parts.tables.allocations.createRun(tx, institutionId, allocation, by);
    await this.runs.wake(tx, institutionId, run);
  }

  private async change(
    principal: Principal,
    id: string,
    idempotency: IdempotentRequest | null,
    work: (tx: Tx, record: AllocationRecord, at: Date) => Promise<void>,
  ): Promise<AllocationView> {
    return this.desk.change(
      principal,
      idempotency,
      async (tx) => {
        const record = await this.desk.take(tx, principal, id);
        await work(tx, record, await this.desk.now(tx));
        return record.id;
      },
      async (tx, made) => {
        const { fourEyesAbove } = await this.parts.settings.settingOf(tx, principal.institutionId);
        return toView(await this.desk.find(tx, principal, made), fourEyesAbove, this.parts.vault);
      },
    );
  }

  private async note(
    tx: Tx,
    principal: Principal,
    action: Action,
    { id, summary }: AllocationRecord,
    at: Date,
    reason?: string,
  ): Promise<void> {
    const detail = { cases: summary?.assigned ?? 0 };
    await this.parts.acts.note(
      tx,
      principal,
      { action, resource: `allocation/${id}`, detail, ...(reason === undefined ? {} : { reason }) },
      at,
    );
  }
}
