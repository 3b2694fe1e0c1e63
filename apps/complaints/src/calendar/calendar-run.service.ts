import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { enqueue } from '#outbox';
import { inTransaction, type Tx } from '#pg';
import { differenceOf, expectedOf } from '../complaint/difference.ts';
import { LedgerService } from '../complaint/ledger.service.ts';
import type { OpenLedger } from '../complaint/open-ledger.store.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { CalendarRunStore, type BatchCounts, type RunRecord } from './calendar-run.store.ts';
import { answerOf, asksYear, conflictsOf, packsAsking } from './moves.ts';
import { storedCalendars, type StoredCalendars } from './stored-calendars.ts';

/** The topic of a year that was published; payload { institutionId, calendarYear }. */
export const CALENDAR_PUBLISHED = 'calendar.published';
const BATCH = 500;

/**
 * The one job of a publication: the dates of the open clocks that rest on the year follow from their ledgers anew. Batch by batch, in the order of their ids:
 * who goes on after a crash begins behind the last batch, and finds what is done unchanged.
 */
@Injectable()
export class CalendarRunService implements BeforeApplicationShutdown {
  private stopped = false;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CalendarRunStore) private readonly store: CalendarRunStore,
    @Inject(LedgerService) private readonly ledger: LedgerService,
    @Inject(ReadingService) private readonly reading: ReadingService,
  ) {}

  beforeApplicationShutdown(): void {
    this.stopped = true;
  }

  /** Does what is left of it, unless somebody else is at it. */
  async run(institutionId: string, calendarYear: string): Promise<void> {
    let goesOn = true;
    while (goesOn && !this.stopped)
      goesOn = await inTransaction(this.database, { institutionId }, async (tx) => {
        const run = await this.store.take(tx, calendarYear);
        return run !== null && this.batch(tx, run, await this.reading.now(tx));
      });
  }

  async wakeAbandoned(tx: Tx, staleAfterMs: number): Promise<void> {
    for (const { institutionId, calendarYear } of await this.store.abandoned(tx, staleAfterMs))
      await enqueue(tx, institutionId, CALENDAR_PUBLISHED, { institutionId, calendarYear });
  }

  private async batch(tx: Tx, run: RunRecord, now: Date): Promise<boolean> {
    const packs = packsAsking(run.country);
    const batch = packs.length === 0 ? [] : await this.ledger.openAfter(tx, run.afterId, BATCH, packs);
    const calendars = await storedCalendars(tx);
    const calendar = calendars.of(run.institutionId, run.country);
    const resting = batch.filter((one) => asksYear(one, run.year, calendar, now)).map(({ id }) => id);
    const locked = resting.length === 0 ? [] : await this.ledger.lockOpen(tx, resting);
    let [changed, conflicting] = [0, 0];
    for (const one of locked) {
      const moved = await this.recompute(tx, run, one, calendars, now);
      if (moved) changed += 1;
      if (moved === 'conflicting') conflicting += 1;
    }
    const counts: BatchCounts = {
      examined: batch.length,
      touched: locked.length,
      changed,
      unchanged: locked.length - changed,
      conflicting,
    };
    const isLast = batch.length < BATCH;
    await this.store.advance(tx, run.calendarYear, batch.at(-1)?.id ?? run.afterId, counts, now, isLast);
    return !isLast;
  }

  /** Whether anything had to be written. */
  private async recompute(
    tx: Tx,
    { calendarYear, country, year, version }: RunRecord,
    one: OpenLedger,
    calendars: StoredCalendars,
    now: Date,
  ): Promise<false | 'moved' | 'conflicting'> {
    const difference = differenceOf(one, calendars, now);
    // When to wake alone is no matter of a calendar: the check of the night sees to it.
    if (difference === null || Object.keys(difference.after).join() === 'wakeAt') return false;
    const conflicts = conflictsOf(one, answerOf(one, calendars.of(one.institutionId, country), now));
    const data = { ...difference, calendarYear, country, year, version, conflicts };
    await this.ledger.correct(tx, one, expectedOf(one, calendars, now), one.events.length, now, data, 'calendar-recomputed');
    return conflicts.length > 0 ? 'conflicting' : 'moved';
  }
}
