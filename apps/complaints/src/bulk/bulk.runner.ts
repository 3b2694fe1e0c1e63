import { createHash } from 'node:crypto';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal, Role } from '#auth';
import type { Tx } from '#pg';
import { Refusal, UNAVAILABLE } from '#problem';
import { RunFailure, Runs, type Run } from '#runs';
import { Vault } from '#vault';
import { ReadingService } from '../complaint/reading.service.ts';
import { BulkActs, type Act } from './bulk-acts.ts';
import { BulkStore, type BulkRecord, type ItemResult } from './bulk.store.ts';

export const BULK_APPROVED = 'bulk.approved';
export const NOTE = 'bulk.note';
export const DETAIL = 'bulk_item.detail';

/** SHA-256 over the list, a line each. */
export const hashOfIds = (ids: readonly string[]): Buffer => createHash('sha256').update(ids.join('\n')).digest();

/** Does what was approved, one complaint at a time, each in a transaction of its own together with what became of it: once, whoever dies meanwhile. */
@Injectable()
export class BulkRunner implements BeforeApplicationShutdown {
  readonly runs: Runs;

  constructor(
    @Inject(DataSource) database: DataSource,
    @Inject(BulkStore) private readonly store: BulkStore,
    @Inject(BulkActs) private readonly acts: BulkActs,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(Vault) private readonly vault: Vault,
  ) {
    this.runs = new Runs(database, { table: 'bulk_run', topic: BULK_APPROVED, idName: 'bulkId' });
  }

  beforeApplicationShutdown(): void {
    this.runs.stop();
  }

  /** Twice at once does no harm: the later run takes over what is left. */
  async run(institutionId: string, id: string, isLastTry = false): Promise<void> {
    await this.runs.carryOut(institutionId, id, isLastTry, async (run) => {
      const { bulk, waiting } = await run.write((tx) => this.load(tx, institutionId, id));
      let done = bulk.count - waiting.length;
      run.progress(done, bulk.count);
      for (const { seq, complaintId } of waiting) {
        await this.one(run, bulk, seq, complaintId);
        done += 1;
        run.progress(done, bulk.count);
      }
      return { count: bulk.count };
    });
  }

  /** Refuses to begin with another list than the one that was approved. */
  private async load(tx: Tx, institutionId: string, id: string) {
    const bulk = await this.store.find(tx, institutionId, id);
    if (bulk?.outcome !== 'approved') throw new RunFailure({ code: 'not-approved', detail: 'Nobody approved it.' });
    if (!hashOfIds(await this.store.ids(tx, id)).equals(bulk.idsHash))
      throw new RunFailure({ code: 'list-changed', detail: 'The list is not the one that was approved.' });
    return { bulk, waiting: await this.store.waiting(tx, id) };
  }

  private async one(run: Run, bulk: BulkRecord, seq: number, complaintId: string): Promise<void> {
    try {
      await run.write(async (tx) => {
        const result = await this.act(tx, bulk, complaintId);
        await this.store.end(tx, bulk.id, seq, result, await this.reading.now(tx));
      });
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind.status === UNAVAILABLE.status) throw error;
      const [first] = error.extras.errors ?? [];
      const detail = error.extras.detail ?? first?.detail ?? null;
      const result: ItemResult = {
        state: 'refused',
        code: error.kind.code,
        source: first?.source ?? null,
        detailSealed: detail === null ? null : this.vault.seal(detail, DETAIL),
      };
      await run.write(async (tx) => this.store.end(tx, bulk.id, seq, result, await this.reading.now(tx)));
    }
  }

  /** As who proposed it; and who approved it must be free to act on the complaint as well. */
  private async act(tx: Tx, bulk: BulkRecord, complaintId: string): Promise<ItemResult> {
    const proposer = actorOf(bulk, bulk.proposedBy, bulk.proposerRoles);
    const record = await this.reading.lock(tx, proposer, complaintId);
    await this.reading.lock(tx, actorOf(bulk, bulk.settledBy ?? '', bulk.settlerRoles ?? []), complaintId);
    const act: Act = { ...bulk, note: bulk.noteSealed && this.vault.open(bulk.noteSealed, NOTE) };
    const result = await this.acts.act(tx, proposer, record, act);
    return { code: null, source: null, ...result, detailSealed: null };
  }
}

const actorOf = ({ institutionId }: BulkRecord, subject: string, roles: readonly Role[]): Principal => ({
  subject,
  clientId: null,
  institutionId,
  agencyId: null,
  roles,
});
