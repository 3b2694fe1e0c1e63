import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { CONFLICT, INVALID, NOT_FOUND, Refusal, type RefusalKind } from '#problem';
import { decodeCursor, isUuid, toPage, type Page, type PageRequest } from '#wire';
import { REPORT_KINDS, type ReportKinds } from '../report-kind.ts';
import { inOrder, refuseAgency } from '../report.service.ts';
import { ZONE } from '../scope.ts';
import type { ChangeReportScheduleRequest, ReportScheduleView, ResumeReportScheduleRequest, ScheduleRequest } from './schedule.dto.ts';
import { localDate, periodAround, runAt } from './schedule.periods.ts';
import { ScheduleStore, type ScheduleChange, type ScheduleRecord } from './schedule.store.ts';

const EXISTS: RefusalKind = { ...CONFLICT, code: 'report-schedule-exists', title: 'There is a schedule for this report already' };
const WRONG_STATE: RefusalKind = { ...CONFLICT, code: 'report-schedule-state', title: 'The schedule is not in the state for this' };

/** The schedules of an institution. A kind that has one is no longer reported on by itself. */
@Injectable()
export class ScheduleService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(ScheduleStore) private readonly store: ScheduleStore,
    @Inject(REPORT_KINDS) private readonly kinds: ReportKinds,
  ) {}

  /** Begins with the period in which it is made. Refuses with FORBIDDEN, INVALID, EXISTS, IDEMPOTENCY_KEY_REUSED. */
  async create(principal: Principal, request: ScheduleRequest, idempotency: IdempotentRequest | null): Promise<ReportScheduleView> {
    refuseAgency(principal);
    if (this.kinds.get(request.kind)?.about)
      throw new Refusal(INVALID, { errors: [{ pointer: '/kind', detail: 'is about one case: it is made when it is asked for' }] });
    const { institutionId, subject: by } = principal;
    const { kind, frequency, audience = 'internal', language = 'zh', timeZone = ZONE, delayDays = 0 } = request;
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      const seen = claim && (await this.store.find(tx, institutionId, claim.resource));
      if (seen) return toView(seen);
      const now = await this.now(tx);
      const next = periodAround(frequency, localDate(now, timeZone));
      const order = { kind, frequency, audience, language, formats: inOrder(request.formats), timeZone, delayDays };
      const created = await this.store.insert(tx, institutionId, order, next, { runAt: runAt(next, delayDays, timeZone), by, now });
      if (created === null) throw new Refusal(EXISTS, { detail: 'Change that one, or end it first.' });
      await rememberResource(tx, institutionId, idempotency, created.id);
      return toView(created);
    });
  }

  /** Refuses with FORBIDDEN, INVALID (a cursor that is none). */
  async list(principal: Principal, { limit = 50, cursor }: PageRequest): Promise<Page<ReportScheduleView>> {
    refuseAgency(principal);
    const before = decodeCursor(cursor, isUuid);
    const rows = await inTransaction(this.database, principal, (tx) => this.store.list(tx, principal.institutionId, before, limit + 1));
    return toPage(rows, limit, ({ id }) => id, toView);
  }

  /** Refuses with FORBIDDEN, NOT_FOUND. */
  async find(principal: Principal, id: string): Promise<ReportScheduleView> {
    refuseAgency(principal);
    return inTransaction(this.database, principal, async (tx) => toView(await this.record(tx, principal, id)));
  }

  /** The next period stays; when it is made may change. Refuses with FORBIDDEN, NOT_FOUND. */
  change(principal: Principal, id: string, request: ChangeReportScheduleRequest): Promise<ReportScheduleView> {
    return this.write(principal, id, (record) => ({
      language: request.language ?? record.language,
      formats: request.formats ? inOrder(request.formats) : record.formats,
      timeZone: request.timeZone ?? record.timeZone,
      delayDays: request.delayDays ?? record.delayDays,
    }));
  }

  /** Refuses with FORBIDDEN, NOT_FOUND, WRONG_STATE. */
  pause(principal: Principal, id: string): Promise<ReportScheduleView> {
    return this.write(principal, id, ({ pausedAt }, now) => {
      if (pausedAt !== null) throw new Refusal(WRONG_STATE, { detail: 'It is paused.' });
      return { pausedAt: now };
    });
  }

  /** Goes on with the period of the day, or with the one at which it was paused. Refuses with FORBIDDEN, NOT_FOUND, WRONG_STATE. */
  resume(principal: Principal, id: string, { makeUp = false }: ResumeReportScheduleRequest): Promise<ReportScheduleView> {
    return this.write(principal, id, ({ pausedAt, frequency, timeZone, nextFrom, nextTo }, now) => {
      if (pausedAt === null) throw new Refusal(WRONG_STATE, { detail: 'It is not paused.' });
      const paused = { from: nextFrom, to: nextTo };
      const current = periodAround(frequency, localDate(now, timeZone));
      return { pausedAt: null, next: makeUp || paused.from > current.from ? paused : current };
    });
  }

  /** Ends it; the kind is not reported on by itself again. Refuses with FORBIDDEN, NOT_FOUND. */
  async end(principal: Principal, id: string): Promise<ReportScheduleView> {
    refuseAgency(principal);
    return inTransaction(this.database, principal, async (tx) => {
      const record = await this.record(tx, principal, id, true);
      await this.store.end(tx, id, principal.subject, await this.now(tx));
      return toView(record);
    });
  }

  private write(
    principal: Principal,
    id: string,
    decide: (record: ScheduleRecord, now: Date) => Partial<ScheduleChange>,
  ): Promise<ReportScheduleView> {
    refuseAgency(principal);
    return inTransaction(this.database, principal, async (tx) => {
      const record = await this.record(tx, principal, id, true);
      const now = await this.now(tx);
      const { nextFrom, nextTo, language, formats, timeZone, delayDays, pausedAt } = record;
      const next = { from: nextFrom, to: nextTo };
      const changed = { language, formats, timeZone, delayDays, pausedAt, next, by: principal.subject, now, ...decide(record, now) };
      await this.store.change(tx, id, { ...changed, nextRunAt: runAt(changed.next, changed.delayDays, changed.timeZone) });
      return toView(await this.record(tx, principal, id));
    });
  }

  private async record(tx: Tx, { institutionId }: Principal, id: string, hold = false): Promise<ScheduleRecord> {
    const record = isUuid(id) ? await this.store.find(tx, institutionId, id, hold) : null;
    if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such schedule here.' });
    return record;
  }

  private async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? (await databaseNow(tx));
  }
}

function toView(record: ScheduleRecord): ReportScheduleView {
  const { id, kind, frequency, audience, language, formats, timeZone, delayDays, nextFrom, nextTo, nextRunAt, pausedAt } = record;
  const next = { nextPeriod: { from: nextFrom, to: nextTo }, nextRunAt: pausedAt === null ? nextRunAt.toISOString() : null };
  const by = { createdBy: record.createdBy, createdAt: record.createdAt.toISOString() };
  const changed = { changedBy: record.changedBy, changedAt: record.changedAt.toISOString() };
  return {
    id,
    kind,
    frequency,
    audience,
    language,
    formats,
    timeZone,
    delayDays,
    pausedAt: pausedAt?.toISOString() ?? null,
    ...next,
    ...by,
    ...changed,
  };
}
