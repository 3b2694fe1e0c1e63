import type { Principal } from '#auth';
import { toCommand } from '../clock/event-command.ts';
import { askedOf, DecisionRooms, draftOf } from '../../testing/decision.ts';
import { handler, headOffice, principal, Stage, supervisor } from '../../testing/stage.ts';
import type { DecisionDraftRequest } from './decision.dto.ts';

let stage: Stage;
let rooms: DecisionRooms;
const nothing = { send: async () => ({ providerId: null }) };
const NOW = '2026-11-21T15:00:00+08:00';
const key = (name: string, hash = 'a') => ({ key: name, hash: Buffer.alloc(32, hash) });
const another = (subject: string, by: Principal = supervisor): Principal => ({ ...by, subject });

beforeAll(async () => {
  stage = await Stage.open();
  rooms = new DecisionRooms(stage, { sms: nothing, mail: nothing });
});
afterAll(() => stage.close());
beforeEach(() => (stage.now = NOW));

type Said = { kind?: { code: string }; extras?: { errors?: readonly { pointer: string; source?: string }[] } };
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: Said) => error.kind?.code ?? String(error),
  );
const money = (amount: string, currency = 'CNY'): Partial<DecisionDraftRequest> => ({
  money: { amount, currency },
  remedyBy: '2026-12-10',
});
async function submitted(more: Partial<DecisionDraftRequest> = {}): Promise<string> {
  const { id } = await stage.register();
  await rooms.decisions.draft(askedOf(id), draftOf(more));
  await rooms.decisions.submit(askedOf(id), '1');
  return id;
}
const approve = (id: string, by: Principal = supervisor, version = '1') => rooms.verdicts.approve(askedOf(id, by), version, null);
const decided = async (id: string) =>
  (await stage.sql<{ at: Date }>(`select at from clock_event where complaint = $1 and type = 'decided'`, [id])).length;
const stateOf = async (id: string) => (await rooms.decisions.list(handler, id, 'r1')).items[0]?.state;

describe('a decision', () => {
  it('is written in versions, and decided at once where the matrix asks nobody', async () => {
    const { id } = await stage.register();
    await rooms.decisions.draft(askedOf(id), { outcome: 'upheld' });
    await rooms.decisions.draft(askedOf(id), draftOf(money('1000.00')));
    expect(
      (await rooms.decisions.list(handler, id, 'r1')).items.map(({ version, state, money: paid }) => [version, state, paid?.amount]),
    ).toEqual([
      [2, 'draft', '1000.00'],
      [1, 'superseded', undefined],
    ]);
    expect(await rooms.decisions.submit(askedOf(id), '2')).toMatchObject({
      accepted: true,
      rejected: null,
      decision: { state: 'decided', decidedAt: NOW, need: null },
    });
    expect(await stage.complaints.find(handler, id, 'r1')).toMatchObject({ decidedAt: NOW, toldAt: null });
    expect(await codeOf(rooms.decisions.draft(askedOf(id), draftOf()))).toBe('decision-made');
    const [row] = await stage.sql<{ text: string }>(
      `select row_to_json(d)::text as text from complaint_decision d where complaint = $1 and version = 2`,
      [id],
    );
    expect(row?.text).not.toMatch(/来电|夜间/);
  });

  it('that lacks what CMP20 19 asks for is not submitted, and the refusal names it', async () => {
    const { id } = await stage.register();
    await rooms.decisions.draft(askedOf(id), {
      outcome: 'upheld',
      remediesOpen: ['review', 'court'],
      money: { amount: '5.00', currency: 'CNY' },
    });
    const errors = await rooms.decisions.submit(askedOf(id), '1').then(
      () => [],
      (error: Said) => (error.extras?.errors ?? []).map(({ pointer, source = '' }) => `${pointer} ${source}`.trim()),
    );
    expect(errors).toEqual([
      '/facts CMP20 19',
      '/basis CMP20 19',
      '/reasons CMP20 19',
      '/remediesOpen CMP20 19',
      '/remedyKinds',
      '/remedyBy',
    ]);
    expect(await codeOf(rooms.decisions.draft(askedOf(id), draftOf(money('-1'))))).toBe('invalid');
    expect(await codeOf(rooms.decisions.submit(askedOf(id), '7'))).toBe('not-found');
  });

  it('is masked for those who do not work on complaints, and no other bank sees it', async () => {
    const id = await submitted({ facts: '张三 13800000001 被叫' });
    const [seen] = (await rooms.decisions.list(principal('regulator'), id, 'r1')).items;
    expect(seen).toMatchObject({ masked: true, facts: expect.not.stringMatching(/张三|13800000001/) });
    expect(await codeOf(rooms.decisions.list(principal('complaint-handler', { institutionId: 'bank-2' }), id, 'r1'))).toBe('not-found');
  });
});

describe('four eyes', () => {
  it('the instant of the last approval is that of the decision; never by who wrote it, handles it or has approved it', async () => {
    const id = await submitted(money('600000'));
    expect(await stateOf(id)).toBe('waiting');
    await stage.assignments.assign(another('boss'), id, { handler: 'handling' }, 'r1');
    for (const [by, code] of [
      [another('handling', headOffice), 'own-decision'],
      [another(handler.subject, headOffice), 'own-decision'],
      [supervisor, 'forbidden'],
    ] as const)
      expect([by.subject, await codeOf(approve(id, by))]).toEqual([by.subject, code]);
    stage.now = '2026-11-22T09:00:00+08:00';
    expect(await approve(id, headOffice)).toMatchObject({
      accepted: false,
      rejected: { code: 'awaits-head-office-approver' },
      decision: { state: 'waiting' },
    });
    expect(await codeOf(approve(id, headOffice))).toBe('own-decision');
    stage.now = '2026-11-23T09:00:00+08:00';
    expect(await approve(id, another('second', headOffice))).toMatchObject({
      accepted: true,
      decision: { decidedAt: '2026-11-23T09:00:00+08:00' },
    });
    expect(await stage.complaints.find(handler, id, 'r1')).toMatchObject({ decidedAt: '2026-11-23T09:00:00+08:00' });
    expect(await decided(id)).toBe(1);
  });

  it('of two who approve at once one does, and the other is told', async () => {
    const id = await submitted(money('2000'));
    const said = await Promise.all(['a', 'b', 'c', 'd'].map((subject) => codeOf(approve(id, another(subject)))));
    expect(said.toSorted()).toEqual(['decision-state', 'decision-state', 'decision-state', 'done']);
    expect(await decided(id)).toBe(1);
  });

  it('approval and withdrawal at once leave one of the two, and no request open', async () => {
    for (const _round of [1, 2, 3]) {
      const id = await submitted(money('2000'));
      const [answer] = await Promise.all([approve(id), stage.record(id, toCommand.withdrawal({ evidence: '电话' }))]);
      const state = await stateOf(id);
      expect([answer.accepted, state]).toEqual(answer.accepted ? [true, 'decided'] : [false, 'lapsed']);
      expect(await decided(id)).toBe(answer.accepted ? 1 : 0);
      expect(await stage.sql(`select 1 from approval_request where complaint = $1 and settled_at is null`, [id])).toEqual([]);
    }
  });

  it('a complaint that closes lets what waits rest', async () => {
    const id = await submitted(money('2000'));
    await stage.record(id, toCommand.withdrawal({ evidence: '电话' }));
    expect(await rooms.resting.rest()).toBe(1);
    expect(await rooms.resting.rest()).toBe(0);
    expect(await stateOf(id)).toBe('lapsed');
    expect(await stage.sql(`select outcome from approval_request where complaint = $1`, [id])).toEqual([{ outcome: 'withdrawn' }]);
  });

  it('sends back with a reason, after which another version is written; what waits is taken back by its writer', async () => {
    const id = await submitted(money('2000'));
    expect(await codeOf(rooms.decisions.draft(askedOf(id), draftOf()))).toBe('decision-waits');
    expect(await rooms.verdicts.giveBack(askedOf(id, supervisor), '1', '金额依据不足')).toMatchObject({
      accepted: false,
      decision: { state: 'returned', verdicts: [{ by: supervisor.subject, verdict: 'returned', note: '金额依据不足' }] },
    });
    await rooms.decisions.draft(askedOf(id), draftOf(money('3000')));
    await rooms.decisions.submit(askedOf(id), '2');
    expect(await codeOf(rooms.verdicts.takeBack(askedOf(id, another('else', handler)), '2'))).toBe('forbidden');
    expect(await rooms.verdicts.takeBack(askedOf(id), '2')).toMatchObject({ decision: { state: 'withdrawn' } });
    expect(await codeOf(approve(id, supervisor, '2'))).toBe('decision-state');
    await rooms.decisions.draft(askedOf(id), draftOf(money('4000')));
    await rooms.decisions.submit(askedOf(id), '3');
    expect((await approve(id, supervisor, '3')).accepted).toBe(true);
  });

  it('the same key is the same answer, also at once', async () => {
    const id = await submitted(money('2000'));
    const again = () => rooms.verdicts.approve(askedOf(id, supervisor, key('A1')), '1', null);
    const said = await Promise.all([again(), again(), again()]);
    expect(said.map(({ accepted }) => accepted)).toEqual([true, true, true]);
    expect(await decided(id)).toBe(1);
    const other = await stage.register();
    const drafts = await Promise.all([1, 2, 3].map(() => rooms.decisions.draft(askedOf(other.id, handler, key('D1')), draftOf())));
    expect(new Set(drafts.map(({ version }) => version))).toEqual(new Set([1]));
  });
});

describe('the published decision', () => {
  const text = '经核实，投诉属实。';

  it('is recorded at once where the matrix asks nobody, and the rules answer as before', async () => {
    const { id } = await stage.register();
    const first = await rooms.direct.record(askedOf(id, handler, key('P1')), { outcome: 'upheld', text });
    expect(first).toMatchObject({ accepted: true, rejected: null, id: expect.any(String), complaint: { decidedAt: NOW } });
    expect((await rooms.direct.record(askedOf(id, handler, key('P1')), { outcome: 'upheld', text })).id).toBe(first.id);
    expect(await rooms.direct.record(askedOf(id), { outcome: 'upheld', text })).toMatchObject({
      accepted: false,
      id: null,
      rejected: { code: 'already-decided' },
    });
    expect((await stage.record(id, toCommand.notice({ form: 'sms' }))).complaint.state).toBe('met');
  });

  it('keeps the instant that is given, and refuses one that is not possible', async () => {
    const { id } = await stage.register({ receivedAt: '2026-11-20T09:00:00+08:00' });
    expect(await codeOf(rooms.direct.record(askedOf(id), { outcome: 'upheld', text, at: '2026-11-22T09:00:00+08:00' }))).toBe('invalid');
    expect(await stage.sql('select 1 from complaint_decision where complaint = $1', [id])).toEqual([]);
    const answer = await rooms.direct.record(askedOf(id), { outcome: 'upheld', text, at: '2026-11-20T10:00:00+08:00' });
    expect(answer.complaint.decidedAt).toBe('2026-11-20T10:00:00+08:00');
    expect((await rooms.decisions.list(handler, id, 'r1')).items).toMatchObject([{ decidedAt: '2026-11-20T10:00:00+08:00' }]);
  });

  it('waits where the matrix asks for four eyes, says for whose, and counts from their approval', async () => {
    for (const [more, complaint, code] of [
      [{ amount: '1000.01' }, {}, 'awaits-complaint-supervisor'],
      [{ severity: 'serious' }, {}, 'awaits-complaint-supervisor'],
      [{}, { groupSize: 20 }, 'awaits-head-office-approver'],
    ] as const) {
      const { id } = await stage.register(complaint);
      const answer = await rooms.direct.record(askedOf(id), { outcome: 'upheld', text, ...more });
      expect(answer).toMatchObject({
        accepted: false,
        id: null,
        rejected: { code, source: 'product' },
        complaint: { decidedAt: null, state: 'running' },
      });
      expect(await codeOf(rooms.direct.record(askedOf(id), { outcome: 'upheld', text }))).toBe('decision-waits');
      const by = code === 'awaits-head-office-approver' ? headOffice : supervisor;
      expect((await approve(id, by)).accepted).toBe(true);
    }
    expect(await codeOf(rooms.direct.record(askedOf((await stage.register()).id), { outcome: 'upheld', text, amount: '-1' }))).toBe(
      'invalid',
    );
  });
});

describe('the matrix', () => {
  it('is versioned, and counts once head office approves it', async () => {
    const strict = { rows: [{ amountAbove: '0', role: 'head-office-approver' as const, approvers: 1 }], note: '试行' };
    const made = await rooms.matrices.create(headOffice, strict, key('M1'));
    expect((await rooms.matrices.create(headOffice, strict, key('M1'))).version).toBe(made.version);
    expect((await rooms.matrices.list(handler)).items.map(({ version, inForce }) => [version, inForce])).toEqual([
      [1, false],
      [0, true],
    ]);
    expect(await codeOf(rooms.matrices.approve(headOffice, '1', null))).toBe('own-request');
    expect(await codeOf(rooms.matrices.approve(another('x', headOffice), '0', null))).toBe('not-found');
    const both = await Promise.all(['x', 'y'].map((subject) => codeOf(rooms.matrices.approve(another(subject, headOffice), '1', null))));
    expect(both.toSorted()).toEqual(['already-settled', 'done']);
    const id = await submitted(money('1'));
    expect((await rooms.decisions.list(handler, id, 'r1')).items[0]).toMatchObject({
      matrixVersion: 1,
      need: { role: 'head-office-approver', approvers: 1 },
    });
  });
});
