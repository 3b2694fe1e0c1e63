import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import type { Calendar } from '#clock-rules';
import { Zone } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { INVALID, Refusal } from '#problem';
import { Vault } from '#vault';
import { traitsOf, type Traits } from '../classification/traits.ts';
import { sharedCalendars } from '../calendar/stored-calendars.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { HANDLED_BY_OTHER } from '../complaint/complaint.refusals.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { isMajor, majorAmong } from '../major/major-among.ts';
import { maskText, openData } from '../complaint/sealing.ts';
import { TimelineService } from '../timeline/timeline.service.ts';
import type { StageEntryView, StageMoveRequest, StageState, StageTrack } from './stage.dto.ts';
import { SAME_STAGE, STAGE_CLOSED } from './stage.refusals.ts';
import { StageStore, type Beginning, type EntryRecord, type LimitsRecord, type NewEntry } from './stage.store.ts';
import {
  baseDue,
  countAgain,
  DEFAULT_LIMITS,
  DEFAULT_SEVERE_CAUSES,
  limitFor,
  remindHours,
  STAGE_COUNTRY,
  STAGES,
  weigh,
  type Stage,
} from './stages.ts';

const NOTE = 'stage_entry.note';
const SYSTEM = 'system';

export const PRODUCT_LIMITS: LimitsRecord = {
  version: 0,
  limits: DEFAULT_LIMITS,
  severeCauses: DEFAULT_SEVERE_CAUSES,
  setBy: null,
  setAt: null,
};

/** The stages of a complaint inside its term, each with the time that it may take. */
@Injectable()
export class StageService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(StageStore) private readonly store: StageStore,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(TimelineService) private readonly timeline: TimelineService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Begins the first stage of open complaints that have none; doing it again changes nothing. */
  async begin(institutionId: string, ids: readonly string[]): Promise<number> {
    return inTransaction(this.database, { institutionId }, (tx) => this.beginIn(tx, institutionId, ids));
  }

  /**
   * Gives the open stage the limit of what its complaint is now, of the version of limits that it was entered by; doing it again changes nothing. Says so in
   * the timeline where its time becomes another.
   */
  async reweigh(institutionId: string, complaintId: string): Promise<boolean> {
    return inTransaction(this.database, { institutionId }, async (tx) => {
      const entry = await this.store.openEntry(tx, institutionId, complaintId);
      if (entry === null) return false;
      const limits = (await this.store.limitsOf(tx, institutionId, entry.limitVersion)) ?? PRODUCT_LIMITS;
      const classified = (await traitsOf(tx, [complaintId])).get(complaintId);
      const { areas, severity } = weigh({ ...entry, isMajor: await isMajor(tx, complaintId) }, classified, limits.severeCauses);
      const limit = limitFor(limits.limits, entry.stage, areas, severity);
      if (limit.amount === entry.amount && limit.unit === entry.unit) return false;
      const now = await this.reading.now(tx);
      const zone = Zone.of(entry.timeZone);
      const calendar = await this.calendar(tx, institutionId);
      const again = countAgain(entry, limit, (from) => baseDue(from, limit, zone, calendar), now);
      const { amount, unit } = limit;
      await this.store.relimit(tx, entry.id, { ...again, amount, unit, remindHours: remindHours(limit), at: now });
      const data = { stage: entry.stage, severity, amount, unit, before: { amount: entry.amount, unit: entry.unit } };
      await this.timeline.add(tx, institutionId, [{ complaintId, at: now, kind: 'stage-limited', actor: SYSTEM, data }]);
      return true;
    });
  }

  /** Refuses with NOT_FOUND. */
  async track(principal: Principal, id: string, requestId: string): Promise<StageTrack> {
    return inTransaction(this.database, principal, async (tx) =>
      this.show(tx, principal, await this.reading.find(tx, principal, id), requestId),
    );
  }

  /**
   * Ends the stage that the complaint is at and enters another, or none. Refuses with NOT_FOUND, RECUSED, HANDLED_BY_OTHER for who neither handles nor
   * supervises, STAGE_CLOSED, SAME_STAGE, IDEMPOTENCY_KEY_REUSED, and with INVALID where a note is wanting.
   */
  async move(
    principal: Principal,
    id: string,
    request: StageMoveRequest,
    idempotency: IdempotentRequest | null,
    requestId: string,
  ): Promise<StageTrack> {
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const record = await this.reading.lock(tx, principal, id);
      refuseStranger(principal, record);
      const claim = await claimKey(tx, institutionId, idempotency);
      if (!claim) {
        await this.write(tx, principal, record, request);
        await rememberResource(tx, institutionId, idempotency, record.id);
      }
      return this.show(tx, principal, record, requestId);
    });
  }

  private async write(tx: Tx, { subject }: Principal, record: ComplaintRecord, { to, note }: StageMoveRequest): Promise<void> {
    if (record.closedAt !== null || record.decidedAt !== null) throw new Refusal(STAGE_CLOSED);
    const now = await this.reading.now(tx);
    await this.beginIn(tx, record.institutionId, [record.id]);
    const entries = await this.store.entries(tx, record.id);
    const open = entries.find(({ doneAt }) => doneAt === null) ?? null;
    const from = open?.stage ?? 'done';
    if (from === to) throw new Refusal(SAME_STAGE, { detail: `It is at ${to}.` });
    if (to !== nextOf(from) && !note)
      throw new Refusal(INVALID, { errors: [{ pointer: '/note', detail: `say why it goes from ${from} to ${to}` }] });
    if (open) await this.store.finish(tx, open.id, { at: now, by: subject, dueAt: open.dueAt, handler: record.handler });
    const noteSealed = note ? this.vault.seal(note, NOTE) : null;
    if (to !== 'done') {
      const limits = await this.limits(tx, record.institutionId);
      const calendar = await this.calendar(tx, record.institutionId);
      const classified = (await traitsOf(tx, [record.id])).get(record.id);
      const given = { seq: (entries.at(-1)?.seq ?? 0) + 1, stage: to, at: now, by: subject, noteSealed };
      await this.store.add(tx, record.institutionId, [
        toEntry({ limits, calendar }, { ...record, isMajor: await isMajor(tx, record.id) }, classified, given),
      ]);
    }
    const late = open !== null && open.dueAt < now;
    await this.timeline.add(tx, record.institutionId, [
      { complaintId: record.id, at: now, kind: 'stage-entered', actor: subject, data: { from, stage: to, late } },
    ]);
  }

  private async beginIn(tx: Tx, institutionId: string, ids: readonly string[]): Promise<number> {
    const beginnings = await this.store.beginnings(tx, institutionId, ids);
    if (beginnings.length === 0) return 0;
    const limits = await this.limits(tx, institutionId);
    const first = { seq: 1, stage: STAGES[0], by: SYSTEM, noteSealed: null };
    const calendar = await this.calendar(tx, institutionId);
    const begun = beginnings.map(({ id }) => id);
    const known = await traitsOf(tx, begun);
    const major = await majorAmong(tx, begun);
    const entries = beginnings.map((complaint) =>
      toEntry({ limits, calendar }, { ...complaint, isMajor: major.has(complaint.id) }, known.get(complaint.id), {
        ...first,
        at: complaint.registeredAt,
      }),
    );
    await this.store.add(tx, institutionId, entries);
    return entries.length;
  }

  private async calendar(tx: Tx, institutionId: string): Promise<Calendar> {
    return (await sharedCalendars(tx, institutionId)).of(STAGE_COUNTRY);
  }

  private async limits(tx: Tx, institutionId: string): Promise<LimitsRecord> {
    return (await this.store.limits(tx, institutionId))[0] ?? PRODUCT_LIMITS;
  }

  private async show(tx: Tx, principal: Principal, record: ComplaintRecord, requestId: string): Promise<StageTrack> {
    const now = await this.reading.now(tx);
    const reading = this.reading.readingOf(principal, now);
    const entries = await this.store.entries(tx, record.id);
    const known = reading.masked ? openData(this.vault, record) : null;
    const open = (sealed: Buffer): string => {
      const text = this.vault.open(sealed, NOTE);
      return known === null ? text : maskText(text, known);
    };
    const hasNotes = entries.some(({ noteSealed }) => noteSealed !== null);
    if (hasNotes) await this.reading.noteRead(tx, principal, reading, [record.id], ['stage-notes'], requestId);
    const { severeCauses } = await this.limits(tx, record.institutionId);
    const complaint = { ...record, isMajor: await isMajor(tx, record.id) };
    const { severity } = weigh(complaint, (await traitsOf(tx, [record.id])).get(record.id), severeCauses);
    return { severity, entries: entries.map((entry) => toView(entry, record, now, open)) };
  }
}

type Of = Pick<Beginning, 'id' | 'timeZone' | 'category' | 'groupSize' | 'dueOn'> & { readonly isMajor: boolean };

function toEntry(
  { limits: { version, limits, severeCauses }, calendar }: { readonly limits: LimitsRecord; readonly calendar: Calendar },
  complaint: Of,
  classified: Traits | undefined,
  { at, by, ...given }: Pick<NewEntry, 'seq' | 'stage' | 'noteSealed'> & { readonly at: Date; readonly by: string },
): NewEntry {
  const { areas, severity } = weigh(complaint, classified, severeCauses);
  const limit = limitFor(limits, given.stage, areas, severity);
  return {
    ...given,
    complaintId: complaint.id,
    limitVersion: version,
    amount: limit.amount,
    unit: limit.unit,
    enteredAt: at,
    enteredBy: by,
    baseDueAt: baseDue(at, limit, Zone.of(complaint.timeZone), calendar),
    remindHours: remindHours(limit),
    termDueOn: complaint.dueOn,
  };
}

function refuseStranger({ subject, roles }: Principal, { handler }: ComplaintRecord): void {
  if (handler === subject || roles.includes('complaint-supervisor')) return;
  throw new Refusal(HANDLED_BY_OTHER, { detail: handler === null ? 'Nobody handles it yet: take it first.' : `${handler} handles it.` });
}

function nextOf(stage: Stage | 'done'): Stage | 'done' {
  if (stage === 'done') return 'done';
  return STAGES[STAGES.indexOf(stage) + 1] ?? 'done';
}

function stateOf({ dueAt, doneAt }: EntryRecord, { state }: ComplaintRecord, now: Date): StageState {
  if (doneAt !== null) return doneAt <= dueAt ? 'done' : 'late';
  if (state === 'paused') return 'paused';
  return dueAt <= now ? 'overdue' : 'open';
}

function toView(entry: EntryRecord, record: ComplaintRecord, now: Date, open: (sealed: Buffer) => string): StageEntryView {
  const zone = Zone.of(record.timeZone);
  const instant = (at: Date): string => zone.format(at.getTime());
  const { seq, stage, amount, unit, enteredBy, doneBy, handler, noteSealed } = entry;
  return {
    seq,
    stage,
    state: stateOf(entry, record, now),
    amount,
    unit,
    enteredAt: instant(entry.enteredAt),
    enteredBy,
    dueAt: instant(entry.dueAt),
    doneAt: entry.doneAt && instant(entry.doneAt),
    doneBy,
    handler,
    note: noteSealed && open(noteSealed),
  };
}
