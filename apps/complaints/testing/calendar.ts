import { ApprovalService } from '../src/approval/approval.service.ts';
import { ApprovalStore } from '../src/approval/approval.store.ts';
import { CalendarPublisher } from '../src/calendar/calendar.publisher.ts';
import { CalendarReading } from '../src/calendar/calendar.reading.ts';
import { CalendarRunService } from '../src/calendar/calendar-run.service.ts';
import { CalendarRunStore } from '../src/calendar/calendar-run.store.ts';
import { CalendarService } from '../src/calendar/calendar.service.ts';
import { CalendarStore } from '../src/calendar/calendar.store.ts';
import type { CalendarDaysRequest, CalendarDraftRequest, CalendarVersionView } from '../src/calendar/calendar.dto.ts';
import { calendarsOf } from '../src/calendar/stored-calendars.ts';
import { SortingDesk } from '../src/sorting/sorting.desk.ts';
import { StageCalendarService } from '../src/stage/stage-calendar.service.ts';
import { StageCalendarStore } from '../src/stage/stage-calendar.store.ts';
import { BANK, headOffice, supervisor, type Stage } from './stage.ts';
import { inTransaction } from '#pg';

/** The calendars of a stage. */
export class CalendarRoom {
  readonly approvals: ApprovalService;
  readonly runs: CalendarRunService;
  readonly reading: CalendarReading;
  readonly calendars: CalendarService;

  constructor(readonly stage: Stage) {
    const { source, reading, vault, timeline, ledger } = stage;
    const desk = new SortingDesk(source, reading);
    const [store, runs] = [new CalendarStore(), new CalendarRunStore()];
    const stages = new StageCalendarService(new StageCalendarStore(), timeline);
    this.approvals = new ApprovalService(source, new ApprovalStore(), reading, vault);
    this.runs = new CalendarRunService(source, runs, ledger, stages, reading);
    const publisher = new CalendarPublisher(store, runs, this.runs, ledger, stages);
    this.reading = new CalendarReading(desk, store, runs, publisher);
    this.calendars = new CalendarService(desk, store, this.reading, publisher, this.approvals);
  }

  /** The year as it holds, with days more or fewer that are off or made up. */
  async yearWith(
    country: string,
    year: number,
    more: { off?: string[]; notOff?: string[]; madeUp?: string[] },
  ): Promise<CalendarDaysRequest> {
    const holding = await inTransaction(this.stage.source, { institutionId: BANK }, async (tx) =>
      (await calendarsOf(tx, BANK)).year(country, year),
    );
    const daysOff = [...(holding?.daysOff ?? []), ...(more.off ?? [])].filter((day) => !more.notOff?.includes(day));
    return { daysOff, makeUpDays: [...(holding?.makeUpDays ?? []), ...(more.madeUp ?? [])], source: 'gov.uk', note: '更正' };
  }

  async draft(country: string, year: number, more: Parameters<CalendarRoom['yearWith']>[2]): Promise<CalendarVersionView> {
    const request: CalendarDraftRequest = { country, year, ...(await this.yearWith(country, year, more)) };
    return this.calendars.draft(supervisor, request, null);
  }

  /** Drafted, proposed and published; its job has not run. */
  async publish(country: string, year: number, more: Parameters<CalendarRoom['yearWith']>[2]): Promise<CalendarVersionView> {
    const { id, revision } = await this.draft(country, year, more);
    await this.calendars.propose(supervisor, id, null);
    return this.calendars.approve(headOffice, id, revision, null);
  }
}
