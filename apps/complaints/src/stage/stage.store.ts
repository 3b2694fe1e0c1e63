import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { Counted, Limit, LimitUnit, Stage } from './stages.ts';

export interface LimitsRecord {
  readonly version: number;
  readonly limits: readonly Limit[];
  /** Codes of causes that make a complaint one to be worked on as a major one. */
  readonly severeCauses: readonly string[];
  readonly setBy: string | null;
  readonly setAt: Date | null;
}

export interface EntryRecord {
  readonly id: string;
  readonly seq: number;
  readonly stage: Stage;
  readonly amount: number;
  readonly unit: LimitUnit;
  readonly enteredAt: Date;
  readonly enteredBy: string;
  readonly dueAt: Date;
  readonly doneAt: Date | null;
  readonly doneBy: string | null;
  readonly handler: string | null;
  readonly noteSealed: Buffer | null;
}

export interface NewEntry {
  readonly complaintId: string;
  readonly seq: number;
  readonly stage: Stage;
  readonly limitVersion: number;
  readonly amount: number;
  readonly unit: LimitUnit;
  readonly enteredAt: Date;
  readonly enteredBy: string;
  readonly baseDueAt: Date;
  readonly remindHours: number;
  readonly termDueOn: string;
  readonly noteSealed: Buffer | null;
}

/** A stage that is not done, with what its limit looks at. */
export interface OpenEntry {
  readonly id: string;
  readonly stage: Stage;
  readonly limitVersion: number;
  readonly amount: number;
  readonly unit: LimitUnit;
  readonly enteredAt: Date;
  readonly baseDueAt: Date;
  readonly counted: Counted;
  readonly timeZone: string;
  readonly category: string | null;
  readonly groupSize: number;
}

/** What a stage needs to know of a complaint that has none yet. */
export interface Beginning {
  readonly id: string;
  readonly registeredAt: Date;
  readonly timeZone: string;
  readonly category: string | null;
  readonly groupSize: number;
  readonly dueOn: string;
}

// What was open when the complaint was decided or closed ended with that.
const ENTRY = `select e.id, e.seq, e.stage, e.amount, e.unit, e.entered_at as "enteredAt", e.entered_by as "enteredBy", e.note_sealed as "noteSealed",
  coalesce(e.due_at, stage_due(e.base_due_at, e.term_due_on, c.due_on, c.due_at)) as "dueAt", coalesce(e.done_at, c.decided_at, c.closed_at) as "doneAt",
  coalesce(e.done_by, case when c.decided_at is not null or c.closed_at is not null then 'system:decision' end) as "doneBy", coalesce(e.handler, c.handler) as handler
  from stage_entry e join complaint c on c.id = e.complaint`;

@Injectable()
export class StageStore {
  async limits(tx: Tx, institutionId: string, most = 1): Promise<LimitsRecord[]> {
    return tx.query<LimitsRecord>(
      `select version, limits, severe_causes as "severeCauses", set_by as "setBy", set_at as "setAt" from stage_limit where institution_id = $1 order by version desc limit $2`,
      [institutionId, most],
    );
  }

  /** False when there is that version already. */
  async addLimits(
    tx: Tx,
    institutionId: string,
    given: { version: number; limits: readonly Limit[]; severeCauses: readonly string[]; noteSealed: Buffer | null; by: string; at: Date },
  ): Promise<boolean> {
    const rows = await tx.query(
      `insert into stage_limit (institution_id, version, limits, note_sealed, set_by, set_at, severe_causes) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict on constraint stage_limit_version do nothing returning id`,
      [
        institutionId,
        given.version,
        JSON.stringify(given.limits),
        given.noteSealed,
        given.by,
        given.at,
        JSON.stringify(given.severeCauses),
      ],
    );
    return rows.length > 0;
  }

  /** Of these complaints those that are open and have no stage yet; nobody else begins them until the transaction ends. */
  async beginnings(tx: Tx, institutionId: string, ids: readonly string[]): Promise<Beginning[]> {
    await tx.query('select from complaint where institution_id = $1 and id = any($2) order by id for update', [institutionId, ids]);
    return tx.query<Beginning>(
      `select c.id, c.registered_at as "registeredAt", c.time_zone as "timeZone", c.category, c.group_size as "groupSize", c.due_on as "dueOn" from complaint c
       where c.institution_id = $1 and c.id = any($2) and c.closed_at is null and c.decided_at is null and not exists (select from stage_entry e where e.complaint = c.id) order by c.id`,
      [institutionId, ids],
    );
  }

  async entries(tx: Tx, complaintId: string): Promise<EntryRecord[]> {
    return tx.query<EntryRecord>(`${ENTRY} where e.complaint = $1 order by e.seq`, [complaintId]);
  }

  async add(tx: Tx, institutionId: string, entries: readonly NewEntry[]): Promise<void> {
    const incoming = entries.map(({ noteSealed, ...entry }) => ({ ...entry, note: noteSealed?.toString('base64') ?? null }));
    await tx.query(
      `insert into stage_entry (institution_id, complaint, seq, stage, limit_version, amount, unit, entered_at, entered_by, base_due_at, remind_before, term_due_on, note_sealed, wake_at,
         counted_from, counted_amount, counted_unit)
       select $1, "complaintId", seq, stage, "limitVersion", amount, unit, "enteredAt", "enteredBy", "baseDueAt", make_interval(secs => "remindHours" * 3600), "termDueOn", decode(note, 'base64'),
         "enteredAt", "enteredAt", amount, unit
       from json_to_recordset($2) as r("complaintId" uuid, seq integer, stage text, "limitVersion" integer, amount integer, unit text, "enteredAt" timestamptz, "enteredBy" text,
         "baseDueAt" timestamptz, "remindHours" float8, "termDueOn" date, note text)`,
      [institutionId, JSON.stringify(incoming)],
    );
  }

  /** The stage that an open complaint is at, and nobody else moves it until the transaction ends; null: it is at none. */
  async openEntry(tx: Tx, institutionId: string, complaintId: string): Promise<OpenEntry | null> {
    const [row] = await tx.query<OpenEntry>(
      `select e.id, e.stage, e.limit_version as "limitVersion", e.amount, e.unit, e.entered_at as "enteredAt", e.base_due_at as "baseDueAt", c.time_zone as "timeZone", c.category,
         c.group_size as "groupSize", json_build_object('from', e.counted_from, 'amount', e.counted_amount, 'unit', e.counted_unit) as counted
       from complaint c join stage_entry e on e.complaint = c.id and e.done_at is null
       where c.institution_id = $1 and c.id = $2 and c.closed_at is null and c.decided_at is null for update`,
      [institutionId, complaintId],
    );
    return row ? { ...row, counted: { ...row.counted, from: new Date(row.counted.from) } } : null;
  }

  async limitsOf(tx: Tx, institutionId: string, version: number): Promise<LimitsRecord | null> {
    const [row] = await tx.query<LimitsRecord>(
      `select version, limits, severe_causes as "severeCauses", set_by as "setBy", set_at as "setAt" from stage_limit where institution_id = $1 and version = $2`,
      [institutionId, version],
    );
    return row ?? null;
  }

  /** Gives an entry another limit; the sweep looks at it at once. */
  async relimit(
    tx: Tx,
    id: string,
    given: { amount: number; unit: LimitUnit; baseDueAt: Date; counted: Counted; remindHours: number; at: Date },
  ): Promise<void> {
    await tx.query(
      'update stage_entry set amount = $2, unit = $3, base_due_at = $4, remind_before = make_interval(secs => $5::float8 * 3600), wake_at = $6, counted_from = $7, counted_amount = $8, counted_unit = $9 where id = $1',
      [
        id,
        given.amount,
        given.unit,
        given.baseDueAt,
        given.remindHours,
        given.at,
        given.counted.from,
        given.counted.amount,
        given.counted.unit,
      ],
    );
  }

  async finish(tx: Tx, id: string, done: { at: Date; by: string; dueAt: Date; handler: string | null }): Promise<void> {
    await tx.query('update stage_entry set done_at = $2, done_by = $3, due_at = $4, handler = $5, wake_at = null where id = $1', [
      id,
      done.at,
      done.by,
      done.dueAt,
      done.handler,
    ]);
  }
}
