import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { enqueue } from '#outbox';
import { inTransaction, type Tx } from '#pg';
import { Refusal } from '#problem';
import { detectEncoding, readTable, TableError, type TableBatch, type TableRow } from '#tabular';
import { UploadService } from '../upload/upload.service.ts';
import { CaseImportStore } from './case-import.store.ts';
import { CASE_COLUMNS, readCaseRow, type CaseRow, type RowScope } from './case-rows.ts';
import { IMPORT_REQUESTED } from './import.service.ts';
import { ImportStore, type BatchResult, type ImportRecord, type RowFault } from './import.store.ts';
import { LogImportStore } from './log-import.store.ts';
import { LOG_COLUMNS } from '../lookback/log-row.ts';
import { readContactRow, type ContactRow } from './log-rows.ts';

const FAULT = {
  row: null,
  column: null,
  code: 'internal',
  detail: 'Something went wrong on our side; the id of the import finds it in our logs.',
};

const isFault = (row: object): row is RowFault => 'code' in row;

function split<Row extends object>(
  rows: readonly TableRow[],
  scope: RowScope,
  read: (row: TableRow, scope: RowScope) => Row | RowFault,
): { good: Row[]; faults: RowFault[] } {
  const good: Row[] = [];
  const faults: RowFault[] = [];
  for (const row of rows) {
    const result = read(row, scope);
    if (isFault(result)) faults.push(result);
    else good.push(result as Row);
  }
  return { good, faults };
}

/** Carries an import out, batch by batch; each batch and the progress are one transaction, so a worker that dies leaves a whole number of batches. */
@Injectable()
export class ImportRunner implements BeforeApplicationShutdown {
  private stopping = false;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ImportStore) private readonly imports: ImportStore,
    @Inject(UploadService) private readonly uploads: UploadService,
    @Inject(CaseImportStore) private readonly cases: CaseImportStore,
    @Inject(LogImportStore) private readonly logs: LogImportStore,
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
    const source = this.uploads.source(institutionId, upload, record.uploadBytes);
    const detection = await detectEncoding(source);
    const columns = record.kind === 'cases' ? CASE_COLUMNS : LOG_COLUMNS;
    let [read, done] = [0, record.rowsDone];
    for await (const batch of readTable(source, columns, { detection })) {
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
        const result = await this.storeBatch(tx, record, batch);
        return this.imports.advance(tx, id, done, result);
      });
      if (!advanced) return;
      done = read;
    }
    await inTransaction(this.database, { institutionId }, (tx) => this.imports.finish(tx, id, null));
  }

  private async ofOthers(tx: Tx, institutionId: string, agencyId: string, rows: readonly CaseRow[]): Promise<CaseRow[]> {
    const caseIds = rows.map(({ caseId }) => caseId);
    const elsewhere = await this.cases.entrustedElsewhere(tx, institutionId, agencyId, caseIds);
    return rows.filter(({ caseId }) => elsewhere.has(caseId));
  }

  private async storeBatch(tx: Tx, record: ImportRecord, batch: TableBatch): Promise<BatchResult> {
    const { institutionId, agencyId } = record;
    const scope = { institutionId, agencyId };
    const unread = batch.errors.map(({ row, column, code, detail }) => ({ row, column, code, detail }));
    const counted = { rows: batch.rows.length + batch.errors.length, bytesRead: batch.bytesRead };
    if (record.kind === 'cases') {
      const { good, faults } = split<CaseRow>(batch.rows, scope, readCaseRow);
      const others = agencyId === null ? [] : await this.ofOthers(tx, institutionId, agencyId, good);
      const own = good.filter((row) => !others.includes(row));
      const refused = others.map(({ row }) => ({
        row,
        column: 'caseId',
        code: 'other-agency',
        detail: 'caseId is not entrusted to your agency',
      }));
      return { ...counted, ...(await this.cases.store(tx, institutionId, own)), faults: [...unread, ...faults, ...refused] };
    }
    const { good, faults } = split<ContactRow>(batch.rows, scope, readContactRow);
    const stored = await this.logs.store(tx, institutionId, good);
    return { ...counted, ...stored, faults: [...unread, ...faults, ...stored.faults] };
  }
}
