import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { enqueue } from '#outbox';
import { inTransaction, type Tx } from '#pg';
import { LedgerService } from '../complaint/ledger.service.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { StageCalendarService } from '../stage/stage-calendar.service.ts';
import { STAGE_COUNTRY } from '../stage/stages.ts';
import { CalendarRunStore, type BatchOf, type RunRecord } from './calendar-run.store.ts';
import { countMoves, moveOf, packsAsking, type Move } from './moves.ts';
import { calendarsOf, type Calendars } from './stored-calendars.ts';

/** The topic of a year that was published; payload { institutionId, calendarId }. */
export const CALENDAR_PUBLISHED = 'calendar.published';
export const RUN_BATCH = 500;
const NOTHING = { examined: 0, stages: 0, ...countMoves([]) };

/**
 * The one job of a publication: the dates that rest on its days follow from their ledgers anew. Batch by batch, each a transaction with the counts of what it
 * wrote: who goes on after a crash begins behind the last one that was committed.
 */
@Injectable()
export class CalendarRunService implements BeforeApplicationShutdown {
  private stopped = false;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CalendarRunStore) private readonly store: CalendarRunStore,
    @Inject(LedgerService) private readonly ledger: LedgerService,
    @Inject(StageCalendarService) private readonly stages: StageCalendarService,
    @Inject(ReadingService) private readonly reading: ReadingService,
  ) {}

  beforeApplicationShutdown(): void {
    this.stopped = true;
  }

  /** Does what is left of it, unless somebody else is at it. */
  async run(institutionId: string, calendarId: string): Promise<void> {
    while (!this.stopped && (await this.step(institutionId, calendarId)));
  }

  /** One batch of it; false: nothing is left, or somebody else is at it. */
  step(institutionId: string, calendarId: string, limit = RUN_BATCH): Promise<boolean> {
    return inTransaction(this.database, { institutionId }, async (tx) => {
      const run = await this.store.take(tx, institutionId, calendarId);
      if (run === null) return false;
      const now = await this.reading.now(tx);
      const calendars = await calendarsOf(tx, institutionId);
      const batch =
        run.phase === 'clocks' ? await this.clocks(tx, run, calendars, limit, now) : await this.stagesOf(tx, run, calendars, limit, now);
      await this.store.advance(tx, calendarId, batch, now);
      return batch.phase !== 'done';
    });
  }

  /** Wakes the job of a publication. */
  wake(tx: Tx, institutionId: string, calendarId: string): Promise<void> {
    return enqueue(tx, institutionId, CALENDAR_PUBLISHED, { institutionId, calendarId });
  }

  async wakeAbandoned(tx: Tx, staleAfterMs: number): Promise<void> {
    for (const { institutionId, calendar } of await this.store.abandoned(tx, staleAfterMs)) await this.wake(tx, institutionId, calendar);
  }

  private async clocks(tx: Tx, run: RunRecord, calendars: Calendars, limit: number, now: Date): Promise<BatchOf> {
    const { institutionId, country, days } = run;
    const packs = packsAsking(country);
    const batch = packs.length === 0 ? [] : await this.ledger.meeting(tx, { institutionId, packs, days }, run.afterId, limit);
    const moving = batch.filter((one) => moveOf(one, calendars, now) !== null).map(({ id }) => id);
    // Only these are locked; what somebody else has done to them meanwhile counts.
    const locked = moving.length === 0 ? [] : await this.ledger.lockOpen(tx, moving);
    const moves = locked.flatMap((one) => (one.decidedAt === null ? (moveOf(one, calendars, now) ?? []) : []));
    await this.write(tx, run, moves, now);
    const isLast = batch.length < limit;
    return {
      ...countMoves(moves),
      stages: 0,
      examined: batch.length,
      phase: isLast ? 'stages' : 'clocks',
      afterId: isLast ? null : (batch.at(-1)?.id ?? null),
    };
  }

  private async write(tx: Tx, run: RunRecord, moves: readonly Move[], now: Date): Promise<void> {
    if (moves.length === 0) return;
    const shown = moves.map(({ clock, due, conflicts, overdue }) => ({
      clock,
      due,
      data: {
        ...publicationOf(run),
        before: { dueOn: clock.dueOn, provisional: clock.provisional },
        after: { dueOn: due.dueOn, provisional: due.provisional },
        overdue,
        conflicts,
      },
    }));
    await this.ledger.recompute(tx, run.institutionId, shown, now);
    await this.store.addMoves(tx, run, moves, now);
  }

  private async stagesOf(tx: Tx, run: RunRecord, calendars: Calendars, limit: number, now: Date): Promise<BatchOf> {
    if (run.country !== STAGE_COUNTRY) return { ...NOTHING, phase: 'done', afterId: null };
    const { institutionId, days, afterId, country } = run;
    const given = { days, calendar: calendars.of(country), afterId, limit, data: publicationOf(run) };
    const { lastId, moved } = await this.stages.moveBatch(tx, institutionId, given, now);
    return { ...NOTHING, stages: moved, phase: lastId === null ? 'done' : 'stages', afterId: lastId };
  }
}

const publicationOf = ({ calendar, country, year, version }: RunRecord) => ({ calendarId: calendar, country, year, version });
