import { DEFAULT_TIME_ZONE } from '#contact-rules';
import { isInstant, isLocalDate } from '#wire';
import { COMPLAINANT_KINDS, MOST_REPRESENTATIVES, type ComplainantKind, type Intake } from '../intake/complainant-kinds.ts';
import { intakeErrors, kindOf, type Stated } from '../intake/intake-rules.ts';
import { isZone, type Check } from './row-cells.ts';

/** Who complains and who sent it on, in a row. `representatives`: names separated by `;`, of heirs each with `:` and how they stood to who died. */
export const INTAKE_COLUMNS = [
  'complainantKind',
  'representatives',
  'representativeCount',
  'regulator',
  'regulatorReference',
  'forwardedOn',
] as const;
type Name =
  | (typeof INTAKE_COLUMNS)[number]
  | 'complainantName'
  | 'complainantIdNumber'
  | 'complainantContact'
  | 'proxyName'
  | 'groupSize'
  | 'receivedAt'
  | 'timeZone';
/** The cells of a row that has these columns, and others. */
interface Row {
  get(name: Name): string;
  orNull(name: Name): string | null;
}

const kindIn = (cells: Row): ComplainantKind | null => COMPLAINANT_KINDS.find((kind) => kind === cells.get('complainantKind')) ?? null;

function peopleIn(cells: Row): Intake['representatives'] {
  return cells
    .get('representatives')
    .split(/[;；]/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => {
      const [name = '', relationship] = one.split(/[:：]/).map((part) => part.trim());
      return { name, idNumber: null, contact: null, relationship: relationship || null };
    });
}

const REGULATOR: readonly Name[] = ['regulator', 'regulatorReference', 'forwardedOn'];

function statedIn(cells: Row): Stated {
  const [regulator, reference, forwardedOn] = [
    cells.get('regulator').toLowerCase(),
    cells.get('regulatorReference'),
    cells.get('forwardedOn'),
  ];
  return {
    kind: kindIn(cells),
    name: cells.orNull('complainantName'),
    idNumber: cells.orNull('complainantIdNumber'),
    contact: cells.orNull('complainantContact'),
    hasProxy: cells.get('proxyName') !== '',
    groupSize: Number(cells.get('groupSize') || 1),
    representatives: peopleIn(cells),
    forwarded: regulator === '' ? null : { regulator, reference, forwardedOn },
  };
}

// Where the rules point in a request, the column of a row.
const COLUMN_OF: Readonly<Record<string, Name>> = {
  '/complainant/name': 'complainantName',
  '/complainant/idNumber': 'complainantIdNumber',
  '/complainant/contact': 'complainantContact',
  '/complainant/proxy': 'proxyName',
  '/groupSize': 'groupSize',
  '/forwarded/forwardedOn': 'forwardedOn',
};

/** What must hold of who complains; the rules themselves only once the cells can be read. */
export function intakeChecks(cells: Row): Check<Name>[] {
  const given = REGULATOR.filter((name) => cells.get(name) !== '');
  const count = cells.get('representativeCount');
  const people = peopleIn(cells);
  const formal: Check<Name>[] = [
    [
      'complainantKind',
      cells.get('complainantKind') === '' || kindIn(cells) !== null,
      'unknown-value',
      `must be one of ${COMPLAINANT_KINDS.join(', ')}`,
    ],
    ...REGULATOR.map((name): Check<Name> => [
      name,
      given.length === 0 || cells.get(name) !== '',
      'required',
      'must not be empty where regulator, regulatorReference or forwardedOn is given',
    ]),
    ['regulator', cells.get('regulator').length <= 64, 'too-long', 'must have at most 64 characters'],
    ['regulatorReference', cells.get('regulatorReference').length <= 100, 'too-long', 'must have at most 100 characters'],
    ['forwardedOn', isDateOrEmpty(cells.get('forwardedOn')), 'date', 'must be a date such as 2026-11-21'],
    [
      'representativeCount',
      count === '' || (/^\d$/.test(count) && Number(count) <= MOST_REPRESENTATIVES),
      'too-many-representatives',
      `must be a whole number, ${MOST_REPRESENTATIVES} at most (CMP20 12)`,
    ],
    [
      'representativeCount',
      count === '' || Number(count) === people.length,
      'count-differs',
      `is not how many representatives names: ${people.length}`,
    ],
  ];
  return [...formal, ...(canBeJudged(cells) ? ruleChecks(cells) : [])];
}

const isDateOrEmpty = (text: string): boolean => text === '' || isLocalDate(text);

const canBeJudged = (cells: Row): boolean =>
  isInstant(cells.get('receivedAt')) &&
  isDateOrEmpty(cells.get('forwardedOn')) &&
  (cells.get('timeZone') === '' || isZone(cells.get('timeZone'))) &&
  /^\d{0,6}$/.test(cells.get('groupSize'));

function ruleChecks(cells: Row): Check<Name>[] {
  const zone = cells.get('timeZone') || DEFAULT_TIME_ZONE;
  return intakeErrors(statedIn(cells), new Date(cells.get('receivedAt')), zone).map(({ pointer, detail, source }): Check<Name> => [
    COLUMN_OF[pointer] ?? 'representatives',
    false,
    'intake',
    source ? `${detail} (${source})` : detail,
  ]);
}

/** Null where the row says nothing of it. */
export function intakeOf(cells: Row): Intake | null {
  if (INTAKE_COLUMNS.every((name) => cells.get(name) === '')) return null;
  const stated = statedIn(cells);
  return { kind: kindOf(stated), representatives: peopleIn(cells), forwarded: stated.forwarded };
}
