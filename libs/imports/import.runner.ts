import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { enqueue } from '#outbox';
import { inTransaction, type Tx } from '#pg';
import { Refusal } from '#problem';
import { detectEncoding, readTable, TableError, type TableBatch } from '#tabular';
import { UploadService } from '#uploads';
import { IMPORT_KINDS, type ImportKind, type ImportKinds } from './import-kind.ts';
import { ImportStore, type BatchResult, type ImportRecord } from './import.store.ts';

/** The job that carries an import out: `{ importId }`. */
export const IMPORT_REQUESTED = 'import.requested';

const FAULT = {
  row: null,
  column: null,
  code: 'internal',
  detail: 'Something went wrong on our side; the id of the import finds it in our logs.',
};

/** Carries an import out, batch by batch; each batch and the progress are one transaction, so a worker that dies leaves a whole number of batches. */
@Injectable()
export class ImportRunner implements BeforeApplicationShutdown {
  private stopping = false;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ImportStore) private readonly imports: ImportStore,
    @Inject(UploadService) private readonly uploads: UploadService,
    @Inject(IMPORT_KINDS) private readonly kinds: ImportKinds,
  ) {}

  /** The process ends: what runs stops after its batch and is handed to another worker. A million rows outlast any patience. */
  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  /** Runs the import from where it stands; twice at once does no harm. */
  async run(institutionId: string, id: string, isLastTry = false): Promise<void> {
    const record = await inTransaction(this.database, { institutionId }, (tx) => this.imports.begin(tx, id));
    if (record === null || record.upload === null) return;
    try {
      await this.carryOut(record, record.upload);
    } catch (error) {
      // A fault of ours that every try meets: the import ends, and says so, rather than being woken for ever.
      if (isLastTry && !(error instanceof TableError || error instanceof Refusal))
        await inTransaction(this.database, { institutionId }, (tx) => this.imports.finish(tx, id, FAULT));
      if (!(error instanceof TableError)) throw error;
      const failure = { row: error.row ?? null, column: error.column ?? null, code: error.code, detail: error.detail };
      await inTransaction(this.database, { institutionId }, (tx) => this.imports.finish(tx, id, failure));
    }
  }

  private async carryOut(record: ImportRecord, upload: string): Promise<void> {
    const { institutionId, id } = record;
    const kind = this.kinds.get(record.kind);
    if (!kind) throw new Error(`nobody imports files of the kind ${record.kind}`);
    const source = this.uploads.source(institutionId, upload, record.uploadBytes);
    const detection = await detectEncoding(source);
    let [read, done] = [0, record.rowsDone];
    for await (const batch of readTable(source, kind.columns, { detection })) {
      const size = batch.rows.length + batch.errors.length;
      const skipped = read + size <= done;
      read += size;
      // What a worker before us has stored; batches are cut the same way every time, so none is half done.
      if (skipped) continue;
      // Before the batch, not after: one that has begun may outlast the patience of whoever stops us.
      if (this.stopping) {
        await inTransaction(this.database, { institutionId }, (tx) => enqueue(tx, institutionId, IMPORT_REQUESTED, { importId: id }));
        return;
      }
      const advanced = await inTransaction(this.database, { institutionId }, async (tx) => {
        const result = await storeBatch(tx, kind, record, batch);
        return this.imports.advance(tx, id, done, result);
      });
      if (!advanced) return;
      done = read;
    }
    await inTransaction(this.database, { institutionId }, (tx) => this.imports.finish(tx, id, null));
  }

  /** Has unfinished imports that nobody works on any more woken; for the sweep. */
  async wakeAbandoned(tx: Tx, staleAfterMs: number): Promise<void> {
    for (const { id, institutionId } of await this.imports.takeAbandoned(tx, staleAfterMs))
      await enqueue(tx, institutionId, IMPORT_REQUESTED, { importId: id });
  }
}

async function storeBatch(tx: Tx, kind: ImportKind, record: ImportRecord, batch: TableBatch): Promise<BatchResult> {
  const unread = batch.errors.map(({ row, column, code, detail }) => ({ row, column, code, detail }));
  const outcome = await kind.storeBatch(tx, record, batch);
  const counted = { rows: batch.rows.length + batch.errors.length, bytesRead: batch.bytesRead };
  return { ...counted, ...outcome, faults: [...unread, ...outcome.faults] };
}
