import { createHash } from 'node:crypto';
import { csvRecords, pdfTexts, queueBackends } from '#testkit';
import { recount, type ReportDocument } from '#render';
import { Installation, type Reply, type Who } from './harness.ts';
import { expectProblem } from './problems.ts';
import { freshCase } from './rows.ts';
import { eventually } from './start/running.ts';

const manager: Who = { role: 'collections-manager' };
const compliance: Who = { role: 'compliance' };
const RULE = '{"reasons":[{"ruleId":"quiet-hours","severity":"block"}]}';

/** Waits until a report has ended; its view. */
async function untilEnded(bank: Installation, id: string): Promise<Reply['json']> {
  let view: Reply['json'];
  await eventually(`the end of report ${id}`, async () => {
    view = (await bank.call(`/v1/reports/${id}`, { as: compliance })).json;
    return ['done', 'draft', 'failed'].includes(view.state);
  });
  return view;
}

async function download(bank: Installation, id: string, name: string): Promise<{ headers: Headers; bytes: Buffer }> {
  const token = await bank.issuer.token(compliance);
  const reply = await fetch(`${bank.servers[0]?.url}/v1/reports/${id}/files/${name}`, { headers: { authorization: `Bearer ${token}` } });
  expect(reply.status).toBe(200);
  return { headers: reply.headers, bytes: Buffer.from(await reply.arrayBuffer()) };
}

/** Every file is what its view says it is; the figures are what their rows say. */
async function expectWhole(bank: Installation, view: Reply['json']): Promise<ReportDocument> {
  const files = new Map<string, Buffer>();
  for (const { name, bytes, sha256 } of view.files as { name: string; bytes: number; sha256: string }[]) {
    const file = await download(bank, view.id, name);
    expect(file.bytes.length).toBe(bytes);
    expect(createHash('sha256').update(file.bytes).digest('hex')).toBe(sha256);
    expect(file.headers.get('etag')).toBe(`"${sha256}"`);
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"; filename\*=UTF-8''%/);
    files.set(name, file.bytes);
  }
  const document = JSON.parse(String(files.get('report.json'))) as ReportDocument;
  const rows = new Map(document.rowFiles.map(({ name }) => [name, csvRecords(String(files.get(name)))]));
  for (const { value, trace } of document.figures) expect(recount(trace, rows.get(trace.file) ?? [])).toBe(value);
  return document;
}

describe.each(queueBackends)('reports of the collections service, on $backend', ({ env }) => {
  const DECISIONS = 60_000;
  let bank: Installation;
  beforeAll(async () => {
    bank = await Installation.open({ env: { ...env(), REPORTS_EVERY_MS: '500' } });
    await bank.cases([freshCase({ caseId: 'R1' })]);
    await decide('2025-03-01T08:00:00+08:00', DECISIONS);
  });
  afterAll(async () => {
    const said = bank.logs();
    await bank.close();
    expect(said).not.toContain('unexpected error');
  });

  /** Decisions a second apart, as the gate keeps them. */
  async function decide(from: string, count: number): Promise<void> {
    await bank.admin.query(
      `insert into decision (institution_id, collection_case, contact_point, requested_by, decided_at, verdict, permit_expires_at, time_zone, proposed, facts, policy, outcome)
       select institution_id, id, id, 'x', $1::timestamptz + n * interval '1 second', case when n % 4 = 0 then 'refused' else 'permitted' end,
         case when n % 4 > 0 then $1::timestamptz + n * interval '1 second' + interval '15 minutes' end, 'Asia/Shanghai', '{"channel":"voice"}', '{}', '{}',
         case when n % 4 = 0 then $3 else '{"reasons":[]}' end::json
       from collection_case, generate_series(1, $2::int) as n where case_id = 'R1'`,
      [from, count, RULE],
    );
  }
  const ask = (month = '2025-03'): Promise<Reply> =>
    bank.call('/v1/reports', {
      as: manager,
      body: { kind: 'collections-compliance', period: { from: `${month}-01`, to: `${month}-30` }, formats: ['pdf', 'json'] },
    });

  it('are made whole after the worker was killed in the middle', async () => {
    const { status, json } = await ask();
    expect([status, json.state, json.files]).toEqual([202, 'queued', []]);
    await eventually('rows are being written', async () => {
      const { rows } = await bank.admin.query('select from upload_chunk');
      return rows.length > 0;
    });
    await bank.worker?.kill9();
    expect((await bank.call(`/v1/reports/${json.id}`, { as: manager })).json).toMatchObject({ state: 'running', files: [] });
    expectProblem(await bank.call(`/v1/reports/${json.id}/files/rows.csv`, { as: manager }), 409);
    await bank.startWorker();
    const view = await untilEnded(bank, json.id);
    expect(view).toMatchObject({ state: 'done', progress: { done: DECISIONS, total: DECISIONS } });
    expect(view.files.map(({ name }: { name: string }) => name)).toEqual([
      'report.pdf',
      'report.json',
      'rows.csv',
      'lookback-findings.csv',
      'call-findings.csv',
      'repeats.csv',
      'period-before.csv',
    ]);
    const document = await expectWhole(bank, view);
    const value = (id: string): unknown => document.figures.find((figure) => figure.id === id)?.value;
    expect([value('asked'), value('refused'), value('refused-share'), value('lapsed')]).toEqual([
      DECISIONS,
      DECISIONS / 4,
      25,
      (DECISIONS * 3) / 4,
    ]);
    const { bytes } = await download(bank, json.id, 'report.pdf');
    expect(pdfTexts(bytes).flat()).toEqual(expect.arrayContaining(['催收合规报告', '60,000', '禁止时段（quiet-hours）']));
  });

  it('of the month before are made once, by two workers, one of which dies, though the queue is lost', async () => {
    const { rows } = await bank.admin.query<{ at: string; month: string }>(
      `select to_char(at, 'YYYY-MM-DD') as at, to_char(at, 'YYYY-MM') as month from (select date_trunc('month', now() at time zone 'Asia/Shanghai') - interval '5 days' as at) t`,
    );
    await bank.worker?.stop();
    await decide(`${rows[0]?.at}T08:00:00+08:00`, 40);
    // It was looked for today, when there was nothing yet.
    await bank.admin.query('delete from daily_work');
    await bank.startWorker();
    const first = bank.worker;
    await bank.startWorker();
    const scheduled = async (): Promise<Reply['json'][]> =>
      (await bank.call('/v1/reports?limit=200', { as: compliance })).json.items.filter(
        ({ origin }: { origin: string }) => origin === 'schedule',
      );
    await eventually('it is due', async () => (await scheduled()).length > 0);
    await bank.forgetQueue();
    await first?.kill9();
    const [report] = await scheduled();
    const view = await untilEnded(bank, report.id);
    expect(view).toMatchObject({
      state: 'draft',
      requestedBy: 'schedule',
      formats: ['pdf', 'xlsx', 'csv', 'json'],
      progress: { done: 40 },
    });
    expect(view.period.from).toBe(`${rows[0]?.month}-01`);
    await bank.worker?.stop();
    await bank.admin.query('delete from daily_work');
    await bank.startWorker();
    // By then the new worker has looked as well.
    await ask('2025-04').then(({ json }) => untilEnded(bank, json.id));
    expect((await scheduled()).map(({ id }) => id)).toEqual([view.id]);
    await expectWhole(bank, view);
  });
});

describe('reports of the complaints service', () => {
  let bank: Installation;
  let today: string;
  beforeAll(async () => {
    bank = await Installation.open({ service: 'complaints' });
    const { rows } = await bank.admin.query(`select to_char(now() at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as today`);
    today = rows[0].today;
    for (const channel of ['phone', 'phone', 'web']) {
      const body = {
        channel,
        complainant: { name: '张三', contact: '+8613800000001' },
        subject: '夜间催收',
        narrative: '深夜来电',
        requests: '停止',
        category: 'collection',
      };
      expect((await bank.call('/v1/complaints', { as: { role: 'complaint-handler' }, body })).status).toBe(201);
    }
  });
  afterAll(async () => {
    const said = bank.logs();
    await bank.close();
    expect(said).not.toContain('unexpected error');
  });

  const good = () => ({ kind: 'complaint-timeliness', period: { from: today, to: today }, formats: ['csv', 'xlsx', 'json', 'pdf'] });

  it('say what was received, to a supervisor, once for one key', async () => {
    const headers = { 'idempotency-key': 'one report' };
    const asked = await Promise.all(
      Array.from({ length: 3 }, () => bank.call('/v1/reports', { as: { role: 'complaint-supervisor' }, body: good(), headers })),
    );
    expect(new Set(asked.map(({ status, json }) => `${status} ${json.id}`)).size).toBe(1);
    const view = await untilEnded(bank, asked[0]?.json.id);
    expect(view.files.map(({ name }: { name: string }) => name)).toEqual([
      'report.pdf',
      'report.xlsx',
      'figures.csv',
      'report.json',
      'rows.csv',
      'extensions.csv',
      'overdue.csv',
      'reviews.csv',
      'satisfaction.csv',
      'root-causes.csv',
      'rectifications.csv',
    ]);
    const document = await expectWhole(bank, view);
    expect(document.figures.find(({ id }) => id === 'open')?.value).toBe(3);
    expect(JSON.stringify(document)).not.toContain('张三');
    expect(String((await download(bank, view.id, 'rows.csv')).bytes)).not.toContain('13800000001');
    const { etag } = Object.fromEntries((await download(bank, view.id, 'report.pdf')).headers);
    const again = await bank.call(`/v1/reports/${view.id}/files/report.pdf`, { as: compliance, headers: { 'if-none-match': `W/${etag}` } });
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);
    expectProblem(await bank.call(`/v1/reports/${view.id}/files/other.pdf`, { as: compliance }), 404);
    expectProblem(await bank.call(`/v1/reports/${view.id}`, { as: { role: 'compliance', institutionId: 'bank-2' } }), 404);
    expectProblem(await bank.call(`/v1/reports/${view.id}`, { as: { role: 'compliance', agencyId: 'a1' } }), 403);
  });

  it('that cannot be made are refused, field by field', async () => {
    const post = (body: unknown): Promise<Reply> => bank.call('/v1/reports', { as: compliance, method: 'POST', body });
    const wrong: readonly [unknown, string][] = [
      [{ ...good(), kind: 'collections-compliance' }, '/kind'],
      [{ ...good(), kind: undefined }, '/kind'],
      [{ ...good(), formats: ['docx'] }, '/formats'],
      [{ ...good(), formats: [] }, '/formats'],
      [{ ...good(), formats: 'pdf' }, '/formats'],
      [{ ...good(), period: { from: '2026-10-02', to: '2026-10-01' } }, '/period/to'],
      [{ ...good(), period: { from: '2025-01-01', to: '2026-01-02' } }, '/period'],
      [{ ...good(), period: { from: '2026-02-30', to: '2026-03-01' } }, '/period/from'],
      [{ ...good(), period: null }, '/period'],
      [{ ...good(), colour: 'red' }, '/colour'],
    ];
    for (const [body, pointer] of wrong) {
      const reply = await post(body);
      expectProblem(reply, 422);
      expect(`${JSON.stringify(body)} ${reply.json.errors[0].pointer}`).toBe(`${JSON.stringify(body)} ${pointer}`);
    }
    for (const body of ['', '{', '[]', 'null', '"x"', '12']) expectProblem(await post(body), [400, 415, 422]);
    expectProblem(await bank.call('/v1/reports?kind=other', { as: compliance }), 422, '/kind');
    expectProblem(await bank.call('/v1/reports?cursor=x', { as: compliance }), 422, '/cursor');
  });
});
