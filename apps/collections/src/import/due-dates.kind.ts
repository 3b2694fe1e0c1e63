import { Inject, Injectable } from '@nestjs/common';
import { readRows, type BatchOutcome, type ImportKind, type ImportRecord } from '#imports';
import type { Tx } from '#pg';
import type { TableBatch } from '#tabular';
import { DueImportStore } from './due-import.store.ts';
import { DUE_COLUMNS, readDueRow, type DueRow } from './due-rows.ts';

/** Files of `due-dates`: what falls due and when, for reminders. */
@Injectable()
export class DueDatesKind implements ImportKind {
  readonly columns = DUE_COLUMNS;

  constructor(@Inject(DueImportStore) private readonly dues: DueImportStore) {}

  async storeBatch(tx: Tx, record: ImportRecord, batch: TableBatch): Promise<BatchOutcome> {
    const { good, faults } = readRows<DueRow>(batch.rows, (row) => readDueRow(row, record));
    const { stored, faults: strange } = await this.dues.store(tx, record.institutionId, good);
    return { ...stored, faults: [...faults, ...strange] };
  }
}
