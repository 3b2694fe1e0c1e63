import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#clock';
import { databaseNow, EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { Vault } from '#vault';
import { EntrustmentDesk, type Placed } from './entrustment.desk.ts';
import { REASON } from './entrustment.view.ts';
import { EntrustmentStore, type Moved, type ProposalRecord } from './entrustment.store.ts';
import { EntrustmentSettingStore } from './setting.store.ts';
import { Leaving } from './leaving.ts';

const HOUR_MS = 3_600_000;
const BATCH = 500;
const CLOCKWORK = 'system:entrustment';

export interface Recall {
  readonly caseUuids: readonly string[];
  /** A subject, or system:<what>. */
  readonly by: string;
  readonly reason: string;
}

export interface Notice {
  readonly toldAt: Date;
  readonly by: string;
}

/** What is given to EntrustmentDesk to keep a class small. */
@Injectable()
export class EntrustmentTables {
  constructor(
    @Inject(EntrustmentStore) readonly cases: EntrustmentStore,
    @Inject(EntrustmentSettingStore) readonly settings: EntrustmentSettingStore,
    @Inject(Leaving) readonly leaving: Leaving,
  ) {}
}

/** What other rooms do with cases of agencies: take them back, note that debtors were told. */
@Injectable()
export class EntrustmentService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(EntrustmentTables) private readonly tables: EntrustmentTables,
    @Inject(EntrustmentDesk) private readonly desk: EntrustmentDesk,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Takes cases back from whatever agencies have them, in one statement; those that no agency has stay as they are. */
  async recall(tx: Tx, institutionId: string, { caseUuids, by, reason }: Recall, at: Date): Promise<Moved[]> {
    const move = { by, cause: 'recall', reasonSealed: this.vault.seal(reason, REASON), at } as const;
    await this.tables.leaving.hold(tx, institutionId, caseUuids);
    const taken = await this.tables.cases.recall(tx, caseUuids, move);
    await this.tables.leaving.after(tx, institutionId, taken, move);
    return taken;
  }

  /** What waits of these cases; nobody else moves it until the transaction ends. */
  async pending(tx: Tx, institutionId: string, caseUuids: readonly string[]): Promise<ProposalRecord[]> {
    await this.tables.cases.lock(tx, institutionId, []);
    return this.tables.cases.pending(tx, { caseUuids });
  }

  /**
   * Notes that the debtors of cases that wait for an agency were told of the referral to it; those whose time has come with that go to it now.
   * The caller has found the proposals by `pending`.
   */
  async noteNotice(
    tx: Tx,
    institutionId: string,
    proposals: readonly ProposalRecord[],
    { toldAt, by }: Notice,
    at: Date,
  ): Promise<Placed[]> {
    if (proposals.length === 0) return [];
    const { cases, settings } = this.tables;
    const { noticeHours } = await settings.find(tx, institutionId);
    const readyAt = new Date(toldAt.getTime() + noticeHours * HOUR_MS);
    await cases.noteNotice(
      tx,
      proposals.map(({ id }) => id),
      toldAt,
      readyAt,
    );
    if (readyAt > at)
      return proposals.map(({ caseUuid, caseId, agencyId }) => ({ caseUuid, caseId, agencyId, state: 'awaiting-time', blocks: [] }));
    const told = proposals.map((proposal) => ({ ...proposal, noticeAt: toldAt, readyAt }));
    return this.complete(tx, institutionId, told, by, at);
  }

  /** Entrusts what waited for its time, of every institution. Twice at once does no harm. */
  async completeReady(): Promise<void> {
    for (let full = true; full;) full = (await this.completeSome()) === BATCH;
  }

  /** How many it found. */
  private async completeSome(): Promise<number> {
    const ready = await inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, (tx) =>
      this.tables.cases.ready(tx, this.clock.override, BATCH),
    );
    for (const [institutionId, group] of Map.groupBy(ready, (one) => one.institutionId)) {
      await inTransaction(this.database, { institutionId }, async (tx) => {
        const uuids = group.map(({ caseUuid }) => caseUuid).toSorted();
        await this.lock(tx, institutionId, group, uuids);
        const at = this.clock.override ?? (await databaseNow(tx));
        const still = (await this.tables.cases.pending(tx, { caseUuids: uuids })).filter(
          ({ readyAt }) => readyAt !== null && readyAt <= at,
        );
        await this.desk.complete(tx, institutionId, still, CLOCKWORK, at);
      });
    }
    return ready.length;
  }

  private async complete(tx: Tx, institutionId: string, proposals: readonly ProposalRecord[], by: string, at: Date): Promise<Placed[]> {
    await this.lock(
      tx,
      institutionId,
      proposals,
      proposals.map(({ caseUuid }) => caseUuid),
    );
    return this.desk.complete(tx, institutionId, proposals, by, at);
  }

  private async lock(
    tx: Tx,
    institutionId: string,
    proposals: readonly { readonly agencyId: string }[],
    caseUuids: readonly string[],
  ): Promise<void> {
    await this.tables.cases.lock(
      tx,
      institutionId,
      proposals.map(({ agencyId }) => agencyId),
    );
    await this.tables.cases.lockCases(tx, institutionId, caseUuids);
  }
}
