import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { runFields, type RunFields } from '#runs';
import { COMPLAINT_COLUMNS } from '../complaint/complaint.columns.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';

export interface RebuildRecord extends RunFields {
  readonly id: string;
  readonly afterId: string | null;
  readonly indexed: number;
}

const COLUMNS = `id, after_id as "afterId", indexed::float8 as indexed, ${runFields}`;

@Injectable()
export class RebuildStore {
  async insert(tx: Tx, institutionId: string, requestedBy: string): Promise<string> {
    const [row] = await tx.query<{ id: string }>('insert into search_rebuild (institution_id, requested_by) values ($1, $2) returning id', [
      institutionId,
      requestedBy,
    ]);
    return row?.id ?? '';
  }

  /** The one that is not finished, or null; of two who ask at once the second waits for the first. */
  async open(tx: Tx, institutionId: string): Promise<string | null> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('search_rebuild ' || $1, 0))`, [institutionId]);
    const [row] = await tx.query<{ id: string }>(
      `select id from search_rebuild where institution_id = $1 and state in ('queued', 'running') order by id limit 1`,
      [institutionId],
    );
    return row?.id ?? null;
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<RebuildRecord | null> {
    const [row] = await tx.query<RebuildRecord>(`select ${COLUMNS} from search_rebuild where institution_id = $1 and id = $2`, [
      institutionId,
      id,
    ]);
    return row ?? null;
  }

  /** The next complaints behind one, in the order of their ids. */
  async ids(tx: Tx, institutionId: string, afterId: string | null, limit: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      'select id from complaint where institution_id = $1 and ($2::uuid is null or id > $2) order by id limit $3',
      [institutionId, afterId, limit],
    );
    return rows.map(({ id }) => id);
  }

  async records(tx: Tx, ids: readonly string[]): Promise<ComplaintRecord[]> {
    return tx.query<ComplaintRecord>(`select ${COMPLAINT_COLUMNS} from complaint c where c.id = any($1)`, [ids]);
  }

  async advance(tx: Tx, id: string, afterId: string, count: number): Promise<void> {
    await tx.query('update search_rebuild set after_id = $2, indexed = indexed + $3 where id = $1', [id, afterId, count]);
  }
}
