import { Injectable } from '@nestjs/common';
import { append } from '#evidence-log';
import type { Tx } from '#pg';
import type { ReportRecord } from '../report.store.ts';
import type { Channel } from './target.store.ts';

export const DELIVERY_STATES = ['waiting', 'delivered', 'failed', 'dropped'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export interface DeliveryRecord {
  readonly id: string;
  readonly reportId: string;
  readonly targetId: string;
  readonly targetName: string;
  readonly channel: Channel;
  readonly state: DeliveryState;
  readonly tries: number;
  readonly dueAt: Date;
  readonly error: string | null;
  readonly receipt: string | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  readonly attempts: readonly { readonly n: number; readonly at: string; readonly outcome: string }[];
}

/** A delivery that somebody has in hand. */
export interface TakenDelivery {
  readonly id: string;
  readonly report: string;
  readonly channel: Channel;
  readonly addressSealed: Buffer | null;
  readonly tries: number;
}

const COLUMNS = `d.id, d.report as "reportId", d.target as "targetId", t.name as "targetName", t.channel, d.state, d.tries, d.due_at as "dueAt", d.error, d.receipt,
  d.created_at as "createdAt", d.ended_at as "endedAt",
  (select coalesce(json_agg(json_build_object('n', a.n, 'at', a.at, 'outcome', a.outcome) order by a.n), '[]') from report_delivery_try a where a.delivery = d.id) as attempts`;

@Injectable()
export class DeliveryStore {
  /**
   * One to every target that wants such a report; what has names in it goes only where a target names its kind. Who looks into the portal has it
   * with its signature. Returns those that are to be carried somewhere.
   */
  async open(tx: Tx, { id, institutionId, kind, audience, subject }: ReportRecord, now: Date): Promise<string[]> {
    const rows = await tx.query<{ id: string; state: DeliveryState }>(
      `insert into report_delivery (institution_id, report, target, state, due_at, created_at, ended_at)
       select $1, $2, id, case channel when 'portal' then 'delivered' else 'waiting' end, $3, $3, case channel when 'portal' then $3::timestamptz end
       from report_target where institution_id = $1 and removed_at is null and coalesce($4 = any(kinds), $6::text is null) and coalesce(audience = $5, true)
       order by id on conflict (report, target) do nothing returning id, state`,
      [institutionId, id, now, kind, audience, subject],
    );
    const inPortal = rows.filter(({ state }) => state === 'delivered').map((row) => row.id);
    await this.record(tx, institutionId, inPortal);
    return rows.filter(({ state }) => state === 'waiting').map((row) => row.id);
  }

  /** Takes a delivery that is due and in nobody's hand, or in a dead one's. */
  async take(tx: Tx, id: string, run: string, now: Date, busyMs: number): Promise<TakenDelivery | null> {
    const [row] = await tx.query<TakenDelivery>(
      `update report_delivery d set run = $2, taken_at = $3, tries = tries + 1 from report_target t
       where d.id = $1 and t.id = d.target and d.state = 'waiting' and d.due_at <= $3 and (d.run is null or d.taken_at <= $3::timestamptz - $4 * interval '1 millisecond')
       returning d.id, d.report, t.channel, t.address_sealed as "addressSealed", d.tries`,
      [id, run, now, busyMs],
    );
    return row ?? null;
  }

  /** Ends a try of whoever still has it in hand. */
  async settle(
    tx: Tx,
    institutionId: string,
    { id, tries }: TakenDelivery,
    run: string,
    end: { state: DeliveryState; outcome: string; receipt: string | null; dueAt: Date; now: Date },
  ): Promise<void> {
    const { state, outcome, receipt, dueAt, now } = end;
    const held = await tx.query(
      `update report_delivery set state = case when state = 'waiting' then $3 else state end, run = null, taken_at = null, due_at = $4, receipt = $5, error = $6,
         ended_at = case when state <> 'waiting' then ended_at when $3 = 'waiting' then null else $7::timestamptz end
       where id = $1 and run = $2 returning id`,
      [id, run, state, dueAt, receipt, state === 'delivered' ? null : outcome, now],
    );
    if (held.length === 0) return;
    await tx.query('insert into report_delivery_try (institution_id, delivery, n, at, outcome) values ($1, $2, $3, $4, $5)', [
      institutionId,
      id,
      tries,
      now,
      outcome,
    ]);
    if (state !== 'waiting') await this.record(tx, institutionId, [id]);
  }

  /** How deliveries ended, each with what was in it. */
  private async record(tx: Tx, institutionId: string, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const bodies = await tx.query<{ body: Readonly<Record<string, unknown>> }>(
      `select json_build_object('deliveryId', d.id, 'reportId', d.report, 'targetId', d.target, 'channel', t.channel, 'state', d.state, 'tries', d.tries, 'error', d.error,
         'files', (select coalesce(json_agg(json_build_object('name', f.name, 'sha256', encode(f.sha256, 'hex')) order by f.place), '[]') from report_file f where f.report = d.report)) as body
       from report_delivery d join report_target t on t.id = d.target where d.institution_id = $1 and d.id = any($2) and d.state <> 'waiting' order by d.id`,
      [institutionId, ids],
    );
    await append(
      tx,
      institutionId,
      bodies.map(({ body }) => ({ kind: 'report-delivered', actor: 'system', body })),
    );
  }

  /** Those that are due and that nobody was told of in the last minute, of all institutions. */
  async due(tx: Tx, now: Date, busyMs: number): Promise<{ id: string; institutionId: string }[]> {
    return tx.query(
      `update report_delivery set taken_at = case when run is null then $1 else taken_at end where id in (
         select id from report_delivery where state = 'waiting' and due_at <= $1
           and (taken_at is null or taken_at <= $1::timestamptz - case when run is null then interval '1 minute' else $2 * interval '1 millisecond' end)
         order by id limit 1000 for update skip locked
       ) returning id, institution_id as "institutionId"`,
      [now, busyMs],
    );
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<DeliveryRecord | null> {
    const [row] = await tx.query<DeliveryRecord>(
      `select ${COLUMNS} from report_delivery d join report_target t on t.id = d.target where d.institution_id = $1 and d.id = $2`,
      [institutionId, id],
    );
    return row ?? null;
  }

  async list(
    tx: Tx,
    institutionId: string,
    { reportId, state, before }: { reportId: string | null; state: DeliveryState | null; before: string | null },
    limit: number,
  ): Promise<DeliveryRecord[]> {
    return tx.query(
      `select ${COLUMNS} from report_delivery d join report_target t on t.id = d.target where d.institution_id = $1
         and ($2::uuid is null or d.report = $2) and ($3::text is null or d.state = $3) and ($4::uuid is null or d.id < $4) order by d.id desc limit $5`,
      [institutionId, reportId, state, before, limit],
    );
  }

  /** Tries a delivery that was given up once more; false: it is not given up. */
  async retry(tx: Tx, institutionId: string, id: string, now: Date): Promise<boolean> {
    const rows = await tx.query(
      `update report_delivery set state = 'waiting', due_at = $3, ended_at = null, run = null, taken_at = null
       where id = $2 and institution_id = $1 and state = 'failed' returning id`,
      [institutionId, id, now],
    );
    return rows.length > 0;
  }

  /** What waits for a target that is removed goes nowhere. */
  async drop(tx: Tx, target: string, now: Date): Promise<void> {
    await tx.query(`update report_delivery set state = 'dropped', ended_at = $2 where target = $1 and state = 'waiting'`, [target, now]);
  }
}
