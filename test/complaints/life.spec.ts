import { randomBytes } from 'node:crypto';
import { Installation, type Call, type Reply, type Who } from '../harness.ts';
import { freshCase, type AttemptBody } from '../rows.ts';
import { eventually } from '../start/running.ts';
import { complaintBody, decisionBody } from './bodies.ts';

// One complaint from its first word to what it teaches, over the HTTP of both services; and each step that somebody may not take.
const handler: Who = { role: 'complaint-handler', subject: 'handler-1' };
const supervisor: Who = { role: 'complaint-supervisor', subject: 'supervisor-1' };
const second: Who = { role: 'complaint-supervisor', subject: 'supervisor-2' };
const headOffice: Who = { role: 'head-office-approver', subject: 'head-1' };
const regulator: Who = { role: 'regulator', subject: 'regulator-1' };
const collector: Who = { role: 'agent', subject: 'c1' };

let collections: Installation;
let complaints: Installation;
let attempt: Partial<AttemptBody>;
let caseId: string;
let id: string;
let number: string;
let recordingId: string;

beforeAll(async () => {
  const peers = { PEER_KEYS: `new:${randomBytes(32).toString('base64')},old:${randomBytes(32).toString('base64')}` };
  // Collections answers HTTP, and its worker is away: nothing of the loop can be delivered.
  collections = await Installation.open({ worker: false, env: peers });
  const env = {
    ...peers,
    QUEUE_DATABASE_URL: collections.db.appUrl,
    COLLECTIONS_URL: collections.servers[0]?.url ?? '',
    DOSSIER_EVERY_MS: '150',
  };
  complaints = await Installation.open({ service: 'complaints', env });
});
afterAll(async () => {
  await complaints.close();
  await collections.close();
});

const at = (path: string): string => (path === '' ? `/v1/complaints/${id}` : `/v1/complaints/${id}/${path}`);
const desk = (path: string, as: Who, body?: unknown, more: Call = {}): Promise<Reply> =>
  complaints.call(at(path), { as, ...(body === undefined ? {} : { body }), ...more });
const done = async (reply: Promise<Reply>): Promise<Reply['json']> => {
  const { status, text, json } = await reply;
  expect(`${status} ${text}`).toMatch(/^20[01] /);
  return json;
};
/** Whoever may not: the status and the type of the problem, and nothing of the complaint has changed. */
const refused = async (reply: Promise<Reply>, status: number, type?: string): Promise<void> => {
  const { status: was, json, text } = await reply;
  expect(`${was} ${text}`).toContain(`${status} `);
  if (type) expect(json.type).toBe(`/problems/${type}`);
};
const hold = async (): Promise<Reply['json']> => (await done(desk('dossier', handler))).hold;
const untilHold = (state: string): Promise<void> => eventually(`hold ${state}`, async () => (await hold()).state === state);
const ruleIds = async (more: object = {}): Promise<string[]> =>
  (await collections.ask({ ...attempt, ...more })).json.reasons.map(({ ruleId }: { ruleId: string }) => ruleId);
const items = async (query = ''): Promise<Reply['json'][]> => (await done(desk(`dossier/items${query}`, handler))).items;

describe('the whole life of a complaint about collection', () => {
  it('begins while the worker of collections is away, and goes on', async () => {
    const cells = freshCase();
    caseId = cells.caseId ?? '';
    // Imported by another process, which ends: the worker of these tests comes later.
    await collections.startWorker();
    [attempt = {}] = await collections.cases([cells]);
    await collections.worker?.stop();
    expect(await ruleIds()).toEqual([]);
    const { json: call } = await collections.ask({ ...attempt, collectorIds: ['c1'] });
    const made = await collections.call('/v1/recordings/references', {
      body: { attemptId: call.id, uri: 'https://recordings.example/1.wav', sha256: 'a'.repeat(64) },
    });
    recordingId = made.json.id;

    const body = complaintBody({ category: 'collection', account: caseId });
    await refused(complaints.call('/v1/complaints', { as: collector, body }), 403, 'forbidden');
    await refused(complaints.call('/v1/complaints', { as: regulator, body }), 403, 'forbidden');
    await refused(complaints.call('/v1/complaints', { as: null, body }), 401, 'unauthenticated');
    const view = await done(complaints.call('/v1/complaints', { as: handler, body }));
    ({ id, number } = view);
    expect(await hold()).toMatchObject({ state: 'requested', wanted: true, undeliveredSince: expect.any(String) });
    expect(await done(desk('dossier', handler))).toMatchObject({ state: 'waiting', problem: 'unanswered' });
    // The desk does not wait.
    await refused(desk('assignment', handler, { handler: 'somebody-else' }), 403, 'forbidden');
    await refused(desk('assignment', regulator, { handler: 'regulator-1' }), 403, 'forbidden');
    await done(desk('assignment', handler, { handler: 'handler-1' }));
    await refused(desk('dossier/items', handler, { at: new Date().toISOString(), summary: 'x' }), 403, 'forbidden');
    const attached = { at: new Date().toISOString(), summary: '当事人提交的通话截屏', collectorId: 'c1' };
    expect((await done(desk('dossier/items', supervisor, attached))).counts.kinds).toEqual({ attached: 1 });
  });

  it('holds collection and pulls its file when the worker is back', async () => {
    await collections.startWorker();
    await untilHold('set');
    expect(await ruleIds()).toEqual(['complaint-hold']);
    await eventually('the file is kept', async () => (await done(desk('dossier', handler))).state === 'kept');
    const found = await items();
    expect(found.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['contact', 'recording', 'attached']));
    expect(await items('?kind=recording')).toMatchObject([{ ref: recordingId, body: { sha256: 'a'.repeat(64) } }]);
    const { json } = await collections.call(`/v1/cases/${caseId}/complaints`, { as: { role: 'compliance' } });
    expect(json.items).toMatchObject([{ number, closedAt: null, heldUntil: null }]);
    const kept = await collections.call(`/v1/recordings/${recordingId}`, { as: { role: 'compliance' } });
    expect(kept.json).toMatchObject({ complaints: [number], keptFor: 'legal-hold' });
    const reads = await collections.admin.query('select distinct purpose, client_id from personal_data_read where purpose is not null');
    expect(reads.rows).toEqual([{ purpose: number, client_id: 'complaints' }]);
    // Between services alone.
    const asked = { complaintId: id, by: 'x' };
    await refused(collections.call('/internal/complaint-files', { as: { role: 'admin' }, body: asked }), 401, 'unauthenticated');
    await refused(collections.call('/internal/case-lookups', { as: null, body: { by: 'x', purpose: 'x', account: caseId } }), 401);
  });

  it('is held in the scope that its handler chooses', async () => {
    for (const who of [regulator, headOffice, { role: 'compliance' } as const])
      await refused(desk('collection-hold', who, { scope: 'none', reason: 'x' }), 403, 'forbidden');
    await refused(desk('collection-hold', handler, { scope: 'channel', reason: 'x' }), 422, 'invalid');
    const since = Date.now();
    await done(desk('collection-hold', handler, { scope: 'channel', channel: 'sms', reason: '仅投诉短信' }));
    await eventually('calls are free again', async () => !(await ruleIds()).includes('complaint-hold'));
    expect(Date.now() - since).toBeLessThan(5000);
    await done(desk('collection-hold', supervisor, { scope: 'account', reason: '全部暂停' }));
    await eventually('all is held', async () => (await ruleIds()).includes('complaint-hold'));
    expect((await done(desk('dossier', regulator))).hold).toMatchObject({ scope: 'account', reason: null, chosenBy: 'supervisor-1' });
  });

  it('is attributed to what caused it: a person by two', async () => {
    const [call] = await items('?kind=contact&verdict=permitted');
    const cause = { kind: 'collector', target: 'c1', itemId: call.id, reason: '多次来电' };
    for (const who of [regulator, headOffice, collector]) await refused(desk('attributions', who, cause), 403, 'forbidden');
    await refused(desk('attributions', handler, { ...cause, target: 'nobody' }), 422, 'invalid');
    const { items: causes } = await done(desk('attributions', supervisor, cause));
    const path = `attributions/${causes[0].id}/confirmation`;
    await refused(desk(path, handler, undefined, { method: 'POST' }), 403, 'forbidden');
    await refused(desk(path, supervisor, undefined, { method: 'POST' }), 403, 'own-request');
    await done(desk(path, second, undefined, { method: 'POST' }));
    await refused(desk(path, second, undefined, { method: 'POST' }), 409, 'cause-settled');
    await refused(desk('attributions', handler, { kind: 'none', reason: 'x' }), 409, 'cause-conflict');
    await eventually('collections knows', async () => {
      const { json } = await collections.call('/v1/complaint-causes?kind=collector', { as: { role: 'compliance' } });
      return json.items[0]?.target === 'c1' && json.items[0].numbers[0] === number;
    });
  });

  it('is extended by who may, and read by the regulator with masks', async () => {
    const told = { complainantToldAt: new Date(Date.now() - 1000).toISOString() };
    await refused(desk('extension', handler, told), 403, 'forbidden');
    await refused(desk('extension', regulator, told), 403, 'forbidden');
    const first = await done(desk('extension', headOffice, told));
    expect(first.rejected?.source ?? 'accepted').toEqual(expect.any(String));
    const seen = await done(desk('', regulator));
    expect(seen.masked).toBe(true);
    expect(JSON.stringify(await done(desk('dossier/items', regulator)))).not.toContain('当事人提交的通话截屏');
    await refused(complaints.call(at(''), { as: { ...handler, institutionId: 'bank-2' } }), 404, 'not-found');
  });

  it('is decided and told; collection goes on, and what the complaint kept is let go', async () => {
    for (const who of [regulator, headOffice, collector]) await refused(desk('decision', who, decisionBody()), 403, 'forbidden');
    expect((await done(desk('decision', handler, decisionBody()))).accepted).toBe(true);
    await untilHold('lifted');
    expect(await ruleIds()).not.toContain('complaint-hold');
    await refused(desk('collection-hold', handler, { scope: 'account', reason: 'x' }), 409, 'hold-over');
    await refused(desk('notice', regulator, { form: 'sms' }), 403, 'forbidden');
    const closed = await done(desk('notice', handler, { form: 'sms', proof: '短信回执' }));
    expect(closed.complaint.closedAt).not.toBeNull();
    await refused(desk('dossier/readings', handler, undefined, { method: 'POST' }), 409, 'complaint-over');
    await eventually('the recording is let go', async () => {
      const { json } = await collections.call(`/v1/recordings/${recordingId}`, { as: { role: 'compliance' } });
      return json.complaints.length === 0 && json.keptFor === 'term';
    });
    const { json } = await collections.call(`/v1/cases/${caseId}/complaints`, { as: { role: 'compliance' } });
    expect(json.items).toMatchObject([
      { number, outcome: expect.any(String), closedAt: expect.any(String), heldUntil: expect.any(String) },
    ]);
  });

  it('is told by its timeline, and by no log', async () => {
    const { items: timeline } = await done(desk('timeline?limit=200', handler));
    expect(timeline.map(({ kind }: { kind: string }) => kind)).toEqual(
      expect.arrayContaining([
        'registered',
        'hold-requested',
        'hold-set',
        'dossier-attached',
        'dossier-read',
        'hold-chosen',
        'attribution-proposed',
        'attribution-confirmed',
        'hold-lifted',
      ]),
    );
    expect(`${complaints.logs()}${collections.logs()}`).not.toMatch(/当事人提交|多次来电/);
  });
});
