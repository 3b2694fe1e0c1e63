import { Temporal } from 'temporal-polyfill';
import { RESULTS, type Result } from '#contact-rules';
import { isInstant, isLocalDate } from '#wire';

/** The fields of a call, and which column of a file holds each. */
export const CALL_FIELDS = [
  'calledNumber',
  'startedAt',
  'durationSeconds',
  'result',
  'agencyId',
  'collectorId',
  'attemptId',
  'callId',
] as const;
export type CallField = (typeof CALL_FIELDS)[number];

/** How the records of one dialer or carrier are read. */
export interface Reading {
  /** In which times without an offset are meant. */
  readonly timeZone: string;
  /** Whose calls they are where no column says so; null: the institution's own. */
  readonly agencyId: string | null;
  /** How far the clock of the dialer may be from ours, in seconds. */
  readonly toleranceSeconds: number;
  readonly columns: Readonly<Partial<Record<CallField, string>>>;
  /** What the source calls a result, in lower case, to ours. */
  readonly results: Readonly<Record<string, Result>>;
}

/** A call that was placed, as its record says. */
export interface Call {
  readonly row: number;
  readonly number: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly result: Result | null;
  readonly agencyId: string | null;
  readonly collectorId: string | null;
  readonly attemptId: string | null;
  readonly callId: string | null;
}

export type CallFault = 'required' | 'instant' | 'number' | 'whole';

const LOCAL = /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})[ T]?(\d{2}):?(\d{2}):?(\d{2})(\.\d{1,6})?$/;

/** RFC 3339, a local time such as `2026-11-21 09:30:00` or `20261121093000`, or seconds or milliseconds since 1970; null for anything else. */
export function readCallInstant(text: string, timeZone: string): number | null {
  if (isInstant(text)) return Date.parse(text);
  if (/^\d{10}$/.test(text)) return Number(text) * 1000;
  if (/^\d{13}$/.test(text)) return Number(text);
  const match = LOCAL.exec(text);
  if (match === null) return null;
  const [, year, month, day, hours = '', minutes = '', seconds = ''] = match;
  const date = `${year}-${month}-${day}`;
  if (!isLocalDate(date) || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  // A time that the clock shows twice is its first showing; one that it leaps over is as much later.
  return Temporal.PlainDateTime.from(`${date}T${hours}:${minutes}:${seconds}`).toZonedDateTime(timeZone).epochMilliseconds;
}

const isResult = (text: string): text is Result => RESULTS.some((result) => result === text);

/** What the source's word for a result means; null where nobody has said. Our own words mean themselves. */
export function readResult(word: string, reading: Reading): Result | null {
  const known = reading.results[word.toLowerCase()];
  if (known !== undefined) return known;
  return isResult(word) ? word : null;
}

/** Reads the rows of one file. Collects the words for results that nobody has mapped. */
export class CallReader {
  /** In the order in which `read` wants its values. */
  readonly fields: readonly CallField[];
  readonly unmapped = new Map<string, number>();

  constructor(
    private readonly reading: Reading,
    private readonly normalize: (number: string) => string,
  ) {
    this.fields = CALL_FIELDS.filter((field) => reading.columns[field] !== undefined);
  }

  /** The columns to read, in the order of `fields`. */
  get columns(): { name: string; required: boolean }[] {
    return this.fields.map((field) => ({ name: this.reading.columns[field] ?? '', required: true }));
  }

  read(row: number, values: readonly string[]): Call | { readonly column: string; readonly code: CallFault } {
    const cell = (field: CallField): string => values[this.fields.indexOf(field)]?.trim() ?? '';
    const fault = (field: CallField, code: CallFault): { column: string; code: CallFault } => ({
      column: this.reading.columns[field] ?? field,
      code,
    });
    if (cell('calledNumber') === '') return fault('calledNumber', 'required');
    if (cell('startedAt') === '') return fault('startedAt', 'required');
    const number = this.normalize(cell('calledNumber'));
    if (!/\d{3}/.test(number)) return fault('calledNumber', 'number');
    const startedAt = readCallInstant(cell('startedAt'), this.reading.timeZone);
    if (startedAt === null) return fault('startedAt', 'instant');
    const seconds = cell('durationSeconds');
    if (seconds !== '' && !/^\d{1,9}(\.\d+)?$/.test(seconds)) return fault('durationSeconds', 'whole');
    return {
      row,
      number,
      startedAt,
      result: this.resultOf(cell('result'), seconds),
      agencyId: this.reading.columns.agencyId === undefined ? this.reading.agencyId : cell('agencyId') || null,
      collectorId: cell('collectorId') || null,
      attemptId: cell('attemptId') || null,
      callId: cell('callId') || null,
    };
  }

  /** The word for the result, else what the time of the talk says. */
  private resultOf(word: string, seconds: string): Result | null {
    if (word !== '') {
      const result = readResult(word, this.reading);
      if (result === null && (this.unmapped.has(word) || this.unmapped.size < 50))
        this.unmapped.set(word, (this.unmapped.get(word) ?? 0) + 1);
      if (result !== null) return result;
    }
    if (seconds === '') return null;
    return Number(seconds) > 0 ? 'answered' : 'no-answer';
  }
}
