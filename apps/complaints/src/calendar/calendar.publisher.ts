import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { LedgerService } from '../complaint/ledger.service.ts';
import { StageCalendarService } from '../stage/stage-calendar.service.ts';
import { STAGE_COUNTRY } from '../stage/stages.ts';
import type { CalendarMovedClock, CalendarPreview } from './calendar.dto.ts';
import { CalendarRunService, RUN_BATCH } from './calendar-run.service.ts';
import { CalendarRunStore } from './calendar-run.store.ts';
import { CalendarStore, type VersionRecord } from './calendar.store.ts';
import { changedDays } from './days.ts';
import { countMoves, moveOf, packsAsking, type Move } from './moves.ts';
import { calendarsOf, type Calendars } from './stored-calendars.ts';

/** A preview tries so many clocks, and as many stages. */
const MOST_TRIED = 20_000;
const SHOWN = 50;

/** What a version of a year does to clocks: tried before it is approved, and begun when it is. */
@Injectable()
export class CalendarPublisher {
  constructor(
    @Inject(CalendarStore) private readonly store: CalendarStore,
    @Inject(CalendarRunStore) private readonly runs: CalendarRunStore,
    @Inject(CalendarRunService) private readonly runner: CalendarRunService,
    @Inject(LedgerService) private readonly ledger: LedgerService,
    @Inject(StageCalendarService) private readonly stages: StageCalendarService,
  ) {}

  /** Under the lock of the calendars. */
  async publish(tx: Tx, record: VersionRecord, by: string, now: Date): Promise<void> {
    const { institutionId, country, id } = record;
    const days = daysOf(record, await calendarsOf(tx, institutionId));
    const total = await this.ledger.countMeeting(tx, { institutionId, packs: packsAsking(country), days });
    await this.store.publish(tx, record, by, now);
    await this.runs.begin(tx, institutionId, id, days, total, now);
    await this.runner.wake(tx, institutionId, id);
  }

  /** What a version that is not published would do now; writes nothing. */
  async preview(tx: Tx, { institutionId }: Principal, record: VersionRecord, now: Date): Promise<CalendarPreview> {
    const { country } = record;
    const holding = await calendarsOf(tx, institutionId);
    const days = daysOf(record, holding);
    const calendars = holding.with({ ...record, version: 0, publishedAt: now });
    const meeting = { institutionId, packs: packsAsking(country), days };
    const moves: Move[] = [];
    let examined = 0;
    for (let afterId: string | null = null; examined < MOST_TRIED;) {
      const batch = await this.ledger.meeting(tx, meeting, afterId, RUN_BATCH);
      examined += batch.length;
      moves.push(...batch.flatMap((one) => moveOf(one, calendars, now) ?? []));
      afterId = batch.at(-1)?.id ?? null;
      if (batch.length < RUN_BATCH) break;
    }
    const ofStages = country === STAGE_COUNTRY;
    return {
      revision: record.revision,
      days: days.length,
      total: await this.ledger.countMeeting(tx, meeting),
      examined,
      ...countMoves(moves),
      unchanged: examined - moves.length,
      stages: ofStages ? await this.stages.count(tx, institutionId, days, calendars.of(country), MOST_TRIED) : 0,
      sample: moves
        .toSorted((one, other) => Number(other.overdue) - Number(one.overdue))
        .slice(0, SHOWN)
        .map(toMoved),
    };
  }
}

/** The days that are something else than in the year that holds. */
function daysOf({ country, year, daysOff, makeUpDays }: VersionRecord, calendars: Calendars): string[] {
  return changedDays(year, calendars.year(country, year), { daysOff, makeUpDays });
}

const toMoved = ({ clock, due, overdue, conflicts }: Move): CalendarMovedClock => ({
  complaintId: clock.id,
  number: clock.number,
  dueBefore: clock.dueOn,
  dueAfter: due.dueOn,
  overdue,
  conflicts: conflicts.length,
});
