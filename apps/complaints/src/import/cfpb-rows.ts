import { Zone } from '#contact-rules';
import type { RowFault } from '#imports';
import type { TableRow } from '#tabular';
import { isLocalDate } from '#wire';
import type { ImportedComplaint, ImportedEvent } from './imported-complaint.ts';
import { Cells, type Check } from './row-cells.ts';

const NAMES = [
  'Complaint ID',
  'Product',
  'Sub-product',
  'Issue',
  'Sub-issue',
  'State',
  'ZIP code',
  'Submitted via',
  'Date received',
  'Date sent to company',
  'Company',
  'Company response',
  'Timely response?',
  'Consumer disputed?',
] as const;
type Name = (typeof NAMES)[number];

const NEEDED: readonly Name[] = [
  'Complaint ID',
  'Product',
  'Issue',
  'Submitted via',
  'Date received',
  'Company response',
  'Timely response?',
];
const TOLD: readonly Name[] = [
  'Product',
  'Sub-product',
  'Issue',
  'Sub-issue',
  'Company',
  'State',
  'ZIP code',
  'Date sent to company',
  'Company response',
  'Consumer disputed?',
];
// The Bureau's dates have no zone of their own; it sits in Washington.
const TIME_ZONE = 'America/New_York';
const NOT_PUBLISHED = '(not published)';
const DEBT_COLLECTION = 'Debt collection';

/** The columns of the public complaint file of the US Consumer Financial Protection Bureau. */
export const CFPB_COLUMNS = NAMES.map((name) => ({ name, required: NEEDED.includes(name) }));

/** 11/13/2014 as 2014-11-13; empty for what is no such date. */
function localDate(text: string): string {
  const [, month, day, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text) ?? [];
  const date = `${year}-${month}-${day}`;
  return isLocalDate(date) ? date : '';
}

/** A code made of words: "Postal mail" is postal-mail. */
const codeOf = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 64);

const isAnswer = (response: string): boolean => /^(Closed|Untimely response)/.test(response);

function checks(cells: Cells<Name>): Check<Name>[] {
  const response = cells.get('Company response');
  return [
    ...cells.required(NEEDED),
    ...cells.atMost(200, NAMES),
    ...cells.oneLine(NAMES),
    ['Complaint ID', /^\d{1,12}$/.test(cells.get('Complaint ID')), 'number', 'must be the number that the Bureau gave'],
    ['Date received', localDate(cells.get('Date received')) !== '', 'date', 'must be a date such as 11/13/2014'],
    [
      'Date sent to company',
      cells.get('Date sent to company') === '' || localDate(cells.get('Date sent to company')) !== '',
      'date',
      'must be empty or a date such as 11/13/2014',
    ],
    [
      'Company response',
      isAnswer(response) || response === 'In progress',
      'unknown-value',
      'must be In progress, Untimely response, or begin with Closed',
    ],
    cells.oneOf('Timely response?', ['Yes', 'No']),
  ];
}

/** The clock of the company begins when the Bureau sends it the complaint, which is never before it has it. */
function sentOn(cells: Cells<Name>): string {
  const [received, sent] = [localDate(cells.get('Date received')), localDate(cells.get('Date sent to company'))];
  return sent > received ? sent : received;
}

/** The first thing that is wrong with the row, or the row. The Bureau publishes no names, and of the answer no day. */
export function readCfpbRow(row: TableRow): ImportedComplaint | RowFault {
  const cells = Cells.of(row, NAMES);
  const fault = cells.fault(checks(cells));
  if (fault) return fault;
  const product = cells.get('Product');
  return {
    row: row.row,
    externalRef: `CFPB-${cells.get('Complaint ID')}`,
    channel: codeOf(cells.get('Submitted via')),
    category: product === DEBT_COLLECTION ? 'collection' : codeOf(product),
    receivedAt: new Date(Zone.of(TIME_ZONE).dateStart(sentOn(cells))),
    timeZone: TIME_ZONE,
    importKind: 'cfpb',
    account: null,
    agencyId: null,
    collectorId: null,
    staffId: null,
    groupSize: 1,
    handler: null,
    personal: {
      name: NOT_PUBLISHED,
      idNumber: null,
      contact: null,
      proxy: null,
      subject: cells.get('Sub-issue') || cells.get('Issue'),
      narrative: TOLD.filter((name) => cells.get(name) !== '')
        .map((name) => `${name}: ${cells.get(name)}`)
        .join('\n'),
      requests: [],
    },
    events: outcomeOf(cells),
  };
}

function outcomeOf(cells: Cells<Name>): ImportedEvent[] {
  const response = cells.get('Company response');
  if (!isAnswer(response)) return [];
  const inTime = cells.get('Timely response?') === 'Yes' && !response.startsWith('Untimely');
  return [{ column: 'Company response', type: 'outcome-recorded', at: null, inTime, more: { response } }];
}
