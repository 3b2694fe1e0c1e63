import { Inject, Injectable } from '@nestjs/common';
import type { Principal, Role } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { inTransaction, type Tx } from '#pg';
import { FORBIDDEN, INVALID, NOT_FOUND, Refusal } from '#problem';
import { decodeCursor, isInstant, isUuid, toPage } from '#wire';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { maskText, openData } from '../complaint/sealing.ts';
import { disclose, maskDisclosure } from './disclosure.ts';
import type { CooperationRequest, CooperationView, TaskEntryView, TaskList, TaskListRequest, TaskPage, TaskView } from './work.dto.ts';
import { REASON, TEXT, WorkDesk, WorkService } from './work.service.ts';
import { WorkStore, type EntryRecord, type TaskRecord } from './work.store.ts';
import { WorkSweepStore, type Cooperation } from './work-sweep.store.ts';

const DEFAULT_LIMIT = 50;
const SUPERVISES: readonly Role[] = ['complaint-supervisor', 'head-office-approver', 'compliance', 'regulator', 'admin'];
const isKey = (key: string): boolean => {
  const [dueAt = '', id = ''] = key.split('|');
  return isInstant(dueAt) && isUuid(id);
};

/** Tasks as their readers may see them: the bank's whole, an agency's what was disclosed to it. */
@Injectable()
export class WorkReadingService {
  constructor(
    @Inject(WorkDesk) private readonly desk: WorkDesk,
    @Inject(WorkService) private readonly work: WorkService,
    @Inject(WorkStore) private readonly store: WorkStore,
    @Inject(WorkSweepStore) private readonly counts: WorkSweepStore,
  ) {}

  /** Refuses with NOT_FOUND, also for another agency's. */
  async find(principal: Principal, id: string, requestId: string): Promise<TaskView> {
    const { institutionId, agencyId } = principal;
    return inTransaction(this.desk.database, principal, async (tx) => {
      const task = isUuid(id) ? await this.store.find(tx, institutionId, agencyId, id) : null;
      const [view] = task ? await this.show(tx, principal, [task], requestId) : [];
      if (!view) throw new Refusal(NOT_FOUND, { detail: 'There is no such task for you.' });
      return view;
    });
  }

  /** Of a complaint, for the bank. Refuses with NOT_FOUND. */
  async ofComplaint(principal: Principal, complaintId: string, requestId: string): Promise<TaskList> {
    if (principal.agencyId !== null) throw new Refusal(NOT_FOUND, { detail: 'There is no such complaint here.' });
    return inTransaction(this.desk.database, principal, async (tx) => {
      const record = await this.desk.reading.find(tx, principal, complaintId);
      return { items: await this.show(tx, principal, await this.store.ofComplaint(tx, record.id), requestId) };
    });
  }

  /** Mine: of my agency; of my unit and what I asked; everybody's for who supervises. Refuses with FORBIDDEN, and INVALID for a cursor that is not ours. */
  async list(principal: Principal, request: TaskListRequest, requestId: string): Promise<TaskPage> {
    const { institutionId, agencyId, subject, roles } = principal;
    const limit = request.limit ?? DEFAULT_LIMIT;
    const key = decodeCursor(request.cursor, isKey);
    const [dueAt = '', id = ''] = key?.split('|') ?? [];
    const all = request.all ?? false;
    if (all && agencyId === null && !roles.some((role) => SUPERVISES.includes(role)))
      throw new Refusal(FORBIDDEN, { detail: 'Everybody’s tasks are for who supervises.' });
    return inTransaction(this.desk.database, principal, async (tx) => {
      const now = await this.desk.reading.now(tx);
      const unit = agencyId === null ? ((await this.desk.desk.unitOf(tx, institutionId, subject))?.code ?? null) : null;
      const after = key === null ? null : ([dueAt, id] as const);
      const filter = {
        institutionId,
        agencyId,
        unit,
        subject,
        all,
        state: request.state ?? null,
        overdue: request.overdue ?? false,
        now,
        after,
        limit,
      };
      const page = toPage(
        await this.store.list(tx, filter),
        limit,
        (task) => `${task.dueAt.toISOString()}|${task.id}`,
        (task) => task,
      );
      return { items: await this.show(tx, principal, page.items, requestId), nextCursor: page.nextCursor };
    });
  }

  /** CMP20 10: partners must cooperate, and how they do is counted. Refuses with INVALID for days that do not follow each other. */
  async cooperationOf(principal: Principal, { from, to }: CooperationRequest): Promise<CooperationView> {
    if (to < from) throw new Refusal(INVALID, { errors: [{ pointer: '/to', detail: 'must not be before `from`' }] });
    return inTransaction(this.desk.database, principal, async (tx) => {
      const all = await this.cooperation(tx, principal.institutionId, { from, to });
      return { items: all.filter(({ agencyId }) => principal.agencyId === null || agencyId === principal.agencyId) };
    });
  }

  /** By agency and unit, for other rooms. */
  async cooperation(tx: Tx, institutionId: string, period: { readonly from: string; readonly to: string }): Promise<Cooperation[]> {
    const rows = await this.counts.cooperation(tx, institutionId, {
      ...period,
      zone: DEFAULT_TIME_ZONE,
      now: await this.desk.reading.now(tx),
    });
    return rows.map((row) => ({ ...row, medianHours: row.medianHours === null ? null : Math.round(row.medianHours * 10) / 10 }));
  }

  private async show(tx: Tx, principal: Principal, tasks: readonly TaskRecord[], requestId: string): Promise<TaskView[]> {
    const now = await this.desk.reading.now(tx);
    const reading = this.desk.reading.readingOf(principal, now);
    const entries = await this.store.entries(
      tx,
      tasks.map(({ id }) => id),
    );
    const records = await this.desk.reading.findAll(
      tx,
      principal,
      tasks.map(({ complaintId }) => complaintId),
    );
    const isAsked = await this.work.answering(tx, principal, tasks, now);
    const views = tasks.flatMap((task) => {
      const record = records.get(task.complaintId);
      if (!record) return [];
      const mayAnswer = task.state === 'open' && isAsked(task);
      // Who is asked sees what was disclosed to him as it is; the rest of the bank as its role has it.
      const isMasked = reading.masked && !mayAnswer && principal.agencyId === null;
      const own = entries.filter(({ taskId }) => taskId === task.id);
      return [this.toView(task, own, record, { mayAnswer, isMasked, isOfBank: principal.agencyId === null, now })];
    });
    // An agency's people are no readers of complaints, but what is disclosed to them they read.
    const shown = principal.agencyId === null ? reading : { ...reading, masked: false };
    await this.desk.reading.noteRead(
      tx,
      principal,
      shown,
      [...records.keys()],
      ['task', ...new Set(tasks.flatMap(({ disclosed }) => disclosed))],
      requestId,
    );
    return views;
  }

  private toView(
    task: TaskRecord,
    entries: readonly EntryRecord[],
    record: ComplaintRecord,
    { mayAnswer, isMasked, isOfBank, now }: { mayAnswer: boolean; isMasked: boolean; isOfBank: boolean; now: Date },
  ): TaskView {
    const { vault } = this.desk;
    const zone = Zone.of(record.timeZone);
    const instant = (at: Date): string => zone.format(at.getTime());
    const known = isMasked ? openData(vault, record) : null;
    const open = (sealed: Buffer | null, context: string): string | null => {
      const text = sealed && vault.open(sealed, context);
      return text && known ? maskText(text, known) : text;
    };
    const toEntry = ({ round, kind, at, by, dueAt, textSealed, reasonSealed }: EntryRecord): TaskEntryView => ({
      round,
      kind,
      at: instant(at),
      by,
      dueAt: dueAt && instant(dueAt),
      text: open(textSealed, TEXT),
      outsideReason: isOfBank ? open(reasonSealed, REASON) : null,
    });
    const shown = disclose(vault, record, task.disclosed);
    const { id, complaintId, unit, agencyId, state, round, askedBy, disclosed } = task;
    return {
      id,
      complaintId,
      complaintNumber: record.number,
      unit,
      agencyId,
      state,
      round,
      askedBy,
      askedAt: instant(task.askedAt),
      dueAt: instant(task.dueAt),
      overdue: state === 'open' && task.dueAt <= now,
      answeredAt: task.answeredAt && instant(task.answeredAt),
      disclosed,
      shown: isMasked ? maskDisclosure(shown, record, vault) : shown,
      entries: entries.map(toEntry),
      mayAnswer,
    };
  }
}
