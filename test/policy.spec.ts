import { Installation, type Reply, type Who } from './harness.ts';
import { expectProblem } from './problems.ts';
import { NOBODY } from './routes.ts';
import { freshCase } from './rows.ts';
import { eventually } from './start/running.ts';

// A change of the rules from its draft to the gate, and what is refused on the way, with real processes.

let bank: Installation;
beforeAll(async () => {
  bank = await Installation.open();
});
// Whatever was sent, nothing was our fault.
afterAll(async () => {
  expect(bank.logs()).not.toMatch(/"level":(50|60)/);
  expect(bank.logs()).not.toContain('unexpected error');
  await bank.close();
});

const author: Who = { role: 'compliance', subject: 'lin' };
const second: Who = { role: 'head-office-approver', subject: 'zhao' };
const CARD = [{ pack: 'cn-card', version: 1 }];
const body = (more: object = {}): object => ({ packs: CARD, note: '收紧', ...more });

async function answered(status: number, reply: Promise<Reply>): Promise<Reply['json']> {
  const { status: is, text, json } = await reply;
  expect(`${is} ${text.slice(0, 500)}`).toMatch(new RegExp(`^${status} `));
  return json;
}
const draft = (more: object = {}, as: Who = author): Promise<Reply['json']> =>
  answered(201, bank.call('/v1/policy-drafts', { as, body: body(more) }));
const post = (path: string, as: Who, content: unknown = undefined, headers: Record<string, string> = {}): Promise<Reply> =>
  bank.call(path, { as, method: 'POST', headers, ...(content === undefined ? {} : { body: content }) });

/** One call that is answered by nobody, reported at once. */
async function unanswered(attempt: Parameters<Installation['ask']>[0]): Promise<Reply['json']> {
  const asked = await answered(201, bank.ask(attempt));
  if (asked.permit === null) return asked;
  const outcome = { result: 'no-answer', startedAt: asked.decidedAt, endedAt: asked.decidedAt };
  await answered(201, bank.call(`/v1/contact-attempts/${asked.id}/outcome`, { body: outcome }));
  return asked;
}

describe('a change of the rules', () => {
  it('is drafted, compared, tried, refused to its author, approved by a second person, and obeyed by the gate', async () => {
    // The burst cap would hide what the day's cap does.
    const before = await draft({ adjust: { burst: { off: true }, 'conversations-per-debtor': { cap: 3 } } });
    await answered(200, post(`/v1/policy-drafts/${before.id}/submission`, author));
    await answered(200, post(`/v1/policy-drafts/${before.id}/approval`, second, {}));
    const [attempt] = await bank.cases([freshCase()]);
    const answers = [];
    for (let call = 0; call < 3; call += 1) answers.push(await unanswered(attempt ?? {}));
    // It is noon where they live: nothing else refuses.
    expect(answers.map(({ verdict }) => verdict)).toEqual(['permitted', 'permitted', 'permitted']);

    const tight = { burst: { off: true }, 'attempts-per-point': { cap: 2 } };
    const { id, looser } = await draft({ adjust: tight, note: '同一号码每天最多两次未接通' });
    expect(looser).toEqual([]);
    const diff = await answered(200, bank.call(`/v1/policy-drafts/${id}/diff`, { as: second, headers: { 'accept-language': 'zh' } }));
    expect(diff.against).toBe(1);
    expect(diff.changes).toEqual([
      expect.objectContaining({
        pack: 'cn-card',
        ruleId: 'attempts-per-point',
        change: 'changed',
        effect: 'tighter',
        says: expect.stringContaining('→'),
      }),
    ]);

    const asked = await answered(202, post(`/v1/policy-drafts/${id}/simulations`, author, { days: 2 }));
    let simulation: Reply['json'];
    await eventually('the end of the simulation', async () => {
      simulation = await answered(200, bank.call(`/v1/policy-simulations/${asked.id}`, { as: second }));
      return simulation.state === 'done';
    });
    expect(simulation).toMatchObject({ against: 1, judged: 3, decided: 3, toRefused: 1, toPermitted: 0 });
    const listed = await answered(200, bank.call(`/v1/policy-drafts/${id}/simulations`, { as: second }));
    expect(listed.items.map((one: { id: string }) => one.id)).toEqual([asked.id]);

    await answered(200, post(`/v1/policy-drafts/${id}/submission`, author));
    const own = await post(`/v1/policy-drafts/${id}/approval`, { ...author, role: 'head-office-approver' }, {});
    expectProblem(own, 403);
    expect(own.json.type).toBe('/problems/own-draft');
    const approved = await answered(200, post(`/v1/policy-drafts/${id}/approval`, second, {}));
    expect(approved).toMatchObject({ state: 'approved', version: 2 });
    await eventually('the first instant of the version', async () => {
      const now = await answered(200, bank.call('/v1/policy-in-force', { as: second }));
      return now.version === 2;
    });
    const [other] = await bank.cases([freshCase()]);
    const after = [];
    for (let call = 0; call < 3; call += 1) after.push(await unanswered(other ?? {}));
    expect(after.map(({ verdict }) => verdict)).toEqual(['permitted', 'permitted', 'refused']);
    expect(after[2]?.reasons).toEqual([expect.objectContaining({ ruleId: 'attempts-per-point', limit: 2, counted: 2 })]);
    expect(after[2]?.packs).toContainEqual({ pack: 'institution', version: 2 });
    expect((await answered(200, bank.call(`/v1/contact-attempts/${after[2]?.id}/replay`, { as: author }))).identical).toBe(true);
    const versions = await answered(200, bank.call('/v1/policy-versions', { as: second }));
    expect(versions.items.map(({ number, state }: { number: number; state: string }) => [number, state])).toEqual([
      [2, 'in-force'],
      [1, 'past'],
    ]);
    const [, first] = [
      await answered(200, bank.call('/v1/policy-versions/2', { as: second })),
      await answered(200, bank.call('/v1/policy-versions/1', { as: second })),
    ];
    expect(first.history.map(({ action, by }: { action: string; by: string }) => [action, by])).toEqual([
      ['created', 'lin'],
      ['submitted', 'lin'],
      ['approved', 'zhao'],
    ]);
  });

  it('for later is seen coming, and can be called back', async () => {
    const { id } = await draft({ product: '车贷' });
    await answered(200, post(`/v1/policy-drafts/${id}/submission`, author));
    const effectiveFrom = '2099-01-01T00:00:00+08:00';
    const { version } = await answered(200, post(`/v1/policy-drafts/${id}/approval`, second, { effectiveFrom }));
    const path = '/v1/policy-in-force?product=%E8%BD%A6%E8%B4%B7';
    expect((await answered(200, bank.call(path, { as: second }))).next).toEqual({ version, effectiveFrom: '2098-12-31T16:00:00.000Z' });
    expect((await answered(200, bank.call(`${path}&at=2099-01-01T00:00:00Z`, { as: second }))).version).toBe(version);
    const recalled = await answered(200, post(`/v1/policy-versions/${version}/recall`, second, { reason: '改期' }));
    expect(recalled).toMatchObject({ id, recalledAt: expect.any(String) });
    expect((await answered(200, bank.call(path, { as: second }))).next).toBeNull();
    expect((await post(`/v1/policy-versions/${version}/recall`, second, { reason: '再次' })).json.type).toBe('/problems/version-recalled');
    expect((await post('/v1/policy-versions/1/recall', second, { reason: '太晚' })).json.type).toBe('/problems/version-begun');
  });

  it('that is looser than a pack is told so, and cannot be submitted', async () => {
    const { id, looser } = await draft({ adjust: { 'attempts-per-point': { cap: 7 } } });
    expect(looser).toEqual([expect.objectContaining({ pointer: '/adjust/attempts-per-point/cap', pack: 'cn-card', code: 'cap-raised' })]);
    const refused = await post(`/v1/policy-drafts/${id}/submission`, author);
    expectProblem(refused, 422, '/adjust/attempts-per-point/cap');
    expect(refused.json.type).toBe('/problems/looser-than-pack');
    expectProblem(await post(`/v1/policy-drafts/${id}/approval`, second, {}), 409);
  });

  it('is asked for once with one key, at every step', async () => {
    const headers = { 'idempotency-key': 'draft' };
    const [one, two] = await Promise.all([1, 2].map(() => bank.call('/v1/policy-drafts', { as: author, body: body(), headers })));
    expect([one?.status, two?.status, one?.json.id]).toEqual([201, 201, two?.json.id]);
    const path = `/v1/policy-drafts/${one?.json.id}`;
    for (const _again of [1, 2]) await answered(200, post(`${path}/submission`, author, undefined, { 'idempotency-key': 'submit' }));
    const rejected = { reason: '不需要' };
    for (const _again of [1, 2]) await answered(200, post(`${path}/rejection`, second, rejected, { 'idempotency-key': 'reject' }));
    expectProblem(await post(`${path}/rejection`, second, { reason: '别的' }, { 'idempotency-key': 'reject' }), 422);
  });
});

const kept = async (): Promise<unknown> =>
  (
    await bank.admin.query(
      'select (select count(*) from policy_draft) as d, (select count(*) from policy_audit) as a, (select count(*) from policy_version) as v, (select count(*) from policy_simulation) as s, (select count(*) from idempotency) as i',
    )
  ).rows[0];

const row = {
  ruleId: 'own-rule',
  kind: 'counter',
  params: {
    channel: 'voice',
    mode: null,
    results: 'placed',
    seat: 'debtor',
    scope: 'all-actors',
    window: 'local-day',
    cap: 1,
    consent: null,
  },
  severity: 'block',
  source: 'institution',
  article: '',
  grade: 'C',
  effectiveFrom: '2026-01-01',
};

describe('garbage', () => {
  it.each([
    ['/packs', { packs: [] }],
    ['/packs', { packs: 'cn-card' }],
    ['/packs', { packs: null }],
    ['/packs', { packs: ['cn-card'] }],
    ['/packs/0/pack', { packs: [{}] }],
    ['/packs/0/pack', { packs: [{ pack: 5 }] }],
    ['/packs/0/pack', { packs: [{ pack: 'nowhere' }] }],
    ['/packs/0/version', { packs: [{ pack: 'cn-card', version: 0 }] }],
    ['/packs/0/version', { packs: [{ pack: 'cn-card', version: 99 }] }],
    ['/packs/0/version', { packs: [{ pack: 'cn-card', version: 1.5 }] }],
    ['/packs/0/colour', { packs: [{ pack: 'cn-card', colour: 1 }] }],
    ['/packs', { packs: Array.from({ length: 11 }, () => ({ pack: 'cn-card' })) }],
    ['/note', { note: '' }],
    ['/note', { note: null }],
    ['/note', { note: 'x'.repeat(2001) }],
    ['/note', { note: 'a\u0000' }],
    ['/product', { product: 5 }],
    ['/product', { product: 'x'.repeat(101) }],
    ['/adjust', { adjust: [] }],
    ['/adjust', { adjust: 'burst' }],
    ['/adjust/nowhere', { adjust: { nowhere: { cap: 1 } } }],
    ['/adjust/burst/cap', { adjust: { burst: { cap: 'three' } } }],
    ['/adjust/burst/cap', { adjust: { burst: { cap: -1 } } }],
    ['/adjust/burst/cap', { adjust: { burst: { cap: 1e300 } } }],
    ['/adjust/burst/off', { adjust: { burst: { off: false } } }],
    ['/adjust/burst/colour', { adjust: { burst: { colour: 1 } } }],
    ['/adjust/quiet-hours/refused/from', { adjust: { 'quiet-hours': { refused: { from: '25:00', to: '08:00' } } } }],
    ['/rules', { rules: {} }],
    ['/rules', { rules: [5] }],
    ['/rules/0/kind', { rules: [{ ...row, kind: 'nowhere' }] }],
    ['/rules/0/ruleId', { rules: [{ ...row, ruleId: 'burst' }] }],
    ['/rules/0/params/cap', { rules: [{ ...row, params: { ...row.params, cap: '1' } }] }],
    ['/rules/0/effectiveFrom', { rules: [{ ...row, effectiveFrom: '2026-02-30' }] }],
    ['/rules/1/ruleId', { rules: [row, row] }],
    ['/revision', { revision: 1 }],
    ['/__proto__x', { __proto__x: 1 }],
  ])('in a draft at %s is refused, and nothing is kept', async (pointer, wrong) => {
    const before = await kept();
    const headers = { 'idempotency-key': 'garbage' };
    expectProblem(await bank.call('/v1/policy-drafts', { as: author, body: body(wrong), headers }), 422, pointer);
    expect(await kept()).toEqual(before);
  });

  it('in everything else is refused by name, and nothing is kept', async () => {
    const { id } = await draft();
    const path = `/v1/policy-drafts/${id}`;
    const before = await kept();
    for (const revision of [undefined, null, 0, '1x', 1.5])
      expectProblem(await bank.call(path, { as: author, method: 'PUT', body: body({ revision }) }), 422, '/revision');
    expectProblem(await bank.call(path, { as: author, method: 'PUT', body: body({ revision: 2 }) }), 409);
    for (const days of [undefined, null, 0, 367, -1, 1.5, 'all', [1]])
      expectProblem(await post(`${path}/simulations`, author, { days }), 422, '/days');
    for (const effectiveFrom of ['tomorrow', '2099-01-01', 5, '2099-01-01T00:00:00'])
      expectProblem(await post(`${path}/approval`, second, { effectiveFrom }), 422, '/effectiveFrom');
    for (const reason of [undefined, null, '', 5, 'x'.repeat(2001)]) {
      expectProblem(await post(`${path}/rejection`, second, { reason }), 422, '/reason');
      expectProblem(await post('/v1/policy-versions/1/recall', second, { reason }), 422, '/reason');
    }
    for (const query of ['limit=0', 'limit=x', 'cursor=%00', 'cursor=eA', 'state=lost', 'x=1'])
      expectProblem(await bank.call(`/v1/policy-drafts?${query}`, { as: author }), 422);
    for (const query of ['limit=201', 'cursor=eA', 'x=1', `product=${'x'.repeat(101)}`])
      expectProblem(await bank.call(`/v1/policy-versions?${query}`, { as: author }), 422);
    for (const query of ['at=now', 'at=2026-01-01', 'x=1', 'product=a&product=b'])
      expectProblem(await bank.call(`/v1/policy-in-force?${query}`, { as: author }), 422);
    for (const query of ['limit=0', 'cursor=eA', 'x=1'])
      expectProblem(await bank.call(`${path}/simulations?${query}`, { as: author }), 422);
    expect(await kept()).toEqual(before);
  });

  it('for ids is 404, and nothing is kept', async () => {
    const before = await kept();
    const odd = ['x', NOBODY, '%00', '-'.repeat(36), '%F0%9F%80%84', '%27;drop%20table%20policy_draft;--', '..%2Fpolicies', '1e400'];
    for (const id of odd) {
      for (const [method, path, content] of [
        ['GET', `/v1/policy-drafts/${id}`],
        ['GET', `/v1/policy-drafts/${id}/diff`],
        ['GET', `/v1/policy-drafts/${id}/simulations`],
        ['GET', `/v1/policy-simulations/${id}`],
        ['GET', `/v1/policy-versions/${id}`],
        ['PUT', `/v1/policy-drafts/${id}`, body({ revision: 1 })],
        ['POST', `/v1/policy-drafts/${id}/submission`],
        ['POST', `/v1/policy-drafts/${id}/withdrawal`],
        ['POST', `/v1/policy-drafts/${id}/approval`, {}],
        ['POST', `/v1/policy-drafts/${id}/rejection`, { reason: 'r' }],
        ['POST', `/v1/policy-drafts/${id}/simulations`, { days: 1 }],
        ['POST', `/v1/policy-versions/${id}/recall`, { reason: 'r' }],
      ] as const)
        expectProblem(
          await bank.call(path, { as: { role: 'compliance', subject: 'other' }, method, ...(content ? { body: content } : {}) }),
          404,
        );
    }
    expect(await kept()).toEqual(before);
  });

  it('of another institution, or from an agency, finds nothing', async () => {
    const { id } = await draft();
    for (const path of [`/v1/policy-drafts/${id}`, `/v1/policy-drafts/${id}/diff`, '/v1/policy-versions/1'])
      expectProblem(await bank.call(path, { as: { ...author, institutionId: 'bank-2' } }), 404);
    expectProblem(await bank.call(`/v1/policy-drafts/${id}`, { as: { ...author, agencyId: 'agency-a' } }), 403);
    expect((await bank.call('/v1/policy-versions', { as: { ...author, institutionId: 'bank-2' } })).json.items).toEqual([]);
  });
});
