import {
  CHANNELS,
  DEFAULT_TIME_ZONE,
  INITIATORS,
  MODES,
  PARTY_ROLES,
  PURPOSES,
  RESULTS,
  Zone,
  type Channel,
  type Initiator,
  type Mode,
  type PartyRole,
  type Purpose,
  type Result,
} from '#contact-rules';
import { normalizeContactPoint } from '../contact/contact-point.ts';
import { parseInstant } from './instant.ts';

/** The columns of a contact log, in the order in which cells are asked for. Those that no judgement can do without are required. */
export const LOG_COLUMNS = [
  { name: 'attemptId', required: true },
  { name: 'caseId', required: false },
  { name: 'debtorId', required: true },
  { name: 'debtId', required: false },
  { name: 'partyId', required: false },
  { name: 'partyRole', required: true },
  { name: 'contactPoint', required: true },
  { name: 'channel', required: true },
  { name: 'mode', required: true },
  { name: 'purpose', required: true },
  { name: 'initiator', required: true },
  { name: 'agencyId', required: false },
  { name: 'collectorIds', required: false },
  { name: 'deviceId', required: false },
  { name: 'startedAt', required: true },
  { name: 'endedAt', required: false },
  { name: 'result', required: true },
  { name: 'timeZone', required: false },
] as const;

const at = (name: (typeof LOG_COLUMNS)[number]['name']): number => LOG_COLUMNS.findIndex((column) => column.name === name);
const ATTEMPT_ID = at('attemptId');
const CASE_ID = at('caseId');
const DEBTOR_ID = at('debtorId');
const DEBT_ID = at('debtId');
const PARTY_ID = at('partyId');
const PARTY_ROLE = at('partyRole');
const CONTACT_POINT = at('contactPoint');
const CHANNEL = at('channel');
const MODE = at('mode');
const PURPOSE = at('purpose');
const INITIATOR = at('initiator');
const AGENCY_ID = at('agencyId');
const COLLECTOR_IDS = at('collectorIds');
const DEVICE_ID = at('deviceId');
const STARTED_AT = at('startedAt');
const ENDED_AT = at('endedAt');
const RESULT = at('result');
const TIME_ZONE = at('timeZone');
const THIRD: readonly string[] = ['related', 'unrelated', 'representative'] satisfies PartyRole[];
// Behind the cells stand the index of the file and the row.
const FILE = LOG_COLUMNS.length;

/** A row of a contact log that can be judged. Null: the cell is empty. */
export interface LogRow {
  readonly attemptId: string;
  readonly caseId: string | null;
  readonly debtorId: string;
  readonly debtId: string | null;
  readonly partyId: string | null;
  readonly partyRole: PartyRole | null;
  readonly contactPoint: string | null;
  readonly channel: Channel;
  readonly mode: Mode | null;
  readonly purpose: Purpose | null;
  readonly initiator: Initiator;
  readonly agencyId: string | null;
  readonly collectorIds: readonly string[] | null;
  readonly deviceId: string | null;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Null: a permit without an outcome. */
  readonly result: Result | null;
  readonly timeZone: string;
  /** The line it was read from. */
  readonly line: string;
  /** Where the row stands: index of the file, and row as a spreadsheet counts. */
  readonly file: number;
  readonly row: number;
}

export type RowFault =
  'required' | 'unknown-value' | 'no-offset' | 'instant' | 'ends-before-start' | 'time-zone' | 'control-character' | 'too-long';

/** Why a row cannot be judged. */
export interface BadCell {
  readonly column: string;
  readonly code: RowFault;
  /** `unknown-value`: what is allowed. */
  readonly allowed: readonly string[];
}

interface Word<T extends string> {
  readonly column: number;
  /** One text for each, so that rows share them. */
  readonly values: ReadonlyMap<string, T>;
  readonly required: boolean;
}

const wordOf = <T extends string>(column: number, values: readonly T[], required: boolean): Word<T> => ({
  column,
  values: new Map(values.map((value) => [value, value])),
  required,
});
const role = wordOf(PARTY_ROLE, PARTY_ROLES, false);
const channel = wordOf(CHANNEL, CHANNELS, true);
const mode = wordOf(MODE, MODES, false);
const purpose = wordOf(PURPOSE, PURPOSES, false);
const initiator = wordOf(INITIATOR, INITIATORS, true);
const result = wordOf(RESULT, RESULTS, false);
const words: readonly Word<string>[] = [role, channel, mode, purpose, initiator, result];
// What may hold any text; all other cells are of a form that leaves no room for a control character.
const FREE = LOG_COLUMNS.flatMap(({ name }, column) => (/Ids?$|^contactPoint$/.test(name) ? [column] : []));

const zones = new Map<string, boolean>();

function isZone(id: string): boolean {
  let known = zones.get(id);
  if (known === undefined) {
    try {
      Zone.of(id);
      known = true;
    } catch {
      known = false;
    }
    // A column of garbage must not fill the memory.
    if (zones.size < 5_000) zones.set(id, known);
  }
  return known;
}

/** What parts the cells of a line, and what stands before them: a character that no cell may have. */
const SEPARATOR = '\u001F';
const MAX_CELL = 512;

const bad = (column: number, code: RowFault, allowed: readonly string[] = []): BadCell => ({
  column: LOG_COLUMNS[column]?.name ?? '',
  code,
  allowed,
});

/** Spaces around a value would make two numbers of one. Control characters have no place in a log, and one of them parts our cells. */
function tidy(values: string[]): BadCell | null {
  for (let column = 0; column < values.length; column += 1) {
    const value = values[column] ?? '';
    const { length } = value;
    if (length === 0) continue;
    if (length > MAX_CELL) return bad(column, 'too-long');
    const first = value.charCodeAt(0);
    const last = value.charCodeAt(length - 1);
    if (first <= 32 || last <= 32 || first >= 0xa0 || last >= 0xa0) values[column] = value.trim();
  }
  return null;
}

// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u001F\u007F]/;

/** The instant and the line to keep of a row, or what is wrong with it. The cells are those of LOG_COLUMNS; they are trimmed in place. */
export function checkCells(values: string[], file: number, row: number): { readonly key: number; readonly line: string } | BadCell {
  const untidy = tidy(values);
  if (untidy) return untidy;
  if (!values[ATTEMPT_ID]) return bad(ATTEMPT_ID, 'required');
  if (!values[DEBTOR_ID]) return bad(DEBTOR_ID, 'required');
  for (const word of words) {
    const value = values[word.column] ?? '';
    if (value === '') {
      if (word.required) return bad(word.column, 'required');
    } else if (!word.values.has(value)) {
      return bad(word.column, 'unknown-value', [...word.values.keys()]);
    }
  }
  const startedText = values[STARTED_AT] ?? '';
  if (startedText === '') return bad(STARTED_AT, 'required');
  const startedAt = parseInstant(startedText);
  if (typeof startedAt === 'string') return bad(STARTED_AT, startedAt);
  const endedText = values[ENDED_AT] ?? '';
  if (endedText !== '') {
    const endedAt = parseInstant(endedText);
    if (typeof endedAt === 'string') return bad(ENDED_AT, endedAt);
    if (endedAt < startedAt) return bad(ENDED_AT, 'ends-before-start');
  }
  const zone = values[TIME_ZONE] ?? '';
  if (zone !== '' && !isZone(zone)) return bad(TIME_ZONE, 'time-zone');
  let free = '';
  for (const column of FREE) free += values[column];
  if (CONTROL.test(free)) return bad(FREE.find((column) => CONTROL.test(values[column] ?? '')) ?? ATTEMPT_ID, 'control-character');
  return { key: startedAt, line: `${values.join(SEPARATOR)}${SEPARATOR}${file}${SEPARATOR}${row}` };
}

/** V8 keeps the whole text from which a piece was cut; what is kept for long must stand alone. */
export const own = (text: string): string => (text.length < 13 ? text : ` ${text}`.slice(1));

/** The debtor whom a line looks for through somebody else, else null; see `isSearch`. */
export function searchedIn(values: readonly string[]): string | null {
  const purposeIs = values[PURPOSE];
  if (purposeIs !== 'locate' && purposeIs !== 'relay') return null;
  return THIRD.includes(values[PARTY_ROLE] ?? '') ? own(values[DEBTOR_ID] ?? '') : null;
}

const orNull = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);

// Nearly always the zone of the row before. The same text again spares everyone after us its hash.
let lastZone = DEFAULT_TIME_ZONE;
function zoneOf(text: string | undefined): string {
  if (text === undefined || text === '') return DEFAULT_TIME_ZONE;
  if (text !== lastZone) lastZone = text;
  return lastZone;
}

const ids = (text: string | undefined): readonly string[] | null => {
  if (text === undefined || text === '') return null;
  return text.includes(';') ? text.split(';').flatMap((id) => id.trim() || []) : [text];
};

/** A line that `checkCells` made, read again. */
export function readLine(startedAt: number, line: string): LogRow {
  const values = line.split(SEPARATOR);
  const by = channel.values.get(values[CHANNEL] ?? '') ?? 'voice';
  return {
    attemptId: values[ATTEMPT_ID] ?? '',
    caseId: orNull(values[CASE_ID]),
    debtorId: values[DEBTOR_ID] ?? '',
    debtId: orNull(values[DEBT_ID]),
    partyId: orNull(values[PARTY_ID]),
    partyRole: role.values.get(values[PARTY_ROLE] ?? '') ?? null,
    contactPoint: values[CONTACT_POINT] ? normalizeContactPoint(by, values[CONTACT_POINT]) : null,
    channel: by,
    mode: mode.values.get(values[MODE] ?? '') ?? null,
    purpose: purpose.values.get(values[PURPOSE] ?? '') ?? null,
    initiator: initiator.values.get(values[INITIATOR] ?? '') ?? 'us',
    agencyId: orNull(values[AGENCY_ID]),
    collectorIds: ids(values[COLLECTOR_IDS]),
    deviceId: orNull(values[DEVICE_ID]),
    startedAt,
    result: result.values.get(values[RESULT] ?? '') ?? null,
    timeZone: zoneOf(values[TIME_ZONE]),
    line,
    file: Number(values[FILE]),
    row: Number(values[FILE + 1]),
  };
}

/** Whether two lines say the same; the same instant may be written with another offset. */
export function isSameContent(left: string, right: string): boolean {
  const others = right.split(SEPARATOR);
  return left.split(SEPARATOR).every((value, column) => {
    const other = others[column] ?? '';
    if (column >= FILE || value === other) return true;
    return (column === STARTED_AT || column === ENDED_AT) && value !== '' && other !== '' && parseInstant(value) === parseInstant(other);
  });
}
