import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { enqueue } from '#outbox';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { isUuid } from '#wire';
import { DeliveryStore } from '../delivery/delivery.store.ts';
import { REPORT_DELIVERY } from '../delivery/delivery.runner.ts';
import type { ReportAnswer } from '../report.dto.ts';
import { REPORT_REQUESTED } from '../report.runner.ts';
import { refuseAgency, toView } from '../report.service.ts';
import { ReportStore, type ReportRecord } from '../report.store.ts';
import type { CorrectReportRequest } from './life.dto.ts';
import { CORRECTION_OPEN, NOT_CANCELLABLE, NOT_CORRECTABLE, NOT_SIGNABLE, OWN_REPORT } from './life.refusals.ts';
import { LifeStore } from './life.store.ts';

const CANCELLABLE: readonly string[] = ['queued', 'running', 'draft'];
const SIGNABLE: readonly string[] = ['draft', 'done'];

/** Cancelling, signing and correcting reports. */
@Injectable()
export class LifeService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(LifeStore) private readonly store: LifeStore,
    @Inject(ReportStore) private readonly reports: ReportStore,
    @Inject(DeliveryStore) private readonly deliveries: DeliveryStore,
  ) {}

  /** Stops the making of a report, or drops a draft. Once more changes nothing. Refuses with FORBIDDEN, NOT_FOUND, NOT_CANCELLABLE. */
  cancel(principal: Principal, id: string): Promise<ReportAnswer> {
    return this.change(principal, id, null, async (tx, record, now) => {
      if (record.state === 'cancelled') return record;
      if (!CANCELLABLE.includes(record.state)) throw new Refusal(NOT_CANCELLABLE, { detail: `It is ${record.state}.` });
      await this.store.cancel(tx, id, principal.subject, now);
      return this.again(tx, record);
    });
  }

  /**
   * Signs a report off, and has it delivered. Whoever asked for it does not sign it: drafts of a schedule are anybody's of compliance. Refuses with
   * FORBIDDEN, NOT_FOUND, OWN_REPORT, NOT_SIGNABLE, IDEMPOTENCY_KEY_REUSED.
   */
  signOff(principal: Principal, id: string, idempotency: IdempotentRequest | null): Promise<ReportAnswer> {
    return this.change(principal, id, idempotency, async (tx, record, now) => {
      const { state, requestedBy } = record;
      if (requestedBy === principal.subject)
        throw new Refusal(OWN_REPORT, { detail: 'You asked for this report: have another person of compliance sign it (four eyes).' });
      if (!SIGNABLE.includes(state)) throw new Refusal(NOT_SIGNABLE, { detail: `It is ${state}.` });
      await this.store.sign(tx, record, principal.subject, now);
      for (const delivery of await this.deliveries.open(tx, record, now))
        await enqueue(tx, principal.institutionId, REPORT_DELIVERY, { deliveryId: delivery });
      return this.again(tx, record);
    });
  }

  /**
   * Has a new version made of the same period; it says what it changes, and takes the place of this one when another person signs it.
   * Refuses with FORBIDDEN, NOT_FOUND, NOT_CORRECTABLE, CORRECTION_OPEN, IDEMPOTENCY_KEY_REUSED.
   */
  correct(
    principal: Principal,
    id: string,
    { reason }: CorrectReportRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<ReportAnswer> {
    return this.change(principal, id, idempotency, async (tx, record) => {
      if (record.state !== 'signed') throw new Refusal(NOT_CORRECTABLE, { detail: `It is ${record.state}.` });
      const open = await this.store.correctionOf(tx, id);
      if (open !== null) throw new Refusal(CORRECTION_OPEN, { detail: `Its correction is the report ${open}.` });
      const { series, version, from, to, ...order } = record;
      const created = await this.reports.create(tx, {
        ...order,
        period: { from, to },
        requestedBy: principal.subject,
        correcting: { id, series, version, reason },
      });
      await enqueue(tx, principal.institutionId, REPORT_REQUESTED, { reportId: created.id });
      return created;
    });
  }

  /** Lock, replay check, now, and the change. */
  private async change(
    principal: Principal,
    id: string,
    idempotency: IdempotentRequest | null,
    work: (tx: Tx, record: ReportRecord, now: Date) => Promise<ReportRecord>,
  ): Promise<ReportAnswer> {
    refuseAgency(principal);
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const record = isUuid(id) ? await this.store.hold(tx, institutionId, id) : null;
      if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such report here.' });
      const claim = await claimKey(tx, institutionId, idempotency);
      const seen = claim && (await this.reports.find(tx, institutionId, claim.resource));
      if (seen) return toView(seen);
      const changed = await work(tx, record, this.clock.override ?? (await databaseNow(tx)));
      await rememberResource(tx, institutionId, idempotency, changed.id);
      return toView(changed);
    });
  }

  private async again(tx: Tx, { institutionId, id }: ReportRecord): Promise<ReportRecord> {
    const record = await this.reports.find(tx, institutionId, id);
    if (record === null) throw new Error('the report is gone');
    return record;
  }
}
