import { createHash } from 'node:crypto';
import { FORBIDDEN, NOT_FOUND } from '#problem';
import { agencyOf, inspector, manager, OversightRoom } from '../../testing/oversight-room.ts';
import { refusal } from '../../testing/policy-room.ts';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import { DRAFT_OPEN, NOT_DRAFT, OWN_EVALUATION, STALE_DRAFT, STALE_WEIGHTS, WEIGHTS_REFUSED } from './evaluation.refusals.ts';
import { DEFAULT_WEIGHTS } from './weights.ts';

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

const key = (name: string) => ({ key: name, hash: createHash('sha256').update(name).digest() });
async function agency(): Promise<{ agencyId: string; caseId: string }> {
  made += 1;
  const agencyId = `e${made}`;
  return { agencyId, caseId: await room.standing.agencyWithCase(agencyId) };
}
const draft = (agencyId: string, more = {}) =>
  room.evaluations.draft(inspector, agencyId, { from: '2026-01-01', to: '2026-11-28', ...more }, null);

describe('an evaluation', () => {
  it('is drafted from what the ledger says, once at a time, by the bank', async () => {
    const { agencyId, caseId } = await agency();
    stage.now = '2026-11-20T15:00:00+08:00';
    for (let n = 0; n < 5; n += 1) await stage.ask(caseId, {}, principal('agent', { agencyId }));
    stage.now = '2026-11-29T10:00:00+08:00';
    const [one, two] = await Promise.all([1, 2].map(() => room.evaluations.draft(inspector, agencyId, { note: '年度' }, key('draft'))));
    expect(two?.id).toBe(one?.id);
    expect(one).toMatchObject({ state: 'draft', from: '2025-11-29', to: '2026-11-28', facts: { asked: 5, refused: 2 }, note: '年度' });
    expect(one?.facts.refusalsByRule).toEqual([
      { ruleId: 'burst', refusals: 2 },
      { ruleId: 'conversations-per-debtor', refusals: 2 },
    ]);
    expect((await refusal(draft(agencyId))).kind).toBe(DRAFT_OPEN);
    expect((await refusal(room.evaluations.draft(agencyOf(agencyId), agencyId, {}, null))).kind).toBe(FORBIDDEN);
    expect((await refusal(draft('nobody'))).kind).toBe(NOT_FOUND);
    expect((await refusal(room.evaluations.find(agencyOf(agencyId), one?.id ?? ''))).kind).toBe(NOT_FOUND);
  });

  it.each([
    [{ to: '2026-11-29' }, '/to'],
    [{ from: '2026-11-29', to: '2026-11-28' }, '/from'],
    [{ from: '2024-01-01', to: '2026-11-28' }, '/from'],
  ])('of %j is refused', async (request, pointer) => {
    const { agencyId } = await agency();
    expect((await refusal(draft(agencyId, request))).extras.errors?.[0]?.pointer).toBe(pointer);
  });

  it('is confirmed by a second person, also under a race, and then counts for the gate', async () => {
    const { agencyId } = await agency();
    const { id } = await draft(agencyId);
    expect((await refusal(room.confirmations.confirm(inspector, id, null, null))).kind).toBe(OWN_EVALUATION);
    expect((await refusal(room.confirmations.reject(inspector, id, '否', null))).kind).toBe(OWN_EVALUATION);
    const decided = await Promise.allSettled(
      [manager, principal('head-office-approver', { subject: 'he' })].map((by) => room.confirmations.confirm(by, id, '属实', null)),
    );
    expect(decided.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await refusal(room.confirmations.reject(manager, id, '否', null))).kind).toBe(NOT_DRAFT);
    const [row] = await stage.sql(`select last_evaluated_on::text as on from agency where agency_id = $1`, [agencyId]);
    expect(row).toEqual({ on: '2026-11-29' });
    expect(await room.openTasks(`evaluation/${id}`)).toEqual([]);
    // The agency sees it, without the words that are for the bank.
    expect(await room.evaluations.find(agencyOf(agencyId), id)).toMatchObject({
      state: 'confirmed',
      evaluatedOn: '2026-11-29',
      decisionNote: null,
    });
    expect((await refusal(room.evaluations.find(agencyOf('e1'), id))).kind).toBe(NOT_FOUND);
    // The next begins where this ended.
    stage.now = '2026-12-31T10:00:00+08:00';
    expect(await room.evaluations.draft(inspector, agencyId, {}, null)).toMatchObject({ from: '2026-11-29', to: '2026-12-30' });
  });

  it('is not confirmed with numbers older than thirty days', async () => {
    const { agencyId } = await agency();
    const { id } = await draft(agencyId);
    stage.now = '2026-12-30T00:00:00+08:00';
    expect((await refusal(room.confirmations.confirm(manager, id, null, null))).kind).toBe(STALE_DRAFT);
    stage.now = '2026-12-29T23:59:59+08:00';
    expect(await room.confirmations.confirm(manager, id, null, null)).toMatchObject({ state: 'confirmed' });
  });

  it('gives the same bytes again from what was recorded, and says what the ledger says differently', async () => {
    const { agencyId, caseId } = await agency();
    stage.now = '2026-11-20T15:00:00+08:00';
    await stage.ask(caseId, {}, principal('agent', { agencyId }));
    stage.now = '2026-11-29T10:00:00+08:00';
    const { id } = await draft(agencyId);
    const whole = { scoreIdentical: true, factsIdentical: true, sealIdentical: true, differences: [] };
    expect(await room.evaluations.recompute(inspector, id)).toEqual(whole);
    // What comes later does not change what was known then.
    stage.now = '2026-12-24T10:00:00+08:00';
    await stage.ask(caseId, {}, principal('agent', { agencyId }));
    expect(await room.evaluations.recompute(inspector, id)).toEqual(whole);
    const { version, ...kept } = { version: 1, components: DEFAULT_WEIGHTS.components, bands: { A: 95, B: 75, C: 60 } };
    await room.weights.set({ ...inspector, institutionId: 'bank-9' }, { version, ...kept, note: '收紧' });
    await stage.sql(`delete from contact where case_id = $1`, [caseId]);
    await stage.sql(`delete from decision where agency_id = $1 and decided_at < '2026-12-01'`, [agencyId]);
    expect(await room.evaluations.recompute(inspector, id)).toEqual({
      ...whole,
      factsIdentical: false,
      differences: [{ fact: 'asked', recorded: '1', now: '0' }],
    });
    await stage.sql(`update agency_evaluation set score = replace(score, '"total":', '"total":1') where id = $1`, [id]);
    expect(await room.evaluations.recompute(inspector, id)).toMatchObject({ scoreIdentical: false, sealIdentical: false });
  });
});

describe('weights', () => {
  it('are versions that nobody overwrites, and refuse what CC22 forbids', async () => {
    const by = { ...inspector, institutionId: 'bank-8' };
    const { components, bands } = DEFAULT_WEIGHTS;
    const wrong = {
      ...components,
      recoveries: { ...components.recoveries, weight: 11 },
      'training-gaps': { ...components['training-gaps'], weight: 4 },
    };
    const refused = await refusal(room.weights.set(by, { version: 1, components: wrong, bands, note: '回款优先' }));
    expect([refused.kind, refused.extras.errors?.map(({ source }) => source)]).toEqual([WEIGHTS_REFUSED, ['CC22', 'CC22']]);
    const set = await Promise.allSettled(
      [1, 2].map(() => room.weights.set(by, { version: 1, components, bands: { ...bands, A: 95 }, note: '收紧' })),
    );
    expect(set.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await room.weights.find(by)).toMatchObject({ version: 2, bands: { A: 95 }, setBy: 'lin' });
    expect((await refusal(room.weights.set(by, { version: 1, components, bands, note: '旧' }))).kind).toBe(STALE_WEIGHTS);
  });
});

describe('a scorecard', () => {
  it('is of one agency month by month, and its own people see it', async () => {
    const { agencyId, caseId } = await agency();
    stage.now = '2026-10-31T15:00:00+08:00';
    await stage.ask(caseId, {}, principal('agent', { agencyId }));
    stage.now = '2026-11-01T15:00:00+08:00';
    for (let n = 0; n < 4; n += 1) await stage.ask(caseId, {}, principal('agent', { agencyId }));
    stage.now = '2026-11-29T10:00:00+08:00';
    const card = await room.scorecards.scorecard(agencyOf(agencyId), agencyId, { from: '2026-10-01' });
    const refusedOf = (months: typeof card.months) =>
      months.map(({ from, components }) => [from, components[0]?.part, components[0]?.whole]);
    expect(refusedOf(card.months)).toEqual([
      ['2026-10-01', '0', '1'],
      ['2026-11-01', '1', '4'],
    ]);
    expect(card).toMatchObject({ facts: { asked: 5, refused: 1 }, evaluationDueOn: '2027-09-01', evaluationCause: 'yearly' });
    expect((await refusal(room.scorecards.scorecard(agencyOf('e1'), agencyId, {}))).kind).toBe(NOT_FOUND);
    expect((await refusal(room.scorecards.ranking(agencyOf(agencyId), {}))).kind).toBe(FORBIDDEN);
    const ranked = (await room.scorecards.ranking(manager, {})).items;
    expect(ranked.find((line) => line.agencyId === agencyId)?.score).toEqual(
      (await room.scorecards.scorecard(manager, agencyId, {})).score,
    );
    expect(ranked.map(({ score }) => score.total)).toEqual(ranked.map(({ score }) => score.total).toSorted((a, b) => b - a));
    expect((await room.scorecards.ranking({ ...manager, institutionId: 'bank-7' }, {})).items).toEqual([]);
  });

  it('of somebody else’s bank is not found', async () => {
    expect(BANK).toBe('bank-1');
    expect((await refusal(room.scorecards.scorecard({ ...manager, institutionId: 'bank-2' }, 'e1', {}))).kind).toBe(NOT_FOUND);
  });
});
