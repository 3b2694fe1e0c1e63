import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '#pg';
import { CONFIG, type CollectionsConfig } from '../config.ts';
import { PolicyService } from '../policy/policy.service.ts';
import { UploadService } from '../upload/upload.service.ts';
import { LogFileError, lookBack } from './look-back.ts';
import { LookbackStore, type LookbackRecord } from './lookback.store.ts';
import type { Progress } from './progress.ts';

const TOUCH_MS = 1000;

class TakenOver extends Error {}

/** Carries a look-back out. A run that was cut off is begun again: the same file and register give the same findings. */
@Injectable()
export class LookbackRunner {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CONFIG) private readonly config: CollectionsConfig,
    @Inject(LookbackStore) private readonly store: LookbackStore,
    @Inject(UploadService) private readonly uploads: UploadService,
    @Inject(PolicyService) private readonly policies: PolicyService,
  ) {}

  async run(institutionId: string, id: string): Promise<void> {
    const run = randomUUID();
    const record = await inTransaction(this.database, { institutionId }, (tx) => this.store.begin(tx, id, run));
    if (record === null || record.upload === null) return;
    const folder = await mkdtemp(join(this.config.spoolFolder, 'forbear-lookback-'));
    try {
      await this.carryOut(record, record.upload, run, folder);
    } catch (error) {
      if (error instanceof TakenOver) return;
      if (!(error instanceof LogFileError)) throw error;
      const { row, column, code, detail } = error.cause;
      const failure = { row: row ?? null, column: column ?? null, code, detail };
      await inTransaction(this.database, { institutionId }, (tx) => this.store.finish(tx, id, run, { failure }));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private async carryOut(record: LookbackRecord, upload: string, run: string, spoolFolder: string): Promise<void> {
    const { institutionId, id } = record;
    const inTenant = <T>(work: Parameters<typeof inTransaction<T>>[2]): Promise<T> => inTransaction(this.database, { institutionId }, work);
    let latest: Progress | null = null;
    let stored = 0;
    // A heartbeat apart from the work: sorting a large file takes longer than the sweep waits.
    let lost = false;
    const beat = setInterval(() => {
      void inTenant((tx) => this.store.touch(tx, id, run, latest)).then(
        (ours) => (lost ||= !ours),
        () => undefined,
      );
    }, TOUCH_MS);
    try {
      const summary = await lookBack({
        files: [{ name: record.fileName, source: this.uploads.source(institutionId, upload, record.uploadBytes) }],
        policy: this.policies.policy(record.policy),
        spoolFolder,
        register: { factsFor: (caseIds) => inTenant((tx) => this.store.register(tx, institutionId, caseIds)) },
        elapsedMs: () => performance.now(),
        onProgress: (progress) => (latest = progress),
        onFindings: async (findings) => {
          if (lost) throw new TakenOver();
          await inTenant(async (tx) => {
            if (!(await this.store.touch(tx, id, run, latest))) throw new TakenOver();
            await this.store.addFindings(tx, institutionId, id, stored, findings);
          });
          stored += findings.length;
        },
      });
      await inTenant((tx) => this.store.finish(tx, id, run, { summary }));
    } finally {
      clearInterval(beat);
    }
  }
}
