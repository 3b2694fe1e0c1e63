import { Installation, type Reply, type Who } from './harness.ts';
import { freshCase } from './rows.ts';
import { eventually } from './start/running.ts';

let bank: Installation;
beforeAll(async () => {
  bank = await Installation.open();
});
afterAll(() => bank.close());

const manager: Who = { role: 'collections-manager' };
const agencyA: Who = { role: 'agency-supervisor', agencyId: 'agency-a' };
const agencyB: Who = { role: 'agency-supervisor', agencyId: 'agency-b' };
const columns = { calledNumber: '被叫号码', startedAt: '开始时间', result: '结果', callId: '流水号' };
const body = (name: string, more: object = {}): object => ({ name, columns, results: { 接通: 'answered', 未接: 'no-answer' }, ...more });

async function newSource(name: string, more: object = {}, as: Who = manager): Promise<Reply> {
  const reply = await bank.call('/v1/call-record-sources', { as, body: body(name, more) });
  expect(`${reply.status} ${reply.text}`).toMatch(/^201 /);
  return reply;
}

function form(source: string | null, file: string): FormData {
  const all = new FormData();
  if (source !== null) all.set('source', source);
  all.set('file', new Blob([file]), '话单.csv');
  return all;
}

async function reconcile(source: string, file: string, as: Who = manager): Promise<Reply['json']> {
  const asked = await bank.call('/v1/reconciliations', { as, body: form(source, file) });
  expect(`${asked.status} ${asked.text}`).toMatch(/^202 /);
  let view: Reply['json'];
  await eventually('the end of the reconciliation', async () => {
    view = (await bank.call(`/v1/reconciliations/${asked.json.id}`, { as })).json;
    return view.state === 'done' || view.state === 'failed';
  });
  return view;
}

it('finds the call that nobody asked for, and says so in words, as CSV and NDJSON', async () => {
  const cells = freshCase();
  const [attempt] = await bank.cases([cells]);
  const asked = await bank.ask(attempt ?? {});
  const at = new Date(Date.parse(asked.json.decidedAt) + 1000).toISOString();
  const outcome = { result: 'conversation', startedAt: asked.json.decidedAt, endedAt: asked.json.decidedAt };
  expect((await bank.call(`/v1/contact-attempts/${asked.json.id}/outcome`, { body: outcome })).status).toBe(201);
  await newSource('呼叫中心');
  const file = `流水号,中继,被叫号码,开始时间,结果\nk1,t,${cells.contactPoint},${at},接通\nk2,t,13700001234,${at},未接\nk3,t,13700001234,soon,未接\n`;
  const view = await reconcile('呼叫中心', file);
  expect(view).toMatchObject({
    source: '呼叫中心',
    state: 'done',
    rows: { read: 3, calls: 2, neverPlaced: 0, rejected: 1 },
    matched: 1,
    findings: 1,
    errors: [{ row: 4, column: '开始时间', code: 'instant', detail: expect.stringContaining('2026-11-21 09:30:00') }],
  });
  const line = { row: 3, callId: 'k2', finding: 'no-permit', why: 'none', number: '137****1234', recorded: 'no-answer' };
  const ndjson = await bank.call(`/v1/reconciliations/${view.id}/findings.ndjson`, { as: manager });
  expect(JSON.parse(ndjson.text)).toMatchObject({ ...line, message: expect.stringContaining('nobody asked before the call') });
  const csv = await bank.call(`/v1/reconciliations/${view.id}/findings.csv`, { as: manager, headers: { 'accept-language': 'zh' } });
  expect(csv.text.split('\r\n')).toEqual([
    'row,callId,finding,why,attemptId,caseId,agencyId,collectorId,number,startedAt,permittedFrom,permittedUntil,recorded,reported,message',
    expect.stringMatching(/^3,k2,no-permit,none,.*137\*\*\*\*1234.*没有申请。$/),
    '',
  ]);
  expect(bank.logs()).not.toMatch(/13700001234/);
});

it('an agency sends and sees its own calls only', async () => {
  const ours = await newSource('A 的线路', {}, agencyA);
  expect(ours.json.agencyId).toBe('agency-a');
  const view = await reconcile('A 的线路', '流水号,被叫号码,开始时间,结果\nk,13700001235,2026-11-20 10:00:00,未接\n', agencyA);
  expect(view.byAgency).toEqual([expect.objectContaining({ agencyId: 'agency-a', calls: 1, findings: 1 })]);
  for (const path of [
    `/v1/call-record-sources/${ours.json.id}`,
    `/v1/reconciliations/${view.id}`,
    `/v1/reconciliations/${view.id}/findings.csv`,
  ]) {
    expect((await bank.call(path, { as: agencyA })).status).toBe(200);
    for (const as of [agencyB, { role: 'collections-manager', institutionId: 'bank-2' } as const])
      expect((await bank.call(path, { as })).status).toBe(404);
  }
  expect((await bank.call('/v1/reconciliations', { as: agencyB })).json.items).toEqual([]);
  expect((await bank.call('/v1/reconciliations', { as: agencyB, body: form('A 的线路', 'x') })).status).toBe(404);
  const others = await bank.call('/v1/call-record-sources', { as: agencyB, body: body('x', { agencyId: 'agency-a' }) });
  expect(others.status).toBe(403);
});

it('a source that two change at once is changed once', async () => {
  const { json } = await newSource('两人');
  const put = (tolerance: number): Promise<Reply> =>
    bank.call(`/v1/call-record-sources/${json.id}`, {
      as: manager,
      method: 'PUT',
      body: { columns, toleranceSeconds: tolerance, version: 1 },
    });
  const both = await Promise.all([put(10), put(20)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  expect(both.find(({ status }) => status === 409)?.json).toMatchObject({ type: '/problems/source-changed' });
  expect((await bank.call('/v1/call-record-sources/两人', { as: manager })).json).toMatchObject({ version: 2 });
});

it('says what is wrong with what it is sent', async () => {
  await newSource('有了');
  const wrong: [object, number, string][] = [
    [body('有了'), 409, '/name'],
    [body('n1', { columns: { calledNumber: 'a' } }), 422, '/columns/startedAt'],
    [body('n2', { columns: { calledNumber: 'a', startedAt: 'a' } }), 422, '/columns/startedAt'],
    [body('n3', { results: { OK: 'fine' } }), 422, '/results/OK'],
    [body('n4', { timeZone: 'Mars/Olympus' }), 422, '/timeZone'],
    [body('n5', { toleranceSeconds: -1 }), 422, '/toleranceSeconds'],
    [body('n6', { more: 1 }), 422, '/more'],
    [body(''), 422, '/name'],
  ];
  for (const [sent, status, pointer] of wrong) {
    const reply = await bank.call('/v1/call-record-sources', { as: manager, body: sent });
    expect([reply.status, reply.json.errors?.[0]?.pointer]).toEqual([status, pointer]);
  }
  expect((await bank.call('/v1/reconciliations', { as: manager, body: form(null, 'x') })).json.errors[0].pointer).toBe('/source');
  expect((await bank.call('/v1/reconciliations', { as: manager, body: form('nobody', 'x') })).status).toBe(404);
  const lacking = await reconcile('有了', 'number\n1\n');
  expect(lacking).toMatchObject({ state: 'failed', errors: [{ row: 1, code: 'columns' }] });
  expect((await bank.call(`/v1/reconciliations/${lacking.id}/findings.csv`, { as: manager })).status).toBe(409);
});

it('a key makes one source and one reconciliation', async () => {
  const headers = { 'idempotency-key': 'once' };
  const one = await bank.call('/v1/call-record-sources', { as: manager, body: body('一次'), headers });
  const two = await bank.call('/v1/call-record-sources', { as: manager, body: body('一次'), headers });
  expect([one.status, two.status, two.json.id]).toEqual([201, 201, one.json.id]);
  const file = '流水号,被叫号码,开始时间,结果\n';
  const send = (): Promise<Reply> =>
    bank.call('/v1/reconciliations', { as: manager, body: form('一次', file), headers: { 'idempotency-key': 'file' } });
  const [first, second] = await Promise.all([send(), send()]);
  expect([first.status, second.status, second.json.id]).toEqual([202, 202, first.json.id]);
});
