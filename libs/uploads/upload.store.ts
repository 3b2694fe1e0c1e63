import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import type { TableSource } from '#tabular';
import { Vault } from '#vault';

export interface StoredUpload {
  readonly id: string;
  readonly bytes: number;
  readonly sha256: Buffer;
}

/** What a service does with files. */
export interface UploadUse {
  /** Tables of the service with columns `upload` and `state` (`queued` and `running` while the file is needed). Names of ours: they go into SQL. */
  readonly users: readonly string[];
  /** Tables of the service with a column `upload` whose files stay as long as their rows do. Names of ours as well. */
  readonly keepers?: readonly string[];
  /** What somebody whose file is too large can do: ends a sentence of the refusal. */
  readonly whenTooLarge: string;
}

export const UPLOAD_USE = Symbol('upload use');

const CONTEXT = 'upload';

/**
 * Files on their way to a worker, kept in chunks in PostgreSQL so that any worker on any machine can read them, sealed because they hold
 * names and numbers. A file that nothing refers to is swept away.
 */
@Injectable()
export class UploadStore {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(UPLOAD_USE) readonly use: UploadUse,
  ) {}

  /** Whether anyone refers to the upload `u`, or a condition on those who do. */
  private usedBy(condition = 'true'): string {
    return `(${this.use.users.map((table) => `exists (select from ${table} t where t.upload = u.id and ${condition})`).join(' or ')})`;
  }

  /** Whether a row that keeps its file refers to the upload `u`. */
  private get kept(): string {
    const keepers = (this.use.keepers ?? []).map((table) => `exists (select from ${table} k where k.upload = u.id)`);
    return keepers.length === 0 ? 'false' : `(${keepers.join(' or ')})`;
  }

  async begin(institutionId: string, fileName: string): Promise<string> {
    return inTransaction(this.database, { institutionId }, async (tx) => {
      const [row] = await tx.query<{ id: string }>(
        `insert into upload (institution_id, file_name, bytes, sha256) values ($1, $2, 0, '') returning id`,
        [institutionId, fileName],
      );
      if (!row) throw new Error('the upload was not stored');
      return row.id;
    });
  }

  /** One short transaction a chunk: a slow sender holds no connection. */
  async append(institutionId: string, upload: string, seq: number, bytes: Buffer): Promise<void> {
    const sealed = this.vault.seal(bytes, CONTEXT);
    await inTransaction(this.database, { institutionId }, (tx) =>
      tx.query('insert into upload_chunk (institution_id, upload, seq, bytes_sealed) values ($1, $2, $3, $4)', [
        institutionId,
        upload,
        seq,
        sealed,
      ]),
    );
  }

  /** A whole file at once, in the transaction of whoever refers to it. */
  async keepIn(
    tx: Tx,
    institutionId: string,
    fileName: string,
    { pieces, bytes, sha256 }: { readonly pieces: readonly Buffer[]; readonly bytes: number; readonly sha256: Buffer },
  ): Promise<string> {
    const sealed = pieces.map((piece) => this.vault.seal(piece, CONTEXT));
    const [row] = await tx.query<{ id: string }>(
      `insert into upload (institution_id, file_name, bytes, sha256) values ($1, $2, $3, $4) returning id`,
      [institutionId, fileName, bytes, sha256],
    );
    if (!row) throw new Error('the upload was not stored');
    await tx.query(
      `insert into upload_chunk (institution_id, upload, seq, bytes_sealed)
       select $1, $2, (n - 1)::integer, piece from unnest($3::bytea[]) with ordinality as p(piece, n)`,
      [institutionId, row.id, sealed],
    );
    return row.id;
  }

  async finish(tx: Tx, upload: StoredUpload): Promise<void> {
    await tx.query('update upload set bytes = $2, sha256 = $3 where id = $1', [upload.id, upload.bytes, upload.sha256]);
  }

  async remove(tx: Tx, uploads: readonly string[]): Promise<void> {
    await tx.query('delete from upload where id = any($1)', [uploads]);
  }

  /** Does nothing when something refers to the file: its commit may have failed only in our eyes. */
  async discard(institutionId: string, upload: string): Promise<void> {
    await inTransaction(this.database, { institutionId }, (tx) =>
      tx.query(`delete from upload u where u.id = $1 and not ${this.usedBy()} and not ${this.kept}`, [upload]),
    );
  }

  /** The bytes, to be read as often as needed. */
  source(institutionId: string, upload: string, bytes: number): TableSource {
    return { bytes, open: () => this.chunks(institutionId, upload) };
  }

  private async *chunks(institutionId: string, upload: string): AsyncGenerator<Buffer> {
    for (let seq = 0; ; seq += 1) {
      const [row] = await inTransaction(this.database, { institutionId }, (tx) =>
        tx.query<{ sealed: Buffer }>('select bytes_sealed as sealed from upload_chunk where upload = $1 and seq = $2', [upload, seq]),
      );
      if (!row) return;
      yield this.vault.openBytes(row.sealed, CONTEXT);
    }
  }

  /** Removes the files of finished work at once and abandoned ones after a day; returns how many. */
  async sweep(): Promise<number> {
    return inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, async (tx) => {
      const rows = await tx.query(
        `delete from upload u where not ${this.kept} and not ${this.usedBy(`t.state in ('queued', 'running')`)}
           and (u.created_at < clock_timestamp() - interval '1 day' or ${this.usedBy()}) returning id`,
      );
      return rows.length;
    });
  }
}
