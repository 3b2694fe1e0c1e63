import { Chance } from './chance.ts';
import { MOST_OF_SESSION, planSession, type Breach, type Planned } from './sessions.ts';
import { caseIdOf, debtorCount, debtIdOf, debtorIdOf, partyIdOf, timeZoneOf, type AgencyId } from './institution.ts';

export const contactLogColumns = [
  'attemptId',
  'caseId',
  'debtorId',
  'debtId',
  'partyId',
  'partyRole',
  'contactPoint',
  'channel',
  'mode',
  'purpose',
  'initiator',
  'agencyId',
  'collectorIds',
  'deviceId',
  'startedAt',
  'endedAt',
  'result',
  'timeZone',
] as const;

/** One row of the `contact-log` file. */
export type ContactLogRow = Readonly<Record<(typeof contactLogColumns)[number], string>>;

export interface PlannedRow {
  readonly row: ContactLogRow;
  readonly agencyId: AgencyId | null;
  /** The fault that the row is part of on purpose; not in the file. */
  readonly breach: Breach | null;
}

export interface ContactLogOptions {
  readonly seed: number;
  readonly rows: number;
  readonly days: number;
  /** The last day of the log, `YYYY-MM-DD`, China time. */
  readonly until: string;
  /** The cases of `makeCases` that the log is about; as many as the rows need where left out. */
  readonly cases?: number;
}

// A debtor is called on about one day in three, two or three times: what a bank's log looks like.
const ROWS_PER_CASE_DAY = 0.6;
const LEAST_CASES = 2_000;

export const casesFor = (options: ContactLogOptions): number =>
  options.cases ?? Math.max(LEAST_CASES, Math.ceil(options.rows / options.days / ROWS_PER_CASE_DAY));

const clockTexts = Array.from({ length: 86_400 }, (_, second) => new Date(second * 1000).toISOString().slice(11, 19));

const weightOf = (day: Date): number => (day.getUTCDay() % 6 === 0 ? 5 : 10);

/** Rows in order of `startedAt`; memory holds one day of them. Days differ: fewer calls at weekends. */
export function* makeContactLog(options: ContactLogOptions): Generator<PlannedRow> {
  const chance = new Chance(options.seed + 1);
  const cases = casesFor(options);
  const debtors = debtorCount(cases);
  const lastDay = Date.parse(`${options.until}T00:00:00Z`);
  const days = Array.from({ length: options.days }, (_, at) => new Date(lastDay - (options.days - 1 - at) * 86_400_000));
  const allWeights = days.reduce((sum, day) => sum + weightOf(day), 0);
  let debtor = chance.between(0, debtors - 1);
  let weightSoFar = 0;
  let made = 0;
  for (const day of days) {
    weightSoFar += weightOf(day);
    const wanted = Math.round((options.rows * weightSoFar) / allWeights) - made;
    const planned: Planned[] = [];
    // Whoever was called today is not called on again today, so that the faults are the planned ones; the round ends where nobody is left.
    for (let called = 0; called < debtors && planned.length < wanted; called += 1) {
      debtor = (debtor + 1) % debtors;
      // Not in a strict round: some are left out, and a day's callers are not the next day's neighbours.
      if (wanted < debtors && chance.hits(300)) continue;
      // A fault must not be cut off by the end of the day's rows.
      planSession(planned, { chance, debtorIndex: debtor, cases, mayBreach: wanted - planned.length > MOST_OF_SESSION });
    }
    planned.length = Math.min(planned.length, wanted);
    planned.sort((a, b) => a.startSecond - b.startSecond);
    const date = day.toISOString().slice(0, 10);
    for (const attempt of planned) {
      made += 1;
      yield { row: rowOf(attempt, date, made), agencyId: attempt.collector.agencyId, breach: attempt.breach };
    }
  }
}

function rowOf(attempt: Planned, date: string, number: number): ContactLogRow {
  return {
    attemptId: `A${String(number).padStart(7, '0')}`,
    caseId: caseIdOf(attempt.caseIndex),
    debtorId: debtorIdOf(attempt.debtorIndex),
    debtId: debtIdOf(attempt.caseIndex),
    partyId: partyIdOf(attempt.debtorIndex, attempt.partyRole),
    partyRole: attempt.partyRole,
    contactPoint: attempt.contactPoint,
    channel: attempt.channel,
    mode: attempt.mode,
    purpose: attempt.purpose,
    initiator: attempt.initiator,
    agencyId: attempt.collector.agencyId ?? '',
    collectorIds: attempt.companion ? `${attempt.collector.collectorId};${attempt.companion.collectorId}` : attempt.collector.collectorId,
    deviceId: attempt.channel === 'voice' ? attempt.collector.deviceId : '',
    startedAt: `${date}T${clockTexts[attempt.startSecond] ?? ''}+08:00`,
    endedAt: `${date}T${clockTexts[attempt.startSecond + attempt.lastsSeconds] ?? ''}+08:00`,
    result: attempt.result,
    timeZone: timeZoneOf(attempt.debtorIndex),
  };
}

/** As an outsider gets it: the bank's own log, then each agency's, one after the other, each in its own order. */
export function* asDelivered(options: ContactLogOptions): Generator<PlannedRow> {
  for (const agencyId of [null, 'agency-a', 'agency-b', 'agency-c'] as const) {
    for (const planned of makeContactLog(options)) if (planned.agencyId === agencyId) yield planned;
  }
}

/** The line of a row. Written out, because no cell here ever needs quotes and a million rows should take seconds. */
export const contactLogLine = (row: ContactLogRow): string =>
  `${row.attemptId},${row.caseId},${row.debtorId},${row.debtId},${row.partyId},${row.partyRole},` +
  `${row.contactPoint},${row.channel},${row.mode},${row.purpose},${row.initiator},${row.agencyId},` +
  `${row.collectorIds},${row.deviceId},${row.startedAt},${row.endedAt},${row.result},${row.timeZone}`;
