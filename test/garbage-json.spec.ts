import { Installation, type Reply } from './harness.ts';
import { expectProblem, stored } from './problems.ts';
import { evaluation, freshCase } from './rows.ts';

let bank: Installation;

beforeAll(async () => {
  bank = await Installation.open({ env: { UPLOAD_LIMIT_BYTES: String(64 * 1024 * 1024) } });
});
// Whatever was sent, nothing was our fault, and the service serves.
afterAll(async () => {
  const [attempt] = await bank.cases([freshCase()]);
  expect((await bank.ask(attempt ?? {})).status).toBe(201);
  expect(bank.logs()).not.toMatch(/"level":(50|60)/);
  expect(bank.logs()).not.toContain('unexpected error');
  await bank.close();
});

let broken: string[] = [];
/** Goes on after a failure, so that one run shows all. */
async function check(name: string, work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) => broken.push(`${name.slice(0, 80)}: ${String(error).replaceAll(/\s+/g, ' ').slice(0, 400)}`));
}
function done(): void {
  const found = broken;
  broken = [];
  expect(found).toEqual([]);
}

type Json = Record<string, unknown>;

/** The usual evaluation with one place changed, named by its pointer. */
function withAt(pointer: string, value: unknown): Json {
  const body: Json = structuredClone(evaluation());
  const path = pointer.slice(1).split('/');
  const last = path.pop() ?? '';
  let at: Json = body;
  for (const step of path) at = (at[step] ??= {}) as Json;
  if (value === undefined) Reflect.deleteProperty(at, last);
  else at[last] = value;
  return body;
}

const past = { channel: 'voice', startedAt: '2026-06-10T10:00:00+08:00', result: 'busy' };
const evaluate = (body: unknown, headers: Record<string, string> = {}): Promise<Reply> =>
  bank.call('/v1/contact-evaluations', { method: 'POST', body, headers });
const counts = (): Promise<unknown> => stored(bank);

describe('bodies', () => {
  const bodies: readonly (readonly [string, string | Uint8Array, number | readonly number[]])[] = [
    ['no JSON', '{"packs":', 400],
    ['half a text', '"abc', 400],
    ['nothing', '', 400],
    ['a prototype', '{"__proto__":{"a":1}}', 400],
    ['a constructor', '{"constructor":{"prototype":{"a":1}}}', 400],
    ['null', 'null', [400, 422]],
    ['a list', '[]', 422],
    ['a list of bodies', JSON.stringify([evaluation()]), 422],
    ['a number', '5', [400, 422]],
    ['a text', '"abc"', [400, 422]],
    ['an empty object', '{}', 422],
    ['not UTF-8', Buffer.from('7b22706163 6b73223a22fffe227d'.replace(' ', ''), 'hex'), [400, 422]],
    ['10 MB', `{"a":"${'x'.repeat(10 * 1024 * 1024)}"}`, 413],
    ['a list of 1,000,000', JSON.stringify({ packs: Array.from({ length: 1_000_000 }, () => 1) }), 422],
    ['100,000 levels of lists', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 422],
    ['100,000 levels of an unknown field', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, 422],
    [
      'deep variables',
      JSON.stringify(evaluation()).replace('"deviceId":null', `"message":{"variables":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`),
      422,
    ],
  ];
  it('that are no request', async () => {
    for (const [name, body, status] of bodies)
      for (const path of ['/v1/contact-evaluations', '/v1/contact-attempts', '/v1/pre-dial'])
        await check(name, async () =>
          expectProblem(await bank.call(path, { method: 'POST', body, headers: { 'idempotency-key': 'garbage' } }), status),
        );
    done();
  });

  it.each([
    'text/plain',
    'text/html',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'nonsense',
    'application/jsonx',
  ])('of type %s', async (type) => {
    expectProblem(await evaluate(JSON.stringify(evaluation()), { 'content-type': type }), 415);
  });

  it('without a type or a body', async () => {
    expectProblem(await bank.call('/v1/contact-evaluations', { method: 'POST' }), [400, 415, 422]);
    expectProblem(await bank.call('/v1/contact-attempts', { method: 'POST' }), [400, 415, 422]);
  });
});

describe('fields', () => {
  const long = 'x'.repeat(100_000);
  const wrong: [string, unknown, string?][] = [
    ...['/x', '/proposed/x', '/facts/x', '/facts/case/x', '/facts/case/balance/x'].map((pointer): [string, unknown] => [pointer, 1]),
    ['/facts/history', [{ ...past, x: 1 }], '/facts/history/0/x'],
    ['/facts/holds', [{ kind: 'cease', from: '2026-01-01', scope: { x: 1 } }], '/facts/holds/0/scope/x'],
    ['/facts/consents', [{ kind: 'frequency', channels: ['voice'], givenAt: '2026-01-01T00:00:00Z', x: 1 }], '/facts/consents/0/x'],
    ['/facts/contactPoints', [{ value: 'a', x: 1 }], '/facts/contactPoints/0/x'],
    ['/facts/agency', { agencyId: 'a', x: 1 }, '/facts/agency/x'],
    ['/facts/agency', { agencyId: 'a', contract: { x: 1 } }, '/facts/agency/contract/x'],
    ['/facts/agency', { collectors: [{ id: 'c', x: 1 }] }, '/facts/agency/collectors/0/x'],
    ['/packs', undefined],
    ['/packs', []],
    ['/packs', ['no-such-pack']],
    ['/packs', 'cn-card'],
    ['/packs', ['constructor']],
    ['/packs', [null]],
    ['/at', undefined],
    ['/at', null],
    ['/at', 5],
    ['/at', '2026-06-10T15:00:00'],
    ['/at', '2026-06-10'],
    ['/at', '2026-02-30T15:00:00+08:00'],
    ['/at', '2026-06-10T24:00:00+08:00'],
    ['/at', '2026-06-10T15:00:60+08:00'],
    ['/at', '2026-13-10T15:00:00+08:00'],
    ['/at', '+12026-06-10T15:00:00+08:00'],
    ['/at', '2026-06-10T15:00:00+99:00'],
    ['/at', '2026-06-10 15:00:00+08:00'],
    ['/proposed', undefined],
    ['/proposed', []],
    ['/proposed', 'voice'],
    ['/proposed/channel', 'pigeon'],
    ['/proposed/channel', ['voice']],
    ['/proposed/collectorIds', 'c1'],
    ['/proposed/collectorIds', [1]],
    ['/proposed/collectorIds', Array.from({ length: 1000 }, () => 'c')],
    ['/proposed/partyId', long],
    ['/proposed/partyId', 'a\u0000b'],
    ['/proposed/partyId', '\ud800'],
    ['/proposed/partyId', {}],
    ['/facts', undefined],
    ['/facts/timeZone', 'Mars/Olympus'],
    ['/facts/timeZone', ''],
    ['/facts/timeZone', '../../etc/passwd'],
    ['/facts/timeZone', 8],
    ['/facts/case/balance', 5000],
    ['/facts/case/balance/amount', 5000],
    ['/facts/case/balance/amount', '5,000.00'],
    ['/facts/case/balance/amount', '1e5'],
    ['/facts/case/balance/amount', 'NaN'],
    ['/facts/case/balance/currency', 'yuan'],
    ['/facts/case/overdueSince', '2026-02-30'],
    ['/facts/case/overdueSince', '2026-09-01T00:00:00Z'],
    ['/facts/case/status', 'lost'],
    ['/facts/history', {}],
    ['/facts/history', Array.from({ length: 10_001 }, () => past)],
    ['/facts/history', [null], '/facts/history'],
    ['/facts/history', [[past]], '/facts/history'],
    ['/facts/history', [{ ...past, startedAt: '2026-06-10T10:00:00' }], '/facts/history/0/startedAt'],
    ['/facts/history', [{ ...past, result: 'great' }], '/facts/history/0/result'],
    ['/facts/holds', [{ kind: 'whim', from: '2026-01-01' }], '/facts/holds/0/kind'],
    ['/facts/holds', [{ kind: 'cease', from: '2026-01-01', scope: 'some' }], '/facts/holds/0/scope'],
    ['/facts/consents', [{ kind: 'frequency', channels: [], givenAt: 'yesterday' }], '/facts/consents/0/givenAt'],
    [
      '/facts/consents',
      [{ kind: 'out-of-hours', channels: ['voice'], from: '25:00', to: '26:00', givenAt: '2026-01-01T00:00:00Z' }],
      '/facts/consents/0/from',
    ],
  ];
  it('that are wrong are named', async () => {
    for (const [pointer, value, at] of wrong)
      await check(`${pointer} ${JSON.stringify(value)}`, async () => {
        const reply = await evaluate(withAt(pointer, value));
        expectProblem(reply, 422);
        const pointers = (reply.json.errors as { pointer: string }[]).map((error) => error.pointer);
        expect(pointers.some((found) => found.startsWith(at ?? pointer))).toBe(true);
      });
    done();
  });

  const odd: readonly (readonly [string, unknown])[] = [
    ['/at', '9999-12-31T23:59:59Z'],
    ['/at', '9999-12-31T23:59:59-12:00'],
    ['/at', '0001-01-01T00:00:00Z'],
    ['/at', '0001-01-01T00:00:00+14:00'],
    ['/at', '0000-01-01T00:00:00+14:00'],
    ['/at', '2026-06-10T15:00:00.123456789+08:00'],
    ['/facts/timeZone', 'asia/shanghai'],
    ['/facts/timeZone', 'UTC'],
    ['/facts/timeZone', 'EST'],
    ['/facts/timeZone', 'Etc/GMT+12'],
    ['/facts/timeZone', '+08:00'],
    ['/facts/timeZone', 'Asia/Kathmandu'],
    ['/facts/timeZone', 'SystemV/EST5'],
    ['/facts/timeZone', 'US/Pacific-New'],
    ['/facts/case/balance/amount', '-1.00'],
    ['/facts/case/balance/amount', '0'],
    ['/facts/case/balance/amount', '999999999999999.9999'],
    ['/facts/case/overdueSince', '0001-01-01'],
    ['/facts/case/overdueSince', '9999-12-31'],
    [
      '/facts/history',
      [
        { ...past, startedAt: '0001-01-01T00:00:00Z' },
        { ...past, startedAt: '9999-12-31T23:59:59Z' },
      ],
    ],
    ['/facts/history', Array.from({ length: 10_000 }, () => past)],
    ['/facts/holds', [{ kind: 'cease', from: '9999-12-31' }]],
    ['/facts/holds', [{ kind: 'cease', from: '2026-05-01', until: '2026-04-01' }]],
    ['/proposed/partyId', '🀄'.repeat(100)],
    ['/proposed/partyId', '__proto__'],
    ['/packs', ['cn-card', 'cn-card']],
  ];
  it('that are odd are judged or refused', async () => {
    for (const [pointer, value] of odd)
      await check(`${pointer} ${JSON.stringify(value)}`, async () => {
        const reply = await evaluate(withAt(pointer, value));
        if (reply.status !== 200) expectProblem(reply, 422);
        else expect(reply.json).toMatchObject({ verdict: expect.stringMatching(/^(permitted|refused)$/), reasons: expect.any(Array) });
        for (const instant of [reply.json.nextPermittedAt, reply.json.mustEndBy])
          if (typeof instant === 'string') expect(instant).toMatch(/^\d{4}-\d\d-\d\dT/);
      });
    done();
  });

  it.each([
    ['caseId', '-'.repeat(36), 404],
    ['caseId', 'x'.repeat(201), 422],
    ['caseId', 'a\u0000', 422],
    ['caseId', '\udfff', 422],
    ['caseId', '01a1ffd0-d49e-7179-85c4-41e2a2e500f5', 404],
    ['caseId', "'; drop table decision; --", 404],
    ['partyId', '-'.repeat(36), 404],
    ['contactPointId', 'x', 404],
    ['contactPointId', 5, 422],
    ['channel', 'email', 422],
    ['mode', null, 201],
    ['purpose', 'fun', 422],
    ['collectorIds', [''], 422],
    ['deviceId', 'd\u0000', 422],
    ['agencyId', 'a', 422],
  ])('an attempt with %s %j', async (field, value, status) => {
    const [attempt] = await bank.cases([freshCase()]);
    const before = await counts();
    const reply = await bank.ask({ ...attempt, [field]: value }, { headers: { 'idempotency-key': `${field} ${status}` } });
    if (status === 201) return expect(reply.status).toBe(201);
    expectProblem(reply, status, `/${field}`);
    expect(await counts()).toEqual(before);
  });

  it('outcomes', async () => {
    const [attempt] = await bank.cases([freshCase()]);
    const { id, decidedAt } = (await bank.ask(attempt ?? {})).json;
    const path = `/v1/contact-attempts/${id}/outcome`;
    for (const [body, pointer] of [
      [{}, '/result'],
      [{ result: 'great' }, '/result'],
      [{ result: 'busy' }, '/startedAt'],
      [{ result: 'busy', startedAt: '2026-01-01T00:00:00' }, '/startedAt'],
      [{ result: 'busy', startedAt: '0001-01-01T00:00:00Z' }, '/startedAt'],
      [{ result: 'busy', startedAt: '9999-12-31T23:59:59Z' }, '/startedAt'],
      [{ result: 'busy', startedAt: decidedAt, endedAt: '2026-01-01T00:00:00Z' }, '/endedAt'],
      [{ result: 'busy', startedAt: decidedAt, note: 'a\u0000' }, '/note'],
      [{ result: 'busy', startedAt: decidedAt, note: 'x'.repeat(4001) }, '/note'],
      [{ result: 'busy', startedAt: decidedAt, x: 1 }, '/x'],
    ] as const)
      expectProblem(await bank.call(path, { body }), 422, pointer);
    expect((await bank.call(`/v1/contact-attempts/${id}`)).json.state).toBe('pending');
  });
});
