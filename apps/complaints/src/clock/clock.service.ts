import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { evaluateClock, workingDaysAfter } from '#clock-rules';
import { DEFAULT_TIME_ZONE, type Language } from '#contact-rules';
import { inTransaction } from '#pg';
import { INVALID, Refusal } from '#problem';
import { isLocalDate } from '#wire';
import { calendarsFor, calendarsOf } from '../calendar/stored-calendars.ts';
import { toClockView } from '../complaint/complaint.mapper.ts';
import type { ClockView } from '../complaint/complaint.view.ts';
import { answerAt, clockPack, isWritable } from '../complaint/ledger.ts';
import { LedgerService } from '../complaint/ledger.service.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { rejectionText } from '../complaint/rejection-text.ts';
import type { ClockAtRequest, ClockEvaluationRequest, WorkingDaysRequest, WorkingDaysView } from './clock.dto.ts';

const COUNTRY = 'CN';

/** What clocks say; writes nothing. */
@Injectable()
export class ClockService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(LedgerService) private readonly ledger: LedgerService,
  ) {}

  /** Refuses with INVALID what would end after the last year that can be written. */
  async evaluate(principal: Principal, request: ClockEvaluationRequest, language: Language): Promise<ClockView> {
    const { pack, receivedAt, at, timeZone, matter, events } = request;
    const input = { pack, timeZone: timeZone ?? DEFAULT_TIME_ZONE, matter: matter ?? null, receivedAt, at, events: events ?? [] };
    const rules = clockPack(pack);
    const calendars = await inTransaction(this.database, principal, (tx) => calendarsFor(tx, principal.institutionId, [pack]));
    const answer = evaluateClock(input, rules, calendars.of(rules.country));
    if (!isWritable(answer)) throw new Refusal(INVALID, { errors: [{ pointer: '', detail: 'the term ends after the year 9999' }] });
    const view = toClockView(answer);
    return { ...view, rejected: view.rejected.map((rejection) => ({ ...rejection, detail: rejectionText(rejection.code, language) })) };
  }

  /** By the events up to the instant. Refuses with NOT_FOUND, and with INVALID for an instant before the receipt. */
  async clockAt(principal: Principal, id: string, request: ClockAtRequest): Promise<ClockView> {
    return inTransaction(this.database, principal, async (tx) => {
      const record = await this.reading.find(tx, principal, id);
      const at = request.at === undefined ? await this.reading.now(tx) : new Date(request.at);
      if (at < record.receivedAt)
        throw new Refusal(INVALID, { errors: [{ pointer: '/at', detail: 'is before the complaint was received' }] });
      const calendars = await calendarsFor(tx, record.institutionId, [record.pack]);
      return toClockView(answerAt(record, await this.ledger.events(tx, record.id), at, calendars));
    });
  }

  /** By the calendar of the institution. Refuses with INVALID what would end after the last year that can be written. */
  async workingDays(principal: Principal, { from, days, country = COUNTRY }: WorkingDaysRequest): Promise<WorkingDaysView> {
    const calendars = await inTransaction(this.database, principal, (tx) => calendarsOf(tx, principal.institutionId));
    const { date, provisional } = workingDaysAfter(from, days, calendars.of(country));
    if (!isLocalDate(date)) throw new Refusal(INVALID, { errors: [{ pointer: '/days', detail: 'ends after the year 9999' }] });
    return { date, provisional };
  }
}
