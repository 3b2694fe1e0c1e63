import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tlsOptions from 'smtp-server/lib/tls-options.js';
import { MAILBOX, MailRoom } from '../../testing/mailbox.ts';
import { principal, Stage, supervisor } from '../../testing/stage.ts';

let stage: Stage;
let room: MailRoom;

beforeAll(async () => {
  stage = await Stage.open();
  stage.now = '2026-11-21T15:00:00+08:00';
  room = await new MailRoom(stage).open();
  await room.prepare();
});
afterAll(async () => {
  await room.door.close();
  await stage.close();
});

const replyOf = (sending: Promise<unknown>): Promise<unknown> =>
  sending.then(
    (response) => response,
    (error: { responseCode?: number }) => error.responseCode ?? error,
  );
const uploads = async (): Promise<number> => (await stage.sql('select from upload')).length;
const mail = (id: string, body = '正文'): string =>
  `From: wang@example.test\r\nTo: ${MAILBOX}\r\nSubject: s\r\nMessage-ID: <${id}@example.test>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${body}\r\n`;

describe('the port', () => {
  it('takes mail for the addresses of institutions alone', async () => {
    expect(await replyOf(room.send({ to: 'nobody@bank.example', text: 'x' }))).toBe(550);
    expect(await replyOf(room.raw(mail('p1'), { from: 'a@x.test', to: MAILBOX.toUpperCase() }))).toMatch(/^250/);
    await room.addresses.add(supervisor, 'old@bank.example');
    await room.addresses.retire(supervisor, 'old@bank.example');
    expect(await replyOf(room.send({ to: 'old@bank.example', text: 'x' }))).toBe(550);
  });

  it('has it kept, sealed, before it answers', async () => {
    const before = (await room.mails()).length;
    expect(await replyOf(room.raw(mail('p2', '很私密的话')))).toMatch(/^250/);
    expect(await room.mails()).toHaveLength(before + 1);
    const [woken] = await stage.sql(`select payload from outbox where topic = 'mail.received' order by id desc limit 1`);
    expect(woken).toEqual({ payload: { institutionId: 'bank-1', mailId: (await room.last()).id } });
    const chunks = await stage.sql<{ bytes: Buffer }>('select bytes_sealed as bytes from upload_chunk');
    for (const { bytes } of chunks) expect(bytes.includes(Buffer.from('很私密的话'))).toBe(false);
  });

  it('keeps one mail once, in whatever number it comes at once, and another with the same id as another', async () => {
    const [before, files] = [(await room.mails()).length, await uploads()];
    const all = await Promise.all(Array.from({ length: 8 }, () => replyOf(room.raw(mail('p3')))));
    expect(all.every((each) => String(each).startsWith('250'))).toBe(true);
    expect(await room.mails()).toHaveLength(before + 1);
    await replyOf(room.raw(`Received: from elsewhere\r\n${mail('p3')}`));
    expect(await room.mails()).toHaveLength(before + 1);
    await replyOf(room.raw(mail('p3', '另一封')));
    expect(await room.mails()).toHaveLength(before + 2);
    expect(await uploads()).toBe(files + 2);
  });

  it('refuses what is too large, said before or found out, and keeps nothing of it', async () => {
    const files = await uploads();
    expect(await replyOf(room.raw(mail('p4', 'x'.repeat(4 * 1024 * 1024))))).toBe(552);
    // A sender that does not say how large it is.
    const lines = ['HELO x', 'MAIL FROM:<a@x.test>', `RCPT TO:<${MAILBOX}>`, 'DATA'];
    const answer = await talk(room.port, lines, `Subject: x\r\n\r\n${`${'x'.repeat(900)}\r\n`.repeat(4000)}.\r\n`);
    expect(answer).toContain('552');
    expect(await uploads()).toBe(files);
  });

  it('lets the sender come again where the database says no, and keeps nothing', async () => {
    const before = (await room.mails()).length;
    const broken = await new MailRoom(stage).open();
    // A crash after the bytes were read and before the mail stands.
    Object.assign(broken.receiving, {
      store: { recipient: async () => ({ institutionId: 'bank-1', address: MAILBOX }), add: async () => Promise.reject(new Error('gone')) },
    });
    expect(await replyOf(broken.raw(mail('p5')))).toBe(451);
    await broken.door.close();
    expect(await room.mails()).toHaveLength(before);
    expect(await replyOf(room.raw(mail('p5')))).toMatch(/^250/);
    expect(await room.mails()).toHaveLength(before + 1);
  });

  it('keeps nothing of a mail that breaks off', async () => {
    const before = (await room.mails()).length;
    await talk(room.port, ['EHLO x', 'MAIL FROM:<a@x.test>', `RCPT TO:<${MAILBOX}>`, 'DATA'], 'Subject: half\r\n\r\nhalf a ma', true);
    expect(await room.mails()).toHaveLength(before);
  });

  it('takes one mail for one institution; for another the sender comes again', async () => {
    const other = principal('complaint-supervisor', { institutionId: 'bank-2' });
    await room.addresses.add(other, 'complaints@other.example');
    const lines = ['EHLO x', 'MAIL FROM:<a@x.test>', `RCPT TO:<${MAILBOX}>`, 'RCPT TO:<complaints@other.example>', 'QUIT'];
    expect(await talk(room.port, lines, '')).toContain('452');
    expect(await replyOf(room.raw(mail('p6'), { from: 'a@x.test', to: 'complaints@other.example' }))).toMatch(/^250/);
    expect(await stage.sql('select address from mail', [], 'bank-2')).toEqual([{ address: 'complaints@other.example' }]);
    expect(await stage.sql(`select from mail where address like '%other%'`)).toEqual([]);
  });

  it('knows neither passwords nor, without a certificate, sealed lines; with one it asks for them', async () => {
    const plain = await talk(room.port, ['EHLO x', 'QUIT'], '');
    expect(plain).toContain('SIZE 3145728');
    expect(plain).not.toContain('AUTH');
    expect(plain).not.toContain('STARTTLS');
    const folder = mkdtempSync(join(tmpdir(), 'mailbox-'));
    const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    const { cert: certPem, key: keyPem } = tlsOptions({});
    writeFileSync(cert, String(certPem));
    writeFileSync(key, String(keyPem));
    const sealed = await new MailRoom(stage, { MAILBOX_TLS_CERT: cert, MAILBOX_TLS_KEY: key, MAILBOX_REQUIRE_TLS: 'true' }).open();
    expect(await replyOf(sealed.raw(mail('p7')))).toBe(530);
    const transport = { ignoreTLS: false, requireTLS: true };
    expect(await sealed.send({ text: 'sealed', messageId: '<p8@example.test>' }, transport)).toMatch(/^250/);
    await sealed.door.close();
    rmSync(folder, { recursive: true });
    expect(() => new MailRoom(stage, { MAILBOX_TLS_CERT: cert, MAILBOX_TLS_KEY: key })).toThrow('MAILBOX_TLS_CERT');
    expect(() => new MailRoom(stage, { MAILBOX_REQUIRE_TLS: 'true' })).toThrow('MAILBOX_REQUIRE_TLS');
  });
});

/** Speaks line by line, waits for an answer to each, then sends the rest; what was answered. */
function talk(port: number, lines: readonly string[], rest: string, breaksOff = false): Promise<string> {
  return new Promise((resolve, reject) => {
    const waiting = [...lines];
    let heard = '';
    const line = createConnection(port, '127.0.0.1');
    line.on('data', (bytes: Buffer) => {
      heard += bytes.toString();
      if (!/^\d{3} .*\r\n$/m.test(bytes.toString())) return;
      const next = waiting.shift();
      if (next !== undefined) line.write(`${next}\r\n`);
      else if (breaksOff) line.write(rest, () => line.destroy());
      else if (rest !== '' && !heard.includes('552')) line.write(rest);
      else line.end();
    });
    line.on('close', () => resolve(heard));
    line.on('error', reject);
  });
}
