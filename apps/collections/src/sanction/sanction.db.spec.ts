import { createHash } from 'node:crypto';
import { FORBIDDEN, NOT_FOUND } from '#problem';
import { agencyOf, inspector, manager, OversightRoom } from '../../testing/oversight-room.ts';
import { refusal } from '../../testing/policy-room.ts';
import { principal, Stage } from '../../testing/stage.ts';
import { APPEALED, NOT_IN_FORCE, NOT_PROPOSED, OWN_SANCTION, STEP_SKIPPED } from './sanction.refusals.ts';

let stage: Stage;
let room: OversightRoom;
let made = 0;

beforeAll(async () => {
  stage = await Stage.open();
  room = new OversightRoom(stage);
});
beforeEach(() => {
  stage.now = '2026-11-29T10:00:00+08:00';
});
afterAll(() => stage.close());

const head = principal('head-office-approver', { subject: 'he' });
const other = principal('compliance', { subject: 'sun' });
const key = (name: string) => ({ key: name, hash: createHash('sha256').update(name).digest() });

/** An agency in good standing, as another was. */
async function agency(): Promise<string> {
  made += 1;
  await room.standing.agencyWithCase(`s${made}`);
  return `s${made}`;
}

const skip = '转包属实，直接暂停';
const suspended = async (agencyId: string, untilOn = '2026-12-31') => {
  const { id } = await room.sanctions.propose(
    inspector,
    agencyId,
    { step: 'rights-suspended', reason: '多次深夜催收', skipReason: skip, untilOn },
    null,
  );
  return room.sanctions.approve(head, id, null);
};

describe('a sanction', () => {
  it('up to the forced training is in force at once; asked for twice under one key it is one', async () => {
    const agencyId = await agency();
    const talk = { step: 'talk' as const, reason: '投诉增多' };
    const [one, two] = await Promise.all([1, 2].map(() => room.sanctions.propose(inspector, agencyId, talk, key('talk'))));
    expect(one).toMatchObject({ state: 'in-force', suggested: 'talk', approvedBy: null, fromOn: '2026-11-29' });
    expect(two?.id).toBe(one?.id);
    expect(await room.statusOf(agencyId)).toBe('active');
    expect(await room.sanctions.ladder(inspector, agencyId)).toMatchObject({
      suggested: 'warning-letter',
      cause: 'repeated',
      taken: ['talk'],
    });
  });

  it('leaves steps out only with a reason, which names the article', async () => {
    const agencyId = await agency();
    const request = { step: 'forced-training' as const, reason: '话术违规', untilOn: '2026-12-20' };
    const refused = await refusal(room.sanctions.propose(inspector, agencyId, request, null));
    expect([refused.kind, refused.extras.errors?.[0]]).toMatchObject([STEP_SKIPPED, { pointer: '/skipReason', source: 'HLJ 36' }]);
    const { id } = await room.sanctions.propose(inspector, agencyId, { ...request, skipReason: '已口头提醒多次' }, null);
    expect(await room.openTasks(`sanction/${id}`)).toEqual(['forced-training']);
    expect(await room.sanctions.find(agencyOf(agencyId), id)).toMatchObject({ reason: '话术违规', skipReason: null });
    await room.sanctions.end(manager, id, '培训已完成', null);
    expect(await room.openTasks(`sanction/${id}`)).toEqual([]);
  });

  it('has a period exactly where it lasts', async () => {
    const agencyId = await agency();
    const wrong = (request: object) =>
      refusal(room.sanctions.propose(inspector, agencyId, { step: 'talk', reason: '一', skipReason: skip, ...request }, null));
    for (const request of [{ untilOn: '2026-12-01' }, { step: 'rights-suspended' }, { step: 'rights-suspended', untilOn: '2026-11-28' }])
      expect((await wrong(request)).extras.errors?.[0]?.pointer).toBe('/untilOn');
  });

  it('from the circular on waits for a second person, also under a race', async () => {
    const agencyId = await agency();
    const { id } = await room.sanctions.propose(
      inspector,
      agencyId,
      { step: 'rights-suspended', reason: '深夜', skipReason: skip, untilOn: '2026-12-31' },
      null,
    );
    expect(await room.openTasks(`sanction/${id}`)).toEqual(['approve-sanction']);
    expect((await refusal(room.sanctions.find(agencyOf(agencyId), id))).kind).toBe(NOT_FOUND);
    expect((await refusal(room.sanctions.approve(inspector, id, null))).kind).toBe(OWN_SANCTION);
    expect((await refusal(room.sanctions.reject(inspector, id, '否', null))).kind).toBe(OWN_SANCTION);
    expect(await room.statusOf(agencyId)).toBe('active');
    const decided = await Promise.allSettled([room.sanctions.approve(head, id, null), room.sanctions.reject(other, id, '证据不足', null)]);
    expect(decided.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await refusal(room.sanctions.approve(other, id, null))).kind).toBe(NOT_PROPOSED);
    const { state } = await room.sanctions.find(inspector, id);
    expect(await room.statusOf(agencyId)).toBe(state === 'in-force' ? 'suspended' : 'active');
  });

  it('is taken back by who proposed it alone', async () => {
    const agencyId = await agency();
    const { id } = await room.sanctions.propose(inspector, agencyId, { step: 'circular', reason: '通报', skipReason: skip }, null);
    expect((await refusal(room.sanctions.withdraw(other, id, '误', null))).kind).toBe(OWN_SANCTION);
    expect(await room.sanctions.withdraw(inspector, id, '误', null)).toMatchObject({ state: 'withdrawn', endNote: '误' });
    expect((await refusal(room.letters.letter(inspector, id))).kind).toBe(NOT_IN_FORCE);
  });

  it('rests on what stands against this agency', async () => {
    const agencyId = await agency();
    const elsewhere = await agency();
    const { findings } = await room.done(elsewhere, [{}]);
    const grounds = [{ kind: 'inspection-finding' as const, id: findings[0]?.id ?? '' }];
    const wrong = await refusal(room.sanctions.propose(inspector, agencyId, { step: 'talk', reason: '一', grounds }, null));
    expect(wrong.extras.errors?.[0]?.pointer).toBe('/grounds/0/id');
    expect(await room.sanctions.propose(inspector, elsewhere, { step: 'talk', reason: '一', grounds }, null)).toMatchObject({ grounds });
    const garbage = [{ kind: 'evaluation' as const, id: "x'" }];
    expect(
      (await refusal(room.sanctions.propose(inspector, elsewhere, { step: 'talk', reason: '一', grounds: garbage }, null))).kind.status,
    ).toBe(422);
  });

  it('suspends through its last day and lets the agency work on the day after, once, by whatever worker', async () => {
    const agencyId = await agency();
    await suspended(agencyId, '2026-12-31');
    expect(await room.statusOf(agencyId)).toBe('suspended');
    await room.pass('2026-12-31T23:59:59+08:00');
    expect(await room.statusOf(agencyId)).toBe('suspended');
    await room.pass('2027-01-01T00:00:00+08:00', 3);
    expect(await room.statusOf(agencyId)).toBe('active');
    await room.pass('2027-01-02T00:00:00+08:00', 2);
    expect((await room.standingActs(agencyId)).slice(-2)).toEqual(['suspended', 'active']);
    expect((await room.sanctions.list(inspector, { agencyId })).items).toMatchObject([{ state: 'ended', endedBy: 'system:oversight' }]);
  });

  it('is made up for when nobody looked for weeks', async () => {
    const agencyId = await agency();
    await suspended(agencyId, '2026-12-05');
    await room.pass('2027-02-01T08:00:00+08:00');
    expect(await room.statusOf(agencyId)).toBe('active');
  });

  it('does not let an agency work that something else suspends: another sanction, or a person', async () => {
    const [two, byHand, before] = [await agency(), await agency(), await agency()];
    await suspended(two, '2026-12-05');
    await suspended(two, '2026-12-20');
    await suspended(byHand, '2026-12-05');
    await room.standing.change(byHand, { status: 'active' });
    await room.standing.change(byHand, { status: 'suspended' });
    await room.standing.change(before, { status: 'suspended' });
    await suspended(before, '2026-12-05');
    await room.pass('2026-12-06T01:00:00+08:00');
    expect(await Promise.all([two, byHand, before].map((id) => room.statusOf(id)))).toEqual(['suspended', 'suspended', 'suspended']);
    expect(await room.openTasks(`agency/${byHand}`)).toContain('review-suspension');
    expect(await room.openTasks(`agency/${before}`)).toContain('review-suspension');
    await room.pass('2026-12-21T01:00:00+08:00');
    expect(await Promise.all([two, byHand, before].map((id) => room.statusOf(id)))).toEqual(['active', 'suspended', 'suspended']);
  });

  it('ends early only by another person than who proposed it', async () => {
    const agencyId = await agency();
    const { id } = await suspended(agencyId);
    expect((await refusal(room.sanctions.end(inspector, id, '已改', null))).kind).toBe(OWN_SANCTION);
    await room.sanctions.end(manager, id, '已改', null);
    expect(await room.statusOf(agencyId)).toBe('active');
    expect((await refusal(room.sanctions.end(manager, id, '又', null))).kind).toBe(NOT_IN_FORCE);
  });

  it('expels: the agency leaves, and the list at once', async () => {
    const agencyId = await agency();
    const { id } = await room.sanctions.propose(inspector, agencyId, { step: 'expulsion', reason: '转包', skipReason: skip }, null);
    await room.sanctions.approve(head, id, null);
    const [row] = await stage.sql(`select status, published from agency where agency_id = $1`, [agencyId]);
    expect(row).toEqual({ status: 'exited', published: false });
    expect(
      (await refusal(room.sanctions.propose(inspector, agencyId, { step: 'talk', reason: '一' }, null))).extras.errors?.[0]?.pointer,
    ).toBe('/step');
  });

  it('is suggested one step up within twelve months, and from the start after them', async () => {
    const agencyId = await agency();
    await room.sanctions.propose(inspector, agencyId, { step: 'talk', reason: '一' }, null);
    stage.now = '2027-11-29T09:00:00+08:00';
    expect(await room.sanctions.ladder(inspector, agencyId)).toMatchObject({ suggested: 'warning-letter' });
    stage.now = '2027-11-30T00:00:00+08:00';
    expect(await room.sanctions.ladder(inspector, agencyId)).toMatchObject({ suggested: 'talk', taken: [] });
  });
});

describe('an appeal', () => {
  it('is one, by the agency; who proposed or approved the sanction does not decide it; revoked, the agency works again', async () => {
    const agencyId = await agency();
    const { id } = await suspended(agencyId);
    expect((await refusal(room.appeals.acknowledge(inspector, id, null))).kind).toBe(FORBIDDEN);
    expect((await refusal(room.appeals.appeal(agencyOf('s1'), id, '不服', null))).kind).toBe(NOT_FOUND);
    await room.appeals.acknowledge(agencyOf(agencyId), id, null);
    await room.appeals.acknowledge(agencyOf(agencyId), id, null);
    const appealed = await Promise.allSettled([1, 2].map(() => room.appeals.appeal(agencyOf(agencyId), id, '事实有误', null)));
    expect(appealed.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await refusal(room.appeals.appeal(agencyOf(agencyId), id, '再', null))).kind).toBe(APPEALED);
    expect(await room.statusOf(agencyId)).toBe('suspended');
    const decision = { outcome: 'revoked' as const, note: '证据不足' };
    expect((await refusal(room.appeals.decide(inspector, id, decision, null))).kind).toBe(OWN_SANCTION);
    expect((await refusal(room.appeals.decide(head, id, decision, null))).kind).toBe(OWN_SANCTION);
    expect((await refusal(room.appeals.decide(agencyOf(agencyId), id, decision, null))).kind).toBe(FORBIDDEN);
    expect(await room.appeals.decide(other, id, decision, null)).toMatchObject({ state: 'revoked', appealOutcome: 'revoked' });
    expect(await room.statusOf(agencyId)).toBe('active');
    expect(await room.openTasks(`sanction/${id}`)).toEqual([]);
    // What was revoked does not count.
    expect(await room.sanctions.ladder(inspector, agencyId)).toMatchObject({ suggested: 'talk' });
  });
});

describe('the letter', () => {
  it('is the same PDF each time, for the agency as well', async () => {
    const agencyId = await agency();
    const { id } = await suspended(agencyId);
    const [one, two] = [await room.letters.letter(inspector, id), await room.letters.letter(agencyOf(agencyId), id)];
    expect(one.subarray(0, 5).toString()).toBe('%PDF-');
    expect(two.equals(one)).toBe(true);
  });

  it('keeps its words sealed', async () => {
    const agencyId = await agency();
    await suspended(agencyId);
    const [row] = await stage.sql<{ text: string }>(`select row_to_json(s)::text as text from sanction s where agency_id = $1`, [agencyId]);
    expect(row?.text).not.toMatch(/深夜|转包/);
  });
});
