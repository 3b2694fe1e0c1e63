import { queueBackends } from '#testkit';
import { Installation, type Who } from '../harness.ts';
import { freshCase, type AttemptBody } from '../rows.ts';
import { eventually } from '../start/running.ts';
import { complaintBody, decisionBody } from './bodies.ts';

const handler: Who = { role: 'complaint-handler' };

// Both services on their own databases, meeting in one queue store.
describe.each(queueBackends)('a complaint about collection, through $backend', ({ env }) => {
  let collections: Installation;
  let complaints: Installation;

  beforeAll(async () => {
    const queue = env();
    collections = await Installation.open({ env: queue });
    complaints = await Installation.open({ service: 'complaints', env: { ...queue, QUEUE_DATABASE_URL: collections.db.appUrl } });
  });
  afterAll(async () => {
    await complaints.close();
    await collections.close();
  });

  const ruleIds = async (attempt: AttemptBody | undefined): Promise<string[]> =>
    (await collections.ask(attempt ?? {})).json.reasons.map(({ ruleId }: { ruleId: string }) => ruleId);
  const register = async (more: object): Promise<string> => {
    const { status, text, json } = await complaints.call('/v1/complaints', { as: handler, body: complaintBody(more) });
    expect(`${status} ${text}`).toMatch(/^201 /);
    return json.id;
  };
  const untilHold = (id: string, state: string): Promise<void> =>
    eventually(`hold ${state}`, async () => (await complaints.call(`/v1/complaints/${id}`, { as: handler })).json.hold.state === state);

  it('stops the contacts that it is about until it is decided', async () => {
    const cells = freshCase();
    const [attempt] = await collections.cases([cells]);
    expect(await ruleIds(attempt)).toEqual([]);
    const id = await register({ category: 'collection', account: cells.caseId });
    await untilHold(id, 'set');
    const refused = await collections.ask(attempt ?? {});
    expect(refused.json).toMatchObject({ verdict: 'refused', permit: null, nextPermittedAt: null });
    expect(refused.json.reasons.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(['complaint-hold']);
    const held = await collections.call(`/v1/cases/${cells.caseId}`);
    expect(held.json.holds).toMatchObject([{ kind: 'complaint-hold', until: null }]);

    const decision = await complaints.call(`/v1/complaints/${id}/decision`, { as: handler, body: decisionBody() });
    expect([decision.status, decision.json.accepted]).toEqual([201, true]);
    await untilHold(id, 'lifted');
    expect(await ruleIds(attempt)).toEqual([]);
    const { json } = await complaints.call(`/v1/complaints/${id}/timeline`, { as: handler });
    const kinds = json.items.map(({ kind }: { kind: string }) => kind);
    // When the file is read is its own worker's affair; here collections' side of it has no key.
    expect(kinds.filter((kind: string) => !kind.startsWith('dossier-'))).toEqual([
      'registered',
      'hold-requested',
      'hold-set',
      'clock-event',
      'hold-requested',
      'hold-lifted',
    ]);
  });

  it('waits for a case that is not there yet', async () => {
    const cells = freshCase();
    const id = await register({ against: { agencyId: 'agency-a' }, account: cells.debtId });
    await untilHold(id, 'no-case');
    const [attempt] = await collections.cases([cells]);
    await untilHold(id, 'set');
    // The bank's own collectors are not who it is about.
    expect(await ruleIds(attempt)).toEqual([]);
    const { json } = await collections.call(`/v1/cases/${cells.caseId}`);
    expect(json.holds).toMatchObject([{ kind: 'complaint-hold', scope: { agencyId: 'agency-a' } }]);
    await complaints.call(`/v1/complaints/${id}/withdrawal`, { as: handler, body: { evidence: 'x' } });
    await untilHold(id, 'lifted');
  });
});
