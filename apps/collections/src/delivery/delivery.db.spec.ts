import { hashOf } from '#idempotency';
import { inTransaction } from '#pg';
import { DeliveryRoom, permanent, temporary } from '../../testing/delivery-room.ts';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import type { MessageRequest } from './delivery.dto.ts';

let stage: Stage;
let room: DeliveryRoom;
const agent = principal('agent');
let count = 0;

beforeAll(async () => {
  stage = await Stage.open();
  room = new DeliveryRoom(stage);
  await room.say();
  await room.template({ templateId: 'sms-1', channel: 'sms' });
  await room.template({ templateId: 'mail-1', channel: 'email' });
  await room.template({ templateId: 'note-1', channel: 'sms', text: '{{debtorName}}您好。{{note}}请于{{payBy}}前与{{bankContact}}联系。' });
});
afterAll(() => stage.close());
beforeEach(async () => {
  stage.now = '2026-11-21T15:00:00+08:00';
  // What the test before left.
  await stage.sql(`delete from outbox where topic = 'delivery.due'`, [], '*');
  await stage.sql('update delivery set wake_at = null');
  room.out.texts.length = 0;
  room.out.mails.length = 0;
  room.out.faults = [];
});

/** A case of its own, so that no test counts another's contacts. */
async function request(more: Partial<MessageRequest> & { agencyId?: string } = {}): Promise<MessageRequest> {
  count += 1;
  const { agencyId = null, ...rest } = more;
  const caseId = `M${count}`;
  const email = more.channel === 'email';
  await stage.addCases([
    {
      caseId,
      debtorId: `DM${count}`,
      debtId: `LM${count}`,
      agencyId,
      contactPoint: email ? `d${count}@example.test` : `+86138000${String(10_000 + count)}`,
      contactChannel: email ? 'email' : 'sms',
    },
  ]);
  const contactPointId = await stage.pointOf(caseId);
  return { caseId, partyId: 'P1', contactPointId, channel: 'sms', purpose: 'collect', templateId: 'sms-1', collectorIds: ['c1'], ...rest };
}
const ask = async (more: Partial<MessageRequest> = {}, key: string | null = null) => {
  const body = await request(more);
  return room.deliveries.request(agent, body, key === null ? null : { key, hash: hashOf('x', body) }, 'en');
};
const find = (id: string) => room.deliveries.find(agent, id, 'r1');
const contactOf = async (id: string) =>
  (
    await stage.sql<{ result: string | null }>('select c.result from contact c join delivery d on d.attempt = c.id where d.id = $1', [id])
  )[0]?.result;
const refusal = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: { kind?: { code: string }; extras?: { errors?: readonly { pointer: string }[] } }) => [
      error.kind?.code,
      ...(error.extras?.errors ?? []).map(({ pointer }) => pointer),
    ],
  );

describe('a message', () => {
  it('that the gate permits is sent as it was judged, once, and the ledger hears what came of it', async () => {
    const { delivery, decision } = await ask();
    expect(decision).toMatchObject({ verdict: 'permitted' });
    expect(delivery).toMatchObject({ state: 'queued', version: 1, attemptId: decision.id });
    await room.work();
    await room.work();
    expect(room.out.texts).toEqual([
      { id: delivery.id, to: expect.stringMatching(/^\+86138000/), text: '张三您好，您欠款5000.00元，请联系95588。' },
    ]);
    const detail = await find(delivery.id);
    expect(detail).toMatchObject({ state: 'sent', text: room.out.texts[0]?.text, tries: 1 });
    expect(detail.steps.map(({ state }) => state)).toEqual(['asked', 'queued', 'sending', 'sent']);
    expect(await contactOf(delivery.id)).toBeNull();
    // The gateway says nothing more: after a day it counts as delivered.
    stage.now = '2026-11-22T16:00:00+08:00';
    await room.work();
    expect(await contactOf(delivery.id)).toBe('delivered');
    expect(await stage.sql(`select resource, fields from personal_data_read where resource = 'delivery'`)).toHaveLength(1);
  });

  it('that the gate refuses is not sent, and the answer says why, by article, with the words', async () => {
    const { delivery, decision } = await ask({ templateId: null, text: '不还款将列入黑名单并通知单位领导' });
    expect(delivery.state).toBe('refused');
    expect(decision.reasons).toMatchObject([{ ruleId: 'content-approved', source: 'HLJ 21-22' }]);
    expect(decision.reasons[0]?.message).toContain('通知…领导; 黑名单');
    expect(delivery.settledAt).toBe('2026-11-21T15:00:00+08:00');
    const body = await request({ templateId: 'sms-1', text: '张三您好，您欠款5000.01元，请联系95588。' });
    const cent = await room.deliveries.request(agent, body, null, 'zh');
    expect(cent.decision).toMatchObject({ verdict: 'refused', reasons: [{ ruleId: 'content-approved', source: 'HLJ 21-22' }] });
    expect(cent.decision.reasons[0]?.message).toContain('5000.01元');
    await room.work();
    expect(room.out.texts).toEqual([]);
    const night = await request();
    stage.now = '2026-11-21T23:00:00+08:00';
    expect((await room.deliveries.request(agent, night, null, 'en')).decision).toMatchObject({
      verdict: 'refused',
      nextPermittedAt: '2026-11-22T08:00:00+08:00',
    });
  });

  it('takes from the sender only what is the sender’s, of its type', async () => {
    const named = { templateId: 'note-1' };
    expect(await refusal(ask({ ...named, variables: { note: '谢谢。' } }))).toEqual(['invalid', '/variables/payBy']);
    expect(await refusal(ask({ ...named, variables: { note: 'x'.repeat(201), payBy: '2026-02-30' } }))).toEqual([
      'invalid',
      '/variables/note',
      '/variables/payBy',
    ]);
    expect(await refusal(ask({ ...named, variables: { note: '谢谢。', payBy: '2026-12-01', balance: '1.00' } }))).toEqual([
      'invalid',
      '/variables/balance',
    ]);
    const cent = await ask({ ...named, variables: { note: '欠款5000.01元。', payBy: '2026-12-01' } });
    expect(cent.delivery.state).toBe('refused');
    expect(cent.decision.reasons[0]?.message).toContain('5000.01');
    expect((await ask({ ...named, variables: { note: '欠款5000.00元。', payBy: '2026-12-01' } })).delivery.state).toBe('queued');
    expect(await refusal(ask({ templateId: 'nothing' }))).toEqual(['not-found', '/templateId']);
    expect(await refusal(ask({ templateId: null }))).toEqual(['invalid', '/templateId']);
  });

  it('asked for with one key, by many at once, is one message', async () => {
    const body = await request();
    const same = { key: 'one', hash: hashOf('x', body) };
    const all = await Promise.all(Array.from({ length: 6 }, () => room.deliveries.request(agent, body, same, 'en')));
    expect(new Set(all.map(({ delivery }) => delivery.id)).size).toBe(1);
    expect(new Set(all.map(({ decision }) => decision.id)).size).toBe(1);
    await Promise.all([room.work(), room.work(), room.work()]);
    expect(room.out.texts).toHaveLength(1);
    expect(await refusal(room.deliveries.request(agent, body, { key: 'one', hash: hashOf('y', body) }, 'en'))).toEqual([
      'idempotency-key-reused',
    ]);
  });

  it('that nobody judged leaves its key free', async () => {
    const body = await request({ contactPointId: '0190f0a0-0000-7000-8000-000000000000' });
    const same = { key: 'bad', hash: hashOf('x', body) };
    for (const _try of [1, 2])
      expect(await refusal(room.deliveries.request(agent, body, same, 'en'))).toEqual(['not-found', '/contactPointId']);
    const mail = await request({ channel: 'email', templateId: 'mail-1' });
    expect(
      await refusal(room.deliveries.request(agent, { ...mail, channel: 'sms' }, { key: 'wrong', hash: hashOf('x', mail) }, 'en')),
    ).toEqual(['invalid', '/channel']);
    expect(await stage.sql(`select 1 from idempotency where key in ('bad', 'wrong')`)).toEqual([]);
    expect(await stage.sql(`select 1 from delivery where state = 'asked'`)).toEqual([]);
  });

  it('of an agency is for its own cases, and seen by its own people', async () => {
    await stage.addAgencies(['a1', 'a2']);
    const own = principal('agent', { agencyId: 'a1' });
    const body = await request({ agencyId: 'a1', deviceId: 't1' });
    const { delivery } = await room.deliveries.request(own, body, null, 'en');
    const other = principal('agent', { agencyId: 'a2' });
    expect(await refusal(room.deliveries.request(other, body, null, 'en'))).toEqual(['not-found', '/caseId']);
    expect(await refusal(room.deliveries.find(other, delivery.id, 'r'))).toEqual(['not-found']);
    expect((await room.deliveries.list(other, {})).items).toEqual([]);
    expect((await room.deliveries.list(own, { caseId: body.caseId })).items).toHaveLength(1);
    expect(await refusal(room.deliveries.find(principal('agent', { institutionId: 'bank-2' }), delivery.id, 'r'))).toEqual(['not-found']);
    expect((await room.deliveries.find(principal('regulator'), delivery.id, 'r')).text).toBeNull();
    await room.work();
  });
});

describe('what breaks on the way', () => {
  it('is made up for: whoever asked died before the gate answered', async () => {
    const body = await request();
    const id = await inTransaction(stage.source, { institutionId: BANK }, async (tx) => {
      const place = await room.desk.findPlace(tx, agent, body);
      const order = {
        ...place,
        kind: 'message',
        channel: 'sms',
        purpose: 'collect',
        templateId: 'sms-1',
        version: null,
        text: null,
      } as const;
      return room.desk.place(
        tx,
        agent,
        { ...order, variables: {}, collectorIds: ['c1'], deviceId: null },
        new Date('2026-11-21T15:00:00+08:00'),
      );
    });
    await room.work();
    expect((await find(id)).state).toBe('asked');
    stage.now = '2026-11-21T15:01:00+08:00';
    await room.work();
    await room.work();
    expect((await find(id)).state).toBe('sent');
    expect(room.out.texts).toHaveLength(1);
  });

  it('a passing fault is tried again with the same id, later and later, as long as the permit holds', async () => {
    room.out.faults = [temporary(), temporary(true), null];
    const { delivery } = await ask();
    await room.work();
    expect(await find(delivery.id)).toMatchObject({ state: 'queued', code: 'http-503', tries: 1 });
    await room.work();
    expect((await find(delivery.id)).tries).toBe(1);
    stage.now = '2026-11-21T15:00:31+08:00';
    await room.work();
    expect((await find(delivery.id)).tries).toBe(2);
    stage.now = '2026-11-21T15:03:00+08:00';
    await room.work();
    expect(await find(delivery.id)).toMatchObject({ state: 'sent', code: null, tries: 3 });
    expect(room.out.texts).toHaveLength(1);
  });

  it('a lasting one is not', async () => {
    room.out.faults = [permanent()];
    const { delivery } = await ask();
    await room.work();
    expect(await find(delivery.id)).toMatchObject({ state: 'failed', code: 'http-422' });
    expect(await contactOf(delivery.id)).toBe('failed');
  });

  it('a text whose sender died is sent again under the same id; a mail is not, for it may have arrived', async () => {
    const text = await ask();
    const mail = await ask({ channel: 'email', templateId: 'mail-1' });
    await stage.sql(`update delivery set state = 'sending', tries = 1, busy_until = $2, wake_at = $2 where id = any($1)`, [
      [text.delivery.id, mail.delivery.id],
      new Date('2026-11-21T15:02:00+08:00'),
    ]);
    await room.work();
    expect(room.out.texts).toHaveLength(0);
    stage.now = '2026-11-21T15:02:01+08:00';
    await room.work();
    expect(room.out.texts).toMatchObject([{ id: text.delivery.id }]);
    expect(room.out.mails).toEqual([]);
    expect(await find(mail.delivery.id)).toMatchObject({ state: 'unknown', code: 'interrupted' });
  });

  it('nothing is sent after the permit was revoked, has lapsed, or the night has begun', async () => {
    room.out.faults = [temporary()];
    const revoked = await ask();
    await room.work();
    await stage.sql(`update contact set lapses_at = $2 where id = $1`, [revoked.decision.id, new Date('2026-11-21T15:00:00+08:00')]);
    stage.now = '2026-11-21T15:00:40+08:00';
    await room.work();
    expect(await find(revoked.delivery.id)).toMatchObject({ state: 'failed', code: 'permit-revoked' });
    expect(await contactOf(revoked.delivery.id)).toBe('cancelled');
    room.out.faults = [temporary(true)];
    const maybe = await ask();
    await room.work();
    const late = await ask();
    stage.now = '2026-11-21T22:00:00+08:00';
    await room.work();
    expect(await find(late.delivery.id)).toMatchObject({ state: 'failed', code: 'quiet-hours' });
    // It may have arrived: the ledger is not told that it never went.
    expect(await find(maybe.delivery.id)).toMatchObject({ state: 'unknown', code: 'quiet-hours' });
    expect([await contactOf(late.delivery.id), await contactOf(maybe.delivery.id)]).toEqual(['cancelled', null]);
    const mail = await ask({ channel: 'email', templateId: 'mail-1' });
    stage.now = '2026-11-22T22:00:00+08:00';
    await room.work();
    expect(await find(mail.delivery.id)).toMatchObject({ state: 'failed', code: 'permit-lapsed' });
    expect([...room.out.texts, ...room.out.mails]).toEqual([]);
  });
});
