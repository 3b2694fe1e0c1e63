import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '#clock';
import { databaseNow, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { Vault } from '#vault';
import { Stopping } from '../contact/stopping.ts';
import { MERGED_ALREADY, NOTHING_LEFT, RECORD_TAKEN } from './debtor.refusals.ts';
import { DebtorChangeStore, type ChangeRecord, type DebtorRecord } from './debtor.store.ts';
import { MergingStore, type Counts } from './merging.store.ts';

/** Makes two records one, or one two, at one instant: from there on each count has one seat, and no permit counts by what was before. */
@Injectable()
export class Merging {
  constructor(
    @Inject(DebtorChangeStore) private readonly changes: DebtorChangeStore,
    @Inject(MergingStore) private readonly store: MergingStore,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(Stopping) private readonly stopping: Stopping,
  ) {}

  /** Refuses with NOT_FOUND, MERGED_ALREADY. */
  async checkMerge(tx: Tx, institutionId: string, fromId: string, intoId: string): Promise<{ from: DebtorRecord; into: DebtorRecord }> {
    const known = new Map((await this.changes.debtors(tx, institutionId, [fromId, intoId])).map((one) => [one.debtorId, one]));
    const of = (id: string, pointer: string): DebtorRecord => {
      const one = known.get(id);
      if (!one)
        throw new Refusal(NOT_FOUND, { detail: 'There is no such record here.', errors: [{ pointer, detail: 'is no record here' }] });
      if (one.mergedInto !== null) throw new Refusal(MERGED_ALREADY, { detail: `${id} goes on as ${one.mergedInto}.` });
      return one;
    };
    return { from: of(fromId, '/fromDebtorId'), into: of(intoId, '/intoDebtorId') };
  }

  /** Refuses with NOT_FOUND, MERGED_ALREADY, RECORD_TAKEN, NOTHING_LEFT, INVALID. */
  async checkSplit(
    tx: Tx,
    institutionId: string,
    debtorId: string,
    newId: string,
    caseIds: readonly string[],
  ): Promise<{ from: DebtorRecord; to: DebtorRecord | null; isNew: boolean }> {
    const known = new Map((await this.changes.debtors(tx, institutionId, [debtorId, newId])).map((one) => [one.debtorId, one]));
    const from = known.get(debtorId);
    if (!from) throw new Refusal(NOT_FOUND, { detail: 'There is no such record here.' });
    if (from.mergedInto !== null) throw new Refusal(MERGED_ALREADY, { detail: `${debtorId} goes on as ${from.mergedInto}.` });
    const to = known.get(newId) ?? null;
    if (to !== null && to.mergedInto !== debtorId)
      throw new Refusal(RECORD_TAKEN, { detail: 'Name a new id, or one that was merged into this record.' });
    const own = await this.changes.casesOf(tx, from.id);
    const foreign = caseIds.findIndex((id) => !own.includes(id));
    if (foreign >= 0) throw new Refusal(INVALID, { errors: [{ pointer: `/caseIds/${foreign}`, detail: 'is no case of this record' }] });
    if (own.length === caseIds.length) throw new Refusal(NOTHING_LEFT, { detail: 'Leave at least one case with the record.' });
    return { from, to, isNew: to === null };
  }

  /** Refuses as the checks do. */
  async carryOut(tx: Tx, institutionId: string, change: ChangeRecord): Promise<{ counts: Counts; at: Date }> {
    const { kind, fromDebtorId, toDebtorId } = change;
    await this.store.hold(tx, institutionId, [fromDebtorId, toDebtorId]);
    const at = this.clock.override ?? (await databaseNow(tx));
    if (kind === 'split') return { counts: await this.split(tx, institutionId, change), at };
    const { from, into } = await this.checkMerge(tx, institutionId, fromDebtorId, toDebtorId);
    const counts = await this.store.merge(tx, institutionId, from, into);
    // What stops contact with one record stops it for both.
    await this.stopping.revoke(tx, institutionId, await this.store.heldCases(tx, into.id, at), 'collection-stopped');
    return { counts, at };
  }

  private async split(
    tx: Tx,
    institutionId: string,
    { fromDebtorId, toDebtorId, caseIds, nameSealed, idNumberSealed }: ChangeRecord,
  ): Promise<Counts> {
    const { from, to } = await this.checkSplit(tx, institutionId, fromDebtorId, toDebtorId, caseIds);
    if (to !== null) {
      await this.store.revive(tx, to.id);
      return this.store.split(tx, institutionId, caseIds, from, to);
    }
    if (nameSealed === null) throw new Error('a split names nobody');
    const { vault } = this;
    const idNumber = idNumberSealed && vault.open(idNumberSealed, 'debtor.idNumber');
    const id = await this.store.create(tx, institutionId, {
      debtorId: toDebtorId,
      nameSealed,
      idNumberSealed,
      idNumberIndex: idNumber === null ? null : vault.index(idNumber, 'debtor.idNumber'),
      contentHash: vault.index(JSON.stringify([toDebtorId, 'split']), 'content'),
      like: from.id,
    });
    if (id === null) throw new Refusal(RECORD_TAKEN);
    return this.store.split(tx, institutionId, caseIds, from, { id, debtorId: toDebtorId });
  }
}
