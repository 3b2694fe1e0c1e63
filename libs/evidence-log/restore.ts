import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { append } from './append.ts';

const MOST = 10_000;
const NAMED = 100;

/** The least id of UUID version 7 that was made at the instant. */
export const firstIdAt = (instant: number): string => {
  const hex = Math.max(0, Math.floor(instant)).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
};

interface Missing {
  readonly institutionId: string;
  readonly record: string;
}

/**
 * Looks for records that neither have a place nor wait for one: somebody took away that they wait, so that no sealer would ever see them. They wait
 * again, and a record names them.
 */
@Injectable()
export class Restoring {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  /** Over the records of the last so many milliseconds; returns how many. What is committed waits, so what does not wait and has no place was tampered with. */
  run(windowMs: number): Promise<number> {
    return inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, async (tx) => {
      const found = await this.restore(tx, windowMs);
      for (const [institutionId, records] of Map.groupBy(found, (one) => one.institutionId)) {
        const body = { count: records.length, records: records.slice(0, NAMED).map(({ record }) => record) };
        await append(tx, institutionId, [{ kind: 'waiting-restored', actor: 'system', body }]);
      }
      return found.length;
    });
  }

  private async restore(tx: Tx, windowMs: number): Promise<Missing[]> {
    const [row] = await tx.query<{ now: number }>('select (extract(epoch from clock_timestamp()) * 1000)::float8 as now');
    if (!row) throw new Error('no time');
    // One look at all three tables: a sealer that gives places meanwhile is before it or after it.
    return tx.query<Missing>(
      `with missing as materialized (
         select r.id, r.institution_id from evidence_record r where r.id >= $1 and not exists (select from evidence_leaf l where l.record = r.id)
           and not exists (select from evidence_pending p where p.institution_id = r.institution_id and p.record = r.id) order by r.id limit $2
       )
       insert into evidence_pending (institution_id, record) select institution_id, id from missing order by institution_id, id on conflict do nothing
       returning institution_id as "institutionId", record`,
      [firstIdAt(row.now - windowMs), MOST],
      'evidence-restore',
    );
  }
}
