import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { PUBLISHED_CALENDARS } from '#clock-rules';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import type { Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { decodeCursor, isUuid, toPage, type Page, type PageRequest } from '#wire';
import { SortingDesk } from '../sorting/sorting.desk.ts';
import type {
  CalendarItem,
  CalendarList,
  CalendarMove,
  CalendarPreview,
  CalendarRunView,
  CalendarVersionView,
  CalendarYearItem,
  CalendarYearView,
} from './calendar.dto.ts';
import { CALENDAR_STATE } from './calendar.refusals.ts';
import { CalendarPublisher } from './calendar.publisher.ts';
import { CalendarRunStore, type MoveRecord, type RunRecord } from './calendar-run.store.ts';
import { CalendarStore, type VersionRecord } from './calendar.store.ts';
import { workChanges } from './days.ts';
import { packsAsking } from './moves.ts';
import { calendarsOf, type Calendars } from './stored-calendars.ts';

const zone = Zone.of(DEFAULT_TIME_ZONE);
const instant = (at: Date): string => zone.format(at.getTime());
const instantOrNull = (at: Date | null): string | null => at && instant(at);
const DEFAULT_LIMIT = 50;

/** Calendars as people see them: what holds, what was drafted, what a publication moved. */
@Injectable()
export class CalendarReading {
  constructor(
    @Inject(SortingDesk) private readonly desk: SortingDesk,
    @Inject(CalendarStore) private readonly store: CalendarStore,
    @Inject(CalendarRunStore) private readonly runs: CalendarRunStore,
    @Inject(CalendarPublisher) private readonly publisher: CalendarPublisher,
  ) {}

  /** Every country, with the years that are known and those that are drafted. */
  list(principal: Principal): Promise<CalendarList> {
    return this.desk.read(principal, async (tx) => {
      const calendars = await calendarsOf(tx, principal.institutionId);
      const open = await this.store.list(tx, principal.institutionId, null);
      return { items: PUBLISHED_CALENDARS.map(({ country, source }) => toItem(country, source, calendars, open)) };
    });
  }

  /** Refuses with NOT_FOUND for a country or a year that there is not. */
  year(principal: Principal, country: string, year: string): Promise<CalendarYearView> {
    const number = /^(19|20|21)\d{2}$/.test(year) ? Number(year) : null;
    const delivered = PUBLISHED_CALENDARS.find((one) => one.country === country);
    return this.desk.read(principal, async (tx) => {
      if (!delivered || number === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such calendar.' });
      const { institutionId } = principal;
      const calendars = await calendarsOf(tx, institutionId);
      const records = await this.store.list(tx, institutionId, { country, year: number });
      const version = calendars.holding(country, number);
      const holding = calendars.year(country, number);
      return {
        country,
        year: number,
        version: version?.version ?? 0,
        isKnown: holding !== null,
        source: records.find((one) => one.version !== null && one.version === version?.version)?.source ?? delivered.source,
        daysOff: holding?.daysOff ?? [],
        makeUpDays: holding?.makeUpDays ?? [],
        versions: await this.toViews(tx, institutionId, records, calendars),
      };
    });
  }

  /** Refuses with NOT_FOUND. */
  version(principal: Principal, id: string): Promise<CalendarVersionView> {
    return this.desk.read(principal, (tx) => this.view(tx, principal.institutionId, id));
  }

  /** What it would do. Refuses with NOT_FOUND, CALENDAR_STATE for one that is settled. */
  preview(principal: Principal, id: string): Promise<CalendarPreview> {
    return this.desk.read(principal, async (tx) => {
      const record = await this.find(tx, principal.institutionId, id);
      if (record.state !== 'draft' && record.state !== 'proposed')
        throw new Refusal(CALENDAR_STATE, { detail: `It is ${record.state}; look at what its job wrote.` });
      return this.publisher.preview(tx, principal, record, await this.desk.now(tx));
    });
  }

  /** The complaints that its job wrote. Refuses with NOT_FOUND, and with INVALID for a cursor that is not ours. */
  moves(principal: Principal, id: string, { limit = DEFAULT_LIMIT, cursor }: PageRequest): Promise<Page<CalendarMove>> {
    const after = decodeCursor(cursor, isUuid);
    return this.desk.read(principal, async (tx) => {
      const { id: calendar } = await this.find(tx, principal.institutionId, id);
      const records = await this.runs.moves(tx, principal.institutionId, calendar, after, limit);
      return toPage(records, limit, (one) => one.complaintId, toMove);
    });
  }

  async view(tx: Tx, institutionId: string, id: string): Promise<CalendarVersionView> {
    const record = await this.find(tx, institutionId, id);
    const [view] = await this.toViews(tx, institutionId, [record], await calendarsOf(tx, institutionId));
    if (!view) throw new Error('the version is not there');
    return view;
  }

  private async find(tx: Tx, institutionId: string, id: string): Promise<VersionRecord> {
    const record = isUuid(id) ? await this.store.find(tx, institutionId, id) : null;
    if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such version of a calendar here.' });
    return record;
  }

  private async toViews(
    tx: Tx,
    institutionId: string,
    records: readonly VersionRecord[],
    calendars: Calendars,
  ): Promise<CalendarVersionView[]> {
    const ids = records.map(({ id }) => id);
    const runs = new Map((await this.runs.list(tx, institutionId, ids)).map((run) => [run.calendar, run]));
    return records.map((record) => toVersion(record, runs.get(record.id) ?? null, calendars));
  }
}

function toItem(country: string, source: string, calendars: Calendars, open: readonly VersionRecord[]): CalendarItem {
  const { publishedYears } = calendars.of(country);
  const opened = new Map(open.filter((one) => one.country === country).map(({ year, id }) => [year, id]));
  const years = [...new Set([...publishedYears, ...opened.keys()])].toSorted((one, other) => one - other);
  const toYear = (year: number): CalendarYearItem => ({
    year,
    version: calendars.holding(country, year)?.version ?? 0,
    isKnown: publishedYears.has(year),
    openId: opened.get(year) ?? null,
  });
  return { country, source, packs: packsAsking(country), years: years.map(toYear) };
}

function toVersion(record: VersionRecord, run: RunRecord | null, calendars: Calendars): CalendarVersionView {
  const { id, country, year, version, revision, state, daysOff, makeUpDays, source, note, draftedBy } = record;
  const isOpen = state === 'draft' || state === 'proposed';
  return {
    id,
    country,
    year,
    version,
    revision,
    state,
    daysOff,
    makeUpDays,
    changes: isOpen ? workChanges(year, calendars.year(country, year), record) : [],
    source,
    note,
    draftedBy,
    draftedAt: instant(record.draftedAt),
    proposedBy: record.proposedBy,
    proposedAt: instantOrNull(record.proposedAt),
    returnedBy: record.returnedBy,
    returnReason: record.returnReason,
    settledBy: record.settledBy,
    settledAt: instantOrNull(record.settledAt),
    run: run && toRun(run),
  };
}

const toRun = ({
  phase,
  days,
  total,
  examined,
  earlier,
  later,
  settled,
  overdue,
  conflicting,
  stages,
  ...run
}: RunRecord): CalendarRunView => ({
  phase,
  days: days.length,
  total,
  examined,
  earlier,
  later,
  settled,
  overdue,
  conflicting,
  stages,
  startedAt: instant(run.createdAt),
  finishedAt: instantOrNull(run.finishedAt),
});

const toMove = ({ complaintId, number, dueBefore, dueAfter, overdue, conflicts, movedAt, timeZone }: MoveRecord): CalendarMove => ({
  complaintId,
  number,
  dueBefore,
  dueAfter,
  overdue,
  conflicts,
  movedAt: Zone.of(timeZone).format(movedAt.getTime()),
});
