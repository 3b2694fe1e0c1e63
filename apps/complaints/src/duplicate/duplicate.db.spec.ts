import { call, codeOf, key } from '../../testing/after.ts';
import { IntakeRooms } from '../../testing/desk-intake.ts';
import { handler, principal, Stage, supervisor } from '../../testing/stage.ts';
import { toCommand } from '../clock/event-command.ts';

let stage: Stage;
let rooms: IntakeRooms;

beforeAll(async () => {
  stage = await Stage.open();
  rooms = new IntakeRooms(stage);
});
afterAll(() => stage.close());
// Each test has a person and an account of its own.
let n = 0;
let me = { name: '张三', idNumber: '', contact: '' };
let account = '';
beforeEach(() => {
  stage.now = '2026-11-21T15:00:00+08:00';
  n += 1;
  const digits = String(n).padStart(4, '0');
  me = { name: '张三', idNumber: `23010019900101${digits}`, contact: `+861380000${digits}` };
  account = `C${n}`;
});

const other = { name: '李四', idNumber: null, contact: '+8613900000002' };
const again = async (receivedAt: string, more: object = {}): Promise<string> =>
  (await stage.register({ receivedAt, complainant: me, account, category: 'collection', ...more })).id;
const pair = async (more: object = {}) => ({
  earlier: await again('2026-11-10T09:00:00+08:00'),
  later: await again('2026-11-18T09:00:00+08:00', more),
});
const view = (id: string) => stage.complaints.find(handler, id, 'r');
const events = (id: string) => stage.sql<{ type: string }>('select type from clock_event where complaint = $1 order by seq', [id]);
const refusal = (work: Promise<unknown>) => work.catch((error: unknown) => error);

describe('what is known', () => {
  it('is found by contact, id number or account as they may be written, likely ones first, and reading it is recorded', async () => {
    const { earlier, later } = await pair();
    const stranger = await stage.register({ complainant: other, account, subject: '年费' });
    const byContact = await rooms.duplicates.known(
      handler,
      { contact: me.contact.replace('+86138', '138 '), account, subject: '深夜催收' },
      'r',
    );
    expect(byContact.items.map(({ id, isLikely, isSamePerson }) => [id, isLikely, isSamePerson])).toEqual([
      [later, true, true],
      [earlier, true, true],
      [stranger.id, false, false],
    ]);
    expect(byContact.items[0]?.reasons).toEqual(['same-contact', 'same-account', 'same-subject']);
    expect((await rooms.duplicates.known(handler, { idNumber: me.idNumber }, 'r')).items).toHaveLength(2);
    expect((await rooms.duplicates.known(handler, { contact: '+8613700000009' }, 'r')).items).toEqual([]);
    expect(await codeOf(rooms.duplicates.known(handler, { name: '张三' }, 'r'))).toBe('invalid');
    const reads = await stage.sql<{ n: number }>(
      `select count(*)::int as n from personal_data_read where resource_ids @> array[$1]::text[]`,
      [later],
    );
    expect(reads[0]?.n).toBeGreaterThan(0);
    expect((await rooms.duplicates.known(principal('complaint-handler', { institutionId: 'bank-2' }), { account }, 'r')).items).toEqual([]);
  });
});

describe('a repeat', () => {
  it('is offered with its reasons, merged into what came first, and its clock is over by an event of its own', async () => {
    const { earlier, later } = await pair();
    const [offered] = (await rooms.duplicates.list(handler, later, call())).candidates;
    expect(offered).toMatchObject({ id: earlier, isEarlier: true, isLikely: true, mayMerge: true, mayRestart: true, obstacle: null });
    const due = (await view(earlier)).clock.dueOn;
    const decided = await rooms.decide(earlier, later);
    expect(decided).toMatchObject({
      candidates: [],
      goesOnAs: null,
      decisions: [{ decision: 'merged', later: { id: later }, toldForm: 'sms' }],
    });
    expect(await view(later)).toMatchObject({ state: 'merged', dueBucket: 'closed', closedAt: '2026-11-21T15:00:00+08:00' });
    expect(await events(later)).toEqual([{ type: 'merged' }]);
    expect(await view(earlier)).toMatchObject({ state: 'running', clock: { dueOn: due } });
    expect((await rooms.duplicates.list(handler, later, call())).goesOnAs).toMatchObject({ id: earlier });
    expect(await rooms.kinds(later)).toEqual(expect.arrayContaining(['clock-event', 'dispatch-queued', 'duplicate-merged-into']));
    expect(await rooms.kinds(earlier)).toContain('duplicate-merged-from');
  });

  it('keeps its hold until that with which it goes on is decided', async () => {
    const { earlier, later } = await pair();
    await stage.sql(`update complaint set category = 'fees' where id = $1`, [earlier]);
    await rooms.decide(later, earlier);
    const ends = (id: string) =>
      stage.sql<{ until: string | null }>(
        `select data ->> 'until' as until from timeline where complaint = $1 and kind = 'hold-requested' order by id`,
        [id],
      );
    expect(await ends(later)).toEqual([{ until: null }]);
    await stage.decide(earlier);
    expect(await ends(later)).toEqual([{ until: null }, { until: '2026-11-21T07:00:00.000Z' }]);
  });

  it('gives its hold up at once where that is decided already', async () => {
    const { earlier, later } = await pair();
    await stage.decide(earlier);
    await rooms.decide(later, earlier);
    const asked = await stage.sql<{ until: string | null }>(
      `select data ->> 'until' as until from timeline where complaint = $1 and kind = 'hold-requested' order by id`,
      [later],
    );
    expect(asked).toEqual([{ until: null }, { until: '2026-11-21T07:00:00.000Z' }]);
  });

  it('with new facts begins the term of the earlier one anew from the day they came', async () => {
    const { earlier, later } = await pair();
    const decided = await rooms.decide(later, earlier, { decision: 'restarted', note: '提供了通话录音' });
    expect(decided.decisions[0]).toMatchObject({ decision: 'restarted', note: '提供了通话录音' });
    expect(await view(earlier)).toMatchObject({ state: 'running', clock: { dueOn: '2026-12-03', termId: 'decide' } });
    expect(await events(earlier)).toEqual([{ type: 'new-facts' }]);
    expect(await view(later)).toMatchObject({ state: 'merged' });
  });

  it('is not merged where the rules say no: nothing is written then', async () => {
    const { earlier, later } = await pair();
    await stage.decide(earlier, '2026-11-17T09:00:00+08:00');
    const refused = await refusal(rooms.decide(later, earlier, { decision: 'restarted' }));
    expect(refused).toMatchObject({ kind: { code: 'rules-refuse' }, extras: { errors: [{ source: 'CMP20 18' }] } });
    expect(await events(earlier)).toEqual([{ type: 'decided' }]);
    expect(await view(later)).toMatchObject({ state: 'running' });
    expect(await rooms.kinds(earlier)).not.toContain('clock-event-refused');
    await stage.tell(earlier, '2026-11-17T10:00:00+08:00');
    expect((await rooms.duplicates.list(handler, later, call())).candidates[0]).toMatchObject({
      obstacle: 'earlier-closed',
      mayMerge: false,
    });
    expect(await refusal(rooms.decide(later, earlier))).toMatchObject({
      kind: { code: 'not-open' },
      extras: { errors: [{ source: 'CMP20 18' }] },
    });
  });

  it('that is decided or closed is not merged, nor one of another person', async () => {
    const { earlier, later } = await pair();
    await stage.decide(later);
    expect(await codeOf(rooms.decide(later, earlier))).toBe('not-open');
    await stage.tell(later);
    expect(await codeOf(rooms.decide(later, earlier))).toBe('not-open');
    const stranger = await stage.register({ complainant: other, account });
    expect(await codeOf(rooms.decide(stranger.id, earlier))).toBe('not-same-person');
    expect(await codeOf(rooms.decide(earlier, earlier))).toBe('invalid');
  });

  it('of a repeat: what was merged says where it goes on, and a chain leads to its end', async () => {
    const { earlier, later } = await pair();
    const third = await again('2026-11-19T09:00:00+08:00');
    await rooms.decide(third, later);
    await rooms.decide(later, earlier);
    expect((await rooms.duplicates.list(handler, third, call())).goesOnAs?.id).toBe(earlier);
    const fourth = await again('2026-11-20T09:00:00+08:00');
    const refused = await refusal(rooms.decide(fourth, later));
    expect(refused).toMatchObject({ kind: { code: 'already-merged' } });
    expect((refused as Error).message).toContain(earlier);
    expect(await codeOf(rooms.decide(third, earlier))).toBe('already-merged');
  });

  it('is told in the form that somebody proves where no message can be sent', async () => {
    const { earlier, later } = await pair({ complainant: { ...me, contact: '哈尔滨市某路1号' } });
    expect(await refusal(rooms.decide(later, earlier))).toMatchObject({ extras: { errors: [{ pointer: '/told', source: 'CMP20 18' }] } });
    const told = { form: 'phone' as const, at: '2026-11-21T14:00:00+08:00', proof: '录音 R-7' };
    const decided = await rooms.decide(later, earlier, { told });
    expect(decided.decisions[0]).toMatchObject({ toldForm: 'phone', toldAt: told.at, dispatchState: null });
    const [kept] = await stage.sql<{ proof: Buffer }>('select told_proof_sealed as proof from duplicate_decision where later = $1', [
      later,
    ]);
    expect(kept?.proof.toString('utf8')).not.toContain('R-7');
  });
});

describe('what is no duplicate', () => {
  it('is remembered, not offered again, and may be merged after all', async () => {
    const { earlier, later } = await pair();
    await rooms.decide(later, earlier, { decision: 'separate', note: '两次不同的来电' });
    expect((await rooms.duplicates.list(handler, later, call())).candidates).toEqual([]);
    expect((await rooms.duplicates.list(handler, earlier, call())).candidates).toEqual([]);
    expect(await codeOf(rooms.decide(earlier, later, { decision: 'separate' }))).toBe('separate-already');
    expect((await rooms.decide(later, earlier)).decisions.map(({ decision }) => decision)).toEqual(['merged', 'separate']);
  });

  it('lies outside the window of the setting', async () => {
    const { later } = await pair();
    await rooms.duplicates.changeSetting(supervisor, { windowDays: 3, similarPercent: 60 });
    expect((await rooms.duplicates.list(handler, later, call())).candidates).toEqual([]);
    await rooms.duplicates.changeSetting(supervisor, { windowDays: 90, similarPercent: 60 });
    expect(await rooms.duplicates.findSetting(handler)).toMatchObject({ windowDays: 90, setBy: supervisor.subject });
  });
});

describe('two at once', () => {
  it('who merge each other leave one open, and one decision', async () => {
    const { earlier, later } = await pair();
    const codes = await Promise.all([
      codeOf(rooms.decide(earlier, later)),
      codeOf(rooms.decide(later, earlier, {}, supervisor)),
      codeOf(rooms.decide(later, earlier, { decision: 'restarted' }, supervisor)),
    ]);
    expect(codes.toSorted()).toEqual(['already-merged', 'already-merged', 'done']);
    expect([(await view(earlier)).closedAt, (await view(later)).state]).toEqual([null, 'merged']);
  });

  it('with the same key are one, and another body is refused', async () => {
    const { earlier, later } = await pair();
    const made = await Promise.all(Array.from({ length: 4 }, () => rooms.decide(later, earlier, {}, handler, key('M'))));
    expect(new Set(made.map(({ decisions }) => decisions[0]?.id)).size).toBe(1);
    const [count] = await stage.sql<{ n: number }>('select count(*)::int as n from duplicate_decision where later = $1', [later]);
    expect(count?.n).toBe(1);
    const reused = { key: 'M', hash: Buffer.alloc(32, 'x') };
    expect(await codeOf(rooms.decide(later, earlier, {}, handler, reused))).toBe('idempotency-key-reused');
  });

  it('in a ring of three leave exactly one open', async () => {
    const { earlier, later } = await pair();
    const third = await again('2026-11-19T09:00:00+08:00');
    await Promise.all([codeOf(rooms.decide(earlier, later)), codeOf(rooms.decide(later, third)), codeOf(rooms.decide(third, earlier))]);
    const [open] = await stage.sql<{ ids: string[] }>(
      `select array_agg(id::text) as ids from complaint where closed_at is null and account = $1`,
      [account],
    );
    expect(open?.ids).toContain(earlier);
    for (const id of [later, third]) {
      const { goesOnAs } = await rooms.duplicates.list(handler, id, call());
      if (goesOnAs) expect(open?.ids).toContain(goesOnAs.id);
    }
  });
});

it('is not for those who may not: of another institution, of an agency, complained of', async () => {
  const { earlier, later } = await pair({ against: { staffId: 'complaint-handler-1' } });
  expect(await codeOf(rooms.decide(later, earlier))).toBe('recused');
  const stranger = principal('complaint-handler', { institutionId: 'bank-2' });
  expect(await codeOf(rooms.decide(later, earlier, {}, stranger))).toBe('not-found');
  expect(await codeOf(rooms.duplicates.list(stranger, later, call()))).toBe('not-found');
  const agency = principal('complaint-handler', { agencyId: 'A1' });
  expect(await codeOf(rooms.decide(later, earlier, {}, agency))).toBe('not-found');
  const masked = await rooms.duplicates.list(principal('regulator'), later, call());
  expect(masked).toMatchObject({ masked: true, candidates: [{ id: earlier }] });
  await stage.record(earlier, toCommand.withdrawal({ evidence: '书面' }));
  expect((await rooms.duplicates.list(supervisor, earlier, call())).candidates[0]).toMatchObject({ id: later, obstacle: 'earlier-closed' });
});
