import { Inject, Injectable } from '@nestjs/common';
import { readRows, type BatchOutcome, type ImportKind, type ImportRecord } from '#imports';
import type { Tx } from '#pg';
import type { TableBatch } from '#tabular';
import { CaseImportStore } from './case-import.store.ts';
import { CASE_COLUMNS, readCaseRow, type CaseRow } from './case-rows.ts';

/** Files of `cases`: one row per contact point. An agency's file touches the cases entrusted to it alone. */
@Injectable()
export class CasesKind implements ImportKind {
  readonly columns = CASE_COLUMNS;

  constructor(@Inject(CaseImportStore) private readonly cases: CaseImportStore) {}

  async storeBatch(tx: Tx, { institutionId, agencyId, requestedBy }: ImportRecord, batch: TableBatch): Promise<BatchOutcome> {
    const { good, faults } = readRows<CaseRow>(batch.rows, (row) => readCaseRow(row, { institutionId, agencyId }));
    const others = agencyId === null ? [] : await this.ofOthers(tx, institutionId, agencyId, good);
    const own = good.filter((row) => !others.includes(row));
    await this.cases.saysWho(tx, requestedBy);
    const refused = others.map(({ row }) => ({
      row,
      column: 'caseId',
      code: 'other-agency',
      detail: 'caseId is not entrusted to your agency',
    }));
    return { ...(await this.cases.store(tx, institutionId, own)), faults: [...faults, ...refused] };
  }

  private async ofOthers(tx: Tx, institutionId: string, agencyId: string, rows: readonly CaseRow[]): Promise<CaseRow[]> {
    const caseIds = rows.map(({ caseId }) => caseId);
    const elsewhere = await this.cases.entrustedElsewhere(tx, institutionId, agencyId, caseIds);
    return rows.filter(({ caseId }) => elsewhere.has(caseId));
  }
}
