import { Inject, Injectable } from '@nestjs/common';
import { append, destroySubjectKeys } from '#evidence-log';
import type { Tx } from '#pg';
import { RunFailure, type Run } from '#runs';
import { BatchStore } from './batch.store.ts';
import { ItemStore, type ItemFate, type ItemRecord, type Standing } from './item.store.ts';
import { RETENTION_KINDS, winnerOf, type KeptKind, type RetentionKinds } from './kind.ts';
import { rootOf } from './list-tree.ts';
import { RetentionDesk, throughGate } from './retention.desk.ts';
import type { DestroyedKind, Fate } from './run.dto.ts';
import type { RunRecord } from './run.store.ts';
import { RuleStore } from './rule.store.ts';

const BATCH = 200;

/** What becomes of a record that was due when it was looked at. */
export function fateOf({ digest }: ItemRecord, now: Standing | undefined, asOf: string): Fate {
  if (!now?.digest.equals(digest)) return 'changed';
  if (now.hold !== null) return 'held';
  return now.keptUntil < asOf ? 'destroyed' : 'kept';
}

@Injectable()
export class DestructionStores {
  constructor(
    @Inject(ItemStore) readonly items: ItemStore,
    @Inject(BatchStore) readonly batches: BatchStore,
    @Inject(RuleStore) readonly rules: RuleStore,
  ) {}
}

/** Destroys what was approved, a batch a transaction, each with its proof. */
@Injectable()
export class Destroyer {
  constructor(
    @Inject(RetentionDesk) private readonly desk: RetentionDesk,
    @Inject(DestructionStores) private readonly stores: DestructionStores,
    @Inject(RETENTION_KINDS) private readonly of: RetentionKinds,
  ) {}

  /** The next batch; false when there is none. Holds and rules count as they are now: none is set between the look and the destruction. */
  async batch(run: Run, looked: RunRecord): Promise<boolean> {
    return run.write(async (tx) => {
      const { institutionId } = run;
      await throughGate(tx, institutionId);
      const waiting = await this.stores.items.next(tx, looked.id, BATCH);
      const [first] = waiting;
      if (!first) return false;
      const kind = this.of.kinds.find((one) => one.kind === first.kind);
      if (!kind) throw new RunFailure({ code: 'unknown-kind', detail: `This version knows no ${first.kind}.` });
      const items = waiting.filter((item) => item.kind === kind.kind);
      const fates = await this.judged(tx, institutionId, kind, looked, items);
      const going = fates.filter(({ fate }) => fate === 'destroyed');
      const batch = going.length === 0 ? null : await this.destroy(tx, run, kind, going);
      let place = 0;
      await this.stores.items.settle(
        tx,
        looked.id,
        fates.map(({ item, fate }): ItemFate => {
          const isGone = fate === 'destroyed';
          return { seq: item.seq, fate, batch: isGone ? batch : null, place: isGone ? place++ : null };
        }),
      );
      const { done, total } = await this.stores.items.progress(tx, looked.id);
      run.progress(done, total);
      return true;
    });
  }

  async result(tx: Tx, dryRun: string): Promise<{ readonly destroyed: readonly DestroyedKind[] }> {
    return { destroyed: await this.stores.items.fates(tx, dryRun) };
  }

  private async judged(tx: Tx, institutionId: string, kind: KeptKind, { timeZone, asOf }: RunRecord, items: readonly ItemRecord[]) {
    const ids = items.map(({ id }) => id);
    await tx.query(kind.lock, [ids]);
    const { id: ruleId, years } = winnerOf(kind, (await this.stores.rules.ownYears(tx, institutionId)).get(kind.kind) ?? null);
    const standings = await this.stores.items.standings(tx, institutionId, kind, { ruleId, years, timeZone, asOf }, ids);
    const now = new Map(standings.map((standing) => [standing.id, standing]));
    return items.map((item) => ({ item, rule: now.get(item.id)?.rule ?? item.rule, fate: fateOf(item, now.get(item.id), asOf) }));
  }

  private async destroy(
    tx: Tx,
    { institutionId, id: run }: Run,
    kind: KeptKind,
    going: readonly { readonly item: ItemRecord; readonly rule: string }[],
  ): Promise<number> {
    const ids = going.map(({ item }) => item.id);
    const at = await this.desk.now(tx);
    const subjects = kind.evidenceSubjects ? await tx.query<{ subject: string }>(kind.evidenceSubjects, [institutionId, ids]) : [];
    // Lets this transaction, and no other, take away what else refuses to go.
    await tx.query(`select set_config('app.destruction', $1, true)`, [run]);
    await kind.destroy(tx, { institutionId, ids, vault: this.desk.vault });
    await tx.query(`select set_config('app.destruction', '', true)`);
    const keysDestroyed =
      subjects.length === 0 ? 0 : await destroySubjectKeys(tx, institutionId, ...subjects.map(({ subject }) => subject));
    const n = await this.stores.batches.nextNumber(tx, run);
    const root = rootOf(going.map(({ item }) => item));
    const rules: Record<string, number> = {};
    for (const { rule } of going) rules[rule] = (rules[rule] ?? 0) + 1;
    const batch = { n, kind: kind.kind, count: going.length, root, rules, keysDestroyed, destroyedAt: at };
    await this.stores.batches.insert(tx, institutionId, run, batch);
    const body = { run, batch: n, kind: kind.kind, count: going.length, root: root.toString('hex'), rules, keysDestroyed };
    await append(tx, institutionId, [{ kind: 'records-destroyed', actor: 'retention', body }]);
    return n;
  }
}
