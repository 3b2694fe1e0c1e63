import { hashOf } from '#idempotency';
import { codeOf, collectorRoom, type CollectorRoom } from '../../testing/collector-room.ts';
import { wav } from '../../testing/recording-room.ts';
import { BANK, principal, Stage } from '../../testing/stage.ts';

let stage: Stage;
let room: CollectorRoom;
const agent = principal('agent');
const START = '2026-11-21T15:00:00+08:00';

beforeAll(async () => {
  stage = await Stage.open();
  room = collectorRoom(stage);
  await stage.addAgencies(['A1', 'A2']);
  await stage.addCases([
    { caseId: 'C1', debtorId: 'D1' },
    { caseId: 'CA', debtorId: 'DA', contactPoint: '+8613800000002', agencyId: 'A1' },
    { caseId: 'CC', debtorId: 'DC', contactPoint: '+8613800000003' },
  ]);
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.now = START;
});

const write = (caseId: string, text: string, more: { shared?: boolean } = {}, by = agent) =>
  room.notes.add(by, caseId, { text, ...more }, null, 'r');

describe('a note', () => {
  it('is kept sealed, read by whoever may, and each reading is recorded', async () => {
    const made = await write('C1', '约定周五还款，手机13800000000');
    expect(made).toMatchObject({ text: '约定周五还款，手机13800000000', agencyId: null, by: 'agent-1', stopped: null });
    const [row] = await stage.sql<{ sealed: Buffer }>('select text_sealed as sealed from case_note');
    expect(row?.sealed.includes('周五')).toBe(false);
    expect((await room.notes.list(principal('regulator'), 'C1', {}, 'r')).items).toMatchObject([{ id: made.id, text: null }]);
    expect((await room.notes.list(principal('compliance'), 'C1', {}, 'r')).items).toMatchObject([{ text: made.text }]);
    expect(await stage.sql(`select subject from personal_data_read where resource = 'case-note' order by id`)).toEqual([
      { subject: 'agent-1' },
      { subject: 'compliance-1' },
    ]);
  });

  it('asked for many times with one key is one note', async () => {
    const key = { key: 'n1', hash: hashOf('n', 1) };
    const all = await Promise.all([1, 2, 3].map(() => room.notes.add(agent, 'C1', { text: '再次致电' }, key, 'r')));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
  });

  it('that tells of danger stops collection at once', async () => {
    expect(await write('CC', '邻居说他要跳楼')).toMatchObject({ stopped: 'self-harm' });
    expect(await stage.gate.contactability(agent, 'CC', {}, 'en')).toMatchObject({ verdict: 'refused', reasons: [{ ruleId: 'cease' }] });
    // Seen twice, it is one case.
    await write('CC', '仍称不想活');
    expect((await room.reviews.list(principal('compliance'), { caseId: 'CC' })).items).toHaveLength(1);
  });

  it('of the bank is the bank’s, unless it is shared; an agency’s own are its own and the bank’s', async () => {
    const own = principal('agent', { agencyId: 'A1', subject: 'a1' });
    await write('CA', '内部意见');
    await write('CA', '请先核实地址', { shared: true });
    await write('CA', '已核实', {}, own);
    const texts = async (by = own): Promise<unknown[]> => (await room.notes.list(by, 'CA', {}, 'r')).items.map(({ text }) => text);
    expect(await texts()).toEqual(['已核实', '请先核实地址']);
    expect(await texts(agent)).toEqual(['已核实', '请先核实地址', '内部意见']);
    expect(await codeOf(room.notes.list(principal('agent', { agencyId: 'A2' }), 'CA', {}, 'r'))).toBe('not-found');
    expect(await codeOf(write('CA', 'x', {}, principal('agent', { agencyId: 'A2' })))).toBe('not-found');
    expect(await codeOf(room.notes.list(principal('agent', { institutionId: 'bank-2' }), 'CA', {}, 'r'))).toBe('not-found');
  });
});

describe('the timeline', () => {
  it('has everything in one order of time, page by page', async () => {
    await stage.addCases([{ caseId: 'T1', debtorId: 'DT', contactPoint: '+8613800000010' }]);
    stage.now = '2026-11-20T23:00:00+08:00';
    const refused = await stage.ask('T1');
    stage.now = '2026-11-21T10:00:00+08:00';
    const { id } = await stage.ask('T1');
    stage.now = '2026-11-21T10:05:00+08:00';
    const report = { reached: 'debtor', promise: { amount: '10.00', dueOn: '2026-11-25' }, special: 'dispute' } as const;
    await room.outcomes.record(
      agent,
      id,
      { result: 'conversation', startedAt: '2026-11-21T10:01:00+08:00', note: '对金额有异议', report },
      'en',
    );
    stage.now = '2026-11-21T11:00:00+08:00';
    await write('T1', '已转异议岗');
    stage.now = '2026-11-21T12:00:00+08:00';
    const stored = await stage.uploads.keep(BANK, 'a.wav', [wav()]);
    await room.recordings.take(agent, { attemptId: id, recordedAt: '2026-11-21T11:30:00+08:00' }, stored, null);
    const compliance = principal('compliance');
    const whole = await room.timelines.list(compliance, 'T1', {}, 'r');
    expect(whole.items.map(({ kind, text }) => [kind, text])).toEqual([
      ['recording', null],
      ['note', '已转异议岗'],
      ['promise', null],
      ['act', null],
      ['attempt', '对金额有异议'],
      ['attempt', null],
    ]);
    expect(whole.items[4]?.detail).toMatchObject({
      result: 'conversation',
      reached: 'debtor',
      special: 'dispute',
      stops: ['dispute'],
      ruleIds: [],
    });
    expect(whole.items[5]).toMatchObject({ id: refused.id, detail: { verdict: 'refused', ruleIds: ['quiet-hours'] } });
    const paged: string[] = [];
    for (let cursor: string | undefined, more = true; more;) {
      const page = await room.timelines.list(compliance, 'T1', { limit: 1, ...(cursor === undefined ? {} : { cursor }) }, 'r');
      paged.push(...page.items.map((one) => one.id));
      more = page.nextCursor !== null;
      cursor = page.nextCursor ?? undefined;
    }
    expect(paged).toEqual(whole.items.map((one) => one.id));
    expect((await room.timelines.list(compliance, 'T1', { kind: 'note' }, 'r')).items).toHaveLength(1);
    expect((await room.timelines.list(principal('regulator'), 'T1', {}, 'r')).items.every(({ text }) => text === null)).toBe(true);
  });

  it('shows an agency what its own people did, and what stops contact, without the bank’s words', async () => {
    const own = principal('agent', { agencyId: 'A1', subject: 'a1' });
    stage.now = '2026-11-21T15:30:00+08:00';
    const theirs = await stage.ask('CA', {}, own);
    const ours = await stage.ask('CA');
    expect([theirs.verdict, ours.verdict]).toEqual(['permitted', 'permitted']);
    await room.outcomes.record(
      agent,
      ours.id,
      { result: 'conversation', startedAt: '2026-11-21T15:30:00+08:00', report: { special: 'cease-request' } },
      'en',
    );
    const seen = (await room.timelines.list(own, 'CA', {}, 'r')).items;
    expect(seen.filter(({ kind }) => kind === 'attempt').map((one) => one.id)).toEqual([theirs.id]);
    expect(seen.filter(({ kind }) => kind === 'act')).toMatchObject([{ text: null, detail: { action: 'hold-set' } }]);
    expect(seen.map(({ text }) => text)).not.toContain('内部意见');
    expect(await codeOf(room.timelines.list(principal('agent', { agencyId: 'A2' }), 'CA', {}, 'r'))).toBe('not-found');
  });
});
