import type { Role } from '#auth';
import { Installation } from '../harness.ts';
import { expectDoors, expectSaid, expectTokens, routesOf, type Route } from '../routes.ts';

// Who may do what, said a second time: a route that opens or closes in the code opens or closes here as well, on purpose.
const may: Readonly<Record<string, readonly Role[]>> = {
  'POST /v1/imports': ['complaint-handler', 'complaint-supervisor', 'integration', 'admin'],
  'GET /v1/imports/{id}': ['complaint-handler', 'complaint-supervisor', 'compliance', 'integration', 'admin'],
  'GET /v1/notifications': READERS,
  'GET /v1/notifications/unread-count': READERS,
  'POST /v1/notifications/{id}/read': READERS,
};

let bank: Installation;
let routes: readonly Route[];

beforeAll(async () => {
  bank = await Installation.open({ service: 'complaints' });
  routes = await routesOf(bank);
});
afterAll(() => bank.close());

describe('every route of the complaints service', () => {
  it('says who may use it, as is said here', () => expectSaid(routes, may));

  it('lets in its roles and no others', () => expectDoors(bank, routes));

  it('asks for a token that holds', () => expectTokens(bank, routes));

  it('without a token: only what is public', async () => {
    for (const path of ['/health/live', '/health/ready', '/metrics', '/openapi.json', '/docs'])
      expect((await bank.call(path, { as: null })).status).toBe(200);
  });
});
