import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTransport } from 'nodemailer';
import type { MailMessage, MailPort, Sent, SmsPort, TextMessage } from './port.ts';
import { composed } from './smtp-mail.ts';

const SAFE_NAME = /^[A-Za-z0-9_-]{1,100}$/;

/** Whole or not at all; the same message again is the same file. */
async function put(folder: string, id: string, extension: string, bytes: string | Buffer): Promise<void> {
  if (!SAFE_NAME.test(id)) throw new Error('the id of a message is no name of a file');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `.${randomUUID()}`);
  await writeFile(draft, bytes, { mode: 0o600 });
  await rename(draft, join(folder, `${id}.${extension}`));
}

/** For the demo: text messages are JSON files in a folder. */
export class FolderSms implements SmsPort {
  constructor(private readonly url: string) {}

  async send({ id, to, text }: TextMessage): Promise<Sent> {
    await put(fileURLToPath(this.url), id, 'json', `${JSON.stringify({ id, to, text }, null, 2)}\n`);
    return { providerId: `file-${id}` };
  }
}

/** For the demo: mail is .eml files in a folder. */
export class FolderMail implements MailPort {
  constructor(
    private readonly url: string,
    private readonly from: string,
  ) {}

  async send(message: MailMessage): Promise<Sent> {
    const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
    const mail = composed(this.from, message);
    const info = (await transport.sendMail(mail)) as { message: Buffer };
    await put(fileURLToPath(this.url), message.id, 'eml', info.message);
    return { providerId: mail.messageId };
  }
}
