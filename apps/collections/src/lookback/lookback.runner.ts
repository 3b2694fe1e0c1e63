import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { enqueue } from '#outbox';
import { inTransaction, type Tx } from '#pg';
import { Refusal } from '#problem';
import { CONFIG } from '#service';
import type { CollectionsConfig } from '../config.ts';
import { PolicyService } from '../policy/policy.service.ts';
import { UploadService } from '#uploads';
import type { Policy } from '#contact-rules';
import { LogFileError, lookBack } from './look-back.ts';
import { LookbackRegister } from './lookback.register.ts';
import { LOOKBACK_REQUESTED } from './lookback.topic.ts';
import { LookbackStore, type LookbackRecord } from './lookback.store.ts';
import { byDate, type PolicyTimeline } from './policies.ts';
import type { Progress } from './progress.ts';

const TOUCH_MS = 1000;

class TakenOver extends Error {}

const FAULT = {
  row: null,
  column: null,
  code: 'internal',
  detail: 'The look-back failed on our side; the id of the look-back finds it in our logs. Send the file again later.',
} as const;

/** Where the log comes from, and what it cannot hold. */
@Injectable()
export class Given {
  constructor(
    @Inject(UploadService) readonly uploads: UploadService,
    @Inject(LookbackRegister) readonly register: LookbackRegister,
  ) {}
}

/** Carries a look-back out. A run that was cut off is begun again: the same file and register give the same findings. */
@Injectable()
export class LookbackRunner implements BeforeApplicationShutdown {
  private readonly ending = new AbortController();

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CONFIG) private readonly config: CollectionsConfig,
    @Inject(LookbackStore) private readonly store: LookbackStore,
    @Inject(Given) private readonly given: Given,
    @Inject(PolicyService) private readonly policies: PolicyService,
  ) {}

  /** The process ends: what runs is begun again by another worker. */
  beforeApplicationShutdown(): void {
    this.ending.abort(new TakenOver());
  }

  /** Twice at once does no harm: the later run takes over. */
  async run(institutionId: string, id: string, isLastTry = false): Promise<void> {
    const run = randomUUID();
    const record = await inTransaction(this.database, { institutionId }, (tx) => this.store.begin(tx, id, run));
    if (record === null || record.upload === null) return;
    const folder = await mkdtemp(join(this.config.spoolFolder || tmpdir(), 'forbear-lookback-'));
    try {
      await this.carryOut(record, record.upload, run, folder);
    } catch (error) {
      await this.end(record, run, error, isLastTry);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Has unfinished look-backs that nobody works on any more woken; for the sweep. */
  async wakeAbandoned(tx: Tx, staleAfterMs: number): Promise<void> {
    for (const { id, institutionId } of await this.store.takeAbandoned(tx, staleAfterMs))
      await enqueue(tx, institutionId, LOOKBACK_REQUESTED, { lookbackId: id });
  }

  private async end({ institutionId, id }: LookbackRecord, run: string, error: unknown, isLastTry: boolean): Promise<void> {
    const inTenant = <T>(work: Parameters<typeof inTransaction<T>>[2]): Promise<T> => inTransaction(this.database, { institutionId }, work);
    if (error instanceof TakenOver) {
      if (this.ending.signal.aborted) await inTenant((tx) => enqueue(tx, institutionId, LOOKBACK_REQUESTED, { lookbackId: id }));
    } else if (error instanceof LogFileError) {
      const { row, column, code, detail } = error.cause;
      await inTenant((tx) => this.store.finish(tx, id, run, { failure: { row: row ?? null, column: column ?? null, code, detail } }));
    } else {
      // A fault of ours that every try meets: the look-back ends, and says so, rather than being woken for ever.
      if (isLastTry && !(error instanceof Refusal)) await inTenant((tx) => this.store.finish(tx, id, run, { failure: FAULT }));
      throw error;
    }
  }

  private async policyOf(tx: Tx, { institutionId, policy }: LookbackRecord): Promise<Policy | PolicyTimeline> {
    const otherwise = await this.policies.policyOf(tx, institutionId, policy);
    return policy.byDate ? byDate(await this.policies.versions(tx, institutionId), otherwise) : otherwise;
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
      const policy = await inTenant((tx) => this.policyOf(tx, record));
      const { register } = this.given;
      const summary = await lookBack({
        files: [{ name: record.fileName, source: this.given.uploads.source(institutionId, upload, record.uploadBytes) }],
        policy,
        spoolFolder,
        signal: this.ending.signal,
        register: {
          factsFor: (caseIds) => inTenant((tx) => register.cases(tx, institutionId, caseIds)),
          agencies: (agencyIds) => inTenant((tx) => register.agencies(tx, institutionId, agencyIds)),
        },
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
