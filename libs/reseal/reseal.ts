import type { DataSource } from 'typeorm';
import { EVERY_INSTITUTION, inTransaction } from '#pg';
import type { Vault } from '#vault';

type KeyType = 'uuid' | 'text' | 'bytea' | 'integer';
type KeyValue = string | Buffer | number;

/** A column that holds sealed values, with the context that its writers seal in. */
export interface SealedColumn {
  readonly table: string;
  readonly key: Readonly<Record<string, KeyType>>;
  readonly column: string;
  readonly context: string;
  /** Rows per transaction; 1,000 when left out, less where they are large. */
  readonly batch?: number;
}

const ROWS = 1000;

// One to reseal, one to see that nothing is left, one more for what began before the services were restarted.
const MAX_WALKS = 3;
const PROGRESS_EVERY_ROWS = 100_000;

interface Statements {
  readonly read: (first: boolean) => string;
  readonly write: string;
}

function statementsFor({ table, key, column, batch = ROWS }: SealedColumn): Statements {
  const names = Object.keys(key);
  const types = Object.values(key);
  const list = names.join(', ');
  const after = `(${list}) > (${types.map((type, index) => `$${index + 1}::${type}`).join(', ')})`;
  const arrays = [...types, 'bytea', 'bytea'].map((type, index) => `$${index + 1}::${type}[]`).join(', ');
  return {
    read: (first) =>
      `select ${list}, ${column} as sealed from ${table} where ${column} is not null ${first ? '' : `and ${after}`} order by ${list} limit ${batch}`,
    // Locked in the order of the key, as everyone does. What somebody has written meanwhile is newer, and stays.
    write: `with given as (select * from unnest(${arrays}) as g(${list}, old, fresh)),
        held as (select ${names.map((name) => `t.${name}`).join(', ')}, g.fresh from ${table} t join given g using (${list})
          where t.${column} = g.old order by ${list} for no key update of t)
      update ${table} t set ${column} = held.fresh from held where ${names.map((name) => `t.${name} = held.${name}`).join(' and ')} returning 1`,
  };
}

type Say = (fields: object, message: string) => void;

interface Walked {
  readonly rows: number;
  readonly resealed: number;
}

interface Batch extends Walked {
  /** The key after which the next batch begins; null at the end. */
  readonly next: readonly KeyValue[] | null;
}

function batchesOf(source: DataSource, vault: Vault, target: SealedColumn): (after: readonly KeyValue[] | null) => Promise<Batch> {
  const { context, batch = ROWS } = target;
  const names = Object.keys(target.key);
  const statements = statementsFor(target);
  return (after) =>
    inTransaction(source, { institutionId: EVERY_INSTITUTION }, async (tx) => {
      const found = await tx.query<Record<string, KeyValue> & { sealed: Buffer }>(statements.read(after === null), after ?? []);
      const end = found.length < batch ? undefined : found.at(-1);
      const next = end ? names.map((name) => end[name] ?? '') : null;
      const old = found.filter(({ sealed }) => !vault.isCurrent(sealed));
      if (old.length === 0) return { rows: found.length, resealed: 0, next };
      const keys = names.map((name) => old.map((row) => row[name]));
      const fresh = old.map(({ sealed }) => vault.seal(vault.openBytes(sealed, context), context));
      const written = await tx.query(statements.write, [...keys, old.map(({ sealed }) => sealed), fresh]);
      return { rows: found.length, resealed: written.length, next };
    });
}

/** Walks one column in the order of the primary key, each batch in a transaction of its own. */
async function resealColumn(source: DataSource, vault: Vault, target: SealedColumn, tell: (walked: Walked) => void): Promise<Walked> {
  const batch = batchesOf(source, vault, target);
  let rows = 0;
  let resealed = 0;
  let after: readonly KeyValue[] | null = null;
  do {
    const done: Batch = await batch(after);
    if (Math.floor(rows / PROGRESS_EVERY_ROWS) < Math.floor((rows + done.rows) / PROGRESS_EVERY_ROWS)) tell({ rows, resealed });
    rows += done.rows;
    resealed += done.resealed;
    after = done.next;
  } while (after !== null);
  return { rows, resealed };
}

/**
 * Brings every sealed value under the first key of the ring; returns how many were resealed. May be stopped and run again, beside running
 * services. Throws an Error when values under other keys keep coming, or when a value does not open.
 */
export async function reseal(source: DataSource, vault: Vault, columns: readonly SealedColumn[], say: Say): Promise<number> {
  let total = 0;
  for (let walk = 1; walk <= MAX_WALKS; walk += 1) {
    let resealed = 0;
    for (const target of columns) {
      const name = `${target.table}.${target.column}`;
      const walked = await resealColumn(source, vault, target, (sofar) => say({ walk, column: name, ...sofar }, 'resealing'));
      say({ walk, column: name, ...walked }, 'walked');
      resealed += walked.resealed;
    }
    total += resealed;
    // Only a walk that finds nothing says that the old key is needed no more.
    if (resealed === 0) return total;
  }
  throw new Error('something still seals under another key: give every process the new key first in VAULT_KEYS, then run this again');
}
