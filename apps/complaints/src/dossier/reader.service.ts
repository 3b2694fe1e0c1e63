import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PeerFailure } from '#peers';
import { inTransaction, type Tx } from '#pg';
import { RunFailure, Runs, TakenOver, type Run } from '#runs';
import { CONFIG } from '#service';
import { CollectionsPeer } from '../case-lookup/collections.peer.ts';
import type { ComplaintsConfig } from '../config.ts';
import { DOSSIER_READ } from './dossier.events.ts';
import { DossierStore } from './dossier.store.ts';
import { KeepingService, sinceOf, type ReadPage } from './keeping.service.ts';

const PER_PAGE = 200;

/** Reads files from collections, page by page; a read that was cut off goes on where it ended. */
@Injectable()
export class ReaderService implements BeforeApplicationShutdown {
  private readonly runs: Runs;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CONFIG) private readonly config: Pick<ComplaintsConfig, 'dossierRefreshMs'>,
    @Inject(CollectionsPeer) private readonly peer: CollectionsPeer,
    @Inject(DossierStore) private readonly store: DossierStore,
    @Inject(KeepingService) private readonly keeping: KeepingService,
  ) {
    this.runs = new Runs(database, { table: 'dossier_read', topic: DOSSIER_READ, idName: 'readId' });
  }

  beforeApplicationShutdown(): void {
    this.runs.stop();
  }

  /** Has reads made for what is due. Any number of workers may call it. */
  async wakeDue(tx: Tx, now: Date | null): Promise<number> {
    const due = await this.store.due(tx, now, 200);
    for (const { id, institutionId } of due) await this.runs.wake(tx, institutionId, id);
    return due.length;
  }

  wakeAbandoned(tx: Tx, staleAfterMs: number): Promise<void> {
    return this.runs.wakeAbandoned(tx, staleAfterMs);
  }

  async run(institutionId: string, readId: string, isLastTry: boolean): Promise<void> {
    await this.runs.carryOut(institutionId, readId, isLastTry, async (run) => {
      const complaintId = (await run.write((tx) => this.store.complaintOf(tx, readId))) ?? '';
      try {
        return await this.read(run, complaintId);
      } catch (error) {
        if (error instanceof TakenOver) throw error;
        const code = error instanceof PeerFailure ? error.code : 'unreadable';
        if (error instanceof PeerFailure || isLastTry)
          await run.write((tx) => this.keeping.noteFailure(tx, institutionId, complaintId, code));
        throw error instanceof PeerFailure ? new RunFailure({ code, detail: 'Collections could not be read; it is tried again.' }) : error;
      }
    });
  }

  private async read(run: Run, complaintId: string): Promise<object> {
    const { institutionId } = run;
    const dossier = await inTransaction(this.database, { institutionId }, (tx) => this.store.find(tx, institutionId, complaintId));
    if (dossier === null) throw new Error('a file that is read is not there');
    const total = dossier.readAt === null ? Object.values(dossier.counts).reduce((sum, n) => sum + n, 0) : null;
    const since = sinceOf(dossier)?.toISOString() ?? null;
    let done = 0;
    for (let after = dossier.place; ;) {
      const question = { complaintId, by: 'system', after, since, limit: PER_PAGE };
      const page = readPage(await this.peer.ask('/internal/complaint-files', institutionId, question, run.signal));
      done += page.items.length;
      run.progress(done, total);
      await run.write((tx) => this.keeping.keepPage(tx, institutionId, complaintId, page));
      after = page.next;
      if (after === null) break;
    }
    const counts = await run.write((tx) => this.keeping.noteWhole(tx, institutionId, complaintId, this.config.dossierRefreshMs));
    return { read: done, counts };
  }
}

function readPage(answer: unknown): ReadPage {
  const { items, next } = answer as Record<string, unknown>;
  const place = next as { at?: unknown; id?: unknown } | null;
  if (!Array.isArray(items) || (place !== null && (typeof place?.at !== 'number' || typeof place.id !== 'string')))
    throw new PeerFailure('unreadable');
  return { items, next: place as ReadPage['next'] };
}
