import { Inject, Injectable } from '@nestjs/common';
import { readRows, type BatchOutcome, type ImportKind, type ImportRecord } from '#imports';
import type { Tx } from '#pg';
import type { TableBatch } from '#tabular';
import { AgencyImportStore } from './agency-import.store.ts';
import { AGENCY_COLUMNS, readAgencyRow, type AgencyRow } from './agency-rows.ts';

/** Files of `agencies`: the register of agencies, which the bank keeps. */
@Injectable()
export class AgenciesKind implements ImportKind {
  readonly columns = AGENCY_COLUMNS;

  constructor(@Inject(AgencyImportStore) private readonly agencies: AgencyImportStore) {}

  async storeBatch(tx: Tx, record: ImportRecord, batch: TableBatch): Promise<BatchOutcome> {
    const { good, faults } = readRows<AgencyRow>(batch.rows, (row) => readAgencyRow(row, record));
    return { ...(await this.agencies.storeAgencies(tx, record, good)), faults };
  }
}
