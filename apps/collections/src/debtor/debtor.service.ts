import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { FORBIDDEN, INVALID, NOT_FOUND, Refusal } from '#problem';
import { Vault } from '#vault';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { ActService } from '../act/act.service.ts';
import { TaskService } from '../task/task.service.ts';
import type { ChangeListRequest, DebtorChangeView, DuplicateListView, MergeRequest, SplitRequest } from './debtor.dto.ts';
import { CHANGE_DECIDED, CHANGE_PENDING, OWN_CHANGE } from './debtor.refusals.ts';
import { DebtorChangeStore, type ChangeRecord, type NewChange } from './debtor.store.ts';
import { CHANGE_REASON, toChangeView } from './debtor.view.ts';
import { Merging } from './merging.ts';

/** What changes of records write with. */
@Injectable()
export class DebtorPens {
  constructor(
    @Inject(ActService) readonly acts: ActService,
    @Inject(TaskService) readonly tasks: TaskService,
    @Inject(Vault) readonly vault: Vault,
  ) {}
}

const taskOf = (id: string) => ({ kind: 'approve-debtor-change', resource: `debtor-change/${id}` }) as const;

/** Who is who: records of one person become one, a record of two becomes two. One person proposes, another approves. */
@Injectable()
export class DebtorService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(DebtorChangeStore) private readonly store: DebtorChangeStore,
    @Inject(Merging) private readonly merging: Merging,
    @Inject(DebtorPens) private readonly pens: DebtorPens,
  ) {}

  /** Refuses with INVALID, NOT_FOUND, MERGED_ALREADY, CHANGE_PENDING, FORBIDDEN, IDEMPOTENCY_KEY_REUSED. */
  async proposeMerge(principal: Principal, request: MergeRequest, idempotency: IdempotentRequest | null): Promise<DebtorChangeView> {
    const { fromDebtorId, intoDebtorId, reason, evidence } = request;
    if (fromDebtorId === intoDebtorId) throw invalid('/intoDebtorId', 'is the same record');
    return this.change(principal, idempotency, async (tx, at) => {
      await this.merging.checkMerge(tx, principal.institutionId, fromDebtorId, intoDebtorId);
      const nobody = { nameSealed: null, idNumberSealed: null, caseIds: [] };
      return this.propose(tx, principal, { kind: 'merge', fromDebtorId, toDebtorId: intoDebtorId, evidence, ...nobody }, reason, at);
    });
  }

  /** Refuses with INVALID, NOT_FOUND, RECORD_TAKEN, NOTHING_LEFT, CHANGE_PENDING, FORBIDDEN, IDEMPOTENCY_KEY_REUSED. */
  async proposeSplit(principal: Principal, request: SplitRequest, idempotency: IdempotentRequest | null): Promise<DebtorChangeView> {
    const { debtorId, newDebtorId, reason, evidence } = request;
    if (debtorId === newDebtorId) throw invalid('/newDebtorId', 'is the same record');
    const caseIds = [...new Set(request.caseIds)].toSorted();
    const { vault } = this.pens;
    return this.change(principal, idempotency, async (tx, at) => {
      const { isNew } = await this.merging.checkSplit(tx, principal.institutionId, debtorId, newDebtorId, caseIds);
      if (isNew && !request.name) throw invalid('/name', 'is needed for a new record');
      const nameSealed = request.name ? vault.seal(request.name, 'debtor.name') : null;
      const idNumberSealed = request.idNumber ? vault.seal(request.idNumber, 'debtor.idNumber') : null;
      const row = {
        kind: 'split',
        fromDebtorId: debtorId,
        toDebtorId: newDebtorId,
        caseIds,
        nameSealed,
        idNumberSealed,
        evidence,
      } as const;
      return this.propose(tx, principal, row, reason, at);
    });
  }

  /** Carries the change out, all of it at one instant. Refuses with NOT_FOUND, CHANGE_DECIDED, OWN_CHANGE, and as the proposing. */
  async approve(principal: Principal, id: string, idempotency: IdempotentRequest | null): Promise<DebtorChangeView> {
    const { institutionId, subject: by } = principal;
    return this.change(principal, idempotency, async (tx) => {
      const record = await this.take(tx, principal, id);
      if (record.proposedBy === by) throw new Refusal(OWN_CHANGE);
      const { counts, at } = await this.merging.carryOut(tx, institutionId, record);
      await this.store.decide(tx, record.id, { state: 'done', by, at, counts });
      await this.close(tx, principal, record, { outcome: 'approved', at });
      const action = record.kind === 'merge' ? 'debtors-merged' : 'debtor-split';
      await this.pens.acts.note(
        tx,
        principal,
        { action, resource: record.id, detail: { from: record.fromDebtorId, to: record.toDebtorId, counts } },
        at,
      );
      return record.id;
    });
  }

  /** Refuses with NOT_FOUND, CHANGE_DECIDED, FORBIDDEN, IDEMPOTENCY_KEY_REUSED. */
  async reject(principal: Principal, id: string, reason: string, idempotency: IdempotentRequest | null): Promise<DebtorChangeView> {
    return this.change(principal, idempotency, async (tx, at) => {
      const record = await this.take(tx, principal, id);
      await this.store.decide(tx, record.id, { state: 'rejected', by: principal.subject, at, counts: null });
      await this.close(tx, principal, record, { outcome: 'rejected', at });
      await this.pens.acts.note(tx, principal, { action: 'debtor-change-rejected', resource: record.id, reason }, at);
      return record.id;
    });
  }

  /** The newest first. Refuses with INVALID for a cursor that is not ours, FORBIDDEN. */
  async list(principal: Principal, { limit = 50, cursor, state, debtorId }: ChangeListRequest): Promise<Page<DebtorChangeView>> {
    const before = decodeCursor(cursor, isUuid);
    const { institutionId } = principal;
    return this.read(principal, async (tx) => {
      const records = await this.store.list(tx, { institutionId, state: state ?? null, debtorId: debtorId ?? null, before, limit });
      return toPage(
        records,
        limit,
        ({ id }) => id,
        (record) => toChangeView(record, this.pens.vault),
      );
    });
  }

  /** Records that may be one person's: they have one identity number. */
  duplicates(principal: Principal): Promise<DuplicateListView> {
    return this.read(principal, async (tx) => ({ items: await this.store.duplicates(tx, principal.institutionId) }));
  }

  private async propose(
    tx: Tx,
    principal: Principal,
    row: Omit<NewChange, 'institutionId' | 'reasonSealed' | 'by' | 'at'>,
    reason: string,
    at: Date,
  ): Promise<string> {
    const { institutionId, subject: by } = principal;
    const reasonSealed = this.pens.vault.seal(reason, CHANGE_REASON);
    const id = await this.store.propose(tx, { ...row, institutionId, reasonSealed, by, at });
    if (id === null) throw new Refusal(CHANGE_PENDING);
    const { kind, fromDebtorId: from, toDebtorId: to, evidence } = row;
    await this.pens.tasks.open(tx, institutionId, { ...taskOf(id), detail: { kind } }, at);
    await this.pens.acts.note(
      tx,
      principal,
      { action: 'debtor-change-proposed', resource: id, detail: { kind, from, to }, reason, evidence },
      at,
    );
    return id;
  }

  private async take(tx: Tx, { institutionId }: Principal, id: string): Promise<ChangeRecord> {
    const record = await this.store.lock(tx, institutionId, id);
    if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such change here.' });
    if (record.state !== 'proposed') throw new Refusal(CHANGE_DECIDED);
    return record;
  }

  private async close(
    tx: Tx,
    { institutionId, subject: by }: Principal,
    { id }: ChangeRecord,
    { outcome, at }: { outcome: string; at: Date },
  ): Promise<void> {
    await this.pens.tasks.close(tx, institutionId, taskOf(id), { by, outcome, at });
  }

  private async change(
    principal: Principal,
    idempotency: IdempotentRequest | null,
    work: (tx: Tx, at: Date) => Promise<string>,
  ): Promise<DebtorChangeView> {
    const { institutionId } = principal;
    return this.read(principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      const id = claim?.resource ?? (await work(tx, this.clock.override ?? (await databaseNow(tx))));
      if (claim === null) await rememberResource(tx, institutionId, idempotency, id);
      const record = await this.store.find(tx, institutionId, id);
      if (record === null) throw new Error('a change was not stored');
      return toChangeView(record, this.pens.vault);
    });
  }

  private async read<T>(principal: Principal, work: (tx: Tx) => Promise<T>): Promise<T> {
    if (principal.agencyId !== null) throw new Refusal(FORBIDDEN, { detail: 'Who is who is the institution’s to say.' });
    return inTransaction(this.database, principal, work);
  }
}

const invalid = (pointer: string, detail: string): Refusal => new Refusal(INVALID, { errors: [{ pointer, detail }] });
