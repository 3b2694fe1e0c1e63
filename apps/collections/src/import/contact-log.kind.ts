import { Inject, Injectable } from '@nestjs/common';
import { readRows, type BatchOutcome, type ImportKind, type ImportRecord } from '#imports';
import type { Tx } from '#pg';
import type { TableBatch } from '#tabular';
import { LOG_COLUMNS } from '../lookback/log-row.ts';
import { LogImportStore } from './log-import.store.ts';
import { readContactRow, type ContactRow } from './log-rows.ts';

/** Files of `contact-log`: contacts that were made. */
@Injectable()
export class ContactLogKind implements ImportKind {
  readonly columns = LOG_COLUMNS;

  constructor(@Inject(LogImportStore) private readonly logs: LogImportStore) {}

  async storeBatch(tx: Tx, { institutionId, agencyId }: ImportRecord, batch: TableBatch): Promise<BatchOutcome> {
    const { good, faults } = readRows<ContactRow>(batch.rows, (row) => readContactRow(row, { institutionId, agencyId }));
    const stored = await this.logs.store(tx, institutionId, good);
    return { ...stored, faults: [...faults, ...stored.faults] };
  }
}
