import { Installation, type Reply, type Who } from './harness.ts';
import { freshCase, type AttemptBody } from './rows.ts';
import { eventually } from './start/running.ts';

// A change of the rules while contacts are asked for, with real processes.

let bank: Installation;
let token: string;

beforeAll(async () => {
  bank = await Installation.open({ servers: 2 });
  token = await bank.issuer.token({ role: 'integration' });
});
afterAll(() => bank.close());

const AUTHOR: Who = { role: 'compliance', subject: 'author' };
const SECOND: Who = { role: 'compliance', subject: 'second' };

interface Draft {
  readonly packs: readonly { readonly pack: string; readonly version?: number }[];
  readonly adjust?: object;
  readonly product?: string;
}

const done = ({ status, text, json }: Reply): Reply['json'] => {
  if (status >= 300) throw new Error(`${status} ${text}`);
  return json;
};

/** Drafts, submits and approves; the version's number and the instant it begins at. */
async function publish(draft: Draft, server = 0): Promise<{ version: number; effectiveFrom: string }> {
  const { id } = done(await bank.call('/v1/policy-drafts', { as: AUTHOR, body: { note: 'test', ...draft }, server }));
  done(await bank.call(`/v1/policy-drafts/${id}/submission`, { as: AUTHOR, method: 'POST', server }));
  const { version, effectiveFrom } = done(await bank.call(`/v1/policy-drafts/${id}/approval`, { as: SECOND, body: {}, server }));
  return { version, effectiveFrom };
}

const CARD = [{ pack: 'cn-card', version: 2 }];
// Nobody is called at any time.
const NEVER = { 'quiet-hours': { refused: { from: '00:00', to: '24:00' } } };

/** Asks for all of the attempts again and again, over both processes, until told to stop; what was answered. */
function ask(attempts: readonly AttemptBody[], connections: number) {
  const answers: Reply['json'][] = [];
  const ending = new AbortController();
  let next = 0;
  const one = async (server: number): Promise<void> => {
    while (!ending.signal.aborted) {
      const attempt = attempts[next++ % attempts.length];
      if (attempt) answers.push(done(await bank.ask(attempt, { server, as: token })));
    }
  };
  const running = Promise.all(Array.from({ length: connections }, (_, index) => one(index % 2)));
  return { answers, stop: () => (ending.abort(), running) };
}

describe('a version that is published while contacts are asked for', () => {
  it('judges every contact from its first instant on, in every process', async () => {
    const attempts = await bank.cases(Array.from({ length: 1000 }, () => freshCase()));
    await publish({ packs: CARD });
    const load = ask(attempts, 16);
    const versions: { strict: boolean; version: number; effectiveFrom: string }[] = [];
    try {
      for (let turn = 0; turn < 6; turn += 1) {
        const [answered, strict] = [load.answers.length, turn % 2 === 0];
        versions.push({ strict, ...(await publish({ packs: CARD, ...(strict ? { adjust: NEVER } : {}) }, turn % 2)) });
        await eventually('both processes answer on', () => load.answers.length > answered + 100);
      }
    } finally {
      await load.stop();
    }

    // What the callers were told, against what was published.
    const [before, among] = [new Set<string>(), new Set<string>()];
    for (const { decidedAt, verdict } of load.answers) {
      const at = versions.findLast(({ effectiveFrom }) => Date.parse(effectiveFrom) <= Date.parse(decidedAt));
      (at?.strict ? among : before).add(verdict);
    }
    expect([...among]).toEqual(['refused']);
    expect(before).toContain('permitted');
    // What was recorded: each decision names the version that was in force at its instant.
    const { rows } = await bank.admin.query(
      `select count(*)::int as decisions, count(distinct (d.policy->>'institution'))::int as versions,
         count(*) filter (where (d.policy->>'institution')::int is distinct from policy_number(d.institution_id, c.product, d.decided_at))::int as wrong
       from decision d join collection_case c on c.id = d.collection_case`,
    );
    expect(rows).toEqual([{ decisions: load.answers.length, versions: versions.length + 1, wrong: 0 }]);
  });

  it('lets through exactly what the strictest of the stacked packs lets through, of 100 at once', async () => {
    const [attempt] = await bank.cases([freshCase({ product: '美国信用卡' })]);
    if (!attempt) throw new Error('the case has no contact point');
    await publish({ packs: [...CARD, { pack: 'us-reg-f' }], product: '美国信用卡' });
    const replies = await Promise.all(Array.from({ length: 100 }, (_, index) => bank.ask(attempt, { server: index % 2, as: token })));
    const permits = replies.filter(({ json }) => json.verdict === 'permitted');
    // A call that is permitted may become a conversation, and after one there is none for seven days.
    expect(permits).toHaveLength(1);
    const refused = replies.find(({ json }) => json.verdict === 'refused')?.json;
    expect(refused.reasons.map(({ pack }: { pack: string }) => pack)).toEqual(['us-reg-f']);
    expect(refused.packs.map(({ pack }: { pack: string }) => pack)).toEqual(['cn-card', 'us-reg-f']);
    const [permit] = permits;
    const outcome = { result: 'no-answer', startedAt: permit?.json.decidedAt };
    done(await bank.call(`/v1/contact-attempts/${permit?.json.id}/outcome`, { body: outcome }));
    const again = await Promise.all(Array.from({ length: 100 }, (_, index) => bank.ask(attempt, { server: index % 2, as: token })));
    expect(again.filter(({ json }) => json.verdict === 'permitted')).toHaveLength(1);
  });
});

describe('an agency', () => {
  const agent: Who = { role: 'agent', agencyId: 'A07', subject: 'k1' };

  it('that is suspended in the register is refused its next request, and no sooner', async () => {
    const header = 'institutionId,agencyId,name,licence,status,published,contractFrom,contractTo,lastEvaluatedOn,phone,address';
    await bank.import('agencies', `${header}\n,A07,甲催收,L1,active,true,2020-01-01,2099-12-31,2026-10-01,,\n`);
    const staff = 'institutionId,agencyId,collectorId,name,certificateUntil,deviceIds';
    await bank.import('agency-staff', `${staff}\n,A07,k1,王五,2099-12-31,t1\n`);
    const [attempt] = await bank.cases([freshCase({ agencyId: 'A07' })]);
    const body = { ...attempt, collectorIds: ['k1'], deviceId: 't1' };
    expect((await bank.ask(body, { as: agent })).json).toMatchObject({ verdict: 'permitted' });
    const standing = { status: 'suspended', reason: '夜间拨打' };
    done(await bank.call('/v1/agencies/A07/standing', { as: { role: 'collections-manager' }, body: standing }));
    const { json } = await bank.ask(body, { as: agent, server: 1 });
    expect(json).toMatchObject({
      verdict: 'refused',
      reasons: expect.arrayContaining([expect.objectContaining({ ruleId: 'agency-standing' })]),
    });
    expect(
      (await bank.ask({ ...body, deviceId: 't9' }, { as: agent })).json.reasons.map(({ ruleId }: { ruleId: string }) => ruleId),
    ).toEqual(['agency-standing', 'device-registered', 'referral-notice']);
  });
});
