import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '#pg';
import { CaseWorkService } from './case-work.service.ts';
import { WorkStore } from './work.store.ts';

/** Makes the order of the work of an institution anew. */
@Injectable()
export class WorklistRefresh {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CaseWorkService) private readonly work: CaseWorkService,
    @Inject(WorkStore) private readonly store: WorkStore,
  ) {}

  institutions(tx: Tx): Promise<string[]> {
    return this.store.institutions(tx);
  }

  /** Returns how many places changed. Any number of workers may call it. */
  async run(institutionId: string): Promise<number> {
    return inTransaction(this.database, { institutionId }, async (tx) =>
      this.work.refresh(tx, institutionId, null, await this.work.now(tx)),
    );
  }
}
