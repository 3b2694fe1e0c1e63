import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sign } from '#sending';
import { queueBackends } from '#testkit';
import { Installation, type Reply } from './harness.ts';
import { freshCase, NOON } from './rows.ts';
import { eventually } from './start/running.ts';

const SECRET = 'r'.repeat(32);
const manager = { role: 'collections-manager' } as const;

/** A gateway for text messages on this machine: what it was sent, and whether it answers. */
interface Gateway {
  readonly url: string;
  readonly seen: { readonly id: string; readonly to: string; readonly text: string; readonly key: string }[];
  isMute: boolean;
  close(): void;
}

async function openGateway(): Promise<Gateway> {
  const server: Server = createServer((request, reply) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(parts).toString()) as { id: string; to: string; text: string };
      gateway.seen.push({ ...body, key: String(request.headers['idempotency-key']) });
      if (!gateway.isMute) reply.end(JSON.stringify({ id: `gw-${body.id}` }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const gateway: Gateway = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`,
    seen: [],
    isMute: false,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return gateway;
}

describe.each(queueBackends)('messages, with the queue on $backend', ({ env }) => {
  let gateway: Gateway;
  let bank: Installation;

  const template = async (templateId: string, text: string): Promise<void> => {
    const body = { templateId, channel: 'sms', title: templateId, text };
    expect((await bank.call('/v1/message-templates', { as: { role: 'compliance' }, body })).status).toBe(201);
    const approval = await bank.call(`/v1/message-templates/${templateId}/versions/1/approval`, {
      method: 'POST',
      as: { role: 'compliance', subject: 'second' },
    });
    expect(approval.status).toBe(200);
  };
  const send = async (): Promise<Reply> => {
    const [at] = await bank.cases([freshCase()]);
    const { caseId, partyId, contactPointId } = at ?? { caseId: '', partyId: '', contactPointId: '' };
    const body = { caseId, partyId, contactPointId, channel: 'sms', purpose: 'collect', templateId: 'sms-1' };
    return bank.call('/v1/messages', { as: manager, body });
  };
  const untilState = async (id: string, state: string): Promise<Reply['json']> => {
    let found: Reply['json'];
    await eventually(`message ${id} is ${state}`, async () => {
      found = (await bank.call(`/v1/messages/${id}`, { as: manager })).json;
      return found.state === state;
    });
    return found;
  };

  beforeAll(async () => {
    gateway = await openGateway();
    bank = await Installation.open({
      env: {
        ...env,
        SMS_URL: gateway.url,
        SMS_TIMEOUT_MS: '1000',
        SMTP_TIMEOUT_MS: '50',
        DELIVERIES_EVERY_MS: '200',
        REMINDERS_EVERY_MS: '300',
        DELIVERY_REPORT_SECRETS: SECRET,
      },
    });
    const settings = { bankName: '演示银行', bankContact: '95588', senderAddress: '一号' };
    expect((await bank.call('/v1/message-settings', { method: 'PUT', as: { role: 'compliance' }, body: settings })).status).toBe(200);
    await template('sms-1', '{{debtorName}}您好，您欠款{{balance}}元，请联系{{bankContact}}。');
    await template('due-1', '您的账单{{amountDue}}元将于{{dueOn}}到期。');
  });
  afterAll(async () => {
    expect(bank.logs()).not.toContain('unexpected error');
    // Neither whom nor what, in any log.
    expect(bank.logs()).not.toContain('您欠款');
    expect(bank.logs()).not.toContain('+86137');
    await bank.close();
    gateway.close();
  });

  it('a worker that is killed in the middle of sending sends again under the same id, and the message goes on', async () => {
    gateway.isMute = true;
    const { status, json } = await send();
    expect([status, json.decision.verdict, json.delivery.state]).toEqual([201, 'permitted', 'queued']);
    const { id } = json.delivery;
    await eventually('the gateway was asked', () => Promise.resolve(gateway.seen.some((one) => one.id === id)));
    await bank.worker?.kill9();
    gateway.isMute = false;
    await bank.startWorker();
    const found = await untilState(id, 'sent');
    const mine = gateway.seen.filter((one) => one.id === id);
    expect(new Set(mine.map(({ key, text }) => `${key} ${text}`))).toEqual(new Set([`${id} 欧阳测试您好，您欠款5000.00元，请联系95588。`]));
    expect(mine.length).toBe(found.tries);
    expect(found.steps.filter((step: { state: string }) => step.state === 'sent')).toHaveLength(1);
  });

  it('a report is taken once it is signed over its bytes, and by nobody else', async () => {
    const { id } = (await send()).json.delivery;
    await untilState(id, 'sent');
    // Not as JSON.stringify would write it.
    const body = `{ "reports" : [ {"id":"${id}", "state":"delivered", "at":"${new Date().toISOString()}" } ] }`;
    const { timestamp, signature } = sign(SECRET, body, new Date());
    const report = (headers: Record<string, string>, sent = body) => bank.call('/v1/delivery-reports', { as: null, body: sent, headers });
    const signed = { 'x-forbear-timestamp': timestamp, 'x-forbear-signature': signature };
    expect((await report({})).status).toBe(401);
    expect((await report(signed, body.replace('delivered', 'failed'))).status).toBe(401);
    for (const _time of [1, 2]) {
      const { status, json } = await report(signed);
      expect([status, json]).toEqual([200, { taken: 1, unknown: [] }]);
    }
    await untilState(id, 'delivered');
    await eventually('the ledger of contacts heard of it', async () => {
      const { rows } = await bank.admin.query('select c.result from contact c join delivery d on d.attempt = c.id where d.id = $1', [id]);
      return rows[0]?.result === 'delivered';
    });
  });

  it('what falls due tomorrow is reminded of by the clockwork, once', async () => {
    const cells = freshCase({ overdueSince: '' });
    await bank.cases([cells]);
    const tomorrow = new Intl.DateTimeFormat('en-CA', { timeZone: NOON }).format(Date.now() + 86_400_000);
    const file = `caseId,dueOn,amountDue,currency\n${cells.caseId},${tomorrow},500.00,CNY\n`;
    expect((await bank.import('due-dates', file)).rows).toMatchObject({ inserted: 1, rejected: 0 });
    expect((await bank.import('due-dates', file)).rows).toMatchObject({ inserted: 0, unchanged: 1 });
    const setting = { enabled: true, daysBefore: 6, hour: 8, timeZone: NOON, channels: ['sms'], smsTemplateId: 'due-1' };
    const put = (body: object) => bank.call('/v1/reminder-settings', { method: 'PUT', as: manager, body });
    const refused = await put(setting);
    expect([refused.status, refused.json.errors]).toMatchObject([422, [{ pointer: '/daysBefore', source: 'HLJ 18' }]]);
    expect((await put({ ...setting, daysBefore: 3 })).status).toBe(200);
    const text = `您的账单500.00元将于${tomorrow}到期。`;
    await eventually('the reminder went', () => Promise.resolve(gateway.seen.some((one) => one.text === text)));
    await bank.forgetQueue();
    await eventually('it is known as sent', async () => {
      const { json } = await bank.call(`/v1/reminders?caseId=${cells.caseId}`, { as: manager });
      return json.items[0]?.deliveryState === 'sent';
    });
    expect(gateway.seen.filter((one) => one.text === text)).toHaveLength(1);
  });
});
