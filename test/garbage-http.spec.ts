import { Installation } from './harness.ts';
import { expectProblem, stored } from './problems.ts';
import { freshCase } from './rows.ts';

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

const counts = (): Promise<unknown> => stored(bank);

describe('addresses', () => {
  it.each([
    '/v1/contact-attempts/x',
    `/v1/contact-attempts/${'-'.repeat(36)}`,
    '/v1/contact-attempts/%00',
    '/v1/contact-attempts/x/replay',
    '/v1/imports/x',
    '/v1/imports/%00',
    '/v1/imports/..%2F..%2Fetc',
    '/v1/cases/none',
    '/v1/cases/%00',
    '/v1/cases/%E6%9C%89',
    `/v1/cases/${'x'.repeat(150)}`,
    `/v1/cases/${'x'.repeat(5000)}`,
    '/v1/cases/none/contactability',
    '/v1/cases/%00/contactability',
    '/v1/nothing',
    '/nothing',
    '/v1/cases/',
    '/v1/contact-attempts',
    '/v1',
  ])('GET %s', async (path) => {
    expectProblem(await bank.call(path), 404);
  });
  it('that cannot be decoded', async () => {
    expectProblem(await bank.call('/v1/cases/%zz'), [400, 404]);
    expectProblem(await bank.call('/v1/cases/%E6%9C'), [400, 404]);
  });
  it.each(['DELETE', 'PUT', 'PATCH', 'OPTIONS'])('%s', async (method) => {
    for (const path of ['/v1/cases', '/v1/contact-evaluations', '/v1/imports', '/health/live'])
      expectProblem(await bank.call(path, { method }), [404, 405]);
  });
  it('HEAD is a GET without a body', async () => {
    const reply = await bank.call('/v1/cases', { method: 'HEAD' });
    expect([reply.status, reply.text]).toEqual([200, '']);
    expect((await bank.call('/v1/cases/none', { method: 'HEAD' })).status).toBe(404);
  });

  it.each([
    'limit=0',
    'limit=-1',
    'limit=abc',
    'limit=201',
    'limit=1.5',
    'limit=',
    'limit=1&limit=2',
    'limit[]=1',
    'limit=99999999999999999999',
    'cursor=abc',
    'cursor=%00',
    'cursor=!!!',
    'cursor=a&cursor=b',
    'state=lost',
    'state=open&state=paid',
    'x=1',
    '__proto__=1',
    '__proto__[a]=1',
    'constructor=1',
    'constructor[prototype][a]=1',
    'toString=1',
    'caseId=a&caseId=b',
    'caseId=%00',
    'caseId[a]=1',
    `caseId=${'x'.repeat(300)}`,
  ])('GET /v1/cases?%s', async (query) => {
    const reply = await bank.call(`/v1/cases?${query}`);
    expectProblem(reply, 422);
    expect(reply.json.errors.length).toBeGreaterThan(0);
  });

  it.each([
    'channel=pigeon',
    'at=2026-06-10T15:00:00',
    'at=2026-06-10T15:00:00+08:00',
    'mode=x',
    'purpose=',
    'partyId=a&partyId=b',
    'collectorIds=a&collectorIds=b',
    'x=1',
    `partyId=${'x'.repeat(300)}`,
    'deviceId=%00',
  ])('contactability?%s', async (query) => {
    await bank.cases([freshCase({ caseId: 'contactable', debtorId: 'contactable' })]);
    expectProblem(await bank.call(`/v1/cases/contactable/contactability?${query}`), 422);
  });

  it('contactability at the ends of time', async () => {
    await bank.cases([freshCase({ caseId: 'contactable', debtorId: 'contactable' })]);
    for (const at of ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '0000-01-01T00:00:00%2B14:00', '9999-12-31T23:59:59-12:00']) {
      const reply = await bank.call(`/v1/cases/contactable/contactability?at=${at}`);
      if (reply.status !== 200) expectProblem(reply, 422);
    }
  });

  it.each(['', ' ', 'x'.repeat(256), 'schlüssel'])('Idempotency-Key %j', async (key) => {
    const [attempt] = await bank.cases([freshCase()]);
    const before = await counts();
    expectProblem(await bank.ask(attempt ?? {}, { headers: { 'idempotency-key': key } }), 422);
    expect(await counts()).toEqual(before);
  });
});
