import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { isUuid } from '#wire';
import { DISPATCH_DUE, type DispatchChannel, type DispatchState } from './dispatch.states.ts';

/** A message as it is stored; personal data still sealed. */
export interface DispatchRecord {
  readonly id: string;
  readonly institutionId: string;
  readonly complaintId: string | null;
  readonly channel: DispatchChannel;
  readonly purpose: string;
  readonly ref: string | null;
  readonly topic: string | null;
  readonly toSealed: Buffer;
  readonly subjectSealed: Buffer;
  readonly bodySealed: Buffer;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly state: DispatchState;
  readonly inHand: boolean;
  readonly busyUntil: Date | null;
  readonly wakeAt: Date | null;
  readonly tries: number;
  readonly providerId: string | null;
  readonly code: string | null;
  readonly sentAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly settledAt: Date | null;
}

export type NewDispatch = Pick<
  DispatchRecord,
  | 'institutionId'
  | 'complaintId'
  | 'channel'
  | 'purpose'
  | 'ref'
  | 'topic'
  | 'toSealed'
  | 'subjectSealed'
  | 'bodySealed'
  | 'askedBy'
  | 'askedAt'
> & { readonly wakeAt: Date };

/** What a step changes; what is left out stays. */
export type DispatchChange = Partial<
  Pick<DispatchRecord, 'state' | 'inHand' | 'busyUntil' | 'wakeAt' | 'tries' | 'providerId' | 'code' | 'sentAt' | 'settledAt'>
>;

export interface ReportRow {
  readonly id: string;
  readonly state: 'delivered' | 'failed';
  readonly at: string;
  readonly code: string | null;
}

/** What a report changed. */
export type Reported = Pick<DispatchRecord, 'id' | 'institutionId' | 'complaintId' | 'channel' | 'purpose' | 'topic' | 'state' | 'code'>;

const COLUMN: Readonly<Record<keyof DispatchChange, string>> = {
  state: 'state',
  inHand: 'in_hand',
  busyUntil: 'busy_until',
  wakeAt: 'wake_at',
  tries: 'tries',
  providerId: 'provider_id',
  code: 'code',
  sentAt: 'sent_at',
  settledAt: 'settled_at',
};

const SELECT = `select d.id, d.institution_id as "institutionId", d.complaint as "complaintId", d.channel, d.purpose, d.ref, d.topic, d.to_sealed as "toSealed",
  d.subject_sealed as "subjectSealed", d.body_sealed as "bodySealed", d.asked_by as "askedBy", d.asked_at as "askedAt", d.state, d.in_hand as "inHand",
  d.busy_until as "busyUntil", d.wake_at as "wakeAt", d.tries, d.provider_id as "providerId", d.code, d.sent_at as "sentAt", d.delivered_at as "deliveredAt",
  d.settled_at as "settledAt" from dispatch d`;

// The rows are locked in one order for everyone. Of all reports of a message the latest counts; a message that was never handed over has none. What
// arrived was sent, though our own try may not have heard so.
const REPORT = `
  with given as materialized (
    select r.id, r.state, r.at, r.code from json_to_recordset($1) as r(id uuid, state text, at timestamptz, code text)
  ), held as materialized (
    select d.id, d.reported_at from dispatch d where d.id in (select id from given) and d.tries > 0 order by d.id for no key update
  ), newest as materialized (
    select distinct on (g.id) g.* from given g join held h on h.id = g.id where h.reported_at is null or g.at > h.reported_at order by g.id, g.at desc, g.state
  ), changed as (
    update dispatch d set state = n.state, code = n.code, reported_at = n.at, settled_at = n.at, in_hand = false, busy_until = null, wake_at = null,
      delivered_at = case when n.state = 'delivered' then n.at else d.delivered_at end,
      sent_at = coalesce(d.sent_at, case when n.state = 'delivered' then greatest(n.at, d.asked_at) end)
    from newest n where d.id = n.id returning d.*
  )
  select h.id, c.institution_id as "institutionId", c.complaint as "complaintId", c.channel, c.purpose, c.topic, c.state, c.code, c.id is not null as changed
  from held h left join changed c on c.id = h.id order by h.id`;

@Injectable()
export class DispatchStore {
  /** The message stands. */
  async add(tx: Tx, row: NewDispatch): Promise<string> {
    const [made] = await tx.query<{ id: string }>(
      `insert into dispatch (institution_id, complaint, channel, purpose, ref, topic, to_sealed, subject_sealed, body_sealed, asked_by, asked_at, state, wake_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'queued', $12) returning id`,
      [
        row.institutionId,
        row.complaintId,
        row.channel,
        row.purpose,
        row.ref,
        row.topic,
        row.toSealed,
        row.subjectSealed,
        row.bodySealed,
        row.askedBy,
        row.askedAt,
        row.wakeAt,
      ],
    );
    if (!made) throw new Error('the message was not stored');
    return made.id;
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<DispatchRecord | null> {
    if (!isUuid(id)) return null;
    const [row] = await tx.query<DispatchRecord>(`${SELECT} where d.id = $1 and d.institution_id = $2`, [id, institutionId]);
    return row ?? null;
  }

  /** Until the transaction ends nobody else changes it. */
  async lock(tx: Tx, institutionId: string, id: string): Promise<DispatchRecord | null> {
    if (!isUuid(id)) return null;
    const [row] = await tx.query<DispatchRecord>(`${SELECT} where d.id = $1 and d.institution_id = $2 for no key update`, [
      id,
      institutionId,
    ]);
    return row ?? null;
  }

  /** Those of a complaint, the newest first; one more than the limit, if there are so many. */
  async list(tx: Tx, complaintId: string, before: string | null, limit: number): Promise<DispatchRecord[]> {
    return tx.query<DispatchRecord>(`${SELECT} where d.complaint = $1 and ($2::uuid is null or d.id < $2) order by d.id desc limit $3`, [
      complaintId,
      before,
      limit + 1,
    ]);
  }

  /** Those that are known, in no order. */
  async several(tx: Tx, institutionId: string, ids: readonly string[]): Promise<DispatchRecord[]> {
    return tx.query<DispatchRecord>(`${SELECT} where d.institution_id = $1 and d.id = any($2)`, [institutionId, ids]);
  }

  async change(tx: Tx, id: string, change: DispatchChange): Promise<void> {
    const keys = (Object.keys(change) as (keyof DispatchChange)[]).filter((key) => change[key] !== undefined);
    const sets = keys.map((key, index) => `${COLUMN[key]} = $${index + 2}`).join(', ');
    await tx.query(`update dispatch set ${sets} where id = $1`, [id, ...keys.map((key) => change[key])]);
  }

  /** The ids of the messages that are known, and what the reports changed. */
  async report(tx: Tx, reports: readonly ReportRow[]): Promise<{ readonly known: Set<string>; readonly changed: Reported[] }> {
    const rows = await tx.query<Reported & { readonly changed: boolean }>(REPORT, [JSON.stringify(reports)]);
    return { known: new Set(rows.map(({ id }) => id)), changed: rows.filter(({ changed }) => changed) };
  }

  /** Gives what is due to the relay, a batch at a time; nobody gives it again for a minute. Returns how many. */
  async wake(tx: Tx, now: Date, limit: number): Promise<number> {
    const [woken] = await tx.query<{ count: number }>(
      `with due as (
         update dispatch set wake_at = $1::timestamptz + interval '1 minute'
         where id in (select id from dispatch where wake_at <= $1 order by wake_at limit $2 for update skip locked) returning id, institution_id
       ), told as (
         insert into outbox (institution_id, topic, payload) select institution_id, $3, json_build_object('dispatchId', id) from due returning 1)
       select count(*)::integer as count from told`,
      [now, limit, DISPATCH_DUE],
    );
    return woken?.count ?? 0;
  }
}
