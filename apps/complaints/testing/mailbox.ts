import { createTransport, type SendMailOptions } from 'nodemailer';
import { readConfig } from '#config';
import { createLogger } from '#telemetry';
import { AdditionService } from '../src/addition/addition.service.ts';
import { DispatchService } from '../src/dispatch/dispatch.service.ts';
import { DispatchStore } from '../src/dispatch/dispatch.store.ts';
import { DispatchTrail } from '../src/dispatch/dispatch.trail.ts';
import { MailboxAddressService } from '../src/mailbox/address.service.ts';
import { MailDesk } from '../src/mailbox/mail-desk.ts';
import { MailReader } from '../src/mailbox/mail-reader.ts';
import { MailboxPort } from '../src/mailbox/mailbox-port.ts';
import { MailboxService } from '../src/mailbox/mailbox.service.ts';
import { mailboxSettings, type MailboxConfig } from '../src/mailbox/mailbox.settings.ts';
import { MailboxStore, type MailState } from '../src/mailbox/mailbox.store.ts';
import { ReceivingService } from '../src/mailbox/receiving.service.ts';
import { MailSorting } from '../src/mailbox/sorting.service.ts';
import { NotificationStore } from '../src/notification/notification.store.ts';
import { TellingService } from '../src/notification/telling.service.ts';
import { FileRoom } from './intake.ts';
import { BANK, supervisor, type Stage } from './stage.ts';

export const MAILBOX = 'complaints@bank.example';

export interface MailRow {
  readonly id: string;
  readonly state: MailState;
  readonly reason: string | null;
  readonly complaint: string | null;
  readonly acknowledgement: string | null;
}

/** The mailbox on a stage, with a real port. */
export class MailRoom {
  readonly config: MailboxConfig & { readonly mailFrom: string };
  readonly files: FileRoom;
  readonly additions: AdditionService;
  readonly receiving: ReceivingService;
  readonly sorting: MailSorting;
  readonly mailbox: MailboxService;
  readonly addresses: MailboxAddressService;
  readonly door: MailboxPort;
  port = 0;

  constructor(
    readonly stage: Stage,
    env: Record<string, string> = {},
  ) {
    const { source, reading, vault, timeline, search } = stage;
    const settings = readConfig(mailboxSettings, { MAILBOX_LIMIT_BYTES: String(3 * 1024 * 1024), ...env });
    this.config = { ...settings, mailFrom: 'Bank <service@bank.example>' };
    this.files = new FileRoom(stage);
    this.additions = new AdditionService(timeline, this.files.files, search, new TellingService(new NotificationStore()), vault);
    const store = new MailboxStore();
    const dispatches = new DispatchService(source, new DispatchStore(), new DispatchTrail(timeline), reading, vault);
    const desk = new MailDesk(store, stage.registrations, reading, this.additions, dispatches, vault);
    const reader = new MailReader(this.files.uploads, this.config);
    this.receiving = new ReceivingService(source, store, reading, this.files.uploads, vault, this.config);
    this.sorting = new MailSorting(source, store, reader, desk, reading);
    this.mailbox = new MailboxService(source, store, reader, desk, reading, vault);
    this.addresses = new MailboxAddressService(source, store, reading, this.config);
    this.door = new MailboxPort(this.receiving, this.config, createLogger('mail-room', 'silent'));
  }

  async open(): Promise<this> {
    this.port = await this.door.listen();
    return this;
  }

  /** As a mail server sends it. */
  async send(mail: SendMailOptions, more: Record<string, unknown> = {}): Promise<string> {
    const transport = createTransport({ host: '127.0.0.1', port: this.port, ignoreTLS: true, tls: { rejectUnauthorized: false }, ...more });
    try {
      const sent = (await transport.sendMail({ from: '王小云 <wang@example.test>', to: MAILBOX, ...mail })) as { response: string };
      return sent.response;
    } finally {
      transport.close();
    }
  }

  /** Bytes as they are. */
  raw(
    text: string | Buffer,
    envelope: { from: string; to: string | string[] } = { from: 'wang@example.test', to: MAILBOX },
  ): Promise<string> {
    return this.send({ raw: text, envelope });
  }

  mails(): Promise<MailRow[]> {
    return this.stage.sql('select id, state, reason, complaint, acknowledgement from mail order by id');
  }

  async last(): Promise<MailRow> {
    const row = (await this.mails()).at(-1);
    if (!row) throw new Error('there is no mail');
    return row;
  }

  /** What the worker does with all that came in. */
  async sortAll(): Promise<void> {
    for (const { id, state } of await this.mails()) if (state === 'received') await this.sorting.sort(BANK, id);
  }

  /** Sends, sorts, and says what became of it. */
  async through(mail: SendMailOptions): Promise<MailRow> {
    await this.send(mail);
    await this.sortAll();
    return this.last();
  }

  async throughRaw(text: string | Buffer): Promise<MailRow> {
    await this.raw(text);
    await this.sortAll();
    return this.last();
  }

  async prepare(): Promise<void> {
    await this.addresses.add(supervisor, MAILBOX);
  }
}
