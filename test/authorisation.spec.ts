import type { Role } from '#auth';
import { Installation, type Who } from './harness.ts';
import { may } from './may.ts';
import { caseCsv, freshCase } from './rows.ts';
import { BODIES } from './strangers.ts';
import { expectDoors, expectSaid, expectTokens, NOBODY, routesOf, type Route } from './routes.ts';

// Rooms that are not walked here have tests of their own beside them.
const elsewhere = /^\/v1\/lookbacks/;

let bank: Installation;
let routes: readonly Route[];

beforeAll(async () => {
  bank = await Installation.open();
  routes = await routesOf(bank);
});
afterAll(() => bank.close());

describe('every route', () => {
  it('says who may use it, as is said here', () => {
    expect(routes.length).toBeGreaterThan(10);
    expectSaid(routes, may, elsewhere);
  });

  it('lets in its roles and no others', () => expectDoors(bank, routes));

  it('asks for a token that holds', () => expectTokens(bank, routes));

  it('a token without an institution, or with an unknown role, opens nothing', async () => {
    expect((await bank.call('/v1/cases', { as: { role: 'integration', institutionId: '' } })).status).toBe(403);
    expect((await bank.call('/v1/cases', { as: { role: 'superuser' as Role } })).status).toBe(403);
  });

  it('without a token: only what is public', async () => {
    for (const path of ['/health/live', '/health/ready', '/metrics', '/openapi.json', '/docs'])
      expect((await bank.call(path, { as: null })).status).toBe(200);
  });
});

describe('what belongs to others', () => {
  const stranger: Who = { role: 'integration', institutionId: 'bank-2' };
  const agencyA: Who = { role: 'agency-supervisor', agencyId: 'agency-a' };
  const agencyB: Who = { role: 'agency-supervisor', agencyId: 'agency-b' };

  it('is not there: 404 on every route with an id', async () => {
    const [attempt] = await bank.cases([freshCase({ agencyId: 'agency-a' })]);
    const asked = await bank.ask(attempt ?? {});
    const imported = await bank.upload('cases', 'x');
    const found = await bank.call(`/v1/cases/${attempt?.caseId}`);
    const made = async (what: string, body: object): Promise<string> =>
      (await bank.call(`/v1/cases/${attempt?.caseId}/${what}`, { body: { ...body, partyId: 'P1', evidence: 'e' } })).json.id;
    const reason = { kind: 'cease', reason: 'r' };
    const hold = (await bank.call(`/v1/cases/${attempt?.caseId}/holds`, { body: reason })).json.id;
    const consent = await made('consents', { kind: 'frequency', channels: ['voice'], givenAt: '2026-01-01T00:00:00Z' });
    const optOut = await made('opt-outs', { channel: 'sms' });
    const ids: Readonly<Record<string, readonly string[]>> = {
      '/v1/contact-attempts': [asked.json.id],
      '/v1/cases': [attempt?.caseId ?? '', found.json.id],
      '/v1/imports': [imported.json.id],
      '/v1/holds': [hold],
      '/v1/consents': [consent],
      '/v1/opt-outs': [optOut],
      '/v1/screenings': [(await bank.call('/v1/screenings', { body: { caseIds: [attempt?.caseId] } })).json.id],
    };
    const outcome = { result: 'cancelled' };
    const proof = (): FormData => {
      const form = new FormData();
      form.set('resource', `consent/${consent}`);
      form.set('file', new Blob(['%PDF-1.4']), 'proof.pdf');
      return form;
    };
    for (const who of [stranger, agencyB, { role: 'collections-manager', institutionId: 'bank-2' } as const]) {
      for (const { method, path, route, roles } of routes.filter((each) => each.path.includes('{id}') && !elsewhere.test(each.path))) {
        if (!roles?.includes(who.role)) continue;
        for (const id of ids[path.slice(0, path.indexOf('/{'))] ?? []) {
          const { status } = await bank.call(
            path
              .replace('{id}', id)
              .replace('{pointId}', attempt?.contactPointId ?? '')
              .replace('{partyId}', 'P1'),
            {
              method,
              as: who,
              ...(method === 'POST' ? { body: route.endsWith('/proofs') ? proof() : (BODIES[route] ?? outcome) } : {}),
            },
          );
          expect(`${route} ${status}`).toBe(`${route} 404`);
        }
      }
      expect((await bank.ask(attempt ?? {}, { as: who })).status).toBe(404);
      expect((await bank.ask({ ...attempt, caseId: found.json.id }, { as: who })).status).toBe(404);
      expect((await bank.call('/v1/pre-dial', { as: who, body: attempt })).status).toBe(404);
    }
    // Our own hold took the permit back; no stranger said what came of it.
    expect((await bank.call(`/v1/contact-attempts/${asked.json.id}`)).json).toMatchObject({ state: 'revoked', outcome: null });
  });

  it('an institution’s keys are its own', async () => {
    const cells = freshCase();
    const [mine] = await bank.cases([cells]);
    const [theirs] = await bank.cases([cells], stranger);
    const headers = { 'idempotency-key': 'the same' };
    const one = await bank.ask(mine ?? {}, { headers });
    const two = await bank.ask(theirs ?? {}, { headers, as: stranger });
    expect([one.status, two.status]).toEqual([201, 201]);
    expect(one.json.id).not.toBe(two.json.id);
    // A point of the other institution's case is no point of mine.
    expect((await bank.ask({ ...mine, contactPointId: theirs?.contactPointId })).status).toBe(404);
  });

  it('an agency sees the cases entrusted to it, and no others', async () => {
    const cells = [freshCase({ agencyId: 'agency-a' }), freshCase({ agencyId: 'agency-b' }), freshCase()];
    const [ofA, ofB, ofBank] = await bank.cases(cells);
    const list = await bank.call('/v1/cases?limit=200', { as: agencyA });
    expect(new Set(list.json.items.map(({ agencyId }: { agencyId: string }) => agencyId))).toEqual(new Set(['agency-a']));
    expect((await bank.call('/v1/cases?agencyId=agency-b', { as: agencyA })).json.items).toEqual([]);
    expect((await bank.ask(ofA ?? {}, { as: agencyA })).status).toBe(201);
    for (const other of [ofB, ofBank]) expect((await bank.ask(other ?? {}, { as: agencyA })).status).toBe(404);
    const claim = await bank.import('cases', caseCsv(cells.map((cell) => ({ ...cell, balance: '1.00', agencyId: 'agency-a' }))), agencyA);
    expect(claim.rows).toMatchObject({ updated: 1, inserted: 0, rejected: 2 });
    expect(claim.errors.map(({ row, column, code }: Record<string, unknown>) => [row, column, code])).toEqual([
      [3, 'caseId', 'other-agency'],
      [4, 'caseId', 'other-agency'],
    ]);
    expect((await bank.call(`/v1/cases/${cells[1]?.caseId}`)).json).toMatchObject({ agencyId: 'agency-b', balance: { amount: '5000.00' } });
  });

  it('a key used by one agency tells another nothing', async () => {
    const [ofA] = await bank.cases([freshCase({ agencyId: 'agency-a' })]);
    const headers = { 'idempotency-key': 'agency' };
    expect((await bank.ask(ofA ?? {}, { as: agencyA, headers })).status).toBe(201);
    const other = await bank.ask(ofA ?? {}, { as: agencyB, headers });
    expect([404, 422]).toContain(other.status);
    expect(other.text).not.toContain('verdict');
  });
});

describe('personal data', () => {
  it('are masked for those who judge, shown to those who call, and the showing is recorded', async () => {
    const cells = freshCase({ debtorName: '司马看见', partyName: '司马看见', contactPoint: '+8613987654321' });
    await bank.cases([cells]);
    const reads = async (): Promise<{ subject: string; request_id: string; resource_ids: string[] }[]> =>
      (
        await bank.admin.query(
          `select subject, request_id, resource_ids from personal_data_read where $1 = any(resource_ids) order by read_at`,
          [cells.caseId],
        )
      ).rows;
    const masked: Role[] = ['compliance', 'regulator', 'complaint-handler', 'complaint-supervisor'];
    for (const role of masked) {
      for (const path of [`/v1/cases/${cells.caseId}`, `/v1/cases?caseId=${cells.caseId}`]) {
        const { status, text } = await bank.call(path, { as: { role } });
        expect(status).toBe(200);
        expect(text).toContain('"masked":true');
        expect(text).not.toMatch(/司马看见|13987654321|230100199001019876/);
        expect(text).toContain('司***');
      }
    }
    expect(await reads()).toEqual([]);
    for (const role of ['agent', 'collections-manager', 'integration'] as const) {
      const { text, headers } = await bank.call(`/v1/cases/${cells.caseId}`, { as: { role } });
      expect(text).toMatch(/司马看见.*13987654321/s);
      expect((await reads()).at(-1)).toEqual({
        subject: `${role}-1`,
        request_id: headers.get('x-request-id'),
        resource_ids: [cells.caseId],
      });
    }
    const logs = bank.logs();
    expect(logs).not.toMatch(/司马看见|13987654321|230100199001019876|eyJ[A-Za-z0-9]/);
    expect(logs).not.toContain(bank.env.VAULT_INDEX_KEY);
    const { text } = await bank.call('/metrics', { as: null });
    expect(text).toContain('http_request_seconds_count{method="GET",route="/v1/cases/:id"');
    expect(text).not.toContain(cells.caseId);
    expect(text).not.toContain(NOBODY);
  });
});
