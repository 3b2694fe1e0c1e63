import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { Zone } from '#contact-rules';
import { databaseNow, EVERY_INSTITUTION, inTransaction } from '#pg';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { toListItem } from '../complaint/complaint.mapper.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import {
  FORECAST_BUCKETS,
  type CalibrationView,
  type ForecastItem,
  type ForecastListRequest,
  type ForecastReason,
} from './forecast.dto.ts';
import { ForecastStore, type ForecastPosition, type ForecastRecord } from './forecast.store.ts';

const DEFAULT_LIMIT = 50;

function positionOf(key: string): ForecastPosition | null {
  const [probability = '', id = '', ...rest] = key.split(' ');
  const number = Number(probability);
  return /^[\d.e-]{1,30}$/.test(probability) && Number.isFinite(number) && isUuid(id) && rest.length === 0
    ? { probability: number, id }
    : null;
}

/** Which complaints will probably be late, why, and how often that was so. */
@Injectable()
export class ForecastService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ForecastStore) private readonly store: ForecastStore,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Computes all anew; when another does so at this moment, that is enough. */
  compute(): Promise<boolean> {
    return inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, async (tx) =>
      this.store.compute(tx, this.clock.override ?? (await databaseNow(tx))),
    );
  }

  /** Refuses with INVALID for a cursor that is not ours. */
  async list(principal: Principal, request: ForecastListRequest, requestId: string): Promise<Page<ForecastItem>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const key = decodeCursor(request.cursor, (given) => positionOf(given) !== null);
    const { handler, bucket = null } = request;
    const named = handler === 'me' ? principal.subject : handler === 'none' ? null : handler;
    return inTransaction(this.database, principal, async (tx) => {
      const reading = this.reading.readingOf(principal, await this.reading.now(tx));
      const whose = named === undefined || named === '' ? null : { subject: named };
      const filter = { institutionId: principal.institutionId, now: reading.now, bucket, handler: whose };
      const records = await this.store.list(tx, filter, key === null ? null : positionOf(key), limit);
      const page = toPage(
        records,
        limit,
        ({ probability, id }) => `${probability} ${id}`,
        (record) => toItem(record, toListItem(record, reading).subject),
      );
      const ids = page.items.map(({ complaintId }) => complaintId);
      await this.reading.noteRead(tx, principal, reading, ids, ['subject'], requestId);
      return page;
    });
  }

  calibration(principal: Principal): Promise<CalibrationView> {
    return inTransaction(this.database, principal, async (tx) => {
      const rows = await this.store.calibration(tx, principal.institutionId, await this.reading.now(tx));
      const byBucket = new Map(rows.map((row) => [row.bucket, row]));
      return {
        rows: FORECAST_BUCKETS.map((bucket) => {
          const { said = 0, known = 0, late = 0, saidShare = null } = byBucket.get(bucket) ?? {};
          return { bucket, said, known, late, saidShare, happenedShare: known === 0 ? null : late / known };
        }),
      };
    });
  }
}

function reasonsOf({ basis, sample, longer, ageDays, daysLeft, place, decided30, handler }: ForecastRecord): ForecastReason[] {
  const past: ForecastReason =
    basis === 'default'
      ? { code: 'default', data: { daysLeft } }
      : { code: 'history', data: { basis, sample, longer, ageDays, daysLeft, share: longer / sample } };
  const isBehind = place !== null && decided30 !== null && decided30 >= 5 && place > (decided30 / 30) * (daysLeft + 1);
  return [
    past,
    ...(isBehind ? [{ code: 'load' as const, data: { place, decided30, daysLeft } }] : []),
    ...(handler === null && daysLeft <= 3 ? [{ code: 'unassigned' as const, data: { daysLeft } }] : []),
  ];
}

function toItem(record: ForecastRecord, subject: string): ForecastItem {
  const { id, number, category, handler, dueOn, daysLeft, probability, bucket, computedAt, timeZone } = record;
  return {
    complaintId: id,
    complaintNumber: number,
    subject,
    category,
    handler,
    dueOn,
    daysLeft,
    probability,
    bucket,
    reasons: reasonsOf(record),
    computedAt: Zone.of(timeZone).format(computedAt.getTime()),
  };
}
