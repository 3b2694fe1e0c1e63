import { Injectable } from '@nestjs/common';
import type { Role } from '#auth';
import type { Tx } from '#pg';
import { runFields, type RunFields } from '#runs';
import type { StoredUpload } from '#uploads';
import { COMPLAINT_COLUMNS } from '../complaint/complaint.columns.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import type { ExportFormat } from './export.dto.ts';

export interface NewExport {
  readonly institutionId: string;
  readonly format: ExportFormat;
  readonly filter: Readonly<Record<string, unknown>> | null;
  readonly ids: readonly string[] | null;
  readonly roles: readonly Role[];
  readonly masked: boolean;
  readonly requestedBy: string;
}

export interface ExportRecord extends NewExport, RunFields {
  readonly id: string;
  readonly upload: string | null;
  readonly rows: number | null;
  readonly bytes: number | null;
  readonly sha256: Buffer | null;
  readonly expiresAt: Date | null;
}

const COLUMNS = `id, institution_id as "institutionId", format, filter, ids, roles, masked, upload, rows, bytes::float8 as bytes, sha256, expires_at as "expiresAt", ${runFields}`;

@Injectable()
export class ExportStore {
  async insert(tx: Tx, given: NewExport): Promise<string> {
    const { institutionId, format, filter, ids, roles, masked, requestedBy } = given;
    const [row] = await tx.query<{ id: string }>(
      `insert into complaint_export (institution_id, format, filter, ids, roles, masked, requested_by) values ($1, $2, $3, $4, $5, $6, $7) returning id`,
      [institutionId, format, filter && JSON.stringify(filter), ids, roles, masked, requestedBy],
    );
    return row?.id ?? '';
  }

  /** Whose it is alone. */
  async find(tx: Tx, institutionId: string, subject: string, id: string): Promise<ExportRecord | null> {
    const [row] = await tx.query<ExportRecord>(
      `select ${COLUMNS} from complaint_export where institution_id = $1 and requested_by = $2 and id = $3`,
      [institutionId, subject, id],
    );
    return row ?? null;
  }

  async work(tx: Tx, id: string): Promise<ExportRecord | null> {
    const [row] = await tx.query<ExportRecord>(`select ${COLUMNS} from complaint_export where id = $1`, [id]);
    return row ?? null;
  }

  /** The newest first; one more than the limit, if there are so many. */
  async list(tx: Tx, institutionId: string, subject: string, before: string | null, limit: number): Promise<ExportRecord[]> {
    return tx.query(
      `select ${COLUMNS} from complaint_export where institution_id = $1 and requested_by = $2 and ($3::uuid is null or id < $3) order by id desc limit $4`,
      [institutionId, subject, before, limit + 1],
    );
  }

  async records(tx: Tx, institutionId: string, ids: readonly string[]): Promise<ComplaintRecord[]> {
    return tx.query(
      `select ${COMPLAINT_COLUMNS} from unnest($2::uuid[]) with ordinality as given(id, n) join complaint c on c.id = given.id where c.institution_id = $1 order by n`,
      [institutionId, ids],
    );
  }

  async keep(tx: Tx, id: string, { id: upload, bytes, sha256 }: StoredUpload, rows: number, expiresAt: Date): Promise<void> {
    await tx.query('update complaint_export set upload = $2, bytes = $3, sha256 = $4, rows = $5, expires_at = $6 where id = $1', [
      id,
      upload,
      bytes,
      sha256,
      rows,
      expiresAt,
    ]);
  }

  async noteDownload(tx: Tx, { institutionId, id, requestedBy }: ExportRecord, now: Date): Promise<void> {
    await tx.query('insert into complaint_export_download (institution_id, export, subject, at) values ($1, $2, $3, $4)', [
      institutionId,
      id,
      requestedBy,
      now,
    ]);
  }

  /** Lets go of files whose time is over; returns them. Of all institutions. */
  async expire(tx: Tx, now: Date | null): Promise<string[]> {
    const rows = await tx.query<{ upload: string }>(
      `with over as (select id, upload from complaint_export where upload is not null and expires_at <= coalesce($1, clock_timestamp()) order by id limit 1000 for update skip locked)
       update complaint_export e set upload = null from over where e.id = over.id returning over.upload`,
      [now],
    );
    return rows.map(({ upload }) => upload);
  }
}
