import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { enqueue } from '#outbox';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { CONFLICT, INVALID, NOT_FOUND, Refusal, type RefusalKind } from '#problem';
import { Vault } from '#vault';
import { decodeCursor, isUuid, toPage, type Page, type PageRequest } from '#wire';
import { refuseAgency } from '../report.service.ts';
import type { DeliveryFilter, ReportDeliveryView, ReportTargetView, TargetRequest } from './delivery.dto.ts';
import { REPORT_DELIVERY } from './delivery.runner.ts';
import { DeliveryStore, type DeliveryRecord } from './delivery.store.ts';
import { addressOf } from './target-address.ts';
import { ADDRESS_CONTEXT, TargetStore, type TargetRecord } from './target.store.ts';

const NAME_TAKEN: RefusalKind = { ...CONFLICT, code: 'report-target-exists', title: 'There is a target of this name already' };
const NOT_FAILED: RefusalKind = { ...CONFLICT, code: 'report-delivery-not-failed', title: 'The delivery is not given up' };

/** Where signed reports go, and whether they got there. */
@Injectable()
export class DeliveryService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(TargetStore) private readonly targets: TargetStore,
    @Inject(DeliveryStore) private readonly deliveries: DeliveryStore,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** For what is signed from now on. Refuses with FORBIDDEN, INVALID, NAME_TAKEN, IDEMPOTENCY_KEY_REUSED. */
  async addTarget(principal: Principal, request: TargetRequest, idempotency: IdempotentRequest | null): Promise<ReportTargetView> {
    refuseAgency(principal);
    const { address, shown } = addressOf(request);
    const { institutionId, subject } = principal;
    const { name, channel, kinds = null, audience = null } = request;
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      const seen = claim && (await this.targets.find(tx, institutionId, claim.resource));
      if (seen) return toTarget(seen);
      const addressSealed = address && this.vault.seal(JSON.stringify(address), ADDRESS_CONTEXT);
      const target = { name, channel, addressSealed, shown, kinds, audience };
      const created = await this.targets.insert(tx, institutionId, target, subject, await this.now(tx));
      if (created === null) throw new Refusal(NAME_TAKEN, { errors: [{ pointer: '/name', detail: 'is taken: give another' }] });
      await rememberResource(tx, institutionId, idempotency, created.id);
      return toTarget(created);
    });
  }

  /** Refuses with FORBIDDEN, INVALID (a cursor that is none). */
  async listTargets(principal: Principal, { limit = 50, cursor }: PageRequest): Promise<Page<ReportTargetView>> {
    refuseAgency(principal);
    const before = decodeCursor(cursor, isUuid);
    const rows = await inTransaction(this.database, principal, (tx) => this.targets.list(tx, principal.institutionId, before, limit + 1));
    return toPage(rows, limit, ({ id }) => id, toTarget);
  }

  /** What waits for it goes nowhere. Refuses with FORBIDDEN, NOT_FOUND. */
  async removeTarget(principal: Principal, id: string): Promise<ReportTargetView> {
    refuseAgency(principal);
    return inTransaction(this.database, principal, async (tx) => {
      const target = isUuid(id) ? await this.targets.find(tx, principal.institutionId, id, true) : null;
      if (target === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such target here.' });
      const now = await this.now(tx);
      await this.deliveries.drop(tx, id, now);
      await this.targets.remove(tx, id, principal.subject, now);
      return toTarget(target);
    });
  }

  /** Refuses with FORBIDDEN, INVALID. */
  async list(principal: Principal, { reportId, state, limit = 50, cursor }: DeliveryFilter): Promise<Page<ReportDeliveryView>> {
    refuseAgency(principal);
    if (reportId !== undefined && !isUuid(reportId))
      throw new Refusal(INVALID, { errors: [{ pointer: '/reportId', detail: 'must be the id of a report' }] });
    const asked = { reportId: reportId ?? null, state: state ?? null, before: decodeCursor(cursor, isUuid) };
    const rows = await inTransaction(this.database, principal, (tx) => this.deliveries.list(tx, principal.institutionId, asked, limit + 1));
    return toPage(rows, limit, ({ id }) => id, toDelivery);
  }

  /** Tries one that was given up once more. Refuses with FORBIDDEN, NOT_FOUND, NOT_FAILED. */
  async retry(principal: Principal, id: string): Promise<ReportDeliveryView> {
    refuseAgency(principal);
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const isRetried = isUuid(id) && (await this.deliveries.retry(tx, institutionId, id, await this.now(tx)));
      const record = isUuid(id) ? await this.deliveries.find(tx, institutionId, id) : null;
      if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such delivery here.' });
      if (!isRetried) throw new Refusal(NOT_FAILED, { detail: `It is ${record.state}.` });
      await enqueue(tx, institutionId, REPORT_DELIVERY, { deliveryId: id });
      return toDelivery(record);
    });
  }

  private async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? (await databaseNow(tx));
  }
}

const toTarget = ({ id, name, channel, shown, kinds, audience, createdBy, createdAt }: TargetRecord): ReportTargetView => ({
  id,
  name,
  channel,
  address: shown,
  kinds,
  audience,
  createdBy,
  createdAt: createdAt.toISOString(),
});

function toDelivery(record: DeliveryRecord): ReportDeliveryView {
  const { id, reportId, targetId, targetName, channel, state, tries, dueAt, error, receipt, createdAt, endedAt, attempts } = record;
  return {
    id,
    reportId,
    targetId,
    targetName,
    channel,
    state,
    tries,
    error,
    receipt,
    dueAt: state === 'waiting' ? dueAt.toISOString() : null,
    createdAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    attempts: attempts.map(({ n, at, outcome }) => ({
      n,
      at: new Date(at).toISOString(),
      outcome,
    })),
  };
}
