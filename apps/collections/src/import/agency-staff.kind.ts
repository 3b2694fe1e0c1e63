import { Inject, Injectable } from '@nestjs/common';
import { readRows, type BatchOutcome, type ImportKind, type ImportRecord } from '#imports';
import type { Tx } from '#pg';
import type { TableBatch } from '#tabular';
import { AgencyImportStore } from './agency-import.store.ts';
import { readStaffRow, STAFF_COLUMNS, type StaffRow } from './staff-rows.ts';

/** Files of `agency-staff`: who may collect for an agency, until when they are certified, with which work tools. */
@Injectable()
export class AgencyStaffKind implements ImportKind {
  readonly columns = STAFF_COLUMNS;

  constructor(@Inject(AgencyImportStore) private readonly agencies: AgencyImportStore) {}

  async storeBatch(tx: Tx, record: ImportRecord, batch: TableBatch): Promise<BatchOutcome> {
    const { institutionId } = record;
    const { good, faults } = readRows<StaffRow>(batch.rows, (row) => readStaffRow(row, record));
    const agencyIds = [...new Set(good.map(({ agencyId }) => agencyId))];
    const registered = await this.agencies.registered(tx, institutionId, agencyIds);
    const known = good.filter(({ agencyId }) => registered.has(agencyId));
    const unknown = good
      .filter(({ agencyId }) => !registered.has(agencyId))
      .map(({ row }) => ({
        row,
        column: 'agencyId',
        code: 'unknown-agency',
        detail: 'agencyId is not registered; import `agencies` first',
      }));
    return { ...(await this.agencies.storeStaff(tx, record, known)), faults: [...faults, ...unknown] };
  }
}
