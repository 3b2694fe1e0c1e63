import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { FORBIDDEN, INVALID, NOT_FOUND, Refusal } from '#problem';
import { Vault } from '#vault';
import { isUuid } from '#wire';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { DeskService } from '../desk/desk.service.ts';
import { TimelineService } from '../timeline/timeline.service.ts';
import type { TimelineKind } from '../timeline/timeline.view.ts';
import type { AnswerRequest, CancellationRequest, EntryKind, ReturnRequest, TaskRequest } from './work.dto.ts';
import { COMPLAINT_OVER, TASK_STATE } from './work.refusals.ts';
import { WorkStore, type TaskRecord } from './work.store.ts';

export const TEXT = 'work_entry.text';
export const REASON = 'work_entry.reason';
/** CMP20 18: the term of the complaint. */
const TERM_SOURCE = 'CMP20 18';
const HOUR_MS = 3_600_000;
const MOST_REMIND_HOURS = 24;

/** What the rooms around lend to this one. */
@Injectable()
export class WorkDesk {
  constructor(
    @Inject(DataSource) readonly database: DataSource,
    @Inject(ReadingService) readonly reading: ReadingService,
    @Inject(TimelineService) readonly timeline: TimelineService,
    @Inject(DeskService) readonly desk: DeskService,
    @Inject(Vault) readonly vault: Vault,
  ) {}
}

interface Written {
  readonly kind: EntryKind;
  readonly text?: string | null;
  readonly outsideReason?: string | null;
  readonly dueAt?: Date | null;
}

/** Branches and agencies are asked, answer, are asked for more. The complaint goes on, whether they do or not. */
@Injectable()
export class WorkService {
  constructor(
    @Inject(WorkDesk) private readonly desk: WorkDesk,
    @Inject(WorkStore) private readonly store: WorkStore,
  ) {}

  /** Asks; the id of the task. Refuses with NOT_FOUND, RECUSED, COMPLAINT_OVER, INVALID, IDEMPOTENCY_KEY_REUSED. */
  async ask(principal: Principal, complaintId: string, request: TaskRequest, idempotency: IdempotentRequest | null): Promise<string> {
    const { institutionId, subject: by } = principal;
    return inTransaction(this.desk.database, principal, async (tx) => {
      const record = await this.desk.reading.lock(tx, principal, complaintId);
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim) return claim.resource;
      const at = await this.desk.reading.now(tx);
      if (record.closedAt !== null) throw new Refusal(COMPLAINT_OVER);
      const dueAt = dueOf(request, record, at);
      const unitId = await this.askedUnit(tx, institutionId, request);
      const agencyId = request.agencyId || null;
      const disclosed = [...new Set(request.disclosed ?? [])];
      const id = await this.store.add(tx, {
        institutionId,
        complaintId: record.id,
        unitId,
        agencyId,
        disclosed,
        by,
        at,
        dueAt,
        wakeAt: wakeOf(at, dueAt),
      });
      const task = await this.found(tx, principal, id);
      const { question: text, outsideReason } = request;
      await this.write(tx, principal, task, { kind: 'asked', text, outsideReason, dueAt }, at);
      await rememberResource(tx, institutionId, idempotency, id);
      return id;
    });
  }

  /** Of who is asked. Refuses with NOT_FOUND, FORBIDDEN, RECUSED for people of the bank, TASK_STATE, IDEMPOTENCY_KEY_REUSED. */
  async answer(principal: Principal, id: string, { text }: AnswerRequest, idempotency: IdempotentRequest | null): Promise<void> {
    await this.change(principal, id, idempotency, async (tx, task, at) => {
      if (!(await this.mayAnswer(tx, principal, task, at))) throw new Refusal(FORBIDDEN, { detail: 'Another unit is asked.' });
      expectState(task, ['open']);
      await this.store.answer(tx, task.id, at);
      await this.write(tx, principal, task, { kind: 'answered', text }, at);
    });
  }

  /** Asks for more. Refuses with NOT_FOUND, FORBIDDEN, RECUSED, TASK_STATE, INVALID, IDEMPOTENCY_KEY_REUSED. */
  async giveBack(principal: Principal, id: string, request: ReturnRequest, idempotency: IdempotentRequest | null): Promise<void> {
    await this.change(principal, id, idempotency, async (tx, task, at, record) => {
      refuseAgency(principal);
      expectState(task, ['answered']);
      const dueAt = dueOf(request, record, at);
      await this.store.reopen(tx, task.id, dueAt, wakeOf(at, dueAt));
      const { text, outsideReason } = request;
      await this.write(tx, principal, { ...task, round: task.round + 1 }, { kind: 'returned', text, outsideReason, dueAt }, at);
    });
  }

  /** The answer will do. Refuses as `giveBack`. */
  async accept(principal: Principal, id: string, idempotency: IdempotentRequest | null): Promise<void> {
    await this.change(principal, id, idempotency, async (tx, task, at) => {
      refuseAgency(principal);
      expectState(task, ['answered']);
      await this.store.settle(tx, task.id, 'accepted', at);
      await this.write(tx, principal, task, { kind: 'accepted' }, at);
    });
  }

  /** Nobody waits for it any more. Refuses as `giveBack`. */
  async cancel(principal: Principal, id: string, { reason }: CancellationRequest, idempotency: IdempotentRequest | null): Promise<void> {
    await this.change(principal, id, idempotency, async (tx, task, at) => {
      refuseAgency(principal);
      expectState(task, ['open', 'answered']);
      await this.store.settle(tx, task.id, 'cancelled', at);
      await this.write(tx, principal, task, { kind: 'cancelled', text: reason }, at);
    });
  }

  /** Whether the principal is among those who are asked. */
  async mayAnswer(tx: Tx, principal: Principal, task: TaskRecord, now: Date): Promise<boolean> {
    return (await this.answering(tx, principal, [task], now))(task);
  }

  /** The same of several tasks: who the principal is on the desk is read once. */
  async answering(
    tx: Tx,
    { institutionId, agencyId, subject }: Principal,
    tasks: readonly TaskRecord[],
    now: Date,
  ): Promise<(task: TaskRecord) => boolean> {
    if (agencyId !== null) return (task) => agencyId === task.agencyId;
    const isAsked = tasks.some(({ state, unit }) => state === 'open' && unit !== null);
    const member = isAsked ? await this.desk.desk.member(tx, institutionId, subject, now) : null;
    return ({ state, unit }) => state === 'open' && unit !== null && member !== null && member.active && member.unit === unit;
  }

  private async change(
    principal: Principal,
    id: string,
    idempotency: IdempotentRequest | null,
    work: (tx: Tx, task: TaskRecord, at: Date, record: ComplaintRecord) => Promise<void>,
  ): Promise<void> {
    const { institutionId, agencyId } = principal;
    await inTransaction(this.desk.database, principal, async (tx) => {
      const { complaintId } = await this.found(tx, principal, id);
      // An agency answers about itself as well; the bank's own people do not.
      const { reading } = this.desk;
      const record =
        agencyId === null ? await reading.lock(tx, principal, complaintId) : await reading.lockAsParty(tx, principal, complaintId);
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim) return;
      await work(tx, await this.found(tx, principal, id), await reading.now(tx), record);
      await rememberResource(tx, institutionId, idempotency, id);
    });
  }

  private async found(tx: Tx, { institutionId, agencyId }: Principal, id: string): Promise<TaskRecord> {
    const task = isUuid(id) ? await this.store.find(tx, institutionId, agencyId, id) : null;
    if (task === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such task for you.' });
    return task;
  }

  private async askedUnit(tx: Tx, institutionId: string, { unit, agencyId }: TaskRequest): Promise<string | null> {
    if (Boolean(unit) === Boolean(agencyId)) throw invalid('/unit', 'say which unit or which agency is asked: one of them');
    if (!unit) return null;
    const found = await this.desk.desk.unit(tx, institutionId, unit);
    if (found === null || found.retired) throw invalid('/unit', 'is no unit of the desk that takes tasks');
    return found.id;
  }

  /** The entry of the task and that of the complaint's timeline; what was written is in the first alone. */
  private async write(tx: Tx, { institutionId, subject: by }: Principal, task: TaskRecord, written: Written, at: Date): Promise<void> {
    const { kind, text, outsideReason, dueAt = null } = written;
    const seal = (value: string | null | undefined, context: string): Buffer | null =>
      value ? this.desk.vault.seal(value, context) : null;
    const { id: taskId, round, complaintId, unit, agencyId } = task;
    const sealed = { textSealed: seal(text, TEXT), reasonSealed: seal(outsideReason, REASON) };
    await this.store.addEntry(tx, institutionId, { taskId, round, kind, at, by, dueAt, ...sealed });
    const late = kind === 'answered' && task.dueAt < at;
    const data = { taskId, round, unit, agencyId, ...(dueAt && { dueAt: dueAt.toISOString() }), ...(late && { late }) };
    const timelineKind: TimelineKind = `task-${kind}`;
    await this.desk.timeline.add(tx, institutionId, [{ complaintId, at, kind: timelineKind, actor: by, data }]);
  }
}

const invalid = (pointer: string, detail: string, source?: string): Refusal =>
  new Refusal(INVALID, { errors: [{ pointer, detail, ...(source && { source }) }] });

function expectState(task: TaskRecord, states: readonly TaskRecord['state'][]): void {
  if (!states.includes(task.state)) throw new Refusal(TASK_STATE, { detail: `The task is ${task.state}.` });
}

function refuseAgency({ agencyId }: Principal): void {
  if (agencyId !== null) throw new Refusal(FORBIDDEN, { detail: 'Who is asked answers; the bank says what is enough.' });
}

function dueOf({ dueAt, outsideReason }: Pick<TaskRequest, 'dueAt' | 'outsideReason'>, record: ComplaintRecord, now: Date): Date {
  const due = new Date(dueAt);
  if (due <= now) throw invalid('/dueAt', 'must be in the future');
  if (due > record.dueAt && !outsideReason)
    throw invalid(
      '/dueAt',
      `must be before the complaint is due, ${record.dueAt.toISOString()}, or say in outsideReason why not`,
      TERM_SOURCE,
    );
  return due;
}

/** A reminder a quarter of the time before it is due, a day at most. */
const wakeOf = (now: Date, due: Date): Date =>
  new Date(due.getTime() - Math.min(MOST_REMIND_HOURS * HOUR_MS, (due.getTime() - now.getTime()) / 4));
