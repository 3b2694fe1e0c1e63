import { AfterRoom, call, codeOf, key, regulator, superior } from '../../testing/after.ts';
import { BANK, handler, principal, Stage, supervisor } from '../../testing/stage.ts';
import { toCommand } from '../clock/event-command.ts';
import type { CallbackSettingRequest } from './callback.dto.ts';
import { DEFAULT_SETTING } from './callback.pens.ts';

let stage: Stage;
let room: AfterRoom;
const caller = principal('complaint-handler', { subject: 'caller-1' });
const caller2 = principal('complaint-handler', { subject: 'caller-2' });

beforeAll(async () => {
  stage = await Stage.open();
  room = new AfterRoom(stage);
});
afterAll(() => stage.close());
beforeEach(() => (stage.now = '2026-10-20T10:00:00+08:00'));

const told = async (more: Parameters<Stage['register']>[0] = {}): Promise<string> => {
  const id = await room.closed(more);
  await room.plans.plan(BANK, id);
  return id;
};
const only = async (complaint: string, who = superior) => {
  const [one] = (await room.callbackReading.ofComplaint(who, complaint, 'r')).items;
  if (one === undefined) throw new Error('no call-back');
  return one;
};
const byPhone = { complainant: { name: '张三', contact: '哈尔滨市某路 1 号' } };
const set = (more: Partial<CallbackSettingRequest>) => room.callbackReading.set(supervisor, { ...DEFAULT_SETTING, ...more }, null);
const knock = (id: string, ip = '10.0.0.1') => ({ token: room.pens.token({ institutionId: BANK, id }), ip, language: 'zh' as const });

describe('the plan', () => {
  it('follows from the telling: drawn once, with the numbers to check it, at ten of the day so many days after', async () => {
    const id = await room.closed();
    await Promise.all([1, 2, 3].map(() => room.plans.plan(BANK, id)));
    const { items, draw } = await room.callbackReading.ofComplaint(handler, id, 'r');
    expect(draw).toMatchObject({ samplePercent: 100, drawn: true, whyNot: null });
    expect(items).toMatchObject([{ purpose: 'satisfaction', channel: 'link', state: 'planned', plannedAt: '2026-10-13T10:00:00+08:00' }]);
    expect(await stage.sql(`select from outbox where topic = 'complaint.told' and payload ->> 'complaintId' = $1`, [id])).toHaveLength(1);
  });

  it('leaves out whom the draw leaves out, and who gave no contact', async () => {
    await set({ samplePercent: 0 });
    expect(await room.callbackReading.ofComplaint(handler, await told(), 'r')).toMatchObject({
      items: [],
      draw: { drawn: false, samplePercent: 0 },
    });
    await set({});
    const silent = await told({ complainant: { name: '张三', contact: ' ' } });
    expect((await room.callbackReading.ofComplaint(handler, silent, 'r')).draw).toMatchObject({ drawn: true, whyNot: 'no-contact' });
  });

  it('sends a link by day, once for any number of workers, and has somebody call where none can be sent', async () => {
    const [id, phone] = [await told(), await told(byPhone)];
    stage.now = '2026-10-20T21:00:00+08:00';
    expect(await room.plans.send()).toBe(0);
    stage.now = '2026-10-21T09:00:00+08:00';
    await Promise.all([1, 2, 3].map(() => room.plans.send()));
    expect(await only(id)).toMatchObject({ state: 'sent', expiresAt: '2026-11-05T00:00:00+08:00' });
    expect(await only(phone)).toMatchObject({ state: 'planned', channel: 'phone' });
    const [{ id: callback }, sent] = [
      await only(id),
      await stage.sql<{ body: Buffer; to: Buffer }>('select body_sealed as body from dispatch where complaint = $1', [id]),
    ];
    expect(sent).toHaveLength(1);
    expect(stage.vault.open(sent[0]?.body ?? Buffer.alloc(0), 'dispatch.body')).toContain(
      `https://bank.example/public/satisfaction/${knock(callback).token}`,
    );
    await stage.sql(`update dispatch set state = 'failed', wake_at = null where complaint = $1`, [id]);
    const [{ id: dispatch = '' } = {}] = await stage.sql<{ id: string }>('select id from dispatch where complaint = $1', [id]);
    await room.plans.dispatched(BANK, dispatch);
    expect(await only(id)).toMatchObject({ state: 'planned', channel: 'phone', expiresAt: null });
  });
});

describe('a link', () => {
  const sent = async (): Promise<{ complaint: string; id: string }> => {
    const complaint = await told();
    await room.plans.send();
    return { complaint, id: (await only(complaint)).id };
  };

  it('is answered once, of many at once by one; a low score is for a supervisor to look at', async () => {
    const { complaint, id } = await sent();
    expect(await room.satisfaction.question(knock(id))).toMatchObject({ number: expect.stringMatching(/^TS/) });
    const codes = await Promise.all(
      [1, 2, 3, 4].map(() => codeOf(room.satisfaction.answer(knock(id), { score: 1, resolved: 'no', comment: '仍有来电' }))),
    );
    expect(codes.toSorted()).toEqual(['done', 'link-over', 'link-over', 'link-over']);
    expect(await only(complaint)).toMatchObject({ state: 'answered', score: 1, comment: '仍有来电', answeredVia: 'link', toLook: true });
    expect(await only(complaint, handler)).toMatchObject({ answerShown: false, score: null, comment: null, toLook: false });
    const again = await Promise.all([1, 2].map(() => codeOf(room.callbacks.look(superior, id, '已联系', call()))));
    expect(again.toSorted()).toEqual(['done', 'not-in-this-state']);
    expect((await room.callbackReading.list(superior, { which: 'to-look' })).items.map((item) => item.id)).not.toContain(id);
    const [entry] = await stage.sql<{ data: object }>(`select data from timeline where complaint = $1 and kind = 'callback-answered'`, [
      complaint,
    ]);
    expect(entry?.data).toEqual({ callbackId: id, via: 'link' });
  });

  it('may be refused, ends with its time, and is nobody else’s', async () => {
    const refused = await sent();
    await room.satisfaction.refuse(knock(refused.id));
    expect((await only(refused.complaint)).state).toBe('refused');
    const { complaint, id } = await sent();
    expect(await codeOf(room.satisfaction.question({ ...knock(id), token: `${knock(id).token}x` }))).toBe('not-found');
    stage.now = '2026-11-06T00:00:00+08:00';
    expect(await codeOf(room.satisfaction.answer(knock(id), { score: 5 }))).toBe('link-over');
    await Promise.all([room.plans.expire(), room.plans.expire()]);
    expect((await only(complaint)).state).toBe('expired');
    expect((await room.kinds(complaint)).filter((kind) => kind === 'callback-expired')).toHaveLength(1);
  });

  it('is not to be guessed at: an address that knocks too often waits', async () => {
    const codes: string[] = [];
    for (let n = 0; n < 32; n += 1)
      codes.push(await codeOf(room.satisfaction.question({ token: `x${n}`, ip: '10.9.9.9', language: 'en' })));
    expect([codes[29], codes[30]]).toEqual(['not-found', 'too-many-requests']);
    stage.now = '2026-10-20T10:11:00+08:00';
    expect(await codeOf(room.satisfaction.question({ token: 'x', ip: '10.9.9.9', language: 'en' }))).toBe('not-found');
  });
});

describe('a call', () => {
  it('is made by somebody who did not handle it, and not reached three times is unreachable', async () => {
    const complaint = await told(byPhone);
    const { id } = await only(complaint);
    await stage.sql('update complaint set handler = $2 where id = $1', [complaint, caller2.subject]);
    expect(await codeOf(room.callbacks.call(caller2, id, { result: 'busy' }, call()))).toBe('took-part');
    expect(await codeOf(room.callbacks.call(caller, id, { result: 'answered' }, call()))).toBe('invalid');
    expect(await codeOf(room.callbacks.call(caller, id, { result: 'confirmed', note: 'x' }, call()))).toBe('invalid');
    for (const result of ['no-answer', 'call-later', 'busy'] as const) await room.callbacks.call(caller, id, { result }, call());
    expect((await only(complaint)).state).toBe('planned');
    const last = await room.callbacks.call(caller, id, { result: 'wrong-number', note: '空号' }, call(key('try')));
    expect(await room.callbacks.call(caller, id, { result: 'wrong-number', note: '空号' }, call(key('try')))).toEqual(last);
    expect(last).toMatchObject({ state: 'unreachable', tries: [{}, {}, {}, { result: 'wrong-number', note: '空号' }] });
    expect(await codeOf(room.callbacks.call(caller, id, { result: 'busy' }, call()))).toBe('not-in-this-state');
  });

  it('takes the answer down, which who took it down still sees', async () => {
    const complaint = await told(byPhone);
    const { id } = await only(complaint);
    const codes = await Promise.all(
      [caller, caller2].map((who) => codeOf(room.callbacks.call(who, id, { result: 'answered', score: 4 }, call()))),
    );
    expect(codes.toSorted()).toEqual(['done', 'not-in-this-state']);
    const seen = await Promise.all([caller, caller2].map(async (who) => (await only(complaint, who)).score));
    expect(seen.toSorted()).toEqual([4, null]);
    expect((await only(complaint, regulator)).answerShown).toBe(false);
  });
});

describe('a withdrawal', () => {
  const open = async (): Promise<string> => (await stage.register({ receivedAt: '2026-10-15T09:00:00+08:00' })).id;

  it('without anything from the complainant is refused with the article', async () => {
    const refused = await stage.record(await open(), toCommand.withdrawal({ evidence: '' })).catch((error: unknown) => error);
    expect(refused).toMatchObject({ kind: { code: 'invalid' }, extras: { errors: [{ pointer: '/evidence', source: 'CMP20 15' }] } });
  });

  it('that an employee reports is one only when another has heard it from the complainant', async () => {
    const id = await open();
    const report = (who = handler) => room.callbacks.reportWithdrawal(who, id, { reasons: '说已经协商好' }, call());
    const codes = await Promise.all([1, 2, 3].map(() => codeOf(report())));
    expect(codes.toSorted()).toEqual(['done', 'not-in-this-state', 'not-in-this-state']);
    expect((await stage.complaints.find(handler, id, 'r')).state).toBe('running');
    const callback = await only(id);
    expect(callback).toMatchObject({ purpose: 'confirm-withdrawal', reportedBy: handler.subject, report: '说已经协商好' });
    const confirm = { result: 'confirmed', note: '录音 R-1' } as const;
    expect(await codeOf(room.callbacks.call(handler, callback.id, confirm, call()))).toBe('took-part');
    expect(await codeOf(room.callbacks.call(caller, callback.id, { result: 'confirmed' }, call()))).toBe('invalid');
    await room.callbacks.call(caller, callback.id, confirm, call());
    expect((await stage.complaints.find(handler, id, 'r')).state).toBe('withdrawn');
    expect(await codeOf(report())).toBe('not-in-this-state');
  });

  it('that the complainant denies goes on', async () => {
    const id = await open();
    const { id: callback } = await room.callbacks.reportWithdrawal(handler, id, { reasons: '说不要了' }, call());
    await room.callbacks.call(caller, callback, { result: 'denied' }, call());
    expect((await stage.complaints.find(handler, id, 'r')).state).toBe('running');
    expect(await room.kinds(id)).toEqual(['registered', 'withdrawal-reported', 'withdrawal-denied']);
  });
});

describe('the figures', () => {
  it('are by handler and never of too few answers', async () => {
    await stage.sql(`delete from callback_try`);
    await stage.sql(`delete from callback`);
    await stage.sql(`delete from callback_draw`);
    const answer = async (who: string, score: number): Promise<void> => {
      const complaint = await room.closed(byPhone);
      await stage.sql('update complaint set handler = $2 where id = $1', [complaint, who]);
      await room.plans.plan(BANK, complaint);
      await room.callbacks.call(caller, (await only(complaint)).id, { result: 'answered', score }, call());
    };
    for (const score of [5, 5, 4, 4, 2]) await answer('h1', score);
    for (const score of [1, 1]) await answer('h2', score);
    const read = (by: 'handler' | 'cause' = 'handler') =>
      room.callbackReading.figures(regulator, { from: '2026-10-01', to: '2026-10-31', by });
    // Of two answers alone nothing is shown, and h1 goes as well: else h2 would follow from the total.
    expect(await read()).toMatchObject({
      total: { answered: 7, average: 3.14, scores: [2, 1, 0, 2, 2] },
      rows: [{ suppressed: true }, { suppressed: true }],
    });
    for (const score of [1, 3, 2]) await answer('h2', score);
    expect((await read()).rows).toMatchObject([
      { key: 'h1', average: 4 },
      { key: 'h2', average: 1.6 },
    ]);
    expect((await read('cause')).rows).toMatchObject([{ key: null, answered: 10 }]);
    expect(await codeOf(room.callbackReading.figures(superior, { from: '2026-10-02', to: '2026-10-01' }))).toBe('invalid');
    const stranger = principal('complaint-supervisor', { institutionId: 'bank-2' });
    expect(await room.callbackReading.figures(stranger, { from: '2026-10-01', to: '2026-10-31' })).toMatchObject({ rows: [] });
  });
});
