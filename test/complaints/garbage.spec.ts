import { Installation, type Reply, type Who } from '../harness.ts';
import { expectProblem } from '../problems.ts';
import { clockInput, complaintBody, decisionBody } from './bodies.ts';
import { each, noRequests, withAt, wrongComplaints, wrongEvaluations, wrongEvents } from './wrong.ts';

const handler: Who = { role: 'complaint-handler' };
let bank: Installation;
let complaint: string;

beforeAll(async () => {
  bank = await Installation.open({ service: 'complaints' });
  complaint = (await bank.call('/v1/complaints', { as: handler, body: complaintBody() })).json.id;
});
// Whatever was sent, nothing was our fault, and the service serves.
afterAll(async () => {
  expect((await bank.call(`/v1/complaints/${complaint}`, { as: handler })).status).toBe(200);
  expect(bank.logs()).not.toMatch(/"level":(50|60)/);
  expect(bank.logs()).not.toContain('unexpected error');
  await bank.close();
});

const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> =>
  bank.call(path, { method: 'POST', as: handler, body, headers });
const stored = async (): Promise<unknown> =>
  (
    await bank.admin.query(
      'select (select count(*) from complaint) as c, (select count(*) from clock_event) as e, (select count(*) from timeline) as t, (select count(*) from idempotency) as i',
    )
  ).rows[0];

describe('bodies', () => {
  it('that are no request', async () => {
    const before = await stored();
    for (const path of [
      '/v1/clock-evaluations',
      '/v1/complaints',
      `/v1/complaints/${complaint}/decision`,
      `/v1/complaints/${complaint}/assignment`,
    ])
      await each(noRequests, async ([, body, status]) => expectProblem(await post(path, body, { 'idempotency-key': 'garbage' }), status));
    expect(await stored()).toEqual(before);
  });

  it('of another type', async () => {
    for (const type of ['text/plain', 'application/xml', 'multipart/form-data; boundary=x'])
      expectProblem(await post('/v1/complaints', JSON.stringify(complaintBody()), { 'content-type': type }), 415);
  });
});

describe('clock-evaluations', () => {
  it('name what is wrong', async () => {
    await each(wrongEvaluations, async ([pointer, value, at]) => {
      const reply = await post('/v1/clock-evaluations', withAt(clockInput(), pointer, value));
      expectProblem(reply, 422);
      expect((reply.json.errors as { pointer: string }[]).some((error) => error.pointer.startsWith(at ?? pointer))).toBe(true);
    });
  });

  it('that are odd are judged', async () => {
    const odd: readonly object[] = [
      { at: '9999-12-30T00:00:00Z' },
      { at: '0001-01-02T00:00:00Z' },
      { receivedAt: '0001-01-02T00:00:00Z' },
      { receivedAt: '9999-12-29T00:00:00Z', at: '9999-12-29T10:00:00Z' },
      { timeZone: null },
      { timeZone: 'Etc/GMT+12' },
      { timeZone: '+08:00' },
      { events: null },
      { events: [] },
      { events: Array.from({ length: 1000 }, () => ({ type: 'paused', at: '2026-02-20T09:00:00+08:00' })) },
      { events: [{ type: 'agreed', at: '2026-02-20T09:00:00+08:00', dueOn: '9999-12-31' }] },
      { events: [{ type: 'agreed', at: '2026-02-20T09:00:00+08:00', dueOn: '0001-01-01' }] },
      { events: [{ type: 'decided', at: '2026-02-01T09:00:00+08:00' }] },
      { events: [{ type: 'told', at: '2026-02-20T11:00:00+08:00' }] },
    ];
    await each(odd, async (more) => {
      const reply = await post('/v1/clock-evaluations', clockInput(more));
      if (reply.status !== 200) expectProblem(reply, 422);
      else
        expect(reply.json).toMatchObject({
          dueOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
          dueAt: expect.stringMatching(/^\d{4}-/),
          rejected: expect.any(Array),
        });
    });
  });

  it('answer as the contract says', async () => {
    expect((await post('/v1/clock-evaluations', clockInput())).json).toEqual({
      state: 'running',
      termId: 'decide-complex',
      dueOn: '2026-03-12',
      dueAt: '2026-03-13T00:00:00+08:00',
      provisional: false,
      daysLeft: 20,
      segments: expect.any(Array),
      rejected: [],
    });
  });
});

describe('complaints', () => {
  it('name what is wrong, and are not taken', async () => {
    const before = await stored();
    await each(wrongComplaints, async ([pointer, value]) => {
      const reply = await post('/v1/complaints', withAt(complaintBody(), pointer, value), { 'idempotency-key': `wrong ${pointer}` });
      expectProblem(reply, 422);
      expect((reply.json.errors as { pointer: string }[]).some((error) => error.pointer.startsWith(pointer))).toBe(true);
    });
    expect(await stored()).toEqual(before);
  });

  it('that are odd are taken', async () => {
    const odd: readonly (readonly [string, unknown])[] = [
      ['/complainant/proxy', '李四'],
      ['/complainant/proxy', null],
      ['/complainant/name', '🀄'.repeat(100)],
      ['/subject', "'; drop table complaint; --"],
      ['/requests', ['a', 'b']],
      ['/receivedAt', '1970-01-01T00:00:00Z'],
      ['/receivedAt', '0001-01-02T00:00:00Z'],
      ['/groupSize', 1_000_000],
      ['/externalRef', '__proto__'],
      ['/account', ''],
      ['/externalRef', ''],
    ];
    await each(odd, async ([pointer, value]) => {
      const { status, text, json } = await post('/v1/complaints', withAt(complaintBody(), pointer, value));
      expect(`${status} ${text}`).toMatch(/^201 /);
      expect((await bank.call(`/v1/complaints/${json.id}`, { as: handler })).status).toBe(200);
      expect((await bank.call(`/v1/complaints/${json.id}/clock?at=9999-12-30T00:00:00Z`, { as: handler })).status).toBe(200);
    });
  });

  it.each(['', ' ', 'x'.repeat(256), 'schlüssel'])('Idempotency-Key %j', async (key) => {
    expectProblem(await post('/v1/complaints', complaintBody(), { 'idempotency-key': key }), 422);
  });
});

describe('events', () => {
  it('name what is wrong, and change nothing', async () => {
    const before = await stored();
    await each(wrongEvents, async ([name, body, pointer]) => {
      const reply = await post(`/v1/complaints/${complaint}/${name}`, body, { 'idempotency-key': `wrong ${name}` });
      expectProblem(reply, 422);
      expect((reply.json.errors as { pointer: string }[]).some((error) => error.pointer === pointer)).toBe(true);
    });
    expect(await stored()).toEqual(before);
  });

  it('of what is no complaint', async () => {
    for (const id of ['x', '%00', '-'.repeat(36), '01a1ffd0-d49e-7179-85c4-41e2a2e500f5', 'x'.repeat(150)])
      expectProblem(await post(`/v1/complaints/${id}/decision`, decisionBody()), 404);
  });
});

describe('addresses', () => {
  it.each([
    '/v1/complaints/x',
    '/v1/complaints/%00',
    '/v1/complaints/x/clock',
    '/v1/complaints/x/timeline',
    '/v1/imports/x',
    '/v1/nothing',
  ])('GET %s', async (path) => {
    expectProblem(await bank.call(path, { as: handler }), 404);
  });

  it.each([
    '/v1/complaints?limit=0',
    '/v1/complaints?limit=1&limit=2',
    '/v1/complaints?cursor=abc',
    '/v1/complaints?cursor=b3BlbiAx',
    '/v1/complaints?dueBucket=soon',
    '/v1/complaints?state=lost',
    '/v1/complaints?handler=a&handler=b',
    '/v1/complaints?x=1',
    '/v1/complaints?channel=%00',
    '/v1/complaint-counts?limit=5',
    '/v1/complaint-counts?dueBucket=x',
    '/v1/working-days',
    '/v1/working-days?from=2026-02-12',
    '/v1/working-days?from=2026-02-30&days=7',
    '/v1/working-days?from=2026-02-12&days=1001',
    '/v1/working-days?from=2026-02-12&days=-1',
  ])('GET %s', async (path) => {
    expectProblem(await bank.call(path, { as: handler }), 422);
  });

  it('with odd instants and dates', async () => {
    for (const at of ['2026-02-20', 'x', '0001-01-02T00:00:00Z'])
      expectProblem(await bank.call(`/v1/complaints/${complaint}/clock?at=${at}`, { as: handler }), 422);
    expectProblem(await bank.call(`/v1/complaints/${complaint}/timeline?cursor=x`, { as: handler }), 422);
    for (const from of ['0001-01-01', '9999-12-01']) {
      const reply = await bank.call(`/v1/working-days?from=${from}&days=1000`, { as: handler });
      if (reply.status !== 200) expectProblem(reply, 422);
      else expect(reply.json.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
    expect((await bank.call('/v1/working-days?from=2026-02-12&days=7', { as: handler })).json).toEqual({
      date: '2026-02-28',
      provisional: false,
    });
  });
});
