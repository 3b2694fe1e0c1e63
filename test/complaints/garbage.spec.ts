import { Installation, type Reply, type Who } from '../harness.ts';
import { expectProblem } from '../problems.ts';
import { clockInput, complaintBody, decisionBody } from './bodies.ts';

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

/** Every wrong place is tried before any is told of. */
async function each<T>(cases: Iterable<T>, check: (one: T) => Promise<void>): Promise<void> {
  const broken: string[] = [];
  for (const one of cases)
    await check(one).catch((error: unknown) => broken.push(`${JSON.stringify(one)?.slice(0, 200)}: ${String(error)}`));
  expect(broken).toEqual([]);
}

type Json = Record<string, unknown>;
function withAt(body: Json, pointer: string, value: unknown): Json {
  const copy: Json = structuredClone(body);
  const path = pointer.slice(1).split('/');
  const last = path.pop() ?? '';
  let at: Json = copy;
  for (const step of path) at = (at[step] ??= {}) as Json;
  if (value === undefined) Reflect.deleteProperty(at, last);
  else at[last] = value;
  return copy;
}

const bodies: readonly (readonly [string, unknown, number | readonly number[]])[] = [
  ['no JSON', '{"pack":', 400],
  ['a prototype', '{"__proto__":{"a":1}}', 400],
  ['null', 'null', [400, 422]],
  ['a list', '[]', 422],
  ['a number', '5', [400, 422]],
  ['an empty object', '{}', 422],
  ['10 MB', `{"a":"${'x'.repeat(10 * 1024 * 1024)}"}`, 413],
  ['100,000 levels', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, 422],
];

describe('bodies', () => {
  it('that are no request', async () => {
    const before = await stored();
    for (const path of [
      '/v1/clock-evaluations',
      '/v1/complaints',
      `/v1/complaints/${complaint}/decision`,
      `/v1/complaints/${complaint}/assignment`,
    ])
      await each(bodies, async ([, body, status]) => expectProblem(await post(path, body, { 'idempotency-key': 'garbage' }), status));
    expect(await stored()).toEqual(before);
  });

  it('of another type', async () => {
    for (const type of ['text/plain', 'application/xml', 'multipart/form-data; boundary=x'])
      expectProblem(await post('/v1/complaints', JSON.stringify(complaintBody()), { 'content-type': type }), 415);
  });
});

describe('clock-evaluations', () => {
  const event = (more: object): unknown[] => [{ type: 'told', at: '2026-02-20T09:00:00+08:00', ...more }];
  const wrong: readonly (readonly [pointer: string, value: unknown, at?: string])[] = [
    ['/x', 1],
    ['/pack', undefined],
    ['/pack', 'no-such-pack'],
    ['/pack', ['cn-banking-2020']],
    ['/pack', 'constructor'],
    ['/timeZone', 'Mars/Olympus'],
    ['/timeZone', ''],
    ['/timeZone', 8],
    ['/receivedAt', undefined],
    ['/receivedAt', '2026-02-10'],
    ['/receivedAt', '2026-02-30T09:00:00+08:00'],
    ['/at', null],
    ['/at', '2026-02-20T10:00:00'],
    ['/at', 5],
    ['/events', {}],
    ['/events', [null], '/events'],
    ['/events', [[]], '/events'],
    ['/events', Array.from({ length: 1001 }, () => event({})[0])],
    ['/events', event({ type: 'forgotten' }), '/events/0/type'],
    ['/events', event({ type: 'outcome-recorded' }), '/events/0/type'],
    ['/events', event({ at: 'yesterday' }), '/events/0/at'],
    ['/events', event({ x: 1 }), '/events/0/x'],
    ['/events', event({ approverLevel: 'boss' }), '/events/0/approverLevel'],
    ['/events', event({ complainantToldAt: '2026-02-20' }), '/events/0/complainantToldAt'],
    ['/events', event({ reason: 'holiday' }), '/events/0/reason'],
    ['/events', event({ complainantAgreed: 'yes' }), '/events/0/complainantAgreed'],
    ['/events', event({ dueOn: '2026-02-30' }), '/events/0/dueOn'],
  ];
  it('name what is wrong', async () => {
    await each(wrong, async ([pointer, value, at]) => {
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
  const wrong: readonly (readonly [pointer: string, value: unknown])[] = [
    ['/x', 1],
    ['/channel', undefined],
    ['/channel', ''],
    ['/channel', 'x'.repeat(65)],
    ['/channel', 'a\u0000'],
    ['/receivedAt', '2026-01-01'],
    ['/receivedAt', '9999-01-01T00:00:00Z'],
    ['/complainant', undefined],
    ['/complainant', '张三'],
    ['/complainant/name', undefined],
    ['/complainant/name', ['张三']],
    ['/complainant/contact', undefined],
    ['/complainant/contact', 5],
    ['/complainant/x', 1],
    ['/complainant/proxy', 5],
    ['/complainant/proxy', []],
    ['/complainant/proxy', 'x'.repeat(201)],
    ['/complainant/proxy', { idNumber: '1' }],
    ['/complainant/proxy', { name: 'a', x: 1 }],
    ['/account', {}],
    ['/subject', undefined],
    ['/subject', 'x'.repeat(201)],
    ['/narrative', 'x'.repeat(20_001)],
    ['/narrative', '\ud800'],
    ['/requests', undefined],
    ['/requests', []],
    ['/requests', ''],
    ['/requests', 5],
    ['/requests', [5]],
    ['/requests', ['']],
    ['/requests', Array.from({ length: 21 }, () => 'x')],
    ['/category', 'x'.repeat(65)],
    ['/against', 'agency-a'],
    ['/against', { x: 1 }],
    ['/groupSize', 0],
    ['/groupSize', 1.5],
    ['/groupSize', -1],
    ['/groupSize', true],
    ['/externalRef', 'x'.repeat(201)],
  ];
  it('name what is wrong, and are not taken', async () => {
    const before = await stored();
    await each(wrong, async ([pointer, value]) => {
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
  const wrong: readonly (readonly [name: string, body: unknown, pointer: string])[] = [
    ['decision', {}, '/outcome'],
    ['decision', decisionBody({ outcome: 'lost' }), '/outcome'],
    ['decision', decisionBody({ text: '' }), '/text'],
    ['decision', decisionBody({ text: 'x'.repeat(20_001) }), '/text'],
    ['decision', decisionBody({ at: '2026-01-01' }), '/at'],
    ['decision', decisionBody({ at: '9999-01-01T00:00:00Z' }), '/at'],
    ['decision', decisionBody({ at: '0001-01-02T00:00:00Z' }), '/at'],
    ['decision', decisionBody({ x: 1 }), '/x'],
    ['notice', { form: 'smoke' }, '/form'],
    ['pause', { reason: 'holiday' }, '/reason'],
    ['pause', { reason: 'mediation', complainantAgreed: 'yes' }, '/complainantAgreed'],
    ['new-facts', {}, '/note'],
    ['agreement', { dueOn: '2026-02-30', evidence: 'x' }, '/dueOn'],
    ['agreement', { dueOn: '2027-01-01' }, '/evidence'],
    ['agreement', { dueOn: '9999-12-31', evidence: 'x' }, '/dueOn'],
    ['decline', { reason: 'x' }, '/toldAt'],
    ['withdrawal', { evidence: 5 }, '/evidence'],
    ['complexity', { note: 'a\u0000' }, '/note'],
    ['resumption', { x: 1 }, '/x'],
    ['assignment', {}, '/handler'],
    ['assignment', { handler: '' }, '/handler'],
  ];
  it('name what is wrong, and change nothing', async () => {
    const before = await stored();
    await each(wrong, async ([name, body, pointer]) => {
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
