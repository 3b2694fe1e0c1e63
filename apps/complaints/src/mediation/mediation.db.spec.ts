import { AfterRoom, call, codeOf, key, regulator } from '../../testing/after.ts';
import { handler, principal, Stage, supervisor } from '../../testing/stage.ts';
import { toCommand } from '../clock/event-command.ts';
import type { AppraisalRequest, MediationRequest } from './mediation.dto.ts';

let stage: Stage;
let room: AfterRoom;

beforeAll(async () => {
  stage = await Stage.open();
  room = new AfterRoom(stage);
});
afterAll(() => stage.close());
beforeEach(() => (stage.now = '2026-11-10T10:00:00+08:00'));

const open = async (): Promise<string> => (await stage.register({ receivedAt: '2026-11-01T09:00:00+08:00' })).id;
const mediation = (more: Partial<MediationRequest> = {}): MediationRequest => ({
  organisation: '金融消费纠纷调解中心',
  subject: '费用争议，联系 13800000001',
  bankAppliedAt: '2026-11-08T09:00:00+08:00',
  complainantAppliedAt: '2026-11-09T09:00:00+08:00',
  complainantAppliedBy: 'complainant',
  consentAt: '2026-11-09T09:00:00+08:00',
  consentEvidence: '签字的申请书',
  ...more,
});
const appraisal = (more: Partial<AppraisalRequest> = {}): AppraisalRequest => ({
  organisation: '司法鉴定中心',
  subject: '签名真伪',
  complainantToldAt: '2026-11-10T09:00:00+08:00',
  ...more,
});
const clock = async (id: string) => (await stage.complaints.find(handler, id, 'r')).clock;

describe('before the decision', () => {
  it('a mediation stops the clock, which goes on when it ends; what was agreed on is kept with its money', async () => {
    const id = await open();
    const begun = await room.mediations.mediate(handler, id, mediation(), call());
    expect(begun).toMatchObject({ kind: 'mediation', paused: true, notPaused: null, bankAppliedBy: handler.subject, endedAt: null });
    expect(await clock(id)).toMatchObject({ state: 'paused' });
    stage.now = '2026-11-15T10:00:00+08:00';
    const end = { outcome: 'agreement', terms: '退还费用', amount: '120.50' } as const;
    expect(await room.mediations.end(handler, begun.id, end, call())).toMatchObject({
      outcome: 'agreement',
      terms: '退还费用',
      money: { amount: '120.50', currency: 'CNY' },
      agreedOn: null,
    });
    expect(await clock(id)).toMatchObject({ state: 'running', termId: 'decide', dueOn: '2026-11-21' });
  });

  it('an agreed date rules from the end of the mediation on', async () => {
    const id = await open();
    const begun = await room.mediations.mediate(handler, id, mediation(), call());
    stage.now = '2026-11-15T10:00:00+08:00';
    const ended = await room.mediations.end(handler, begun.id, { outcome: 'agreement', terms: '月底前答复', dueOn: '2026-11-30' }, call());
    expect(ended).toMatchObject({ agreedOn: '2026-11-30', notAgreed: null });
    expect(await clock(id)).toMatchObject({ state: 'running', termId: 'agreed', dueOn: '2026-11-30' });
    const past = await open();
    const other = await room.mediations.mediate(handler, past, mediation(), call());
    const refused = await room.mediations.end(handler, other.id, { outcome: 'agreement', terms: 'x', dueOn: '2026-11-01' }, call());
    expect(refused).toMatchObject({ notAgreed: { code: 'agreed-date-past', source: 'CMP20 21', detail: expect.stringMatching(/\S/) } });
    expect(await clock(past)).toMatchObject({ state: 'running', termId: 'decide' });
  });

  it('an appraisal stops it as well, with the instant at which the complainant was told', async () => {
    const id = await open();
    const begun = await room.mediations.appraise(handler, id, appraisal(), call());
    expect(begun).toMatchObject({ kind: 'appraisal', paused: true, complainantToldAt: '2026-11-10T09:00:00+08:00', consentAt: null });
    stage.now = '2026-11-13T10:00:00+08:00';
    expect(await codeOf(room.mediations.end(handler, begun.id, { outcome: 'agreement', terms: 'x' }, call()))).toBe('invalid');
    expect(await codeOf(room.mediations.end(handler, begun.id, { outcome: 'result' }, call()))).toBe('invalid');
    await room.mediations.end(handler, begun.id, { outcome: 'result', terms: '签名为真' }, call());
    expect(await clock(id)).toMatchObject({ state: 'running', dueOn: '2026-11-19' });
    expect(await room.kinds(id)).toEqual(['registered', 'clock-event', 'appraisal-begun', 'clock-event', 'appraisal-ended']);
  });

  it('whose term is over the clock does not stop: it says why, and the mediation goes on all the same', async () => {
    const id = await open();
    stage.now = '2026-11-20T10:00:00+08:00';
    const begun = await room.mediations.mediate(handler, id, mediation(), call());
    expect(begun).toMatchObject({ paused: false, notPaused: { code: 'term-already-over', source: 'CMP20 18' } });
    const before = await clock(id);
    await room.mediations.end(handler, begun.id, { outcome: 'none' }, call());
    expect(await clock(id)).toEqual(before);
  });

  it('needs both applications and the consent before it begins', async () => {
    const id = await open();
    for (const more of [
      { consentAt: '2026-11-10T09:30:00+08:00', beganAt: '2026-11-10T09:00:00+08:00' },
      { complainantAppliedAt: '2026-11-12T09:00:00+08:00' },
      { bankAppliedAt: '2026-10-30T09:00:00+08:00' },
    ])
      expect(await codeOf(room.mediations.mediate(handler, id, mediation(more), call()))).toBe('invalid');
    expect(await room.kinds(id)).toEqual(['registered']);
  });
});

describe('after the decision', () => {
  it('a mediation runs beside the clock', async () => {
    const id = await room.closed();
    const begun = await room.mediations.mediate(handler, id, mediation(), call());
    expect(begun).toMatchObject({ paused: false, notPaused: null });
    await room.mediations.end(handler, begun.id, { outcome: 'withdrawn' }, call());
    expect((await stage.complaints.find(handler, id, 'r')).state).toBe('met');
    expect((await room.kinds(id)).slice(-2)).toEqual(['mediation-begun', 'mediation-ended']);
  });

  it('of what was withdrawn there is none', async () => {
    const id = await open();
    await stage.record(id, toCommand.withdrawal({ evidence: '书面' }));
    expect(await codeOf(room.mediations.mediate(handler, id, mediation(), call()))).toBe('not-in-this-state');
  });
});

describe('at once', () => {
  it('one is under way, one ends it, and a key is one answer', async () => {
    const id = await open();
    const codes = await Promise.all(Array.from({ length: 4 }, () => codeOf(room.mediations.mediate(handler, id, mediation(), call()))));
    expect(codes.toSorted()).toEqual(['done', 'not-in-this-state', 'not-in-this-state', 'not-in-this-state']);
    const [{ id: one = '' } = {}] = (await room.mediations.list(handler, id, call())).items;
    const end = { outcome: 'none' } as const;
    const ends = await Promise.all([handler, supervisor, handler].map((who) => codeOf(room.mediations.end(who, one, end, call()))));
    expect(ends.toSorted()).toEqual(['done', 'not-in-this-state', 'not-in-this-state']);
    const again = await Promise.all([1, 2, 3].map(() => room.mediations.appraise(handler, id, appraisal(), call(key('A')))));
    expect(new Set(again.map((each) => each.id)).size).toBe(1);
    expect((await stage.sql(`select from clock_event where complaint = $1 and type = 'paused'`, [id])).length).toBe(2);
  });
});

describe('readers', () => {
  it('see it masked by role; strangers see nothing', async () => {
    const id = await open();
    const begun = await room.mediations.mediate(handler, id, mediation(), call());
    const masked = await room.mediations.list(regulator, id, call());
    expect(masked).toMatchObject({ masked: true, underWay: true });
    expect(masked.items[0]?.subject).not.toContain('13800000001');
    const stranger = principal('complaint-handler', { institutionId: 'bank-2' });
    expect(await codeOf(room.mediations.end(stranger, begun.id, { outcome: 'none' }, call()))).toBe('not-found');
    expect(await codeOf(room.mediations.list(stranger, id, call()))).toBe('not-found');
  });
});
