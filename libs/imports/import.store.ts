import { Injectable } from '@nestjs/common';
import { append } from '#evidence-log';
import type { Tx } from '#pg';

export interface ImportRecord {
  readonly id: string;
  readonly institutionId: string;
  readonly kind: string;
  readonly upload: string | null;
  readonly uploadBytes: number;
  readonly agencyId: string | null;
  readonly fileName: string;
  readonly requestedBy: string;
  readonly state: 'queued' | 'running' | 'done' | 'failed';
  readonly failure: { readonly row: number | null; readonly column: string | null; readonly code: string; readonly detail: string } | null;
  readonly rowsTotal: number | null;
  readonly rowsDone: number;
  readonly bytesDone: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

export interface RowFault {
  readonly row: number;
  readonly column: string | null;
  readonly code: string;
  readonly detail: string;
}

/** How many rows were new, said something new, or said nothing new. */
export interface Stored {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
}

/** What a batch did, and how far it got. */
export interface BatchResult extends Stored {
  readonly rows: number;
  readonly bytesRead: number;
  readonly faults: readonly RowFault[];
}

// Enough to mend a file by; a file with more has one fault many times.
const FAULTS_KEPT = 10_000;
const FAULTS_SHOWN = 1000;

const COLUMNS = `id, institution_id as "institutionId", kind, upload, upload_bytes::float8 as "uploadBytes", agency_id as "agencyId", file_name as "fileName", requested_by as "requestedBy", state, failure,
  rows_total::float8 as "rowsTotal", rows_done::float8 as "rowsDone", bytes_done::float8 as "bytesDone", inserted::float8 as inserted, updated::float8 as updated,
  unchanged::float8 as unchanged, rejected::float8 as rejected, created_at as "createdAt", finished_at as "finishedAt"`;

@Injectable()
export class ImportStore {
  async create(
    tx: Tx,
    row: {
      institutionId: string;
      kind: string;
      upload: string;
      uploadBytes: number;
      agencyId: string | null;
      fileName: string;
      requestedBy: string;
    },
  ): Promise<ImportRecord> {
    const [created] = await tx.query<ImportRecord>(
      `insert into import (institution_id, kind, upload, upload_bytes, agency_id, file_name, requested_by) values ($1, $2, $3, $4, $5, $6, $7) returning ${COLUMNS}`,
      [row.institutionId, row.kind, row.upload, row.uploadBytes, row.agencyId, row.fileName, row.requestedBy],
    );
    if (!created) throw new Error('the import was not stored');
    const { institutionId, kind, uploadBytes: bytes, agencyId, requestedBy } = row;
    const body = { importId: created.id, kind, agencyId, bytes, sha256: await this.sha256(tx, row.upload) };
    await append(tx, institutionId, [{ kind: 'import-asked', actor: requestedBy, body }]);
    return created;
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<ImportRecord | null> {
    const [row] = await tx.query<ImportRecord>(`select ${COLUMNS} from import where id = $1 and institution_id = $2`, [id, institutionId]);
    return row ?? null;
  }

  async faults(tx: Tx, id: string): Promise<RowFault[]> {
    return tx.query<RowFault>(
      `select row_number::float8 as row, column_name as "column", code, detail from import_error where import = $1 order by row_number, column_name limit ${FAULTS_SHOWN}`,
      [id],
    );
  }

  /** Takes an import that is not finished; null when there is nothing to do. */
  async begin(tx: Tx, id: string): Promise<ImportRecord | null> {
    const [row] = await tx.query<ImportRecord>(
      `update import set state = 'running', touched_at = clock_timestamp() where id = $1 and state in ('queued', 'running') returning ${COLUMNS}`,
      [id],
    );
    return row ?? null;
  }

  /** Moves the import from `rowsBefore` on, in the transaction that stores the batch; false when another worker has moved it. */
  async advance(tx: Tx, id: string, rowsBefore: number, batch: BatchResult): Promise<boolean> {
    const moved = await tx.query(
      `update import set rows_done = rows_done + $3, bytes_done = $4, inserted = inserted + $5, updated = updated + $6, unchanged = unchanged + $7, rejected = rejected + $8,
         touched_at = clock_timestamp()
       where id = $1 and rows_done = $2 and state = 'running' returning id`,
      [id, rowsBefore, batch.rows, batch.bytesRead, batch.inserted, batch.updated, batch.unchanged, batch.faults.length],
    );
    if (moved.length === 0) return false;
    if (batch.faults.length > 0) {
      await tx.query(
        `insert into import_error (institution_id, import, row_number, column_name, code, detail)
         select i.institution_id, i.id, f."row", f."column", f.code, f.detail from import i, json_to_recordset($2) as f("row" bigint, "column" text, code text, detail text)
         where i.id = $1 and i.rejected - $3 < ${FAULTS_KEPT}`,
        [id, JSON.stringify(batch.faults), batch.faults.length],
      );
    }
    return true;
  }

  async finish(tx: Tx, id: string, failure: ImportRecord['failure']): Promise<void> {
    const [ended] = await tx.query<ImportRecord>(
      `update import set state = case when $2::json is null then 'done' else 'failed' end, failure = $2, rows_total = rows_done, bytes_done = upload_bytes,
         finished_at = clock_timestamp(), touched_at = clock_timestamp() where id = $1 and state = 'running' returning ${COLUMNS}`,
      [id, failure === null ? null : JSON.stringify(failure)],
    );
    if (!ended) return;
    const { institutionId, kind, requestedBy, state, upload, rowsDone, inserted, updated, unchanged, rejected } = ended;
    const rows = { read: rowsDone, inserted, updated, unchanged, rejected };
    const code = failure?.code ?? null;
    const body = { importId: id, kind, requestedBy, state, rows, failure: code, sha256: upload && (await this.sha256(tx, upload)) };
    await append(tx, institutionId, [{ kind: 'import-ended', actor: 'system', body }]);
  }

  private async sha256(tx: Tx, upload: string): Promise<string | null> {
    const [row] = await tx.query<{ sha256: string }>(`select encode(sha256, 'hex') as sha256 from upload where id = $1`, [upload]);
    return row?.sha256 ?? null;
  }

  /** Unfinished imports that nobody has touched for a while: their worker died, or the queue forgot them. Touched, so that each is woken once. */
  async takeAbandoned(tx: Tx, staleAfterMs: number): Promise<{ id: string; institutionId: string }[]> {
    return tx.query(
      `update import set touched_at = clock_timestamp() where id in (
         select id from import where state in ('queued', 'running') and touched_at < clock_timestamp() - $1 * interval '1 millisecond'
         order by id for update skip locked
       ) returning id, institution_id as "institutionId"`,
      [staleAfterMs],
    );
  }
}
