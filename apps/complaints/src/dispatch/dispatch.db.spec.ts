import { sign, type DeliveryReport } from '#sending';
import { DecisionRooms, portsTo, REPORT_SECRET } from '../../testing/decision.ts';
import { Gateway, MailServer } from '../../testing/dispatch-servers.ts';
import { handler, principal, Stage } from '../../testing/stage.ts';

const gateway = new Gateway();
const mailServer = new MailServer();
let stage: Stage;
let rooms: DecisionRooms;
let complaint: string;

beforeAll(async () => {
  await Promise.all([gateway.open(), mailServer.open()]);
  stage = await Stage.open();
  rooms = new DecisionRooms(stage, portsTo(gateway.url, mailServer.port));
  complaint = (await stage.register()).id;
});
afterAll(async () => {
  await Promise.all([gateway.close(), mailServer.close(), stage.close()]);
});
beforeEach(async () => {
  stage.now = '2026-11-21T15:00:00+08:00';
  // What the test before left.
  await stage.sql(`delete from outbox`);
  await stage.sql(`delete from dispatch`);
  gateway.taken.clear();
  gateway.asked.length = 0;
  gateway.answers = [];
  mailServer.mails.length = 0;
  mailServer.answers = [];
});

const find = (id: string) => rooms.dispatches.find(handler, id, 'r1');
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: { kind?: { code: string }; extras?: { errors?: readonly { pointer: string; source?: string }[] } }) => [
      error.kind?.code,
      ...(error.extras?.errors ?? []).map(({ pointer, source }) => `${pointer} ${source ?? ''}`.trim()),
    ],
  );
const kinds = async () =>
  (
    await stage.sql<{ kind: string }>(`select kind from timeline where complaint = $1 and kind like 'dispatch-%' order by id`, [complaint])
  ).map(({ kind }) => kind);
const report = (given: readonly DeliveryReport[], secret = REPORT_SECRET) => {
  const body = JSON.stringify(given);
  return rooms.reports.take(given, { ...sign(secret, body, stage.clock.override), body: Buffer.from(body) });
};

describe('a message of the desk', () => {
  it('leaves by the gateway once, at night as well, and keeps what it was sealed', async () => {
    stage.now = '2026-11-21T23:30:00+08:00';
    const id = await rooms.queue({ complaintId: complaint, topic: 'test.moved' });
    await rooms.send();
    await rooms.send();
    expect([...gateway.taken.values()]).toEqual([{ id, to: '+8613800000001', text: '您的投诉已有处理结果。' }]);
    expect(gateway.asked).toHaveLength(1);
    expect(await find(id)).toMatchObject({
      state: 'sent',
      tries: 1,
      sentAt: '2026-11-21T23:30:00+08:00',
      providerId: `gw-${id.slice(-4)}`,
      to: '+8613800000001',
      body: '您的投诉已有处理结果。',
      nextTryAt: null,
    });
    expect(await kinds()).toEqual(['dispatch-queued', 'dispatch-sent']);
    // Whoever asked hears of it once.
    expect(await stage.sql(`select payload from outbox where topic = 'test.moved'`)).toEqual([{ payload: { dispatchId: id } }]);
    const [row] = await stage.sql<{ text: string }>(
      `select row_to_json(d)::text || (select string_agg(data::text, '') from timeline) as text from dispatch d`,
    );
    expect(row?.text).not.toMatch(/13800000001|处理结果/);
  });

  it('leaves by the mail server, with the id that is the same on every try', async () => {
    mailServer.answers = [451];
    const id = await rooms.queue({ channel: 'email', to: 'zhang@example.test' });
    await rooms.send();
    expect(await find(id)).toMatchObject({ state: 'queued', code: 'smtp-451', nextTryAt: '2026-11-21T15:00:30+08:00' });
    stage.now = '2026-11-21T15:00:31+08:00';
    await rooms.send();
    expect(mailServer.mails).toMatchObject([{ to: ['zhang@example.test'], messageId: `<${id}@bank.example>` }]);
    expect(await find(id)).toMatchObject({ state: 'sent', tries: 2, code: null, providerId: `<${id}@bank.example>` });
  });

  it('is not begun where it says what no message of a bank may say, and the refusal has the article', async () => {
    expect(await codeOf(rooms.queue({ body: '若继续投诉将列入黑名单。' }))).toEqual(['content-refused', '/body HLJ 21-22, CBA26 bans']);
    expect(await codeOf(rooms.queue({ to: '13800000001' }))).toEqual(['invalid', '/to']);
    expect(await codeOf(rooms.queue({ channel: 'email', to: 'a@b.test,c@d.test', subject: '' }))).toEqual(['invalid', '/to', '/subject']);
    expect(await codeOf(rooms.queue({ body: ' ' }))).toEqual(['invalid', '/body']);
    expect(await stage.sql('select 1 from dispatch')).toEqual([]);
    // What the desk pays back is no claim on a debt.
    await rooms.queue({ body: '我行将退还您88.00元。' });
  });

  it('is masked for those who do not work on complaints, and another bank has none of it', async () => {
    const id = await rooms.queue({ complaintId: complaint });
    const page = await rooms.dispatches.list(principal('regulator'), complaint, {}, 'r1');
    expect(page.items).toMatchObject([{ id, to: '138****0001' }]);
    expect(await rooms.dispatches.find(principal('compliance'), id, 'r1')).toMatchObject({ body: null, subject: '' });
    const stranger = principal('complaint-handler', { institutionId: 'bank-2' });
    expect(await codeOf(rooms.dispatches.find(stranger, id, 'r1'))).toEqual(['not-found']);
    expect(await codeOf(rooms.dispatches.list(stranger, complaint, {}, 'r1'))).toEqual(['not-found']);
    expect(await codeOf(rooms.dispatches.find(handler, 'x', 'r1'))).toEqual(['not-found']);
    await rooms.dispatches.find(handler, id, 'r-read');
    expect(
      await stage.sql(
        `select 1 from personal_data_read where request_id = 'r-read' and 'dispatch.body' = any(fields) and resource_ids = $1`,
        [[complaint]],
      ),
    ).toHaveLength(1);
  });
});

describe('what breaks on the way', () => {
  it('a passing fault is tried again later and later, and given up after a day, of which whoever asked hears', async () => {
    gateway.answers = [503, 503, 503];
    const id = await rooms.queue({ complaintId: complaint, topic: 'test.moved' });
    await rooms.send();
    await rooms.send();
    expect(gateway.asked).toHaveLength(1);
    stage.now = '2026-11-21T15:00:31+08:00';
    await rooms.send();
    expect(await find(id)).toMatchObject({ state: 'queued', tries: 2, nextTryAt: '2026-11-21T15:02:31+08:00' });
    stage.now = '2026-11-22T15:00:00+08:00';
    await rooms.send();
    expect(await find(id)).toMatchObject({ state: 'given-up', code: 'http-503', tries: 2, settledAt: '2026-11-22T15:00:00+08:00' });
    expect(await stage.sql(`select 1 from outbox where topic = 'test.moved'`)).toHaveLength(1);
    stage.now = '2026-11-23T15:00:00+08:00';
    await rooms.send();
    expect(gateway.asked).toHaveLength(2);
  });

  it('a lasting one is not tried again', async () => {
    gateway.answers = [422];
    mailServer.answers = [550];
    const [text, mail] = [await rooms.queue(), await rooms.queue({ channel: 'email', to: 'gone@example.test' })];
    await rooms.send();
    expect([await find(text), await find(mail)]).toMatchObject([
      { state: 'failed', code: 'http-422' },
      { state: 'failed', code: 'smtp-550' },
    ]);
    stage.now = '2026-11-22T16:00:00+08:00';
    await rooms.send();
    expect([gateway.asked.length, mailServer.mails.length]).toEqual([1, 0]);
  });

  it('a sender that dies while the gateway has the message: sent again under its id, which the gateway takes once', async () => {
    gateway.answers = ['hang'];
    const id = await rooms.queue();
    // As kill -9 leaves it: the line is cut, and nobody is there to write down what came of it.
    const dying = new DecisionRooms(stage, portsTo(gateway.url, mailServer.port));
    const died = dying.sender.advance('bank-1', id);
    await until(() => gateway.taken.has(id));
    const row = await stage.sql('select state, in_hand, tries, busy_until, wake_at from dispatch where id = $1', [id]);
    expect(row).toMatchObject([{ state: 'queued', in_hand: true, tries: 1 }]);
    // Nobody else touches it while the dead one may live.
    stage.now = '2026-11-21T15:01:59+08:00';
    await rooms.send();
    expect(gateway.asked).toHaveLength(1);
    stage.now = '2026-11-21T15:02:01+08:00';
    await rooms.send();
    expect(gateway.asked.map((message) => message.id)).toEqual([id, id]);
    expect(gateway.taken.size).toBe(1);
    expect(await find(id)).toMatchObject({ state: 'sent', tries: 2 });
    // The one that was thought dead wakes up, and changes nothing any more.
    gateway.drop();
    await died;
    expect(await find(id)).toMatchObject({ state: 'sent', tries: 2, code: null });
  });

  it('any number of workers at once hand it over once', async () => {
    const id = await rooms.queue();
    await Promise.all(Array.from({ length: 8 }, () => rooms.sender.advance('bank-1', id)));
    expect(gateway.asked).toHaveLength(1);
    expect(await find(id)).toMatchObject({ state: 'sent', tries: 1 });
  });
});

describe('a delivery report', () => {
  const at = (minute: number) => `2026-11-21T14:${String(minute).padStart(2, '0')}:00+08:00`;

  it('counts once however often it comes, the latest in whatever order they come', async () => {
    const id = await rooms.queue({ complaintId: complaint, topic: 'test.moved' });
    await rooms.send();
    const [early, late] = [
      { id, state: 'failed', at: at(10), code: 'no 13800000001' },
      { id, state: 'delivered', at: at(20) },
    ] as const;
    await Promise.all([report([late]), report([early]), report([late, early]), report([early])]);
    expect(await find(id)).toMatchObject({ state: 'delivered', code: null, deliveredAt: at(20), sentAt: '2026-11-21T15:00:00+08:00' });
    expect(await report([late])).toEqual({ taken: 1, unknown: [] });
    expect(
      (
        await stage.sql(`select 1 from timeline where complaint = $1 and kind = 'dispatch-delivered' and data ->> 'dispatchId' = $2`, [
          complaint,
          id,
        ])
      ).length,
    ).toBe(1);
  });

  it('may be quicker than the answer to our own try, and then nothing is sent again', async () => {
    gateway.answers = [503];
    const id = await rooms.queue();
    await rooms.send();
    await report([{ id, state: 'delivered', at: '2026-11-21T15:00:00+08:00' }]);
    stage.now = '2026-11-21T16:00:00+08:00';
    await rooms.send();
    expect(gateway.asked).toHaveLength(1);
    expect(await find(id)).toMatchObject({ state: 'delivered', sentAt: '2026-11-21T15:00:00+08:00' });
  });

  it('of a failure is shown with the gateway’s word, and of what never went says nothing', async () => {
    const [sent, waiting] = [await rooms.queue(), await rooms.queue()];
    await rooms.sender.advance('bank-1', sent);
    const stranger = '0190f0a0-0000-7000-8000-000000000000';
    expect(
      await report([sent, waiting, stranger, 'x'].map((id) => ({ id, state: 'failed', at: at(59), code: 'UNDELIV' }) as const)),
    ).toEqual({
      taken: 1,
      unknown: [waiting, stranger, 'x'],
    });
    expect(await find(sent)).toMatchObject({ state: 'failed', code: 'UNDELIV', sentAt: '2026-11-21T15:00:00+08:00' });
    expect(await find(waiting)).toMatchObject({ state: 'queued' });
  });

  it('is taken from nobody without a good signature, and from nowhere to come', async () => {
    const id = await rooms.queue();
    await rooms.send();
    const given = [{ id, state: 'delivered', at: at(59) }] as const;
    expect(await codeOf(report(given, 'y'.repeat(32)))).toEqual(['unauthenticated']);
    expect(await codeOf(report([{ ...given[0], at: '2026-11-21T15:06:00+08:00' }]))).toEqual(['invalid', '/reports/0/at']);
    expect(await find(id)).toMatchObject({ state: 'sent' });
  });
});

/** Looks again until it is so; the other side is a server of this process. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((done) => setImmediate(done));
}
