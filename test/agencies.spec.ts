import { Installation } from './harness.ts';

// The register of agencies over HTTP: what the law refuses says its article.

let bank: Installation;

beforeAll(async () => {
  bank = await Installation.open();
});
afterAll(() => bank.close());

const manager = { role: 'collections-manager' } as const;
const contract = (components: readonly object[]) => ({
  contractNo: 'HT-1',
  validFrom: '2026-01-01',
  validTo: '2099-12-31',
  feeTerms: { currency: 'CNY', components },
});
const share = { kind: 'share-of-recoveries', percent: '15' };

it('a contract whose fee is a share of recoveries alone is refused with its article; with a fixed fee it is taken, once by one key', async () => {
  const made = await bank.call('/v1/agencies', { as: manager, body: { agencyId: 'new-1', name: '演示新源信用服务有限公司' } });
  expect([made.status, made.json.agencyId]).toEqual([201, 'new-1']);
  const refused = await bank.call('/v1/agencies/new-1/contracts', { as: manager, body: contract([share]) });
  expect(refused.status).toBe(422);
  expect(refused.json.errors).toMatchObject([{ pointer: '/feeTerms', source: 'CC22' }]);
  const body = contract([share, { kind: 'fixed-monthly', amount: '20000' }]);
  const headers = { 'idempotency-key': 'contract-1' };
  const [first, again] = [
    await bank.call('/v1/agencies/new-1/contracts', { as: manager, body, headers }),
    await bank.call('/v1/agencies/new-1/contracts', { as: manager, body, headers }),
  ];
  expect([first.status, again.status, again.json.id]).toEqual([201, 201, first.json.id]);
  expect(first.json.isInForce).toBe(true);
});

it('nobody is admitted without the declaration of no sub-contracting, and an agency sees no other', async () => {
  const refused = await bank.call('/v1/agencies/new-1/admissions', { as: manager, body: { reason: '引入' } });
  expect([refused.status, refused.json.errors]).toMatchObject([422, [{ pointer: '/declaration', source: 'CC22, CBA26' }]]);
  const other = { role: 'agency-supervisor', agencyId: 'agency-b' } as const;
  for (const path of ['profile', 'contracts', 'staff', 'devices', 'documents', 'trainings'])
    expect((await bank.call(`/v1/agencies/new-1/${path}`, { as: other })).status).toBe(404);
});
