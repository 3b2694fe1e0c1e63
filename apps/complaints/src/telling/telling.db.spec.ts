import type { Principal } from '#auth';
import { sign, type DeliveryReport } from '#sending';
import { askedOf, DecisionRooms, draftOf, portsTo, REPORT_SECRET } from '../../testing/decision.ts';
import { Gateway, MailServer } from '../../testing/dispatch-servers.ts';
import { handler, principal, Stage, supervisor } from '../../testing/stage.ts';
import type { TellingRequest, NoticeTryRequest } from './telling.dto.ts';

const gateway = new Gateway();
const mailServer = new MailServer();
let stage: Stage;
let rooms: DecisionRooms;
const NOW = '2026-11-21T15:00:00+08:00';
const key = (name: string) => ({ key: name, hash: Buffer.alloc(32, 'a') });

beforeAll(async () => {
  await Promise.all([gateway.open(), mailServer.open()]);
  stage = await Stage.open();
  stage.now = NOW;
  rooms = new DecisionRooms(stage, portsTo(gateway.url, mailServer.port));
  await rooms.furnish();
});
afterAll(async () => {
  await Promise.all([gateway.close(), mailServer.close(), stage.close()]);
});
beforeEach(async () => {
  stage.now = NOW;
  gateway.answers = [];
  gateway.taken.clear();
  await stage.sql('delete from outbox');
});

type Said = { kind?: { code: string }; extras?: { errors?: readonly { pointer: string; source?: string }[] } };
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: Said) => [
      error.kind?.code ?? String(error),
      ...(error.extras?.errors ?? []).map(({ pointer, source = '' }) => `${pointer} ${source}`.trim()),
    ],
  );
async function decided(): Promise<string> {
  const { id } = await stage.register();
  await rooms.decisions.draft(askedOf(id), draftOf());
  await rooms.decisions.submit(askedOf(id), '1');
  return id;
}
const tell = (id: string, more: Partial<TellingRequest> = {}, by: Principal = handler) =>
  rooms.tellings.tell(askedOf(id, by), { about: 'decision', form: 'sms', ...more });
const view = (id: string) => rooms.tellings.find(handler, id, 'r1');
const complaint = (id: string) => stage.complaints.find(handler, id, 'r1');
const report = (given: readonly DeliveryReport[]) => {
  const body = JSON.stringify(given);
  return rooms.reports.take(given, { ...sign(REPORT_SECRET, body, stage.clock.override), body: Buffer.from(body) });
};
const told = async (id: string) => (await stage.sql(`select 1 from clock_event where complaint = $1 and type = 'told'`, [id])).length;

describe('telling by text message', () => {
  it('counts from the instant it was sent, and not before; the decision is met with it', async () => {
    const id = await decided();
    expect(await tell(id)).toMatchObject({ accepted: true, telling: { notices: [{ state: 'sending', toldAt: null, counted: false }] } });
    expect(await complaint(id)).toMatchObject({ state: 'running', toldAt: null });
    stage.now = '2026-11-21T15:00:20+08:00';
    await rooms.sendNotices();
    expect(await view(id)).toMatchObject({
      toldAt: '2026-11-21T15:00:20+08:00',
      notices: [
        {
          state: 'told',
          toldAt: '2026-11-21T15:00:20+08:00',
          counted: true,
          dispatchState: 'sent',
          providerId: expect.stringMatching(/^gw-/),
        },
      ],
      needsAnotherForm: false,
      told: [{ about: 'decision', at: '2026-11-21T15:00:20+08:00' }],
    });
    expect((await complaint(id)).state).toBe('met');
    expect([...gateway.taken.values()].map(({ text }) => text)).toEqual([
      expect.stringMatching(/^一家银行：投诉TS.*已有处理决定：投诉成立/),
    ]);
    const [{ notice } = { notice: '' }] = await stage.sql<{ notice: string }>('select id as notice from dispatch where complaint = $1', [
      id,
    ]);
    await Promise.all([1, 2, 3].map(() => rooms.writer.moved('bank-1', notice)));
    expect(await told(id)).toBe(1);
  });

  it('that failed afterwards is shown, and is answered by another form', async () => {
    const id = await decided();
    await tell(id);
    await rooms.sendNotices();
    const [{ dispatchId } = { dispatchId: '' }] = (await view(id)).notices;
    await report([{ id: dispatchId ?? '', state: 'failed', at: '2026-11-21T15:00:30+08:00', code: 'UNDELIV' }]);
    await rooms.sendNotices();
    expect(await view(id)).toMatchObject({ needsAnotherForm: true, notices: [{ state: 'failed', code: 'UNDELIV', counted: true }] });
    expect((await tell(id, { form: 'posted', trackingNo: 'EMS1' })).telling).toMatchObject({ needsAnotherForm: false });
    // What was counted stays in the ledger.
    expect(await told(id)).toBe(1);
  });

  it('that nobody takes leaves the complaint untold', async () => {
    gateway.answers = [422];
    const id = await decided();
    await tell(id);
    await rooms.sendNotices();
    expect(await view(id)).toMatchObject({
      toldAt: null,
      needsAnotherForm: true,
      notices: [{ state: 'failed', code: 'http-422', counted: false }],
    });
    expect(await complaint(id)).toMatchObject({ state: 'running', toldAt: null });
  });

  it('of a complaint that was withdrawn meanwhile counts for nothing, and says so', async () => {
    const id = await decided();
    await tell(id);
    await stage.record(id, { at: null, facts: { type: 'withdrawn' }, more: {}, note: { evidence: '电话' } });
    await rooms.sendNotices();
    expect((await view(id)).notices).toMatchObject([{ state: 'told', counted: false }]);
    expect(await told(id)).toBe(0);
  });

  it('the same key sends one', async () => {
    const id = await decided();
    const again = () => rooms.tellings.tell(askedOf(id, handler, key('S1')), { about: 'decision', form: 'sms' });
    await Promise.all([again(), again(), again()]);
    expect(await stage.sql('select 1 from dispatch where complaint = $1', [id])).toHaveLength(1);
  });

  it('goes by mail with the whole letter', async () => {
    const id = await decided();
    expect(await codeOf(tell(id, { form: 'email' }))).toEqual(['invalid', '/to']);
    await tell(id, { form: 'email', to: 'zhang@example.test' });
    await rooms.sendNotices();
    const body = Buffer.from(/\r\n\r\n([\s\S]+)$/.exec(mailServer.mails[0]?.text ?? '')?.[1] ?? '', 'base64').toString();
    expect(body).toMatch(/二十三时确有一通来电[\s\S]*核查[\s\S]*仲裁[\s\S]*诉讼/);
    expect((await complaint(id)).state).toBe('met');
  });
});

describe('telling by paper and phone', () => {
  it.each<[Partial<TellingRequest>, string[]]>([
    [{ form: 'handed' }, ['/receivedBy CMP20 21', '/receiptRef CMP20 21']],
    [{ form: 'posted' }, ['/trackingNo CMP20 21']],
    [{ form: 'phone', spokeWith: '李四' }, ['/recordingRef CMP20 21', '/readBack CMP20 21']],
  ])('is nothing without its proof: %j', async (request, missing) => {
    const id = await decided();
    expect(await codeOf(tell(id, request))).toEqual(['no-proof', ...missing]);
    expect(await told(id)).toBe(0);
  });

  it.each<[Partial<TellingRequest>, string]>([
    [{ form: 'handed', receivedBy: '张三', receiptRef: '档案 12' }, 'paper'],
    [{ form: 'posted', trackingNo: 'EMS1' }, 'paper'],
    [{ form: 'phone', recordingRef: 'REC-1', spokeWith: '李四', readBack: '知悉' }, 'phone'],
  ])('with its proof it counts: %j', async (request, form) => {
    const id = await decided();
    stage.now = '2026-11-23T15:00:00+08:00';
    const answer = await tell(id, { ...request, at: '2026-11-22T10:00:00+08:00' });
    expect(answer).toMatchObject({
      accepted: true,
      telling: { toldAt: '2026-11-22T10:00:00+08:00', notices: [{ state: 'told', counted: true }] },
    });
    expect(await stage.sql(`select data ->> 'form' as form from clock_event where complaint = $1 and type = 'told'`, [id])).toEqual([
      { form },
    ]);
    const [row] = await stage.sql<{ text: string }>('select row_to_json(n)::text as text from notice n where complaint = $1', [id]);
    expect(row?.text).not.toMatch(/张三|EMS1|REC-1/);
    expect((await rooms.tellings.find(principal('regulator'), id, 'r1')).notices).toMatchObject([{ proof: null }]);
  });

  it('is not before the decision, not to come, and not of another complaint’s file', async () => {
    const { id } = await stage.register();
    expect(await codeOf(tell(id))).toEqual(['not-decided']);
    const made = await decided();
    const posted = { form: 'posted', trackingNo: 'EMS1' } as const;
    expect(await codeOf(tell(made, { ...posted, at: '2026-11-22T15:00:00+08:00' }))).toEqual(['invalid', '/at']);
    expect(await codeOf(tell(made, { ...posted, fileIds: ['0190f0a0-0000-7000-8000-000000000000'] }))).toEqual(['invalid', '/fileIds/0']);
    stage.now = '2026-11-23T15:00:00+08:00';
    expect(await tell(id === made ? '' : made, posted)).toMatchObject({ accepted: true });
    expect(await codeOf(rooms.tellings.find(principal('complaint-handler', { institutionId: 'bank-2' }), made, 'r1'))).toEqual([
      'not-found',
    ]);
  });

  it('of two at once one counts', async () => {
    const id = await decided();
    await Promise.all(['A', 'B', 'C'].map((trackingNo) => tell(id, { form: 'posted', trackingNo })));
    expect(await told(id)).toBe(1);
    expect((await view(id)).notices.filter(({ counted }) => counted)).toHaveLength(1);
  });
});

it('a longer term is told as well, and its instant is there for the extension', async () => {
  const { id } = await stage.register();
  expect(await codeOf(tell(id, { about: 'term-extended' }))).toEqual(['letter-open', '/values/reason']);
  expect(await codeOf(tell(id, { about: 'term-extended', values: { reason: '调取录音', bankName: 'x' } }))).toEqual([
    'invalid',
    '/values/bankName',
  ]);
  expect(await codeOf(tell(id, { about: 'pause-told', values: { reason: 'x' } }))).toEqual(['no-template']);
  await tell(id, { about: 'term-extended', values: { reason: '调取录音' } });
  await rooms.sendNotices();
  expect(await view(id)).toMatchObject({
    toldAt: null,
    told: [{ about: 'term-extended', at: NOW }],
    notices: [{ state: 'told', counted: false }],
  });
});

describe('who cannot be reached', () => {
  const attempt = (id: string, more: Partial<NoticeTryRequest> = {}) =>
    rooms.tellings.tried(askedOf(id), { form: 'phone', result: 'no-answer', ...more });
  const ask = (id: string, by: Principal = handler, name: string | null = null) =>
    rooms.waivers.ask(askedOf(id, by, name === null ? null : key(name)), { reason: '多次联系无果' });
  async function lookedFor(): Promise<string> {
    const id = await decided();
    await attempt(id);
    stage.now = '2026-11-22T15:00:00+08:00';
    await attempt(id, { form: 'visit', result: 'away', note: '邻居称外出' });
    await attempt(id);
    return id;
  }

  it('is looked for three times, on two days, in two forms, before the telling is waived', async () => {
    const id = await decided();
    expect(await codeOf(ask(id))).toEqual(['too-few-tries', 'CMP20 21']);
    for (const _try of [1, 2, 3]) await attempt(id);
    expect(await codeOf(ask(id))).toEqual(['too-few-tries', 'CMP20 21']);
    stage.now = '2026-11-22T15:00:00+08:00';
    await attempt(id);
    expect(await codeOf(ask(id))).toEqual(['too-few-tries', 'CMP20 21']);
    expect((await attempt(id, { form: 'visit', result: 'away' })).mayWaive).toBe(true);
    expect(await ask(id)).toMatchObject({ waivers: [{ state: 'waiting', tries: 5, reason: '多次联系无果' }] });
    expect(await codeOf(ask(id))).toEqual(['waiver-state']);
  });

  it('a message that failed is a try', async () => {
    gateway.answers = [422];
    const id = await decided();
    await tell(id);
    await rooms.sendNotices();
    expect(await view(id)).toMatchObject({ tried: { tries: 1, days: 1, forms: 1 } });
  });

  it('counts as told once another approves it, one of two at once, never who asked or handles it', async () => {
    const id = await lookedFor();
    const [{ id: waiver } = { id: '' }] = (await ask(id, handler, 'W1')).waivers;
    expect((await ask(id, handler, 'W1')).waivers).toHaveLength(1);
    const approve = (subject: string) => rooms.waivers.approve(askedOf(id, { ...supervisor, subject }), waiver);
    expect(await codeOf(approve(handler.subject))).toEqual(['own-request']);
    stage.now = '2026-11-23T09:00:00+08:00';
    const said = await Promise.all(['a', 'b'].map((subject) => codeOf(approve(subject))));
    expect(said.map(String).toSorted()).toEqual(['done', 'waiver-state']);
    expect(await complaint(id)).toMatchObject({ state: 'met', toldAt: '2026-11-23T09:00:00+08:00' });
    expect(await stage.sql(`select data ->> 'waived' as waived from clock_event where complaint = $1 and type = 'told'`, [id])).toEqual([
      { waived: 'true' },
    ]);
    expect(await codeOf(ask(id))).toEqual(['already-told']);
  });

  it('who was told meanwhile is not waived: it lapses, and the answer says why', async () => {
    const id = await lookedFor();
    const [{ id: waiver } = { id: '' }] = (await ask(id)).waivers;
    await tell(id, { form: 'posted', trackingNo: 'EMS1' });
    expect(await rooms.waivers.approve(askedOf(id, supervisor), waiver)).toMatchObject({
      accepted: false,
      rejected: { code: 'already-told' },
      telling: { waivers: [{ state: 'lapsed' }] },
    });
  });

  it('may be refused, and looked for on', async () => {
    const id = await lookedFor();
    const [{ id: waiver } = { id: '' }] = (await ask(id)).waivers;
    expect(await rooms.waivers.refuse(askedOf(id, supervisor), waiver)).toMatchObject({
      accepted: true,
      telling: { waivers: [{ state: 'refused' }], toldAt: null },
    });
    expect((await ask(id)).waivers).toHaveLength(2);
    expect(await codeOf(rooms.waivers.refuse(askedOf(id, supervisor), '0190f0a0-0000-7000-8000-000000000000'))).toEqual(['not-found']);
  });
});
