import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { Runs, type Run } from '#runs';
import { Vault } from '#vault';
import { isUuid } from '#wire';
import { openTexts } from './finding-texts.ts';
import type { SearchRebuildView } from './finding.dto.ts';
import { FindingStore } from './finding.store.ts';
import { RebuildStore, type RebuildRecord } from './rebuild.store.ts';
import { SearchService } from './search.service.ts';
import { SearchStore } from './search.store.ts';

export const REBUILD_REQUESTED = 'search.rebuild-requested';
const BATCH = 500;

/** Stores of this room that read texts and write tokens. */
@Injectable()
export class RebuildStores {
  constructor(
    @Inject(RebuildStore) readonly rebuilds: RebuildStore,
    @Inject(FindingStore) readonly texts: FindingStore,
    @Inject(SearchStore) readonly tokens: SearchStore,
  ) {}
}

/** Indexes all complaints of an institution anew, beside whoever registers and searches; goes on where it was left. */
@Injectable()
export class RebuildService implements BeforeApplicationShutdown {
  readonly runs: Runs;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(RebuildStores) private readonly stores: RebuildStores,
    @Inject(SearchService) private readonly search: SearchService,
    @Inject(Vault) private readonly vault: Vault,
  ) {
    this.runs = new Runs(database, { table: 'search_rebuild', topic: REBUILD_REQUESTED, idName: 'rebuildId' });
  }

  beforeApplicationShutdown(): void {
    this.runs.stop();
  }

  /** Asks for it; while one is not finished that is the answer. Refuses with IDEMPOTENCY_KEY_REUSED. */
  async request({ institutionId, subject }: Principal, idempotency: IdempotentRequest | null): Promise<SearchRebuildView> {
    return inTransaction(this.database, { institutionId }, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      const id = claim?.resource ?? (await this.stores.rebuilds.open(tx, institutionId)) ?? (await this.begin(tx, institutionId, subject));
      if (!claim) await rememberResource(tx, institutionId, idempotency, id);
      return this.view(tx, institutionId, id);
    });
  }

  /** Refuses with NOT_FOUND. */
  find({ institutionId }: Principal, id: string): Promise<SearchRebuildView> {
    return inTransaction(this.database, { institutionId }, (tx) => this.view(tx, institutionId, id));
  }

  /** Twice at once does no harm: the later run takes over behind what is done. */
  async run(institutionId: string, id: string, isLastTry = false): Promise<void> {
    await this.runs.carryOut(institutionId, id, isLastTry, async (run) => {
      const found = await run.write((tx) => this.stores.rebuilds.find(tx, institutionId, id));
      let [after, indexed] = [found?.afterId ?? null, found?.indexed ?? 0];
      for (;;) {
        const ids = await run.write((tx) => this.batch(tx, run, after));
        if (ids.length === 0) return { indexed };
        indexed += ids.length;
        run.progress(indexed, null);
        after = ids.at(-1) ?? null;
      }
    });
  }

  private async begin(tx: Tx, institutionId: string, subject: string): Promise<string> {
    const id = await this.stores.rebuilds.insert(tx, institutionId, subject);
    await this.runs.wake(tx, institutionId, id);
    return id;
  }

  private async view(tx: Tx, institutionId: string, id: string): Promise<SearchRebuildView> {
    const record = isUuid(id) ? await this.stores.rebuilds.find(tx, institutionId, id) : null;
    if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such rebuild here.' });
    return toView(record);
  }

  /** Held first and read then: what comes meanwhile is either read here, or added to what is written here. */
  private async batch(tx: Tx, { institutionId, id }: Run, after: string | null): Promise<string[]> {
    const { rebuilds, texts, tokens } = this.stores;
    const ids = await rebuilds.ids(tx, institutionId, after, BATCH);
    if (ids.length === 0) return ids;
    await tokens.hold(tx, institutionId, ids);
    const others = [...(await texts.ledgerTexts(tx, ids)), ...(await texts.roomTexts(tx, ids))];
    const byComplaint = Map.groupBy(others, ({ complaintId }) => complaintId);
    const whole = { vault: this.vault, masked: false, now: new Date(0) };
    const rows = (await rebuilds.records(tx, ids)).map((record) => {
      const opened = openTexts(record, byComplaint.get(record.id) ?? [], whole);
      return {
        complaintId: record.id,
        tokens: this.search.tokens(
          institutionId,
          opened.map(({ text }) => text),
        ),
      };
    });
    await tokens.replace(tx, institutionId, rows);
    await rebuilds.advance(tx, id, ids.at(-1) ?? '', ids.length);
    return ids;
  }
}

function toView({ id, state, indexed, requestedBy, createdAt, finishedAt }: RebuildRecord): SearchRebuildView {
  const zone = Zone.of(DEFAULT_TIME_ZONE);
  return {
    id,
    state,
    indexed,
    requestedBy,
    createdAt: zone.format(createdAt.getTime()),
    finishedAt: finishedAt && zone.format(finishedAt.getTime()),
  };
}
