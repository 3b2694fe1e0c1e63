import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RunFailure, Runs, type Run } from '#runs';
import { Destroyer } from './destroyer.ts';
import { RETENTION_KINDS, type KeptKind, type RetentionKinds } from './kind.ts';
import { Lists } from './lists.ts';
import { RunStore, type RunRecord } from './run.store.ts';

export const RETENTION_RUN_ASKED = 'retention-run.asked';

/** Carries runs out, batch by batch: whoever takes over goes on after the last one that was committed. */
@Injectable()
export class RetentionRunner implements BeforeApplicationShutdown {
  readonly runs: Runs;

  constructor(
    @Inject(DataSource) database: DataSource,
    @Inject(RETENTION_KINDS) private readonly of: RetentionKinds,
    @Inject(RunStore) private readonly store: RunStore,
    @Inject(Lists) private readonly lists: Lists,
    @Inject(Destroyer) private readonly destroyer: Destroyer,
  ) {
    this.runs = new Runs(database, { table: 'retention_work', topic: RETENTION_RUN_ASKED, idName: 'runId' });
  }

  beforeApplicationShutdown(): void {
    this.runs.stop();
  }

  async run(institutionId: string, id: string, isLastTry = false): Promise<void> {
    await this.runs.carryOut(institutionId, id, isLastTry, async (run) => {
      const record = await run.write((tx) => this.store.find(tx, institutionId, id));
      if (record === null) throw new RunFailure({ code: 'gone', detail: 'The run is not there.' });
      return record.mode === 'dry-run' ? this.lists.make(run, record, this.kindsOf(record)) : this.destroy(run, record);
    });
  }

  private async destroy(run: Run, { dryRun, decision }: RunRecord): Promise<unknown> {
    if (dryRun === null || decision !== 'approved') throw new RunFailure({ code: 'not-approved', detail: 'Nobody approved it.' });
    const looked = await run.write((tx) => this.store.find(tx, run.institutionId, dryRun));
    if (looked === null) throw new RunFailure({ code: 'gone', detail: 'The dry run is not there.' });
    while (await this.destroyer.batch(run, looked)) run.check();
    return run.write((tx) => this.destroyer.result(tx, dryRun));
  }

  private kindsOf({ kinds }: RunRecord): KeptKind[] {
    return this.of.kinds.filter(({ kind }) => kinds.includes(kind));
  }
}
