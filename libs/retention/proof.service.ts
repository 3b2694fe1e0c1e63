import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { canonical } from '#evidence';
import type { Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { isUuid } from '#wire';
import { BatchStore, type BatchRecord } from './batch.store.ts';
import { ItemStore, type ItemRecord } from './item.store.ts';
import { listLeaf, pathOf } from './list-tree.ts';
import { RetentionDesk } from './retention.desk.ts';
import { NOT_DESTROYED } from './retention.refusals.ts';
import type { DestroyedBatch, DestructionCertificate, DestructionInclusion, RetentionInclusionRequest } from './run.dto.ts';
import { RetentionRunService } from './run.service.ts';

const PAGE = 2000;

/** What shows that something was destroyed, and that it was this. */
@Injectable()
export class DestructionProofService {
  constructor(
    @Inject(RetentionDesk) private readonly desk: RetentionDesk,
    @Inject(RetentionRunService) private readonly runs: RetentionRunService,
    @Inject(ItemStore) private readonly items: ItemStore,
    @Inject(BatchStore) private readonly batches: BatchStore,
  ) {}

  /** The list of a run, a line of JSON each: ids and digests, nothing personal. Refuses with NOT_FOUND. */
  async list(principal: Principal, id: string): Promise<AsyncGenerator<string>> {
    const { dryRun } = await this.runs.find(principal, id);
    return this.lines(principal, dryRun ?? id);
  }

  /** The same run gives the same certificate. Refuses with NOT_FOUND, NOT_DESTROYED. */
  async certificate(principal: Principal, id: string): Promise<DestructionCertificate> {
    const { institutionId } = principal;
    return this.desk.read(principal, async (tx) => {
      const { progress: _progress, ...run } = await this.runs.view(tx, institutionId, id);
      const batches = (await this.batches.list(tx, id)).map(toBatchView);
      if (batches.length === 0) throw new Refusal(NOT_DESTROYED, { detail: `It is ${run.state}.` });
      const count = batches.reduce((sum, batch) => sum + batch.count, 0);
      const said = { certificate: 'forbear-destruction-1', institution: institutionId, run: { ...run, progress: null }, batches, count };
      return { ...said, sha256: createHash('sha256').update(canonical(said)).digest('hex') };
    });
  }

  /** That a record is among what was destroyed, for whoever knows its id. Refuses with NOT_FOUND. */
  async inclusion(principal: Principal, id: string, { kind, id: record }: RetentionInclusionRequest): Promise<DestructionInclusion> {
    return this.desk.read(principal, async (tx) => {
      const { dryRun } = await this.runs.view(tx, principal.institutionId, id);
      const item = dryRun !== null && isUuid(record) ? await this.items.record(tx, dryRun, kind, record) : null;
      if (item?.batch === null || item?.place === null || !item || dryRun === null)
        throw new Refusal(NOT_FOUND, { detail: `This run has destroyed no ${kind} of that id.` });
      return this.included(tx, id, dryRun, item, { n: item.batch, place: item.place });
    });
  }

  private async included(
    tx: Tx,
    run: string,
    dryRun: string,
    item: ItemRecord,
    at: { readonly n: number; readonly place: number },
  ): Promise<DestructionInclusion> {
    const batch = await this.batches.find(tx, run, at.n);
    if (batch === null) throw new Error('the batch is gone');
    const siblings = await this.items.ofBatch(tx, dryRun, at.n);
    return {
      kind: item.kind,
      id: item.id,
      digest: item.digest.toString('hex'),
      leafHash: listLeaf(item).toString('hex'),
      place: at.place,
      proof: pathOf(siblings, at.place).map((hash) => hash.toString('hex')),
      batch: toBatchView(batch),
    };
  }

  private async *lines(principal: Principal, run: string): AsyncGenerator<string> {
    for (let after = '0'; ;) {
      const page = await this.desk.read(principal, (tx) => this.items.page(tx, run, after, PAGE));
      const last = page.at(-1);
      if (!last) return;
      yield page.map((item) => `${JSON.stringify(toLine(item))}\n`).join('');
      after = last.seq;
    }
  }
}

const toLine = (item: ItemRecord) => ({
  seq: Number(item.seq),
  kind: item.kind,
  id: item.id,
  since: item.since.toISOString(),
  keptUntil: item.keptUntil,
  rule: item.rule,
  digest: item.digest.toString('hex'),
  hold: item.hold,
  fate: item.fate,
  batch: item.batch,
  place: item.place,
});

const toBatchView = ({ root, destroyedAt, ...batch }: BatchRecord): DestroyedBatch => ({
  ...batch,
  root: root.toString('hex'),
  destroyedAt: destroyedAt.toISOString(),
});
