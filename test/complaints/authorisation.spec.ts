import { ROLES, type Role } from '#auth';
import { Installation } from '../harness.ts';
import { maySupervise } from './may-supervision.ts';
import { complaintBody, decisionBody } from './bodies.ts';
import { mayOfSorting } from './may-sorting.ts';
import { bodiesOfAfter, mayAfter } from './may-after.ts';
import { bodiesOfIntake, mayOfIntake } from './may-intake.ts';
import { mayOfCalendars } from './may-clock.ts';
import { mayOfPublic } from './may-public.ts';
import { bodiesOfLoop, mayOfLoop } from './may-loop.ts';
import { mayOfRegulator, mayOfReports, mayOfRetention } from '../may-roles.ts';
import { expectDoors, expectSaid, expectTokens, routesOf, type Route } from '../routes.ts';

// Who may do what, said a second time: a route that opens or closes in the code opens or closes here as well, on purpose.
const reports: readonly Role[] = [
  'collections-manager',
  'compliance',
  'complaint-supervisor',
  'head-office-approver',
  'regulator',
  'admin',
];
const readsEvidence: readonly Role[] = ['compliance', 'regulator'];
const handlers: readonly Role[] = ['complaint-handler', 'complaint-supervisor'];
const readers: readonly Role[] = [
  ...handlers,
  'head-office-approver',
  'collections-manager',
  'compliance',
  'regulator',
  'integration',
  'admin',
];
const desk: readonly Role[] = [...handlers, 'head-office-approver', 'compliance', 'regulator', 'admin'];
const keepsDesk: readonly Role[] = ['complaint-supervisor', 'admin'];
const asked: readonly Role[] = ['agent', 'agency-supervisor', ...handlers, 'head-office-approver', 'compliance', 'admin'];
const writesNotes: readonly Role[] = [...handlers, 'head-office-approver'];
const may: Readonly<Record<string, readonly Role[]>> = {
  ...mayOfSorting,
  ...mayOfIntake,
  ...mayOfPublic,
  ...mayOfCalendars,
  'POST /v1/clock-evaluations': ROLES,
  'GET /v1/working-days': ROLES,
  'POST /v1/complaints': [...handlers, 'integration'],
  'GET /v1/complaints': readers,
  'GET /v1/complaint-counts': readers,
  'GET /v1/complaints/{id}': readers,
  'GET /v1/complaints/{id}/clock': readers,
  'GET /v1/complaints/{id}/timeline': readers,
  'POST /v1/complaints/{id}/assignment': handlers,
  'POST /v1/complaints/{id}/complexity': handlers,
  'POST /v1/complaints/{id}/extension': ['complaint-supervisor', 'head-office-approver'],
  'POST /v1/complaints/{id}/pause': handlers,
  'POST /v1/complaints/{id}/resumption': handlers,
  'POST /v1/complaints/{id}/new-facts': handlers,
  'POST /v1/complaints/{id}/agreement': handlers,
  'POST /v1/complaints/{id}/decision': handlers,
  'POST /v1/complaints/{id}/notice': handlers,
  'POST /v1/complaints/{id}/decline': handlers,
  'POST /v1/complaints/{id}/withdrawal': handlers,
  'GET /v1/complaints/{id}/decisions': readers,
  'POST /v1/complaints/{id}/decisions': handlers,
  'POST /v1/complaints/{id}/decisions/{version}/submission': handlers,
  'POST /v1/complaints/{id}/decisions/{version}/approval': ['complaint-supervisor', 'head-office-approver'],
  'POST /v1/complaints/{id}/decisions/{version}/return': ['complaint-supervisor', 'head-office-approver'],
  'POST /v1/complaints/{id}/decisions/{version}/retraction': handlers,
  'GET /v1/complaints/{id}/decisions/{version}/letter': [...handlers, 'head-office-approver'],
  'GET /v1/approval-matrices': readers,
  'POST /v1/approval-matrices': ['complaint-supervisor', 'head-office-approver', 'compliance'],
  'POST /v1/approval-matrices/{version}/approval': ['head-office-approver'],
  'GET /v1/letter-templates': readers,
  'POST /v1/letter-templates': [...handlers, 'compliance'],
  'POST /v1/letter-templates/{kind}/versions/{version}/approval': ['complaint-supervisor'],
  'POST /v1/letter-templates/{kind}/versions/{version}/retirement': ['complaint-supervisor'],
  'GET /v1/notice-settings': readers,
  'PUT /v1/notice-settings': ['complaint-supervisor', 'head-office-approver', 'admin'],
  'GET /v1/complaints/{id}/telling': readers,
  'POST /v1/complaints/{id}/notices': handlers,
  'POST /v1/complaints/{id}/notice-tries': handlers,
  'POST /v1/complaints/{id}/notice-waivers': handlers,
  'POST /v1/complaints/{id}/notice-waivers/{waiver}/approval': ['complaint-supervisor'],
  'POST /v1/complaints/{id}/notice-waivers/{waiver}/refusal': ['complaint-supervisor'],
  'GET /v1/complaints/{id}/dispatches': readers,
  'GET /v1/dispatches/{id}': readers,
  'GET /v1/desk-units': desk,
  'PUT /v1/desk-units/{code}': keepsDesk,
  'GET /v1/desk-members': desk,
  'PUT /v1/desk-members/{subject}': keepsDesk,
  'POST /v1/desk-members/{subject}/absences': keepsDesk,
  'POST /v1/desk-absences/{id}/cancellation': keepsDesk,
  'POST /v1/desk-members/{subject}/handover': ['complaint-supervisor'],
  'GET /v1/complaints/{id}/assignment-suggestion': handlers,
  'GET /v1/assignment-rule': [...handlers, 'admin'],
  'PUT /v1/assignment-rule': keepsDesk,
  'GET /v1/complaints/{id}/stages': readers,
  'POST /v1/complaints/{id}/stage-moves': handlers,
  'GET /v1/stage-limits': desk,
  'PUT /v1/stage-limits': keepsDesk,
  'GET /v1/stage-punctuality': desk,
  'POST /v1/complaints/{id}/tasks': handlers,
  'GET /v1/complaints/{id}/tasks': readers,
  'GET /v1/work-tasks': asked,
  'GET /v1/work-tasks/{id}': asked,
  'POST /v1/work-tasks/{id}/answer': ['agent', 'agency-supervisor', ...handlers],
  'POST /v1/work-tasks/{id}/return': handlers,
  'POST /v1/work-tasks/{id}/acceptance': handlers,
  'POST /v1/work-tasks/{id}/cancellation': handlers,
  'POST /v1/work-tasks/{id}/files': ['agent', 'agency-supervisor', ...handlers],
  'GET /v1/work-tasks/{id}/files': asked,
  'GET /v1/work-tasks/{id}/files/{fileId}/download': ['agent', 'agency-supervisor', ...handlers, 'head-office-approver'],
  'GET /v1/work-cooperation': [...desk, 'collections-manager', 'agency-supervisor'],
  'POST /v1/complaints/{id}/notes': writesNotes,
  'GET /v1/complaints/{id}/notes': [...writesNotes, 'compliance', 'regulator'],
  'POST /v1/complaint-notes/{id}/versions': writesNotes,
  'GET /v1/complaint-notes/{id}/versions': [...writesNotes, 'compliance', 'regulator'],
  'GET /v1/desk-changes': ['complaint-supervisor', 'head-office-approver', 'compliance', 'regulator', 'admin'],
  ...mayAfter,
  ...mayOfLoop,
  'GET /v1/notifications': readers,
  'GET /v1/notifications/unread-count': readers,
  'POST /v1/notifications/{id}/read': readers,
  ...maySupervise,
  'POST /v1/imports': ['complaint-handler', 'complaint-supervisor', 'integration', 'admin'],
  'GET /v1/imports/{id}': ['complaint-handler', 'complaint-supervisor', 'compliance', 'integration', 'admin'],
  'GET /v1/evidence/heads': readsEvidence,
  'GET /v1/evidence/records/{id}/proof': readsEvidence,
  'GET /v1/evidence/consistency': readsEvidence,
  'GET /v1/evidence/key': readsEvidence,
  'GET /v1/evidence/export': readsEvidence,
  ...mayOfReports(reports),
  ...mayOfRegulator(reports),
  ...mayOfRetention,
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

describe('a complaint of another institution', () => {
  const roles = ['complaint-handler', 'complaint-supervisor', 'head-office-approver', 'integration', 'regulator', 'admin'] as const;
  // What each route takes, so that it is the complaint that is not there.
  const bodies: Readonly<Record<string, unknown>> = {
    assignment: { handler: 'x' },
    'stage-moves': { to: 'investigation' },
    tasks: { unit: 'x', question: 'x', dueAt: '2027-01-01T09:00:00+08:00' },
    notes: { kind: 'internal', text: 'x' },
    tags: { tag: 'x' },
    'tag-removals': { tag: 'x' },
    extension: { complainantToldAt: '2026-01-01T09:00:00+08:00' },
    pause: { reason: 'appraisal' },
    'new-facts': { note: 'x' },
    agreement: { dueOn: '2027-01-01', evidence: 'x' },
    decision: decisionBody(),
    decisions: { outcome: 'upheld' },
    return: { reason: 'x' },
    notices: { about: 'decision', form: 'phone' },
    'notice-tries': { form: 'phone', result: 'busy' },
    'notice-waivers': { reason: 'x' },
    notice: { form: 'sms' },
    decline: { reason: 'x', toldAt: '2026-01-01T09:00:00+08:00' },
    'bad-faith-flags': { note: 'x' },
    'bad-faith-decisions': { decision: 'open', reason: 'x' },
    'bad-faith-second': { agrees: true },
    'bad-faith-reports': { receiver: 'police', addressee: 'x', statement: 'x' },
    region: { region: '230000' },
    major: { kind: 'designated', title: 'x', reason: 'x' },
    classification: { channel: 'phone', business: 'credit-card', cause: 'fees', area: 'card-use' },
    ...bodiesOfAfter,
    ...bodiesOfIntake,
    ...bodiesOfLoop,
    visibility: { visibleToComplainant: true },
    removal: { reason: 'x' },
  };

  it('is not there: 404 on every route with an id', async () => {
    const handler = { role: 'complaint-handler' } as const;
    const { json } = await bank.call('/v1/complaints', { as: handler, body: complaintBody() });
    for (const role of roles) {
      for (const { route, method, path, roles: allowed } of routes.filter((each) => each.path.startsWith('/v1/complaints/{id}'))) {
        if (!allowed?.includes(role)) continue;
        const name = path.slice(path.lastIndexOf('/') + 1);
        const body = method === 'GET' ? {} : { body: path === '/v1/complaints/{id}/withdrawal' ? { evidence: 'x' } : (bodies[name] ?? {}) };
        const { status, text } = await bank.call(path.replace('{id}', json.id).replace('{version}', '1'), {
          method,
          as: { role, institutionId: 'bank-2' },
          ...body,
        });
        expect(`${route} ${status} ${text}`).toContain(`${route} 404`);
      }
    }
    expect((await bank.call('/v1/complaints', { as: { ...handler, institutionId: 'bank-2' } })).json.items).toEqual([]);
    expect((await bank.call(`/v1/complaints/${json.id}/timeline`, { as: handler })).json.items).toHaveLength(1);
  });
});

describe('personal data of a complaint', () => {
  it('are in no log, no queue and no metric, and shown to those who work on it', async () => {
    const words = /司马看见|13987654321|230100199001015555|夜里三点/;
    const body = complaintBody({
      complainant: { name: '司马看见', idNumber: '230100199001015555', contact: '+8613987654321' },
      narrative: '夜里三点来电 13987654321',
      category: 'collection',
      account: 'C-unknown',
    });
    const { json, text } = await bank.call('/v1/complaints', { as: { role: 'complaint-handler' }, body });
    expect(text).toMatch(words);
    for (const role of ['compliance', 'regulator', 'collections-manager', 'admin', 'integration'] as const) {
      for (const path of ['/v1/complaints', `/v1/complaints/${json.id}`]) {
        const reply = await bank.call(path, { as: { role } });
        expect(reply.text).toContain('"masked":true');
        expect(reply.text).not.toMatch(/司马看见|13987654321|230100199001015555/);
      }
    }
    const { rows } = await bank.admin.query(
      `select (select json_agg(o) from outbox o)::text || (select json_agg(e) from event e)::text || (select json_agg(t) from timeline t)::text as told`,
    );
    expect(rows[0].told).toContain('C-unknown');
    expect(`${rows[0].told}${bank.logs()}`).not.toMatch(words);
    expect((await bank.call('/metrics', { as: null })).text).not.toContain(json.id);
  });
});
