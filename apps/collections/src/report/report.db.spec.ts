import { csvRecords, pdfTexts } from '#testkit';
import { recount, type ReportDocument, type Trace } from '#render';
import { ReportRunner, ReportSchedule, ReportService, ReportStore, type ReportKind } from '#reports';
import { hashOf } from '#idempotency';
import { inTransaction } from '#pg';
import { Refusal } from '#problem';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import { ComplianceReport } from './compliance.report.ts';
import { ReportRowsStore } from './report-rows.store.ts';

const KIND = 'collections-compliance';
const OCTOBER = { from: '2026-10-01', to: '2026-10-31' };
const manager = principal('collections-manager');
const store = new ReportStore();

let stage: Stage;
let service: ReportService;
let runner: ReportRunner;
let schedule: ReportSchedule;

beforeAll(async () => {
  stage = await Stage.open();
  const kinds = new Map<string, ReportKind>([[KIND, new ComplianceReport(new ReportRowsStore())]]);
  service = new ReportService(stage.source, store, stage.uploads, kinds);
  runner = new ReportRunner(stage.source, stage.clock, store, stage.uploads, kinds);
  schedule = new ReportSchedule(stage.source, stage.clock, store, kinds);
  await decideSome();
});
afterAll(() => stage.close());

/** Contacts around the edges of October, by the bank and two agencies, at night and too often. */
async function decideSome(): Promise<void> {
  await stage.addCases([
    { caseId: 'C1', debtorId: 'D1', contactPoint: '+8613800000001' },
    { caseId: 'C2', debtorId: 'D2', contactPoint: '+8613800000002', agencyId: '=a1' },
    { caseId: 'C3', debtorId: 'D3', contactPoint: '+8613800000003', agencyId: 'a2', timeZone: 'Asia/Urumqi' },
  ]);
  const agency = (agencyId: string) => principal('agent', { agencyId });
  const ask = async (at: string, caseId: string, by = manager) => {
    stage.now = at;
    return stage.ask(caseId, {}, by);
  };
  await ask('2026-09-30T23:59:59.999+08:00', 'C1');
  await ask('2026-10-01T00:00:00+08:00', 'C1');
  await ask('2026-10-31T23:59:59.999+08:00', 'C1');
  await ask('2026-11-01T00:00:00+08:00', 'C1');
  for (let minute = 10; minute < 16; minute += 1) await ask(`2026-10-12T10:${minute}:00+08:00`, 'C2', agency('=a1'));
  // Two hours behind: its evening is quiet later.
  await ask('2026-10-12T22:30:00+08:00', 'C3', agency('a2'));
  const permitted = await ask('2026-10-13T15:00:00+08:00', 'C3', agency('a2'));
  stage.now = '2026-10-13T15:10:00+08:00';
  const said = { result: 'conversation', startedAt: '2026-10-13T15:01:00+08:00', endedAt: '2026-10-13T15:09:00+08:00' } as const;
  await stage.outcomes.record(principal('agent'), permitted.id, said, 'en');
  await lookBack('2026-10-20T12:00:00+08:00');
  await lookBack('2026-11-02T12:00:00+08:00');
  stage.now = '2026-11-01T00:10:00+08:00';
}

async function lookBack(finishedAt: string): Promise<void> {
  await stage.sql(
    `with audited as (insert into lookback (institution_id, policy, upload_bytes, file_name, state, finished_at, requested_by)
       values ($1, '{}', 0, 'log.csv', 'done', $2, 'x') returning id)
     insert into lookback_finding select $1, id, n, json_build_object('attemptId', 'A' || n, 'ruleId', case when n % 2 = 0 then 'burst' else 'quiet-hours' end,
       'severity', 'block', 'pack', 'cn-card') from audited, generate_series(1, 5) as n`,
    [BANK, finishedAt],
  );
}

const ask = async (more: object = {}, by = manager) =>
  service.create(by, { kind: KIND, period: OCTOBER, formats: ['json'], ...more }, null);

async function content(id: string, name: string, by = manager): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of (await service.file(by, id, name)).open()) parts.push(part);
  return Buffer.concat(parts);
}

const refusal = (promise: Promise<unknown>): Promise<Refusal> =>
  promise.then(() => Promise.reject(new Error('nothing was refused')), asRefusal);
const asRefusal = (error: unknown): Refusal => {
  if (error instanceof Refusal) return error;
  throw error;
};

describe('the compliance report', () => {
  let id: string;
  let document: ReportDocument;
  let rows: Record<string, Record<string, string>[]>;
  beforeAll(async () => {
    ({ id } = await ask({ formats: ['json', 'pdf', 'csv', 'xlsx', 'pdf'] }));
    await runner.run(BANK, id);
    document = JSON.parse((await content(id, 'report.json')).toString()) as ReportDocument;
    rows = Object.fromEntries(
      await Promise.all(document.rowFiles.map(async ({ name }) => [name, csvRecords((await content(id, name)).toString())])),
    );
  });

  it('counts what was decided in the period, to the instant', () => {
    const figures = Object.fromEntries(document.figures.map(({ id: figure, value }) => [figure, value]));
    expect(figures).toEqual({
      asked: 10,
      permitted: 5,
      refused: 5,
      'refused-share': 50,
      closed: 1,
      lapsed: 4,
      pending: 0,
      'lookback-findings': 5,
    });
    expect(rows['rows.csv']?.map(({ decidedAt }) => decidedAt).toSorted()).toEqual(rows['rows.csv']?.map(({ decidedAt }) => decidedAt));
    expect(document).toMatchObject({ institution: BANK, period: OCTOBER, generatedAt: '2026-11-01T00:10:00+08:00' });
  });

  it('has every number found again in its rows', () => {
    const traced: { id: string; value: number | null; trace: Trace }[] = [
      ...document.figures,
      ...document.tables.flatMap((table) =>
        table.rows.flatMap((row) => row.cells.map((cell) => ({ id: `${table.id} ${row.key}`, ...cell }))),
      ),
    ];
    expect(traced.length).toBeGreaterThan(200);
    const wrong = traced.filter(({ value, trace }) => recount(trace, rows[trace.file] ?? []) !== value);
    expect(wrong).toEqual([]);
  });

  it('says by rule, hour and agency what was refused', () => {
    const cells = (table: string, row: string): (number | null)[] =>
      document.tables
        .find((one) => one.id === table)
        ?.rows.find(({ key }) => key === row)
        ?.cells.map(({ value }) => value) ?? [];
    expect(cells('by-rule', 'quiet-hours')).toEqual([2, 2]);
    expect(cells('by-rule', 'burst')).toEqual([3, 0]);
    expect(cells('by-rule', 'conversations-per-debtor')).toEqual([3, 3]);
    // 22:30 in Harbin is 20:30 in Urumqi.
    expect(cells('by-hour', '20')).toEqual([1, 1, 0]);
    expect(cells('by-hour', '22')).toEqual([0, 0, 0]);
    expect(cells('by-agency', '=a1')).toEqual([6, 3, 3, 50]);
    expect(cells('by-agency', '(own)')).toEqual([2, 0, 2, 100]);
    expect(cells('outcomes', 'conversation')).toEqual([1]);
    expect(cells('lookback-by-rule', 'quiet-hours')).toEqual([3, 3, 0]);
  });

  it('comes in every format that was asked for, once, with its rows', async () => {
    const view = await service.find(manager, id);
    expect(view).toMatchObject({
      state: 'done',
      progress: { done: 15, total: 15 },
      formats: ['pdf', 'xlsx', 'csv', 'json'],
      origin: 'request',
    });
    expect(view.files.map(({ name }) => name)).toEqual([
      'report.pdf',
      'report.xlsx',
      'figures.csv',
      'report.json',
      'rows.csv',
      'lookback-findings.csv',
    ]);
    const texts = pdfTexts(await content(id, 'report.pdf')).flat();
    expect(texts).toEqual(expect.arrayContaining(['催收合规报告', '禁止时段（quiet-hours）', '=a1', '50']));
    expect(texts.join('')).not.toContain('\uFFFD');
    // An agency whose id a spreadsheet would run.
    expect((await content(id, 'rows.csv')).toString()).toContain(",'=a1,");
  });
});

describe('making a report', () => {
  it('happens once, however many workers try and whatever died before', async () => {
    const { id } = await ask();
    await inTransaction(stage.source, { institutionId: BANK }, (tx) => store.begin(tx, id, '0190b3c4-0000-7000-8000-000000000001'));
    await Promise.all([runner.run(BANK, id), runner.run(BANK, id), runner.run(BANK, id)]);
    await runner.run(BANK, id);
    const first = await service.find(manager, id);
    expect(first.state).toBe('done');
    expect(first.files.map(({ name }) => name)).toEqual(['report.json', 'rows.csv', 'lookback-findings.csv']);
    const late = await inTransaction(stage.source, { institutionId: BANK }, async (tx) => {
      const record = await store.find(tx, BANK, id);
      return record && store.finish(tx, record, '0190b3c4-0000-7000-8000-000000000001', 1, []);
    });
    expect(late).toBe(false);
    await runner.run(BANK, id);
    expect(await service.find(manager, id)).toEqual(first);
  });

  it('keeps its files when uploads are swept', async () => {
    const { id } = await ask();
    await runner.run(BANK, id);
    await stage.sql(`update upload set created_at = now() - interval '3 days'`);
    const before = await content(id, 'report.json');
    await stage.uploads.sweep();
    expect((await content(id, 'report.json')).equals(before)).toBe(true);
    const kept = await stage.sql<{ lost: number }>(
      `select count(*)::int as lost from upload u where not exists (select from report_file f where f.upload = u.id)`,
    );
    expect(kept[0]?.lost).toBe(0);
  });

  it('of the same rows gives the same bytes', async () => {
    const hashes = async (): Promise<unknown> => {
      const { id } = await ask({ formats: ['pdf', 'xlsx', 'csv', 'json'] });
      await runner.run(BANK, id);
      return (await service.find(manager, id)).files;
    };
    expect(await hashes()).toEqual(await hashes());
  });

  it('that fails every time says so on the last try', async () => {
    const { id } = await ask();
    const broken: ReportKind = {
      title: { zh: '', en: '' },
      build: () => Promise.reject(new Error('no such luck')),
      institutions: async () => [],
    };
    const unlucky = new ReportRunner(stage.source, stage.clock, store, stage.uploads, new Map([[KIND, broken]]));
    await expect(unlucky.run(BANK, id)).rejects.toThrow('no such luck');
    expect(await service.find(manager, id)).toMatchObject({ state: 'running', failure: null });
    await expect(unlucky.run(BANK, id, true)).rejects.toThrow('no such luck');
    expect(await service.find(manager, id)).toMatchObject({ state: 'failed', failure: { code: 'internal' }, files: [] });
    expect((await refusal(service.file(manager, id, 'report.json'))).kind.code).toBe('report-not-finished');
  });

  it('that nobody works on is woken once', async () => {
    const { id } = await ask();
    await stage.sql(`update report set touched_at = now() - interval '1 hour' where id = $1`, [id]);
    const wake = (): Promise<void> => inTransaction(stage.source, { institutionId: '*' }, (tx) => runner.wakeAbandoned(tx, 60_000));
    await Promise.all([wake(), wake()]);
    await wake();
    const woken = await stage.sql(`select id from outbox where payload->>'reportId' = $1`, [id]);
    expect(woken).toHaveLength(2);
  });
});

describe('asking for a report', () => {
  it.each([
    [{ period: { from: '2026-10-02', to: '2026-10-01' } }, '/period/to'],
    [{ period: { from: '2025-01-01', to: '2026-01-02' } }, '/period'],
  ])('%j is refused at %s', async (more, pointer) => {
    const { kind, extras } = await refusal(ask(more));
    expect([kind.status, extras.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });

  it('takes a leap year and a single day', async () => {
    expect((await ask({ period: { from: '2024-01-01', to: '2024-12-31' } })).state).toBe('queued');
    expect((await ask({ period: { from: '2026-10-01', to: '2026-10-01' } })).state).toBe('queued');
  });

  it('with one key is asked once', async () => {
    const body = { kind: KIND, period: OCTOBER, formats: ['json'] as const };
    const key = (input: unknown) => ({ key: 'report-key', hash: hashOf('POST /v1/reports', input) });
    const asked = await Promise.all(Array.from({ length: 4 }, () => service.create(manager, body, key(body))));
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
    const other = { ...body, formats: ['pdf'] as const };
    expect((await refusal(service.create(manager, other, key(other)))).kind.code).toBe('idempotency-key-reused');
  });

  it('is for the institution: neither for another nor for an agency', async () => {
    const { id } = await ask();
    await runner.run(BANK, id);
    const stranger = principal('compliance', { institutionId: 'bank-2' });
    expect((await refusal(service.find(stranger, id))).kind.code).toBe('not-found');
    expect((await refusal(service.file(stranger, id, 'report.json'))).kind.code).toBe('not-found');
    expect((await service.list(stranger, {})).items).toEqual([]);
    const agency = principal('compliance', { agencyId: 'a2' });
    for (const read of [service.find(agency, id), service.list(agency, {}), service.file(agency, id, 'report.json'), ask({}, agency)])
      expect((await refusal(read)).kind.code).toBe('forbidden');
  });

  it('lists the newest first, page by page', async () => {
    const all = await service.list(manager, { limit: 200 });
    const first = await service.list(manager, { limit: 2 });
    const second = await service.list(manager, { limit: 2, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(all.items.slice(0, 4).map(({ id }) => id));
    expect((await refusal(service.list(manager, { kind: 'other' }))).extras.errors?.[0]?.pointer).toBe('/kind');
    expect((await refusal(service.list(manager, { cursor: 'x' }))).extras.errors?.[0]?.pointer).toBe('/cursor');
  });
});

it('the report of a month is made once it is over, for every institution that has something, whoever looks', async () => {
  await stage.addCases([{ caseId: 'X1', debtorId: 'XD1' }], 'bank-2');
  stage.now = '2026-11-21T12:00:00+08:00';
  const other = principal('integration', { institutionId: 'bank-2' });
  const request = { ...(await stage.request('C1')), caseId: 'X1', contactPointId: await stage.pointOf('X1', 'P1', 'bank-2') };
  await stage.gate.ask(other, request, null, 'en');
  stage.now = '2026-10-31T23:59:59+08:00';
  expect(await schedule.run()).toBe(1);
  stage.now = '2026-11-01T00:00:00+08:00';
  const made = await Promise.all(Array.from({ length: 4 }, () => schedule.run()));
  expect(made.toSorted()).toEqual([0, 0, 0, 1]);
  stage.now = '2026-12-01T00:00:00+08:00';
  expect(await schedule.run()).toBe(2);
  expect(await schedule.run()).toBe(0);
  const scheduled = await stage.sql<{ institution: string; from: string; to: string; formats: string[] }>(
    `select institution_id as institution, period_from as "from", period_to as "to", formats from report where origin = 'schedule' order by 2, 1`,
    [],
    '*',
  );
  const formats = ['pdf', 'xlsx', 'csv', 'json'];
  expect(scheduled).toEqual([
    { institution: BANK, from: '2026-09-01', to: '2026-09-30', formats },
    { institution: BANK, ...OCTOBER, formats },
    { institution: BANK, from: '2026-11-01', to: '2026-11-30', formats },
    { institution: 'bank-2', from: '2026-11-01', to: '2026-11-30', formats },
  ]);
});
