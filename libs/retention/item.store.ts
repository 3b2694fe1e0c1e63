import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { KeptKind } from './kind.ts';
import type { ListedRecord } from './list-tree.ts';
import type { DestroyedKind, Fate, HeldBack } from './run.dto.ts';
import { termsOf, termValues, type Term } from './terms.ts';

/** A line of what a dry run found. */
export interface ItemRecord extends ListedRecord {
  readonly seq: string;
  readonly since: Date;
  readonly keptUntil: string;
  readonly rule: string;
  readonly hold: string | null;
  readonly fate: Fate | null;
  readonly batch: number | null;
  readonly place: number | null;
}

/** How it stands with a record now. */
export interface Standing {
  readonly id: string;
  readonly keptUntil: string;
  readonly rule: string;
  readonly digest: Buffer;
  readonly hold: string | null;
}

export interface Counted {
  readonly due: number;
  readonly held: number;
  readonly oldest: Date | null;
  readonly first: string | null;
  readonly last: string | null;
  readonly holds: readonly HeldBack[];
}

export interface ItemFate {
  readonly seq: string;
  readonly fate: Fate;
  readonly batch: number | null;
  readonly place: number | null;
}

const COLUMNS = `seq::text, kind, record as id, since, kept_until::text as "keptUntil", rule, digest, hold, fate, batch, place`;
// What was destroyed before comes again only when its time began anew.
const NOT_YET_DESTROYED = `not exists (select from retention_item i where i.institution_id = $1 and i.kind = $2 and i.record = r.id and i.fate = 'destroyed' and i.since >= r.since)`;

@Injectable()
export class ItemStore {
  /** Lists the next records of a kind whose term is over; the last of them, or null when there are no more. */
  async listDue(tx: Tx, institutionId: string, run: string, kind: KeptKind, term: Term, limit: number): Promise<string | null> {
    const rows = await tx.query<{ record: string }>(
      `with at as materialized (select (select coalesce(max(seq), 0) from retention_item where run = $6) as seq, (select record from retention_item where run = $6 and kind = $2 order by record desc limit 1) as record)
       insert into retention_item (institution_id, run, seq, kind, record, since, kept_until, rule, digest, hold)
       select $1, $6, (select seq from at) + row_number() over (order by d.id), $2, d.id, d.since, d.kept_until, d.rule, d.digest, d.hold
       from (${termsOf(kind, `l.until < $7 and ((select record from at) is null or r.id > (select record from at)) and ${NOT_YET_DESTROYED}`)} order by r.id limit $8) d
       returning record`,
      [...termValues(institutionId, kind, term), run, term.asOf, limit],
    );
    return rows.length < limit ? null : (rows.at(-1)?.record ?? null);
  }

  /** How many of a kind are not over on that day. */
  async running(tx: Tx, institutionId: string, kind: KeptKind, term: Term): Promise<number> {
    const [row] = await tx.query<{ count: number }>(`select count(*)::int as count from (${termsOf(kind, 'l.until >= $6')}) d`, [
      ...termValues(institutionId, kind, term),
      term.asOf,
    ]);
    return row?.count ?? 0;
  }

  async counted(tx: Tx, run: string, kind: string): Promise<Counted> {
    const [row] = await tx.query<Omit<Counted, 'holds'>>(
      `select count(*) filter (where hold is null)::int as due, count(hold)::int as held, min(since) filter (where hold is null) as oldest,
         (select record from retention_item where run = $1 and kind = $2 and hold is null order by record limit 1) as first,
         (select record from retention_item where run = $1 and kind = $2 and hold is null order by record desc limit 1) as last
       from retention_item where run = $1 and kind = $2`,
      [run, kind],
    );
    const holds = await tx.query<HeldBack>(
      'select hold, count(*)::int as count from retention_item where run = $1 and kind = $2 and hold is not null group by hold order by hold',
      [run, kind],
    );
    if (!row) throw new Error('nothing was counted');
    return { ...row, holds };
  }

  page(tx: Tx, run: string, after: string, limit: number): Promise<ItemRecord[]> {
    return tx.query<ItemRecord>(`select ${COLUMNS} from retention_item where run = $1 and seq > $2 order by seq limit $3`, [
      run,
      after,
      limit,
    ]);
  }

  /** The next that are due and wait for their fate. */
  next(tx: Tx, run: string, limit: number): Promise<ItemRecord[]> {
    return tx.query<ItemRecord>(
      `select ${COLUMNS} from retention_item where run = $1 and hold is null and fate is null order by seq limit $2`,
      [run, limit],
    );
  }

  /** How it stands with these now, by the rule and the holds of now. */
  standings(tx: Tx, institutionId: string, kind: KeptKind, term: Term, ids: readonly string[]): Promise<Standing[]> {
    return tx.query<Standing>(
      `select d.id, d.kept_until::text as "keptUntil", d.rule, d.digest, d.hold from (${termsOf(kind, 'r.id = any($6::uuid[])')}) d order by d.id`,
      [...termValues(institutionId, kind, term), ids],
    );
  }

  async settle(tx: Tx, run: string, fates: readonly ItemFate[]): Promise<void> {
    await tx.query(
      `update retention_item i set fate = f.fate, batch = f.batch, place = f.place
       from json_to_recordset($2) as f(seq bigint, fate text, batch integer, place integer) where i.run = $1 and i.seq = f.seq`,
      [run, JSON.stringify(fates)],
    );
  }

  async progress(tx: Tx, run: string): Promise<{ readonly done: number; readonly total: number }> {
    const [row] = await tx.query<{ done: number; total: number }>(
      'select count(fate)::int as done, count(*)::int as total from retention_item where run = $1 and hold is null',
      [run],
    );
    return row ?? { done: 0, total: 0 };
  }

  fates(tx: Tx, run: string): Promise<DestroyedKind[]> {
    return tx.query<DestroyedKind>(
      `select kind, count(*) filter (where fate = 'destroyed')::int as destroyed, count(*) filter (where fate = 'changed')::int as changed,
         count(*) filter (where fate = 'held')::int as held, count(*) filter (where fate = 'kept')::int as kept
       from retention_item where run = $1 and fate is not null group by kind order by min(seq)`,
      [run],
    );
  }

  /** What was destroyed in a batch, in the order of its tree. */
  ofBatch(tx: Tx, run: string, batch: number): Promise<ItemRecord[]> {
    return tx.query<ItemRecord>(`select ${COLUMNS} from retention_item where run = $1 and batch = $2 order by place`, [run, batch]);
  }

  async record(tx: Tx, run: string, kind: string, id: string): Promise<ItemRecord | null> {
    const [row] = await tx.query<ItemRecord>(`select ${COLUMNS} from retention_item where run = $1 and kind = $2 and record = $3`, [
      run,
      kind,
      id,
    ]);
    return row ?? null;
  }
}
