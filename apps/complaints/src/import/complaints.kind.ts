import { Inject, Injectable } from '@nestjs/common';
import { readRows, type BatchOutcome, type ImportKind, type ImportRecord } from '#imports';
import type { Tx } from '#pg';
import type { TableBatch } from '#tabular';
import { COMPLAINT_FILE_COLUMNS, readComplaintRow } from './complaint-rows.ts';
import { FileRegistration } from './file-registration.ts';
import type { ImportedComplaint } from './imported-complaint.ts';

/** Files of `complaints`: one row per complaint, with what has happened to it. */
@Injectable()
export class ComplaintsKind implements ImportKind {
  readonly columns = COMPLAINT_FILE_COLUMNS;

  constructor(@Inject(FileRegistration) private readonly registration: FileRegistration) {}

  async storeBatch(tx: Tx, record: ImportRecord, batch: TableBatch): Promise<BatchOutcome> {
    const { good, faults } = readRows<ImportedComplaint>(batch.rows, (row) => readComplaintRow(row, record.institutionId));
    const stored = await this.registration.store(tx, record, good);
    return { ...stored, faults: [...faults, ...stored.faults] };
  }
}
