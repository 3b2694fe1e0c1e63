import { createHash } from 'node:crypto';
import { EVERY_INSTITUTION } from '#pg';
import { Refusal } from '#problem';
import { checkSignature, type MailMessage } from '#sending';
import type { Channel } from '#reports';
import { manager, ReportRoom } from '../../testing/report-room.ts';
import { SftpReceiver, WebhookReceiver } from '../../testing/report-receivers.ts';
import { BANK, principal } from '../../testing/stage.ts';

const compliance = principal('compliance');
const stranger = principal('compliance', { institutionId: 'bank-2' });
const SECRET = 'a secret of thirty-two characters!';

let room: ReportRoom;
const hook = new WebhookReceiver();
const sftp = new SftpReceiver();
beforeAll(async () => {
  room = await ReportRoom.open();
  await Promise.all([hook.up(), sftp.up()]);
});
afterAll(async () => {
  await Promise.all([hook.down(), sftp.down()]);
  await room.stage.close();
});

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof Refusal) return error.kind.code;
      throw error;
    },
  );
let clock = Date.parse('2026-11-02T09:00:00+08:00');
const later = (ms: number): void => {
  clock += ms;
  room.stage.now = new Date(clock).toISOString();
};
const sftpAddress = (more: object = {}) => ({
  host: '127.0.0.1',
  port: sftp.port,
  user: 'bank',
  password: sftp.password,
  hostKey: sftp.hostKey,
  folder: '/upload',
  ...more,
});
let names = 0;
async function target(channel: Channel, more: object): Promise<string> {
  names += 1;
  return (await room.deliveries.addTarget(compliance, { name: `t${names}`, channel, ...more }, null)).id;
}
/** A signed report for these targets alone, and the id of its first delivery. */
async function delivery(...targets: string[]): Promise<string> {
  later(60_000);
  const reportId = await room.signed({ formats: ['json'] });
  const { items } = await room.deliveries.list(compliance, { reportId });
  const mine = items.find(({ targetId }) => targets.includes(targetId));
  return mine?.id ?? '';
}
const find = async (id: string) => {
  const { items } = await room.deliveries.list(compliance, { limit: 200 });
  return items.find((one) => one.id === id);
};
const leave = (...targets: string[]): Promise<unknown> => Promise.all(targets.map((id) => room.deliveries.removeTarget(compliance, id)));

it('a webhook that is down for an hour gets the report once, signed, when it is up again', async () => {
  const to = await target('webhook', { webhook: { url: hook.url, secret: SECRET } });
  await hook.down();
  const id = await delivery(to);
  let woken = 0;
  for (const wait of [0, 29_000, 1_000, 60_000, 60_000, 300_000, 300_000, 900_000, 900_000, 1_050_000]) {
    later(wait);
    woken += await room.deliveryRunner.runDue();
    await room.deliveryRunner.run(BANK, id);
  }
  const waiting = await find(id);
  expect(waiting).toMatchObject({ state: 'waiting', error: 'unreachable', endedAt: null });
  // Later and later, not again and again.
  expect(waiting?.tries).toBe(5);
  expect(woken).toBe(5);
  await hook.up();
  later(3_600_000);
  await Promise.all(Array.from({ length: 4 }, () => room.deliveryRunner.run(BANK, id)));
  expect(await find(id)).toMatchObject({ state: 'delivered', tries: 6, error: null, receipt: 'http-200', dueAt: null });
  expect(hook.asked).toHaveLength(1);
  const [posted] = hook.asked;
  const { headers, body } = posted ?? { headers: {}, body: '' };
  expect(headers['idempotency-key']).toBe(id);
  const given = { timestamp: String(headers['x-forbear-timestamp']), signature: String(headers['x-forbear-signature']), body };
  expect(checkSignature([SECRET], given, new Date(clock))).toBe(true);
  const told = JSON.parse(body) as {
    version: number;
    signedBy: string;
    files: { name: string; sha256: string; contentBase64: string | null }[];
  };
  expect(told).toMatchObject({ version: 1, signedBy: 'compliance-1' });
  for (const { name, sha256, contentBase64 } of told.files) {
    if (name.endsWith('.csv')) expect(contentBase64).toBeNull();
    else
      expect(
        createHash('sha256')
          .update(Buffer.from(contentBase64 ?? '', 'base64'))
          .digest('hex'),
      ).toBe(sha256);
  }
  expect((await find(id))?.attempts.map(({ outcome }) => outcome)).toEqual([
    ...Array.from({ length: 5 }, () => 'unreachable'),
    'delivered',
  ]);
  await leave(to);
});

it('a webhook that took it and was not heard knows it by its key; one that does not want it is asked no more', async () => {
  const to = await target('webhook', { webhook: { url: hook.url, secret: SECRET } });
  const taken = hook.taken.size;
  hook.answers = ['hang', 503];
  const id = await delivery(to);
  await room.deliveryRunner.run(BANK, id);
  expect(await find(id)).toMatchObject({ state: 'waiting', error: 'connection-lost' });
  for (const wait of [30_000, 120_000]) {
    later(wait);
    await room.deliveryRunner.run(BANK, id);
  }
  expect(await find(id)).toMatchObject({ state: 'delivered', receipt: 'http-409', tries: 3 });
  expect(hook.taken.size).toBe(taken + 1);
  hook.answers = [422];
  const refused = await delivery(to);
  await room.deliveryRunner.run(BANK, refused);
  expect(await find(refused)).toMatchObject({ state: 'failed', error: 'http-422' });
  expect(await codeOf(room.deliveries.retry(stranger, refused))).toBe('not-found');
  expect((await room.deliveries.retry(compliance, refused)).state).toBe('waiting');
  expect(await codeOf(room.deliveries.retry(compliance, refused))).toBe('report-delivery-not-failed');
  await room.deliveryRunner.run(BANK, refused);
  expect(await find(refused)).toMatchObject({ state: 'delivered' });
  await leave(to);
});

it('a worker that dies is taken over after a while, not before', async () => {
  const to = await target('webhook', { webhook: { url: hook.url, secret: SECRET } });
  const id = await delivery(to);
  await room.stage.sql(`update report_delivery set run = gen_random_uuid(), taken_at = $2, tries = 1 where id = $1`, [id, new Date(clock)]);
  later(60_000);
  await room.deliveryRunner.run(BANK, id);
  expect(await find(id)).toMatchObject({ state: 'waiting', tries: 1 });
  later(600_000);
  expect(await room.deliveryRunner.runDue()).toBe(1);
  await room.deliveryRunner.run(BANK, id);
  expect(await find(id)).toMatchObject({ state: 'delivered', tries: 2 });
  await leave(to);
});

it('SFTP: whole files under their names, the manifest last, each once though the line is cut', async () => {
  const to = await target('sftp', { sftp: sftpAddress() });
  sftp.cuts = ['before'];
  const id = await delivery(to);
  await room.deliveryRunner.run(BANK, id);
  expect(await find(id)).toMatchObject({ state: 'waiting', tries: 1 });
  expect([...sftp.files.keys()].every((name) => name.includes('/.'))).toBe(true);
  // The second try gets one file through and is cut off without hearing of it.
  sftp.cuts = ['after'];
  later(30_000);
  await room.deliveryRunner.run(BANK, id);
  expect(await find(id)).toMatchObject({ state: 'waiting', tries: 2 });
  await sftp.down();
  later(120_000);
  await room.deliveryRunner.run(BANK, id);
  expect(await find(id)).toMatchObject({ state: 'waiting', error: 'unreachable' });
  await sftp.up();
  later(600_000);
  await room.deliveryRunner.run(BANK, id);
  const done = await find(id);
  expect(done).toMatchObject({ state: 'delivered', tries: 4 });
  const there = [...sftp.files.keys()].filter((name) => !name.includes('/.'));
  expect(there).toHaveLength(7);
  expect(sftp.seen.filter((name) => !name.includes('/.'))).toEqual(there);
  expect(there.at(-1)).toBe(done?.receipt);
  const manifest = JSON.parse(String(sftp.files.get(done?.receipt ?? ''))) as { files: { name: string; sha256: string }[] };
  for (const { name, sha256 } of manifest.files)
    expect(
      createHash('sha256')
        .update(sftp.files.get(`/upload/${name}`) ?? '')
        .digest('hex'),
    ).toBe(sha256);
  await leave(to);
});

it('SFTP: a server with another key gets nothing, nor one that knows us not', async () => {
  const strange = await target('sftp', { sftp: sftpAddress({ hostKey: `SHA256:${'A'.repeat(43)}` }) });
  const id = await delivery(strange);
  await room.deliveryRunner.run(BANK, id);
  expect(await find(id)).toMatchObject({ state: 'waiting', error: 'host-key' });
  await leave(strange);
  expect(await find(id)).toMatchObject({ state: 'dropped' });
  const wrong = await target('sftp', { sftp: sftpAddress({ password: 'x' }) });
  const other = await delivery(wrong);
  await room.deliveryRunner.run(BANK, other);
  expect(await find(other)).toMatchObject({ state: 'waiting', error: 'not-authorised' });
  await leave(wrong);
});

it('mail has the report in it, under one id', async () => {
  const sent: MailMessage[] = [];
  room.mail = {
    send: async (message) => {
      sent.push(message);
      return { providerId: 'm-1' };
    },
  };
  const to = await target('email', { email: { to: 'filings@regulator.example' } });
  const id = await delivery(to);
  await Promise.all([room.deliveryRunner.run(BANK, id), room.deliveryRunner.run(BANK, id)]);
  expect(await find(id)).toMatchObject({ state: 'delivered', receipt: 'm-1' });
  expect(sent.map((mail) => [mail.id, mail.to, mail.attachments?.length])).toEqual([[id, 'filings@regulator.example', 1]]);
  expect(sent[0]?.text).toMatch(/sha256 [0-9a-f]{64}/);
  await leave(to);
});

it('the portal has it with the signature; a report goes to those alone that want its kind and audience', async () => {
  const [portal, other, open] = [
    await target('portal', {}),
    await target('portal', { kinds: ['another-kind'] }),
    await target('portal', { audience: 'public' }),
  ];
  const id = await delivery(portal, other, open);
  const { items } = await room.deliveries.list(compliance, { reportId: (await find(id))?.reportId ?? '' });
  expect(items.map(({ targetId, state }) => [targetId, state])).toEqual([[portal, 'delivered']]);
  await leave(portal, other, open);
});

it('addresses are sealed, shown in part, and refused where they would leak', async () => {
  const made = await room.deliveries.addTarget(compliance, { name: 'Bureau', channel: 'sftp', sftp: sftpAddress() }, null);
  expect(made.address).toBe(`sftp://127.0.0.1:${sftp.port}/upload`);
  const [row] = await room.stage.sql<{ row: string }>(
    `select t::text as row from report_target t where id = $1`,
    [made.id],
    EVERY_INSTITUTION,
  );
  expect(row?.row).not.toContain(sftp.password);
  expect(row?.row).not.toContain(Buffer.from(sftp.password).toString('hex'));
  const refused = async (more: object): Promise<string> =>
    codeOf(room.deliveries.addTarget(compliance, { name: 'x', channel: 'webhook', ...more } as never, null));
  for (const url of ['http://bank.example/x', 'https://user:pass@bank.example/x', 'ftp://bank.example', 'x'])
    expect(await refused({ webhook: { url, secret: SECRET } })).toBe('invalid');
  expect(await refused({})).toBe('invalid');
  expect(await refused({ channel: 'portal', webhook: { url: hook.url, secret: SECRET } })).toBe('invalid');
  expect(await refused({ channel: 'sftp', sftp: sftpAddress({ folder: '/a/../b' }) })).toBe('invalid');
  expect(await refused({ channel: 'email', email: { to: 'a@b.example, c@d.example' } })).toBe('invalid');
  const races = await Promise.all(
    Array.from({ length: 3 }, () => codeOf(room.deliveries.addTarget(compliance, { name: 'Bureau 2', channel: 'portal' }, null))),
  );
  expect(races.toSorted()).toEqual(['done', 'report-target-exists', 'report-target-exists']);
  expect((await room.deliveries.listTargets(stranger, {})).items).toEqual([]);
  expect(await codeOf(room.deliveries.removeTarget(stranger, made.id))).toBe('not-found');
  expect(await codeOf(room.deliveries.list(compliance, { reportId: 'x' }))).toBe('invalid');
  expect((await room.deliveries.list(manager, { state: 'delivered', limit: 2 })).items).toHaveLength(2);
});
