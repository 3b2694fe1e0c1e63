import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { readConfig } from '#config';
import { freePort } from '#testkit';
import { createMailPort, createSmsPort, sendingSettings, type MailPort, type SendError, type SendingConfig } from './index.ts';

// A real mail server on this machine.
interface Mailbox {
  readonly port: number;
  readonly mails: { readonly to: readonly string[]; readonly text: string }[];
  /** Cuts every line. */
  drop(): void;
  close(): Promise<void>;
}

const open: Mailbox[] = [];

async function mailServer(options: SMTPServerOptions = {}): Promise<Mailbox> {
  const mails: { to: readonly string[]; text: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 10,
    disabledCommands: ['STARTTLS'],
    onData(stream, { envelope }, callback) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        mails.push({ to: envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(parts).toString() });
        callback();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const box: Mailbox = {
    port: (server.server.address() as AddressInfo).port,
    mails,
    drop: () => void [...server.connections].forEach((line: { _socket: Socket }) => line._socket.destroy()),
    close: () => new Promise((done) => server.close(() => done())),
  };
  open.push(box);
  return box;
}
afterEach(async () => {
  for (const box of open.splice(0)) await box.close();
});

const config = (env: Record<string, string>, demo = false): SendingConfig => ({
  ...readConfig(sendingSettings, { MAIL_FROM: '一家银行 <service@bank.example>', ...env }),
  demo,
});
const portTo = (at: number, { user = '', timeoutMs = 20_000 } = {}): MailPort =>
  createMailPort(config({ SMTP_URL: `smtp://${user}127.0.0.1:${at}`, SMTP_TIMEOUT_MS: String(timeoutMs) }));
const mail = { id: '0190-m1', to: 'debtor@example.test', subject: '还款提醒', text: '您好，请按时还款。' };
const failureOf = async (port: MailPort, more: Partial<typeof mail> = {}): Promise<unknown> =>
  port.send({ ...mail, ...more }).then(
    (sent) => sent,
    (error: SendError) => [error.code, error.again, error.mayHaveArrived],
  );
const fault = (responseCode: number): Error => Object.assign(new Error('no'), { responseCode });

describe('a mail', () => {
  it('goes to one receiver with an id that is the same on every try', async () => {
    const box = await mailServer();
    expect(await portTo(box.port).send(mail)).toEqual({ providerId: '<0190-m1@bank.example>' });
    expect(box.mails).toHaveLength(1);
    const { to, text } = box.mails[0] ?? { to: [], text: '' };
    expect(to).toEqual(['debtor@example.test']);
    expect(text).toContain('Message-ID: <0190-m1@bank.example>');
    expect(text).toContain('Auto-Submitted: auto-generated');
    expect(text).toContain(`Subject: =?UTF-8?B?${Buffer.from(mail.subject).toString('base64')}?=`);
    expect(Buffer.from(/\r\n\r\n([\s\S]+)$/.exec(text)?.[1] ?? '', 'base64').toString()).toContain(mail.text);
  });

  it('does not let its words write headers or name more receivers', async () => {
    const box = await mailServer();
    const port = portTo(box.port);
    await port.send({ ...mail, subject: 'a\r\nBcc: other@example.test' });
    expect(box.mails[0]?.text).not.toMatch(/^Bcc:/m);
    for (const to of ['a@example.test, b@example.test', 'A <a@example.test>', 'g:a@example.test;', 'a', ''])
      expect(await failureOf(port, { to })).toEqual(['bad-address', false, false]);
    expect(box.mails).toHaveLength(1);
  });

  it('signs in where the address says who', async () => {
    const onAuth: SMTPServerOptions['onAuth'] = ({ username, password }, _session, callback) =>
      username === 'u@x' && password === 'right' ? callback(null, { user: 'u' }) : callback(fault(535));
    const box = await mailServer({ authOptional: false, allowInsecureAuth: true, onAuth });
    expect(await failureOf(portTo(box.port, { user: 'u%40x:right@' }))).toEqual({ providerId: '<0190-m1@bank.example>' });
    expect(await failureOf(portTo(box.port, { user: 'u%40x:wrong@' }))).toEqual(['not-authorised', true, false]);
  });

  it('that bounces at once is not tried again; one that is put off is', async () => {
    const no = await mailServer({ onRcptTo: (_address, _session, callback) => callback(fault(550)) });
    expect(await failureOf(portTo(no.port))).toEqual(['smtp-550', false, false]);
    const later = await mailServer({ onRcptTo: (_address, _session, callback) => callback(fault(451)) });
    expect(await failureOf(portTo(later.port))).toEqual(['smtp-451', true, false]);
    const full = await mailServer({
      onData: (stream, _session, callback) => void stream.resume().on('end', () => callback(fault(552))),
    });
    expect(await failureOf(portTo(full.port))).toEqual(['smtp-552', false, false]);
  });

  it('may have arrived where the server falls silent or goes after the last line', async () => {
    const silent = await mailServer({ onData: (stream) => void stream.resume() });
    expect(await failureOf(portTo(silent.port, { timeoutMs: 300 }))).toEqual(['timeout', true, true]);
    const box: Mailbox = await mailServer({ onData: (stream) => void stream.resume().on('end', () => box.drop()) });
    expect(await failureOf(portTo(box.port))).toEqual(['connection-lost', true, true]);
  });

  it('has not arrived where nobody listens, nobody greets, the line is to be sealed and cannot be, or nothing is set up', async () => {
    expect(await failureOf(portTo(await freePort()))).toEqual(['unreachable', true, false]);
    const lines: Socket[] = [];
    const mute = createServer((socket) => void lines.push(socket.on('error', () => undefined)));
    await new Promise<void>((done) => mute.listen(0, '127.0.0.1', done));
    expect(await failureOf(portTo((mute.address() as AddressInfo).port, { timeoutMs: 200 }))).toEqual(['timeout', true, false]);
    for (const line of lines) line.destroy();
    await new Promise((done) => mute.close(done));
    expect(await failureOf(createMailPort(config({})))).toEqual(['not-set-up', true, false]);
  });
});

describe('the folder of the demo', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sent-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('keeps each message once, for its owner alone', async () => {
    const url = pathToFileURL(join(folder, 'sent')).href;
    const env = config({ SMTP_URL: url, SMS_URL: url }, true);
    const text = { id: '0190-t1', to: '+8613800000001', text: '您好' };
    for (const _try of [1, 2]) {
      expect(await createMailPort(env).send(mail)).toEqual({ providerId: '<0190-m1@bank.example>' });
      expect(await createSmsPort(env).send(text)).toEqual({ providerId: 'file-0190-t1' });
    }
    expect(readdirSync(join(folder, 'sent'))).toEqual(['0190-m1.eml', '0190-t1.json']);
    expect(JSON.parse(readFileSync(join(folder, 'sent', '0190-t1.json'), 'utf8'))).toEqual(text);
    expect(readFileSync(join(folder, 'sent', '0190-m1.eml'), 'utf8')).toContain('Message-ID: <0190-m1@bank.example>');
    expect(statSync(join(folder, 'sent', '0190-t1.json')).mode & 0o777).toBe(0o600);
    await expect(createSmsPort(env).send({ ...text, id: '../x' })).rejects.toThrow('no name of a file');
  });

  it('is for the demo alone, and settings that cannot work are named without their values', () => {
    expect(() => createSmsPort(config({ SMS_URL: 'file:///tmp/hunter2' }))).toThrow('SMS_URL may name a folder only while DEMO is true');
    expect(() => createMailPort(config({ SMTP_URL: 'smtp://u:hunter2@h', MAIL_FROM: 'nobody' }))).toThrow(/MAIL_FROM must be an address/);
    expect(() => createSmsPort(config({ SMS_URL: 'https://gw', SMS_SECRET: 'short' }))).toThrow(/SMS_SECRET must have 32/);
    expect(() => createSmsPort(config({ SMS_URL: 'https://gw', SMS_AUTH_HEADER: 'a b' }))).toThrow(/SMS_AUTH_HEADER/);
    expect(() => createSmsPort(config({ SMS_URL: 'https://gw', SMS_REPLY_GOOD: 'OK' }))).toThrow(/SMS_REPLY_GOOD/);
    expect(() => config({ SMS_URL: 'ftp://gw' })).toThrow(/SMS_URL must be a URL/);
  });
});
