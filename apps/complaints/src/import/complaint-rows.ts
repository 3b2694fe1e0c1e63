import type { ClockEvent } from '#clock-rules';
import { DEFAULT_TIME_ZONE } from '#contact-rules';
import type { RowFault } from '#imports';
import type { TableRow } from '#tabular';
import { NOTICE_FORMS, OUTCOMES } from '../clock/event.dto.ts';
import { NO_NAME } from '../intake/complainant-kinds.ts';
import type { ImportedComplaint, ImportedEvent } from './imported-complaint.ts';
import { INTAKE_COLUMNS, intakeChecks, intakeOf } from './intake-cells.ts';
import { Cells, isZone, type Check } from './row-cells.ts';

const NAMES = [
  'institutionId',
  'externalRef',
  'channel',
  'receivedAt',
  'complainantName',
  'complainantIdNumber',
  'complainantContact',
  'proxyName',
  'account',
  'subject',
  'narrative',
  'requests',
  'category',
  'agencyId',
  'collectorId',
  'staffId',
  'groupSize',
  'handler',
  'timeZone',
  'declaredComplexAt',
  'decidedAt',
  'outcome',
  'toldAt',
  'noticeForm',
  'withdrawnAt',
  ...INTAKE_COLUMNS,
] as const;
type Name = (typeof NAMES)[number];

const NEEDED: readonly Name[] = [
  'externalRef',
  'channel',
  'receivedAt',
  'complainantName',
  'complainantContact',
  'subject',
  'narrative',
  'requests',
];
const NAMED: readonly Name[] = ['complainantName', 'complainantContact'];
const LONG: readonly Name[] = ['narrative', 'requests'];
const CODES: readonly Name[] = ['channel', 'category'];
const INSTANTS: readonly Name[] = ['receivedAt', 'declaredComplexAt', 'decidedAt', 'toldAt', 'withdrawnAt'];

/** The columns of a `complaints` file: one row per complaint. */
export const COMPLAINT_FILE_COLUMNS = NAMES.map((name) => ({ name, required: NEEDED.includes(name) }));

function checks(cells: Cells<Name>, institutionId: string): Check<Name>[] {
  const short = NAMES.filter((name) => !LONG.includes(name));
  const size = cells.get('groupSize');
  return [
    ...cells.required(cells.get('complainantKind') === 'anonymous' ? NEEDED.filter((name) => !NAMED.includes(name)) : NEEDED),
    ...cells.atMost(64, CODES),
    ...cells.atMost(200, short),
    ...cells.atMost(20_000, LONG),
    ...cells.oneLine(short),
    ...cells.instants(INSTANTS),
    [
      'institutionId',
      ['', institutionId].includes(cells.get('institutionId')),
      'other-institution',
      'must be your own institution or empty',
    ],
    [
      'groupSize',
      size === '' || (/^\d{1,6}$/.test(size) && Number(size) > 0),
      'number',
      'must be a whole number from 1 to 999999, or empty for 1',
    ],
    [
      'timeZone',
      cells.get('timeZone') === '' || isZone(cells.get('timeZone')),
      'time-zone',
      'must be a time zone such as Asia/Shanghai, or empty for that one',
    ],
    [
      'handler',
      cells.get('handler') === '' || cells.get('handler') !== cells.get('staffId'),
      'recused',
      'must not be the person complained of',
    ],
    ...intakeChecks(cells),
    cells.oneOf('outcome', ['', ...OUTCOMES]),
    cells.oneOf('noticeForm', ['', ...NOTICE_FORMS]),
  ];
}

/** The first thing that is wrong with the row, or the row. */
export function readComplaintRow(row: TableRow, institutionId: string): ImportedComplaint | RowFault {
  const cells = Cells.of(row, NAMES);
  const fault = cells.fault(checks(cells, institutionId));
  if (fault) return fault;
  const proxyName = cells.orNull('proxyName');
  const intake = intakeOf(cells);
  return {
    row: row.row,
    externalRef: cells.get('externalRef'),
    channel: cells.get('channel'),
    category: cells.orNull('category'),
    receivedAt: new Date(cells.get('receivedAt')),
    timeZone: cells.get('timeZone') || DEFAULT_TIME_ZONE,
    account: cells.orNull('account'),
    agencyId: cells.orNull('agencyId'),
    collectorId: cells.orNull('collectorId'),
    staffId: cells.orNull('staffId'),
    groupSize: Number(cells.get('groupSize') || 1),
    handler: cells.orNull('handler'),
    personal: {
      name: cells.orNull('complainantName') ?? NO_NAME,
      idNumber: cells.orNull('complainantIdNumber'),
      contact: cells.orNull('complainantContact'),
      proxy: proxyName === null ? null : { name: proxyName, idNumber: null, contact: null },
      subject: cells.get('subject'),
      narrative: cells.get('narrative'),
      requests: cells
        .get('requests')
        .split(/[;；]/)
        .map((request) => request.trim())
        .filter((request) => request !== ''),
    },
    events: eventsOf(cells),
    // Left out where a file says nothing of it: what was imported before is the same content still.
    ...(intake && { intake }),
  };
}

function eventsOf(cells: Cells<Name>): ImportedEvent[] {
  const events: ImportedEvent[] = [];
  const add = (column: Name, type: ClockEvent['type'], more: Readonly<Record<string, unknown>> = {}): void => {
    const at = cells.instant(column);
    if (at) events.push({ column, type, at, more });
  };
  const given = (name: Name): Readonly<Record<string, unknown>> =>
    cells.get(name) === '' ? {} : { [name === 'outcome' ? 'outcome' : 'form']: cells.get(name) };
  add('declaredComplexAt', 'declared-complex');
  add('decidedAt', 'decided', given('outcome'));
  add('toldAt', 'told', given('noticeForm'));
  add('withdrawnAt', 'withdrawn');
  return events;
}
