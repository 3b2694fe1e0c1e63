import { csvRecords, pdfTexts } from '#testkit';
import { recount, type ReportDocument, type Trace } from '#render';
import { EVERY_INSTITUTION, inTransaction } from '#pg';
import { ReportRunner, ReportService, ReportStore, type ReportKind } from '#reports';
import { UploadService, UploadStore } from '#uploads';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import { StatisticsService } from '../statistics/statistics.service.ts';
import { uploadUse } from '../uploads.ts';
import { ReportRowsStore } from './report-rows.store.ts';
import { TimelinessReport } from './timeliness.report.ts';

const compliance = principal('compliance');
const OCTOBER = { from: '2026-10-01', to: '2026-10-31' };

let stage: Stage;
let service: ReportService;
let runner: ReportRunner;
let document: ReportDocument;
let rows: Record<string, string>[];
let texts: string[];

interface Told {
  readonly receivedAt: string;
  readonly state?: string;
  readonly dueAt?: string;
  readonly decidedAt?: string;
  readonly toldAt?: string;
  readonly closedAt?: string;
  readonly channel?: string;
  readonly category?: string | null;
  readonly agencyId?: string;
  readonly institutionId?: string;
}

/** As the ledger would have left it; what the report reads are these columns. */
async function complaint(told: Told): Promise<void> {
  const { receivedAt, state = 'running', dueAt = '2026-11-16T00:00:00+08:00', decidedAt = null, toldAt = null } = told;
  const closedAt = told.closedAt ?? toldAt;
  await stage.sql(
    `insert into complaint (institution_id, number, content_hash, channel, category, received_at, registered_at, time_zone, pack, name_sealed, subject_sealed,
       narrative_sealed, requests_sealed, source, registered_by, state, term_id, due_on, due_at, due_set_at, decided_at, told_at, closed_at, against_agency_id)
     values ($1, new_complaint_number($2, 'Asia/Shanghai'), '', $3, $4, $2, $2, 'Asia/Shanghai', 'cn-banking-2020', '', '', '', '', 'api', 'x', $5, 'decide',
       ($6::timestamptz at time zone 'Asia/Shanghai')::date - 1, $6, $2, $7, $8, $9, $10)`,
    [
      told.institutionId ?? BANK,
      receivedAt,
      told.channel ?? 'phone',
      told.category ?? null,
      state,
      dueAt,
      decidedAt,
      toldAt,
      closedAt,
      told.agencyId ?? null,
    ],
    '*',
  );
}

const answered = (receivedAt: string, toldAt: string, more: Partial<Told> = {}): Promise<void> =>
  complaint({ receivedAt, state: 'met', decidedAt: receivedAt, toldAt, ...more });

beforeAll(async () => {
  stage = await Stage.open();
  const uploads = new UploadService(new UploadStore(stage.source, stage.vault, uploadUse));
  const kinds = new Map<string, ReportKind>([['complaint-timeliness', new TimelinessReport(new ReportRowsStore())]]);
  service = new ReportService(stage.source, new ReportStore(), uploads, kinds);
  runner = new ReportRunner(stage.source, stage.clock, new ReportStore(), uploads, kinds);

  const last = '2026-10-31T23:59:59.999+08:00';
  await answered('2026-10-01T00:00:00+08:00', '2026-10-16T23:59:59+08:00', { channel: 'web', agencyId: '=a1' });
  await answered(last, '2026-11-16T00:00:01+08:00', { state: 'missed' });
  await answered(last, '2026-12-01T09:00:00+08:00');
  await answered(last, '2026-12-31T09:00:00+08:00', { category: 'collection' });
  // Told first and decided after: nothing was told before it was decided.
  await complaint({ receivedAt: last, state: 'missed', toldAt: '2026-11-01T09:00:00+08:00', decidedAt: '2027-01-01T09:00:00+08:00' });
  await complaint({ receivedAt: last, dueAt: '2027-01-15T00:00:00+08:00' });
  await complaint({ receivedAt: last });
  await complaint({ receivedAt: last, state: 'paused' });
  await complaint({ receivedAt: last, state: 'withdrawn', closedAt: '2026-11-01T09:00:00+08:00' });
  await complaint({ receivedAt: last, state: 'declined', closedAt: '2026-11-01T09:00:00+08:00' });
  await complaint({ receivedAt: last, state: 'met', closedAt: '2026-11-01T09:00:00+08:00' });
  for (const receivedAt of ['2026-09-30T23:59:59.999+08:00', '2026-11-01T00:00:00+08:00']) await complaint({ receivedAt });
  await complaint({ receivedAt: last, institutionId: 'bank-2' });

  stage.now = '2027-01-10T09:00:00+08:00';
  const { id } = await service.create(compliance, { kind: 'complaint-timeliness', period: OCTOBER, formats: ['pdf', 'json'] }, null);
  await runner.run(BANK, id);
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

it('puts each complaint of the period into the bucket of its days, to the day', () => {
  expect(Object.fromEntries(document.figures.map(({ id, value }) => [id, value]))).toMatchObject({
    received: 11,
    'within-15': 1,
    'within-30': 1,
    'within-60': 1,
    later: 2,
    open: 2,
    overdue: 1,
    withdrawn: 1,
    declined: 1,
    merged: 0,
    'unknown-day': 1,
    'within-15-share': 20,
    met: 4,
    missed: 3,
    'median-days': 31,
    'p90-days': 62,
  });
  expect(rows.map(({ days }) => days).filter((days) => days !== '')).toEqual(['15', '16', '31', '61', '62']);
});

it('statistics count the same, month by month, and no other institution', async () => {
  const found = await new StatisticsService(stage.source, stage.clock).find(principal('regulator'), {
    from: '2026-09-30',
    to: '2026-11-01',
  });
  const october = { month: '2026-10', received: 11, onTime: 4, late: 3, overdue: 1, open: 2, ended: 2 };
  expect(found.months.find(({ month }) => month === '2026-10')).toEqual(october);
  expect(found.months.map(({ month, received }) => [month, received])).toEqual([
    ['2026-09', 1],
    ['2026-10', 11],
    ['2026-11', 1],
  ]);
  expect(found.complaints.received).toBe(13);
  const nowhere = await new StatisticsService(stage.source, stage.clock).find(principal('regulator', { institutionId: 'bank-3' }), OCTOBER);
  expect(nowhere).toMatchObject({ months: [], complaints: { received: 0 }, evidenceHead: null });
});

it('has every number found again in its rows', () => {
  const traced: { value: number | null; trace: Trace }[] = [
    ...document.figures,
    ...document.tables.flatMap((table) => table.rows.flatMap(({ cells }) => cells)),
  ];
  expect(traced.length).toBeGreaterThan(60);
  expect(traced.filter(({ trace }) => trace.file === 'rows.csv').filter(({ value, trace }) => recount(trace, rows) !== value)).toEqual([]);
});

it('names no person, and reads in Chinese', () => {
  expect(Object.keys(rows[0] ?? {})).toEqual([
    'number',
    'receivedOn',
    'channel',
    'category',
    'agencyId',
    'state',
    'dueOn',
    'decidedOn',
    'toldOn',
    'days',
    'bucket',
    'area',
    'cause',
    'business',
    'classChannel',
    'codeVersion',
    'timing',
  ]);
  expect(texts).toEqual(expect.arrayContaining(['投诉办理时效报告', '未涉及催收机构', '=a1', '办理天数中位数', '31']));
  expect(texts.join('')).not.toContain('\uFFFD');
});

it('is due for whoever received something', async () => {
  const store = new ReportRowsStore();
  const [from, until] = [new Date('2026-10-01T00:00:00+08:00'), new Date('2026-11-01T00:00:00+08:00')];
  const all = await inTransaction(stage.source, { institutionId: EVERY_INSTITUTION }, (tx) => store.institutions(tx, from, until));
  expect(all).toEqual([BANK, 'bank-2']);
});
