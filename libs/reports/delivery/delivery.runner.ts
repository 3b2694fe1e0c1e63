import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#clock';
import { enqueue } from '#outbox';
import { databaseNow, EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { SendError, waitAfter } from '#sending';
import { UploadService } from '#uploads';
import { REPORT_KINDS, type ReportKinds } from '../report-kind.ts';
import { ReportStore } from '../report.store.ts';
import { Carrier } from './carrier.ts';
import { DeliveryStore, type TakenDelivery } from './delivery.store.ts';
import { parcelOf, type Parcel } from './parcel.ts';

/** The job that carries a report to a target: `{ deliveryId }`. */
export const REPORT_DELIVERY = 'report.delivery';

// Longer than any way takes: whoever comes later may take the one at work for dead.
const BUSY_MS = 600_000;
// Once an hour in the end: three days, then somebody has to look.
const MOST_TRIES = 76;

/** What is in a parcel. */
@Injectable()
export class DeliverySource {
  constructor(
    @Inject(ReportStore) private readonly reports: ReportStore,
    @Inject(UploadService) private readonly uploads: UploadService,
    @Inject(REPORT_KINDS) private readonly kinds: ReportKinds,
  ) {}

  async parcel(database: DataSource, institutionId: string, { id, report }: TakenDelivery): Promise<Parcel> {
    const record = await inTransaction(database, { institutionId }, (tx) => this.reports.find(tx, institutionId, report));
    if (record === null) throw new Error('the report is gone');
    return parcelOf(id, record, this.kinds.get(record.kind)?.title.zh ?? record.kind, this.uploads);
  }
}

/** Carries signed reports to where they are wanted, until they are there. */
@Injectable()
export class DeliveryRunner {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(DeliveryStore) private readonly store: DeliveryStore,
    @Inject(Carrier) private readonly carrier: Carrier,
    @Inject(DeliverySource) private readonly source: DeliverySource,
  ) {}

  /** One try. Twice at once does no harm: one has it in hand. */
  async run(institutionId: string, id: string): Promise<void> {
    const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(this.database, { institutionId }, work);
    const run = randomUUID();
    const taken = await inTenant(async (tx) => this.store.take(tx, id, run, await this.now(tx), BUSY_MS));
    if (taken === null) return;
    const end = await this.carry(institutionId, taken);
    await inTenant(async (tx) => {
      const now = await this.now(tx);
      if ('receipt' in end) {
        const { receipt } = end;
        return this.store.settle(tx, institutionId, taken, run, { state: 'delivered', outcome: 'delivered', receipt, dueAt: now, now });
      }
      const { code, again, afterMs } = end.error;
      const state = again && taken.tries < MOST_TRIES ? 'waiting' : 'failed';
      const dueAt = new Date(now.getTime() + waitAfter(taken.tries, afterMs));
      return this.store.settle(tx, institutionId, taken, run, { state, outcome: code, receipt: null, dueAt, now });
    });
  }

  /** Has what is due carried; to be asked every so often. */
  async runDue(): Promise<number> {
    return inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, async (tx) => {
      const due = await this.store.due(tx, await this.now(tx), BUSY_MS);
      for (const { id, institutionId } of due) await enqueue(tx, institutionId, REPORT_DELIVERY, { deliveryId: id });
      return due.length;
    });
  }

  private async carry(institutionId: string, taken: TakenDelivery): Promise<{ receipt: string | null } | { error: SendError }> {
    try {
      return { receipt: await this.carrier.carry(taken, await this.source.parcel(this.database, institutionId, taken)) };
    } catch (error) {
      if (error instanceof SendError) return { error };
      // A fault of ours: tried again like any other, and the target is not to blame.
      return { error: new SendError('internal', { again: true, mayHaveArrived: true }) };
    }
  }

  private async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? (await databaseNow(tx));
  }
}
