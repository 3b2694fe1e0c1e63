import { Inject, Injectable } from '@nestjs/common';
import { readRows, type BatchOutcome, type ImportKind, type ImportRecord } from '#imports';
import type { Tx } from '#pg';
import type { TableBatch } from '#tabular';
import { CFPB_COLUMNS, readCfpbRow } from './cfpb-rows.ts';
import { FileRegistration } from './file-registration.ts';
import type { ImportedComplaint } from './imported-complaint.ts';

/** Files of `cfpb`: the public columns of the US Consumer Financial Protection Bureau. */
@Injectable()
export class CfpbKind implements ImportKind {
  readonly columns = CFPB_COLUMNS;

  constructor(@Inject(FileRegistration) private readonly registration: FileRegistration) {}

  async storeBatch(tx: Tx, record: ImportRecord, batch: TableBatch): Promise<BatchOutcome> {
    const { good, faults } = readRows<ImportedComplaint>(batch.rows, readCfpbRow);
    const stored = await this.registration.store(tx, record, good);
    return { ...stored, faults: [...faults, ...stored.faults] };
  }
}
