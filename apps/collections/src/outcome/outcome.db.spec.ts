import { codeOf, collectorRoom, type CollectorRoom } from '../../testing/collector-room.ts';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import type { ReportedOutcomeRequest } from './outcome.dto.ts';

let stage: Stage;
let room: CollectorRoom;
let number = 0;
const agent = principal('agent');
const manager = principal('collections-manager');
const START = '2026-11-21T15:00:00+08:00';

beforeAll(async () => {
  stage = await Stage.open();
  room = collectorRoom(stage);
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.now = START;
});

/** A debtor of its own, with two cases, and a permit for the first. */
async function permitted(more: object = {}): Promise<{ caseId: string; other: string; id: string }> {
  number += 1;
  const [caseId, other] = [`C${number}`, `X${number}`];
  const contactPoint = `+8613900${String(number).padStart(6, '0')}`;
  await stage.addCases([caseId, other].map((id) => ({ caseId: id, debtorId: `D${number}`, debtId: id, contactPoint, ...more })));
  const { id, verdict } = await stage.ask(caseId);
  expect(verdict).toBe('permitted');
  return { caseId, other, id };
}
const outcome = (more: Partial<ReportedOutcomeRequest> = {}): ReportedOutcomeRequest => ({
  result: 'conversation',
  startedAt: START,
  ...more,
});
const record = (id: string, more: Partial<ReportedOutcomeRequest> = {}, by = agent) => room.outcomes.record(by, id, outcome(more), 'en');
const look = (caseId: string) => stage.gate.contactability(agent, caseId, {}, 'en');
const holdsOf = (caseId: string) =>
  stage.sql<{ kind: string; cause: string | null; over: boolean }>(
    `select h.kind, h.cause, h.until_at is not null as over from hold h join collection_case c on c.debtor = h.debtor where c.case_id = $1 order by h.id`,
    [caseId],
  );
const tasksOf = (caseId: string) =>
  stage.sql<{ kind: string; outcome: string | null }>(
    `select kind, outcome from task t join collection_case c on c.id = t.collection_case where c.case_id = $1 order by t.id`,
    [caseId],
  );

describe('an outcome with its report', () => {
  it('is kept with the promise that was made, and what was agreed', async () => {
    const { caseId, id } = await permitted();
    const report = {
      reached: 'debtor',
      promise: { amount: '1200.50', dueOn: '2026-11-25' },
      bestTime: { from: '18:00', to: '20:00' },
      followUpAt: '2026-11-26T10:00:00+08:00',
      attitude: 'cooperative',
      arrearsReason: 'cash-flow',
    } as const;
    const view = await record(id, { report });
    expect(view).toMatchObject({ state: 'closed', outcome: { result: 'conversation' }, stops: [], promiseId: expect.any(String) });
    expect(
      await stage.sql(`select amount::text, due_on::text as due, attempt, state from promise where id = $1`, [view.promiseId]),
    ).toEqual([{ amount: '1200.50', due: '2026-11-25', attempt: id, state: 'open' }]);
    const [work] = await stage.sql(
      `select w.best_from, w.follow_up_by, w.follow_up_at from case_work w join collection_case c on c.id = w.collection_case where c.case_id = $1`,
      [caseId],
    );
    expect(work).toEqual({ best_from: '18:00', follow_up_by: 'agent-1', follow_up_at: new Date(report.followUpAt) });
    // The same again is the same; other words are another outcome.
    expect(await record(id, { report })).toEqual(view);
    expect(await codeOf(record(id, { report: { ...report, attitude: 'hostile' } }))).toBe('outcome-already-recorded');
    expect(await codeOf(record(id))).toBe('outcome-already-recorded');
    expect(await stage.sql('select id from promise where attempt = $1', [id])).toHaveLength(1);
  });

  it('that says nothing besides is what it always was', async () => {
    const { id } = await permitted();
    const plain = await stage.outcomes.record(agent, id, { result: 'no-answer', startedAt: START }, 'en');
    expect(await room.outcomes.record(agent, id, { result: 'no-answer', startedAt: START }, 'en')).toEqual({
      ...plain,
      stops: [],
      promiseId: null,
      objectionId: null,
    });
  });

  it('reported many times at once is recorded once, with one promise', async () => {
    const { id } = await permitted();
    const report = { promise: { amount: '10.00', dueOn: '2026-11-25' }, special: 'cease-request' } as const;
    const all = await Promise.all(Array.from({ length: 6 }, () => record(id, { report })));
    expect(new Set(all.map(({ promiseId }) => promiseId)).size).toBe(1);
    expect(await stage.sql('select id from promise where attempt = $1', [id])).toHaveLength(1);
  });

  it('whose parts do not go together is refused, and nothing of it is kept', async () => {
    const { caseId, id } = await permitted();
    expect(
      await codeOf(record(id, { result: 'no-answer', report: { reached: 'debtor', promise: { amount: '1.00', dueOn: '2026-11-25' } } })),
    ).toBe('invalid');
    expect(await codeOf(record(id, { report: { promise: { amount: '5000.01', dueOn: '2026-11-25' } } }))).toBe('invalid');
    expect(await stage.sql('select result from contact where id = $1', [id])).toEqual([{ result: null }]);
    expect(await holdsOf(caseId)).toEqual([]);
  });
});

describe('signs of danger or need', () => {
  it.each([
    [{ report: { special: 'self-harm' } }, 'self-harm', []],
    [{ report: { special: 'hardship' } }, 'hardship', []],
    [{ note: '客户情绪崩溃，说不想活了' }, 'self-harm', ['不想活']],
    [{ note: '低保户，正在化疗', report: { attitude: 'distressed' } }, 'hardship', ['低保户', '化疗']],
  ] as const)('in %j stop collection at once and go to a person', async (said, sign, words) => {
    const { caseId, other, id } = await permitted();
    const open = await stage.ask(other);
    expect(open.verdict).toBe('permitted');
    stage.now = '2026-11-21T15:01:00+08:00';
    expect(await record(id, said as Partial<ReportedOutcomeRequest>)).toMatchObject({ stops: ['care'] });
    // In every case of the debtor, also for the permit that was out.
    for (const one of [caseId, other]) expect(await look(one)).toMatchObject({ verdict: 'refused', nextPermittedAt: null });
    expect(await stage.outcomes.view(agent, open.id, 'en')).toMatchObject({
      state: 'revoked',
      revocation: { reason: 'collection-stopped' },
    });
    expect(await holdsOf(caseId)).toEqual([{ kind: 'cease', cause: 'care', over: false }]);
    expect(await tasksOf(caseId)).toEqual([{ kind: 'care-case', outcome: null }]);
    expect((await room.reviews.list(manager, { state: 'open', caseId })).items).toMatchObject([
      { caseId, sign, words, source: `outcome/${id}` },
    ]);
    const [sealed] = await stage.sql<{ words: Buffer | null }>('select words_sealed as words from care_case order by id desc limit 1');
    for (const word of words) expect(sealed?.words?.includes(word)).toBe(false);
  });

  it('that are denied stop nothing', async () => {
    const { caseId, id } = await permitted();
    expect(await record(id, { note: '没有自杀倾向，情绪平稳，下周还款' })).toMatchObject({ stops: [] });
    expect(await holdsOf(caseId)).toEqual([]);
  });

  it('are decided by somebody else, once, and then collection goes on or stays stopped', async () => {
    const { caseId, id } = await permitted();
    await record(id, { report: { special: 'hardship' } }, manager);
    const [care] = (await room.reviews.list(manager, { caseId })).items;
    const resume = { decision: 'resume', reason: '已核实，可协商' } as const;
    expect(await codeOf(room.reviews.decide(manager, care?.id ?? '', resume, null))).toBe('own-care-case');
    const others = ['a', 'b', 'c'].map((subject) => principal('compliance', { subject }));
    const codes = await Promise.all(others.map((by) => codeOf(room.reviews.decide(by, care?.id ?? '', resume, null))));
    expect(codes.toSorted()).toEqual(['care-case-decided', 'care-case-decided', 'done']);
    expect(await holdsOf(caseId)).toEqual([{ kind: 'cease', cause: 'care', over: true }]);
    expect(await tasksOf(caseId)).toEqual([{ kind: 'care-case', outcome: 'resume' }]);
    stage.now = '2026-11-21T16:30:00+08:00';
    expect(await look(caseId)).toMatchObject({ verdict: 'permitted' });
  });

  it('of another institution are not there', async () => {
    expect((await room.reviews.list(principal('compliance', { institutionId: 'bank-2' }), {})).items).toEqual([]);
  });
});

describe('special handling', () => {
  it.each([
    ['death', { result: 'answered', report: { reached: 'family', special: 'death' } }, 'deceased', 'prove-special'],
    ['bankruptcy', { report: { special: 'bankruptcy' } }, 'insolvency', 'prove-special'],
    ['fraud', { report: { special: 'fraud' } }, 'objection-open', 'judge-fraud'],
    ['cease-request', { report: { special: 'cease-request' } }, 'cease', null],
  ] as const)('of %s holds all contact', async (cause, said, kind, task) => {
    const { caseId, id } = await permitted();
    expect(await record(id, said as Partial<ReportedOutcomeRequest>)).toMatchObject({ stops: [cause] });
    expect(await holdsOf(caseId)).toEqual([{ kind, cause, over: false }]);
    expect((await tasksOf(caseId)).map((one) => one.kind)).toEqual(task === null ? [] : [task]);
    expect(await look(caseId)).toMatchObject({ verdict: 'refused' });
  });

  it.each(['lost-contact', 'other', 'illness', 'imprisoned'] as const)('of %s is recorded and holds nothing', async (special) => {
    const { caseId, id } = await permitted();
    expect(await record(id, { report: { special } })).toMatchObject({ stops: [] });
    expect(await holdsOf(caseId)).toEqual([]);
    expect(await stage.sql('select special from outcome_report where attempt = $1', [id])).toEqual([{ special }]);
  });

  it('of whoever wants no more calls is an opt-out of voice', async () => {
    const { caseId, id } = await permitted();
    await record(id, { report: { wantsNoCalls: true } });
    stage.now = '2026-11-22T15:00:00+08:00';
    expect(await look(caseId)).toMatchObject({ verdict: 'refused', reasons: [{ ruleId: 'opt-out' }] });
    expect(await stage.sql(`select channel, evidence from opt_out where institution_id = $1 order by id desc limit 1`, [BANK])).toEqual([
      { channel: 'voice', evidence: `outcome/${id}` },
    ]);
  });
});

describe('a dispute', () => {
  const dispute = { note: '客户称从未办卡', report: { reached: 'debtor', special: 'dispute' } } as const;
  const verifier = principal('compliance');
  const call = { idempotency: null, requestId: 'r' };
  const objectionsOfCase = (caseId: string) =>
    stage.sql<{ id: string; evidence: string; state: string }>(
      `select o.id, o.evidence, o.state from objection o join collection_case c on c.id = o.collection_case where c.case_id = $1 order by o.id`,
      [caseId],
    );

  it('opens one objection, whose hold and task are all that stops collection, and the answer names it', async () => {
    const { caseId, other, id } = await permitted();
    const open = await stage.ask(other);
    const all = await Promise.all(Array.from({ length: 6 }, () => record(id, dispute)));
    const [{ objectionId } = { objectionId: null }] = all;
    expect(new Set(all.map((view) => view.objectionId))).toEqual(new Set([objectionId]));
    expect(all[0]).toMatchObject({ stops: ['dispute'], objectionId: expect.any(String) });
    expect(await objectionsOfCase(caseId)).toEqual([{ id: objectionId, evidence: `outcome/${id}`, state: 'open' }]);
    expect(await room.objectionDesk.find(verifier, objectionId ?? '', 'r')).toMatchObject({
      kind: 'other',
      channel: 'voice',
      partyId: 'P1',
      disputed: '客户称从未办卡',
      raisedAt: START,
      raisedBy: agent.subject,
    });
    expect(await holdsOf(caseId)).toEqual([{ kind: 'objection-open', cause: null, over: false }]);
    expect(await tasksOf(caseId)).toEqual([{ kind: 'verify-objection', outcome: null }]);
    expect(await stage.outcomes.view(agent, open.id, 'en')).toMatchObject({ revocation: { reason: 'collection-stopped' } });
  });

  it('holds until the debtor was told, by nothing else, and not by whoever called', async () => {
    const { caseId, id } = await permitted();
    const objectionId = (await record(id, dispute)).objectionId ?? '';
    const { holdId } = await room.objectionDesk.find(verifier, objectionId, 'r');
    expect(await codeOf(room.holds.release(manager, holdId, { reason: '继续' }, null))).toBe('held-by-objection');
    const rejects = { outcome: 'rejected', facts: '签名一致', basis: '申请表' } as const;
    expect(await codeOf(room.objections.decide(principal('compliance', { subject: agent.subject }), objectionId, rejects, call))).toBe(
      'recused',
    );
    await room.objections.decide(verifier, objectionId, rejects, call);
    expect(await look(caseId)).toMatchObject({ verdict: 'refused' });
    await room.objections.tell(verifier, objectionId, { how: 'letter', evidence: '挂号信 1' }, call);
    expect(await holdsOf(caseId)).toEqual([{ kind: 'objection-open', cause: null, over: true }]);
    stage.now = '2026-11-21T16:30:00+08:00';
    expect(await look(caseId)).toMatchObject({ verdict: 'permitted' });
  });

  it('that is open already is the same one, and a fraud besides has a hold of its own', async () => {
    const { caseId, id } = await permitted();
    const second = (await stage.ask(caseId)).id;
    const third = (await stage.ask(caseId)).id;
    const raised = await room.objections.raise(manager, caseId, { kind: 'paid', disputed: '已还', channel: 'voice' }, call);
    expect(await record(id, dispute)).toMatchObject({ stops: ['dispute'], objectionId: raised.id });
    expect(await record(second, { report: { special: 'dispute' } })).toMatchObject({ objectionId: raised.id });
    expect(await objectionsOfCase(caseId)).toHaveLength(1);
    expect(await holdsOf(caseId)).toEqual([{ kind: 'objection-open', cause: null, over: false }]);
    await record(third, { report: { special: 'fraud' } });
    await room.objections.withdraw(verifier, raised.id, '录音 2', call);
    expect(await holdsOf(caseId)).toEqual([
      { kind: 'objection-open', cause: null, over: true },
      { kind: 'objection-open', cause: 'fraud', over: false },
    ]);
  });

  it('of which no words were noted says so; nothing is kept where the report does not go together', async () => {
    const [one, two] = [await permitted(), await permitted()];
    const objectionId = (await record(one.id, { report: { special: 'dispute' } })).objectionId ?? '';
    expect((await room.objectionDesk.find(verifier, objectionId, 'r')).disputed).toBe('通话中提出异议，未记录原话');
    const early = { special: 'dispute', followUpAt: START } as const;
    expect(await codeOf(record(two.id, { report: early }))).toBe('invalid');
    expect(await objectionsOfCase(two.caseId)).toEqual([]);
  });

  it('and an objection that somebody raises at the same time are one', async () => {
    const { caseId, id } = await permitted();
    const raise = () => codeOf(room.objections.raise(manager, caseId, { kind: 'paid', disputed: '已还', channel: 'voice' }, call));
    const codes = await Promise.all([codeOf(record(id, dispute)), raise(), raise()]);
    expect(codes[0]).toBe('done');
    expect(codes.slice(1).every((code) => code === 'done' || code === 'objection-open')).toBe(true);
    expect(await objectionsOfCase(caseId)).toHaveLength(1);
    expect(await holdsOf(caseId)).toHaveLength(1);
  });
});
