import { Inject, Injectable } from '@nestjs/common';
import { Frontier } from '#evidence';
import type { Tx } from '#pg';
import type { Run } from '#runs';
import { ItemStore } from './item.store.ts';
import { winnerOf, type KeptKind } from './kind.ts';
import { listLeaf } from './list-tree.ts';
import type { KindResult } from './run.dto.ts';
import type { DryRunSummary, RunRecord } from './run.store.ts';
import { RuleStore } from './rule.store.ts';
import type { Term } from './terms.ts';

const LIST_BATCH = 2000;

/** Makes the list of a dry run. */
@Injectable()
export class Lists {
  constructor(
    @Inject(ItemStore) private readonly items: ItemStore,
    @Inject(RuleStore) private readonly rules: RuleStore,
  ) {}

  async make(run: Run, record: RunRecord, kinds: readonly KeptKind[]): Promise<DryRunSummary> {
    const { institutionId } = run;
    const own = await run.write((tx) => this.rules.ownYears(tx, institutionId));
    const found: KindResult[] = [];
    for (const [done, kind] of kinds.entries()) {
      run.progress(done, kinds.length);
      const { id: ruleId, years } = winnerOf(kind, own.get(kind.kind) ?? null);
      const term: Term = { ruleId, years, timeZone: record.timeZone, asOf: record.asOf };
      let last: string | null = '';
      while (last !== null) last = await run.write((tx) => this.items.listDue(tx, institutionId, run.id, kind, term, LIST_BATCH));
      found.push(await run.write((tx) => this.result(tx, run, kind, term)));
    }
    run.progress(kinds.length, kinds.length);
    const { root, size } = await this.root(run);
    return { listRoot: root.toString('hex'), due: size, found };
  }

  private async result(tx: Tx, run: Run, kind: KeptKind, term: Term): Promise<KindResult> {
    const { oldest, ...counted } = await this.items.counted(tx, run.id, kind.kind);
    const running = await this.items.running(tx, run.institutionId, kind, term);
    return { kind: kind.kind, rule: term.ruleId, years: term.years, ...counted, running, oldest: oldest?.toISOString() ?? null };
  }

  /** Over what is due, in the order of the list. */
  private async root(run: Run): Promise<Frontier> {
    const tree = new Frontier();
    for (let after = '0'; ;) {
      const page = await run.write((tx) => this.items.page(tx, run.id, after, LIST_BATCH));
      for (const item of page) if (item.hold === null) tree.add(listLeaf(item));
      const last = page.at(-1);
      if (!last || page.length < LIST_BATCH) return tree;
      after = last.seq;
    }
  }
}
