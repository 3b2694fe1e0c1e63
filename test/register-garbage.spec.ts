import { Installation } from './harness.ts';
import { expectProblem } from './problems.ts';
import { freshCase } from './rows.ts';
import { NOBODY } from './routes.ts';

let bank: Installation;
let path: string;
let pointId: string;

beforeAll(async () => {
  bank = await Installation.open();
  const [attempt] = await bank.cases([freshCase({ agencyId: 'agency-a' })]);
  path = `/v1/cases/${attempt?.caseId}`;
  pointId = attempt?.contactPointId ?? '';
  const agencies = 'agencyId,name,published,contractFrom\nagency-a,甲公司,true,2026-01-01\n';
  expect((await bank.import('agencies', agencies)).rows).toMatchObject({ inserted: 1, rejected: 0 });
});
// Whatever was sent, nothing was our fault.
afterAll(async () => {
  expect(bank.logs()).not.toMatch(/"level":(50|60)/);
  await bank.close();
});

const as = { role: 'collections-manager' } as const;
const stored = async (): Promise<unknown> =>
  (
    await bank.admin.query(
      'select (select count(*) from hold) as h, (select count(*) from consent) as c, (select count(*) from opt_out) as o, (select count(*) from message_template) as m, (select count(*) from register_act) as a, (select count(*) from idempotency) as i',
    )
  ).rows[0];

const text = 'x'.repeat(3000);
const at = '2026-01-01T00:00:00Z';
const hold = { kind: 'cease', reason: 'r' };
const consent = { partyId: 'P1', kind: 'frequency', channels: ['voice'], givenAt: at, evidence: 'e' };
const optOut = { partyId: 'P1', evidence: 'e' };
const template = { templateId: 't', channel: 'sms', title: 't', text: '请联系{{bankContact}}' };

describe('what people set', () => {
  it.each([
    ['holds', hold, { kind: 'whim' }, '/kind'],
    ['holds', hold, { kind: 'complaint-hold' }, '/kind'],
    ['holds', hold, { reason: null }, '/reason'],
    ['holds', hold, { reason: text }, '/reason'],
    ['holds', hold, { reason: 'a\u0000' }, '/reason'],
    ['holds', hold, { from: '2026-01-01' }, '/from'],
    ['holds', hold, { until: '2026-01-01T00:00:00' }, '/until'],
    ['holds', hold, { until: at }, '/until'],
    ['holds', hold, { scope: 'some' }, '/scope'],
    ['holds', hold, { scope: { channel: 'pigeon' } }, '/scope/channel'],
    ['holds', hold, { x: 1 }, '/x'],
    ['consents', consent, { kind: 'all' }, '/kind'],
    ['consents', consent, { channels: [] }, '/channels'],
    ['consents', consent, { channels: 'voice' }, '/channels'],
    ['consents', consent, { from: '22:00' }, '/to'],
    ['consents', consent, { from: '25:00', to: '26:00' }, '/from'],
    ['consents', consent, { from: '22:00', to: '22:00' }, '/to'],
    ['consents', consent, { givenAt: '9999-01-01T00:00:00Z' }, '/givenAt'],
    ['consents', consent, { givenAt: 5 }, '/givenAt'],
    ['consents', consent, { evidence: '' }, '/evidence'],
    ['opt-outs', optOut, { channel: 'pigeon' }, '/channel'],
    ['opt-outs', optOut, { at: '9999-01-01T00:00:00Z' }, '/at'],
    ['opt-outs', optOut, { contactPointId: 5 }, '/contactPointId'],
    ['opt-outs', optOut, { evidence: undefined }, '/evidence'],
    ['referral-notice', { toldAt: at, evidence: 'e' }, { toldAt: '9999-01-01T00:00:00Z' }, '/toldAt'],
    ['referral-notice', { toldAt: at, evidence: 'e' }, { toldAt: null }, '/toldAt'],
  ] as const)('on %s: %j with %j is refused, and nothing is kept', async (what, body, wrong, pointer) => {
    const before = await stored();
    const headers = { 'idempotency-key': 'garbage' };
    expectProblem(await bank.call(`${path}/${what}`, { as, body: { ...body, ...wrong }, headers }), 422, pointer);
    expect(await stored()).toEqual(before);
  });

  it('for what is not there is 404, and nothing is kept', async () => {
    const before = await stored();
    const odd = ['x', NOBODY, '%00', '-'.repeat(36), '%F0%9F%80%84', "'; drop table hold; --"];
    for (const id of odd) {
      for (const [route, body] of [
        [`/v1/cases/${id}/holds`, hold],
        [`/v1/cases/${id}/consents`, consent],
        [`/v1/cases/${id}/opt-outs`, optOut],
        [`/v1/holds/${id}/release`, { reason: 'r' }],
        [`/v1/consents/${id}/withdrawal`, { evidence: 'e' }],
        [`/v1/opt-outs/${id}/withdrawal`, { evidence: 'e' }],
        [`${path}/contact-points/${id}/status`, { status: 'invalid', reason: 'r' }],
        [`/v1/agencies/${id}/standing`, { published: true, reason: 'r' }],
        [`/v1/message-templates/${id}/versions/1/approval`, {}],
        [`/v1/message-templates/t/versions/${id}/retirement`, { reason: 'r' }],
      ] as const)
        expectProblem(await bank.call(route, { as, body }), 404);
    }
    expectProblem(await bank.call(`${path}/consents`, { as, body: { ...consent, partyId: NOBODY } }), 404, '/partyId');
    expectProblem(await bank.call(`${path}/opt-outs`, { as, body: { ...optOut, contactPointId: NOBODY } }), 404, '/contactPointId');
    expect(await stored()).toEqual(before);
  });

  it('of a contact point and of an agency', async () => {
    const point = `${path}/contact-points/${pointId}/status`;
    expectProblem(await bank.call(point, { as, body: { status: 'lost', reason: 'r' } }), 422, '/status');
    expectProblem(await bank.call(point, { as, body: { status: 'invalid' } }), 422, '/reason');
    const standing = '/v1/agencies/agency-a/standing';
    for (const [body, pointer] of [
      [{ reason: 'r' }, '/status'],
      [{ reason: 'r', status: 'gone' }, '/status'],
      [{ reason: 'r', published: 'true' }, '/published'],
      [{ reason: 'r', contractTo: '2025-12-31' }, '/contractTo'],
      [{ reason: 'r', contractTo: '2026-02-30' }, '/contractTo'],
      [{ reason: 'r', lastEvaluatedOn: 5 }, '/lastEvaluatedOn'],
      [{ published: true }, '/reason'],
    ] as const)
      expectProblem(await bank.call(standing, { as, body }), 422, pointer);
  });

  it('of a template', async () => {
    for (const [wrong, pointer] of [
      [{ templateId: '../x' }, '/templateId'],
      [{ templateId: 'x'.repeat(65) }, '/templateId'],
      [{ channel: 'voice' }, '/channel'],
      [{ text: '{{nobody}}' }, '/text'],
      [{ text: 'a { b' }, '/text'],
      [{ text: '欠款5000元' }, '/text'],
      [{ text: 'x'.repeat(10_001) }, '/text'],
      [{ title: '' }, '/title'],
      [{ version: 7 }, '/version'],
    ] as const)
      expectProblem(await bank.call('/v1/message-templates', { as, body: { ...template, ...wrong } }), 422, pointer);
  });

  it.each(['/v1/agencies', '/v1/message-templates'])('in the query of %s', async (route) => {
    const cursor = Buffer.from('a\u0000').toString('base64url');
    for (const query of ['limit=0', 'limit=x', 'x=1', `cursor=${cursor}`, 'status=lost&state=lost', 'channel=pigeon&published=maybe'])
      expectProblem(await bank.call(`${route}?${query}`, { as }), 422);
  });
});

describe('files of agencies over HTTP', () => {
  it('two uploads of one file at once leave one set', async () => {
    const rows = Array.from({ length: 30 }, (_, n) => `agency-a,col-${n},王${n},2027-01-01,dev-${n}`);
    const file = ['agencyId,collectorId,name,certificateUntil,deviceIds', ...rows, ''].join('\n');
    const done = await Promise.all([bank.import('agency-staff', file), bank.import('agency-staff', file)]);
    expect(done.reduce((sum, { rows: { inserted } }) => sum + inserted, 0)).toBe(30);
    const { json } = await bank.call('/v1/agencies/agency-a', { as });
    expect([json.staff.length, json.deviceIds.length]).toEqual([30, 30]);
  });

  it('an agency brings its own staff, and registers no agency', async () => {
    const own = { role: 'agency-supervisor', agencyId: 'agency-a' } as const;
    const staff = await bank.import('agency-staff', 'agencyId,collectorId,name\nagency-a,new,李四\nagency-b,new,李四\n', own);
    expect(staff).toMatchObject({ rows: { inserted: 1, rejected: 1 }, errors: [{ row: 3, column: 'agencyId', code: 'other-agency' }] });
    const agencies = await bank.import('agencies', 'agencyId,name\nagency-a,自己\n', own);
    expect(agencies).toMatchObject({ rows: { updated: 0, rejected: 1 }, errors: [{ code: 'bank-only' }] });
    expect((await bank.call('/v1/agencies', { as: own })).json.items.map(({ name }: { name: string }) => name)).toEqual(['甲公司']);
  });
});
