import type { ImportRecord } from '#imports';
import { inTransaction } from '#pg';
import { recount, type ReportDocument } from '#render';
import { ReportRunner, ReportService, ReportStore, type ReportKind } from '#reports';
import { bufferSource, readTable } from '#tabular';
import { csvRecords, pdfTexts } from '#testkit';
import { SortingStage } from '../../testing/sorting.ts';
import { BANK, handler, principal, Stage, supervisor } from '../../testing/stage.ts';
import { CfpbKind } from '../import/cfpb.kind.ts';
import { FileRegistration } from '../import/file-registration.ts';
import { ReportRowsStore } from './report-rows.store.ts';
import { TimelinessReport } from './timeliness.report.ts';

// The Bureau's columns and its words; the rows are made up.
const HEADER =
  'Complaint ID,Product,Sub-product,Issue,Sub-issue,State,ZIP code,Submitted via,Date received,Date sent to company,Company,Company response,Timely response?,Consumer disputed?';
const THREAT = 'Debt collection,Credit card,Communication tactics,Threatened to take legal action';
const CALLS = 'Debt collection,Credit card,Communication tactics,Frequent or repeated calls';
const FEE = 'Credit card,,Late fee,';
const UNKNOWN = 'Debt collection,,Something never seen,';
const line = (id: number, what: string, via: string, response: string, timely: string): string =>
  `${id},${what},TX,750XX,${via},11/${String(10 + (id % 10)).padStart(2, '0')}/2014,11/20/2014,"Example, Inc.",${response},${timely},No`;
const ROWS = [
  line(7000001, THREAT, 'Web', 'Closed with explanation', 'Yes'),
  line(7000002, THREAT, 'Phone', 'Closed with explanation', 'No'),
  line(7000003, CALLS, 'Web', 'Closed with monetary relief', 'Yes'),
  line(7000004, CALLS, 'Web', 'Untimely response', 'No'),
  line(7000005, CALLS, 'Postal mail', 'In progress', 'Yes'),
  line(7000006, FEE, 'Web', 'Closed with explanation', 'Yes'),
  line(7000007, FEE, 'Referral', 'Closed with explanation', 'Yes'),
  line(7000008, UNKNOWN, 'Fax', 'Closed with explanation', 'Yes'),
];

let stage: Stage;
let room: SortingStage;
let document: ReportDocument;
let rows: Record<string, string>[];
let texts: string[];

async function load(): Promise<number> {
  const kind = new CfpbKind(new FileRegistration(stage.registrations, stage.reading, stage.vault));
  const record = { institutionId: BANK, requestedBy: 'core' } as ImportRecord;
  let inserted = 0;
  for await (const batch of readTable(bufferSource(Buffer.from([HEADER, ...ROWS].join('\r\n'))), kind.columns)) {
    expect(batch.errors).toEqual([]);
    const outcome = await inTransaction(stage.source, { institutionId: BANK }, (tx) => kind.storeBatch(tx, record, batch));
    expect(outcome.faults).toEqual([]);
    inserted += outcome.inserted;
  }
  return inserted;
}

async function classify(): Promise<string[]> {
  await room.classificationJobs.run();
  return inTransaction(stage.source, supervisor, async (tx) => {
    const ids = await tx.query<{ id: string }>('select id from complaint order by external_ref');
    const records = await Promise.all(ids.map(({ id }) => stage.reading.find(tx, supervisor, id)));
    return room.classifications.confirmSuggested(tx, records, supervisor.subject, await stage.reading.now(tx));
  });
}

beforeAll(async () => {
  stage = await Stage.open();
  room = new SortingStage(stage);
  stage.now = '2026-11-21T15:00:00+08:00';
  expect([await load(), await load()]).toEqual([ROWS.length, 0]);
  expect(await classify()).toHaveLength(7);
  // One person thinks otherwise, with a reason.
  const [fee] = await stage.sql<{ id: string }>(`select id from complaint where external_ref = 'CFPB-7000007'`);
  const codes = { channel: 'other-body', business: 'credit-card', cause: 'disclosure', area: 'marketing' };
  await room.classifications.confirm(handler, fee?.id ?? '', { ...codes, reason: 'not told of the fee when sold' }, null, 'r');

  const kinds = new Map<string, ReportKind>([['complaint-timeliness', new TimelinessReport(new ReportRowsStore())]]);
  const service = new ReportService(stage.source, new ReportStore(), room.uploads, kinds);
  const compliance = principal('compliance');
  const period = { from: '2014-11-01', to: '2014-11-30' };
  const { id } = await service.create(compliance, { kind: 'complaint-timeliness', period, formats: ['pdf', 'json', 'csv'] }, null);
  await new ReportRunner(stage.source, stage.clock, new ReportStore(), room.uploads, kinds).run(BANK, id);
  const content = async (name: string): Promise<Buffer> => {
    const parts: Buffer[] = [];
    for await (const part of (await service.file(compliance, id, name)).open()) parts.push(part);
    return Buffer.concat(parts);
  };
  document = JSON.parse((await content('report.json')).toString()) as ReportDocument;
  rows = csvRecords((await content('rows.csv')).toString());
  texts = pdfTexts(await content('report.pdf')).flat();
});
afterAll(() => stage.close());

const table = (id: string) =>
  Object.fromEntries(
    document.tables.find((each) => each.id === id)?.rows.map(({ key, cells }) => [key, cells.map(({ value }) => value)]) ?? [],
  );

it('is counted by area and class, on time and late, as persons have confirmed it', () => {
  expect(table('by-area')).toEqual({
    // Five of collection: two in time, two late, one that nobody has answered and that is overdue.
    collection: [5, 2, 3, 40],
    'card-use': [1, 1, 0, 100],
    marketing: [1, 1, 0, 100],
    '(none)': [1, 1, 0, 100],
  });
  expect(table('by-cause')).toEqual({
    'collection-frequency': [3, 1, 2, 33.3],
    'collection-threat': [2, 1, 1, 50],
    fees: [1, 1, 0, 100],
    disclosure: [1, 1, 0, 100],
    '(none)': [1, 1, 0, 100],
  });
  expect(table('by-class-channel')).toMatchObject({ web: [4, 3, 1, 75], '(none)': [1, 1, 0, 100] });
});

it('has every number found again in its rows, and the words of the codes', () => {
  const traced = document.tables.flatMap((each) => each.rows.flatMap(({ cells }) => cells));
  const ofComplaints = traced.filter(({ trace }) => trace.file === 'rows.csv');
  expect(ofComplaints.filter(({ value, trace }) => recount(trace, rows) !== value)).toEqual([]);
  expect(rows.map(({ area, cause, codeVersion, timing }) => [area, cause, codeVersion, timing])).toContainEqual([
    'marketing',
    'disclosure',
    '0',
    'on-time',
  ]);
  const frequency = document.tables.find(({ id }) => id === 'by-cause')?.rows.find(({ key }) => key === 'collection-frequency');
  expect(frequency?.label.zh).toBe('债务催收方式与手段 › 催收频次与时间');
  expect(texts.join(' ')).toMatch(/按公约五个领域统计.*未确认分类/);
});

it('what was taken wholesale says nothing of how good the suggestions are; what a person says of one does', async () => {
  const measured = async () =>
    (await room.agreement.find(supervisor, { from: '2026-11-01', to: '2026-11-30' })).dimensions.map(({ dimension, suggested, taken }) => [
      dimension,
      suggested,
      taken,
    ]);
  expect(await measured()).toEqual(['channel', 'business', 'cause', 'area'].map((dimension) => [dimension, 0, 0]));
  const [unknown] = await stage.sql<{ id: string }>(`select id from complaint where external_ref = 'CFPB-7000008'`);
  const codes = { channel: 'other-channel', business: 'credit-card', cause: 'fees', area: 'card-use' };
  await room.classifications.confirm(handler, unknown?.id ?? '', { ...codes, reason: null }, null, 'r');
  expect(await measured()).toEqual([
    ['channel', 1, 1],
    ['business', 1, 0],
    ['cause', 0, 0],
    ['area', 0, 0],
  ]);
});
