import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { calendarOf, evaluateClock, workingDaysAfter } from '#clock-rules';
import { DEFAULT_TIME_ZONE, type Language } from '#contact-rules';
import { inTransaction } from '#pg';
import { INVALID, Refusal } from '#problem';
import { isLocalDate } from '#wire';
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
  evaluate(request: ClockEvaluationRequest, language: Language): ClockView {
    const { pack, receivedAt, at } = request;
    const input = { pack, timeZone: request.timeZone ?? DEFAULT_TIME_ZONE, receivedAt, at, events: request.events ?? [] };
    const answer = evaluateClock(input, clockPack(pack));
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
      return toClockView(answerAt(record, await this.ledger.events(tx, record.id), at));
    });
  }

  /** Refuses with INVALID what would end after the last year that can be written. */
  workingDays({ from, days }: WorkingDaysRequest): WorkingDaysView {
    const { date, provisional } = workingDaysAfter(from, days, calendarOf(COUNTRY));
    if (!isLocalDate(date)) throw new Refusal(INVALID, { errors: [{ pointer: '/days', detail: 'ends after the year 9999' }] });
    return { date, provisional };
  }
}
