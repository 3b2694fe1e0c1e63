import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { CallbackPurpose, CallbackSettingRequest, CallbackState, FiguresBy, TryResult } from './callback.dto.ts';
import type { Tally } from './figures.ts';

export interface CallbackRecord {
  readonly id: string;
  readonly institutionId: string;
  readonly complaintId: string;
  readonly number: string;
  readonly timeZone: string;
  readonly purpose: CallbackPurpose;
  readonly channel: 'link' | 'phone';
  readonly plannedAt: Date;
  readonly state: CallbackState;
  readonly handler: string | null;
  readonly reportedBy: string | null;
  readonly reportSealed: Buffer | null;
  readonly expiresAt: Date | null;
  readonly answeredAt: Date | null;
  readonly answeredVia: 'link' | 'phone' | null;
  readonly askedBy: string | null;
  readonly score: number | null;
  readonly resolved: string | null;
  readonly commentSealed: Buffer | null;
  readonly low: boolean;
  readonly lookedAt: Date | null;
  readonly lookedBy: string | null;
  readonly lookSealed: Buffer | null;
}

export interface TryRecord {
  readonly at: Date;
  readonly by: string;
  readonly result: TryResult;
  readonly noteSealed: Buffer | null;
}

export interface Answer {
  readonly score: number;
  readonly resolved: string | null;
  readonly commentSealed: Buffer | null;
  readonly via: 'link' | 'phone';
  readonly by: string | null;
  readonly language: string | null;
  readonly low: boolean;
}

const COLUMNS = `b.id, b.institution_id as "institutionId", b.complaint as "complaintId", c.number, c.time_zone as "timeZone", b.purpose, b.channel, b.planned_at as "plannedAt", b.state, b.handler,
  b.reported_by as "reportedBy", b.report_sealed as "reportSealed", b.expires_at as "expiresAt", b.answered_at as "answeredAt", b.answered_via as "answeredVia", b.asked_by as "askedBy", b.score, b.resolved,
  b.comment_sealed as "commentSealed", b.low, b.looked_at as "lookedAt", b.looked_by as "lookedBy", b.look_sealed as "lookSealed"`;
const FROM = 'callback b join complaint c on c.id = b.complaint';
const TO_CALL = `b.state = 'planned' and b.channel = 'phone'`;
const TO_LOOK = 'b.low and b.looked_at is null';
const KEYS: Readonly<Record<FiguresBy, string>> = {
  handler: 'b.handler',
  unit: 'b.unit',
  agency: 'b.agency_id',
  cause: `(select r.kind from root_cause r where r.complaint = b.complaint and r.state = 'confirmed' order by r.id limit 1)`,
};

@Injectable()
export class CallbackStore {
  async setting(tx: Tx, institutionId: string): Promise<(CallbackSettingRequest & { changedBy: string }) | null> {
    const [row] = await tx.query<CallbackSettingRequest & { changedBy: string }>(
      `select sample_percent as "samplePercent", days_after as "daysAfter", link_days as "linkDays", phone_days as "phoneDays", low_score as "lowScore",
         minimum_count as "minimumCount", changed_by as "changedBy" from callback_setting where institution_id = $1`,
      [institutionId],
    );
    return row ?? null;
  }

  async set(tx: Tx, institutionId: string, one: CallbackSettingRequest, by: string, at: Date): Promise<void> {
    await tx.query(
      `insert into callback_setting (institution_id, sample_percent, days_after, link_days, phone_days, low_score, minimum_count, changed_by, changed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (institution_id) do update set sample_percent = excluded.sample_percent, days_after = excluded.days_after,
         link_days = excluded.link_days, phone_days = excluded.phone_days, low_score = excluded.low_score, minimum_count = excluded.minimum_count,
         changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
      [institutionId, one.samplePercent, one.daysAfter, one.linkDays, one.phoneDays, one.lowScore, one.minimumCount, by, at],
    );
  }

  /** Keeps how it was drawn; false: it was drawn before. */
  async draw(
    tx: Tx,
    one: {
      institutionId: string;
      complaintId: string;
      bucket: number;
      samplePercent: number;
      drawn: boolean;
      whyNot: string | null;
      at: Date;
    },
  ): Promise<boolean> {
    const rows = await tx.query(
      `insert into callback_draw (institution_id, complaint, bucket, sample_percent, drawn, why_not, drawn_at) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict do nothing returning complaint`,
      [one.institutionId, one.complaintId, one.bucket, one.samplePercent, one.drawn, one.whyNot, one.at],
    );
    return rows.length > 0;
  }

  async drawOf(
    tx: Tx,
    complaintId: string,
  ): Promise<{ bucket: number; samplePercent: number; drawn: boolean; whyNot: string | null } | null> {
    const [row] = await tx.query<{ bucket: number; samplePercent: number; drawn: boolean; whyNot: string | null }>(
      `select bucket, sample_percent as "samplePercent", drawn, why_not as "whyNot" from callback_draw where complaint = $1`,
      [complaintId],
    );
    return row ?? null;
  }

  /** Null: there is one like it. */
  async plan(
    tx: Tx,
    one: {
      institutionId: string;
      complaintId: string;
      purpose: CallbackPurpose;
      channel: 'link' | 'phone';
      plannedAt: Date;
      reportedBy: string | null;
      reportSealed: Buffer | null;
      at: Date;
    },
  ): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>(
      `insert into callback (institution_id, complaint, purpose, channel, planned_at, state, handler, unit, agency_id, reported_by, report_sealed, created_at)
       select $1, c.id, $3, $4, $5, 'planned', c.handler, u.code, c.against_agency_id, $6, $7, $8
       from complaint c left join desk_member m on m.institution_id = $1 and m.subject = c.handler left join desk_unit u on u.id = m.unit where c.id = $2
       on conflict do nothing returning id`,
      [one.institutionId, one.complaintId, one.purpose, one.channel, one.plannedAt, one.reportedBy, one.reportSealed, one.at],
    );
    return row?.id ?? null;
  }

  async complaintOf(tx: Tx, institutionId: string, id: string): Promise<string | null> {
    const [row] = await tx.query<{ complaint: string }>('select complaint from callback where institution_id = $1 and id = $2', [
      institutionId,
      id,
    ]);
    return row?.complaint ?? null;
  }

  async find(tx: Tx, id: string): Promise<CallbackRecord | null> {
    const [row] = await tx.query<CallbackRecord>(`select ${COLUMNS} from ${FROM} where b.id = $1`, [id]);
    return row ?? null;
  }

  async ofComplaint(tx: Tx, complaintId: string): Promise<CallbackRecord[]> {
    return tx.query<CallbackRecord>(`select ${COLUMNS} from ${FROM} where b.complaint = $1 order by b.id`, [complaintId]);
  }

  /** One more than the limit, if there are so many; the oldest first. */
  async list(
    tx: Tx,
    institutionId: string,
    which: 'to-call' | 'to-look' | 'all',
    now: Date,
    after: string | null,
    limit: number,
  ): Promise<CallbackRecord[]> {
    const condition = which === 'to-call' ? `${TO_CALL} and b.planned_at <= $2` : which === 'to-look' ? TO_LOOK : 'true';
    return tx.query<CallbackRecord>(
      `select ${COLUMNS} from ${FROM} where b.institution_id = $1 and $2::timestamptz is not null and ${condition} and ($3::uuid is null or b.id > $3) order by b.id limit $4`,
      [institutionId, now, after, limit + 1],
    );
  }

  async tries(tx: Tx, ids: readonly string[]): Promise<(TryRecord & { callback: string })[]> {
    return tx.query(`select callback, at, by, result, note_sealed as "noteSealed" from callback_try where callback = any($1) order by id`, [
      ids,
    ]);
  }

  async addTry(tx: Tx, institutionId: string, id: string, { at, by, result, noteSealed }: TryRecord): Promise<void> {
    await tx.query('insert into callback_try (institution_id, callback, at, by, result, note_sealed) values ($1, $2, $3, $4, $5, $6)', [
      institutionId,
      id,
      at,
      by,
      result,
      noteSealed,
    ]);
  }

  async answer(tx: Tx, id: string, at: Date, { score, resolved, commentSealed, via, by, language, low }: Answer): Promise<void> {
    await tx.query(
      `update callback set state = 'answered', answered_at = $2, score = $3, resolved = $4, comment_sealed = $5, answered_via = $6, asked_by = $7, language = $8, low = $9 where id = $1`,
      [id, at, score, resolved, commentSealed, via, by, language, low],
    );
  }

  async end(
    tx: Tx,
    id: string,
    state: Exclude<CallbackState, 'answered' | 'planned' | 'sent'>,
    at: Date,
    by: string | null,
  ): Promise<void> {
    await tx.query('update callback set state = $2, answered_at = $3, asked_by = $4 where id = $1', [id, state, at, by]);
  }

  async look(tx: Tx, id: string, at: Date, by: string, noteSealed: Buffer): Promise<void> {
    await tx.query('update callback set looked_at = $2, looked_by = $3, look_sealed = $4 where id = $1', [id, at, by, noteSealed]);
  }

  /** The next links that are to be sent, whosever; others' are skipped. */
  async due(tx: Tx, now: Date, limit: number): Promise<CallbackRecord[]> {
    return tx.query<CallbackRecord>(
      `select ${COLUMNS} from ${FROM} where b.state = 'planned' and b.channel = 'link' and b.planned_at <= $1 order by b.planned_at limit $2 for update of b skip locked`,
      [now, limit],
    );
  }

  async sent(tx: Tx, id: string, dispatch: string, at: Date, expiresAt: Date): Promise<void> {
    await tx.query(`update callback set state = 'sent', dispatch = $2, sent_at = $3, expires_at = $4 where id = $1`, [
      id,
      dispatch,
      at,
      expiresAt,
    ]);
  }

  /** What could not be sent is called; of a message that is not on its way any more, by its id. */
  async toPhone(tx: Tx, id: string): Promise<void> {
    await tx.query(
      `update callback set state = 'planned', channel = 'phone', expires_at = null where id = $1 and state in ('planned', 'sent')`,
      [id],
    );
  }

  async ofDispatch(tx: Tx, institutionId: string, dispatch: string): Promise<CallbackRecord | null> {
    const [row] = await tx.query<CallbackRecord>(
      `select ${COLUMNS} from ${FROM} where b.institution_id = $1 and b.dispatch = $2 and b.state = 'sent' for update of b`,
      [institutionId, dispatch],
    );
    return row ?? null;
  }

  /** Ends links whose time is over, each once, and says so; how many. */
  async expire(tx: Tx, now: Date): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      `with over as (update callback set state = 'expired' where id in (
           select id from callback where state = 'sent' and expires_at <= $1 order by expires_at limit 500 for update skip locked) returning id, institution_id, complaint),
       entries as (insert into timeline (institution_id, complaint, at, kind, actor, data)
         select institution_id, complaint, $1, 'callback-expired', 'system', json_build_object('callbackId', id) from over)
       select count(*)::int as count from over`,
      [now],
    );
    return row?.count ?? 0;
  }

  /** By whom it is asked for; null keys are a row of their own. */
  async tallies(tx: Tx, institutionId: string, from: Date, until: Date, by: FiguresBy): Promise<Tally[]> {
    return tx.query<Tally>(
      `select ${KEYS[by]} as key, count(*)::int as asked, count(b.score)::int as answered, (count(*) filter (where b.state = 'refused'))::int as refused,
         (count(*) filter (where b.state = 'unreachable'))::int as unreachable, (count(*) filter (where b.state = 'expired'))::int as expired,
         array[${[1, 2, 3, 4, 5].map((score) => `(count(*) filter (where b.score = ${score}))::int`).join(', ')}] as scores
       from callback b where b.institution_id = $1 and b.purpose = 'satisfaction' and b.planned_at >= $2 and b.planned_at < $3 and b.state <> 'planned'
       group by 1 order by asked desc, 1`,
      [institutionId, from, until],
    );
  }

  /** Counts a knock at the page of a link, and those of the same address since. */
  async knock(tx: Tx, address: Buffer, now: Date, since: Date): Promise<number> {
    await tx.query('insert into satisfaction_knock (address_index, at) values ($1, $2)', [address, now]);
    const [row] = await tx.query<{ count: number }>(
      'select count(*)::int as count from satisfaction_knock where address_index = $1 and at > $2',
      [address, since],
    );
    return row?.count ?? 0;
  }

  async forgetKnocks(tx: Tx): Promise<void> {
    await tx.query(`delete from satisfaction_knock where at < clock_timestamp() - interval '1 day'`);
  }
}
