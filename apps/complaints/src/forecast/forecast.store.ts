import { Injectable } from '@nestjs/common';
import { alongIndex, type Tx } from '#pg';
import { COMPLAINT_COLUMNS } from '../complaint/complaint.columns.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import type { ForecastBasis, ForecastBucket } from './forecast.dto.ts';
import { COMPUTE, HIGH, KEEP_CALLS, MEDIUM, PAST_DAYS, SETTLE_CALLS } from './forecast.sql.ts';

export interface ForecastRecord extends ComplaintRecord {
  readonly probability: number;
  readonly bucket: ForecastBucket;
  readonly basis: ForecastBasis;
  readonly sample: number;
  readonly longer: number;
  readonly ageDays: number;
  readonly daysLeft: number;
  readonly place: number | null;
  readonly decided30: number | null;
  readonly computedAt: Date;
}

export interface ForecastFilter {
  readonly institutionId: string;
  readonly now: Date;
  readonly bucket: ForecastBucket | null;
  /** Null: anybody's and nobody's. */
  readonly handler: { readonly subject: string | null } | null;
}

export interface ForecastPosition {
  readonly probability: number;
  readonly id: string;
}

const RANGE: Readonly<Record<ForecastBucket, readonly [from: number, below: number]>> = {
  high: [HIGH, 2],
  medium: [MEDIUM, HIGH],
  low: [0, MEDIUM],
};

@Injectable()
export class ForecastStore {
  /** Of all institutions. False: another does it at this moment. */
  async compute(tx: Tx, now: Date): Promise<boolean> {
    const [lock] = await tx.query<{ ours: boolean }>(`select pg_try_advisory_xact_lock(hashtextextended('forecast', 0)) as ours`);
    if (!lock?.ours) return false;
    await tx.query(SETTLE_CALLS, [now]);
    await tx.query(COMPUTE, [now]);
    await tx.query(KEEP_CALLS, [now]);
    return true;
  }

  /** The likeliest first; one more than the limit, if there are so many. What has ended or begun to pause since is left out. */
  async list(
    tx: Tx,
    { institutionId, now, bucket, handler }: ForecastFilter,
    after: ForecastPosition | null,
    limit: number,
  ): Promise<ForecastRecord[]> {
    const [from, below] = bucket ? RANGE[bucket] : [0, 2];
    await alongIndex(tx);
    return tx.query(
      `select ${COMPLAINT_COLUMNS}, f.probability, f.bucket, f.basis, f.sample, f.longer, f.age_days as "ageDays", f.days_left as "daysLeft", f.place, f.decided_30 as "decided30",
         f.computed_at as "computedAt"
       from forecast f join complaint c on c.id = f.complaint
       where f.institution_id = $1 and f.probability >= $2 and f.probability < $3 and c.closed_at is null and c.state <> 'paused' and c.due_at > $4
         and (not $5::boolean or c.handler is not distinct from $6)
         and ($7::float8 is null or f.probability < $7 or (f.probability = $7 and f.complaint > $8::uuid))
       order by f.probability desc, f.complaint limit $9`,
      [
        institutionId,
        from,
        below,
        now,
        handler !== null,
        handler?.subject ?? null,
        after?.probability ?? null,
        after?.id ?? null,
        limit + 1,
      ],
    );
  }

  async calibration(
    tx: Tx,
    institutionId: string,
    now: Date,
  ): Promise<{ bucket: ForecastBucket; said: number; known: number; late: number; saidShare: number | null }[]> {
    return tx.query(
      `select bucket, count(*)::int as said, count(breached)::int as known, count(*) filter (where breached)::int as late,
         avg(probability) filter (where breached is not null) as "saidShare"
       from forecast_call where institution_id = $1 and said_at > $2::timestamptz - interval '${PAST_DAYS} days' group by bucket`,
      [institutionId, now],
    );
  }
}
