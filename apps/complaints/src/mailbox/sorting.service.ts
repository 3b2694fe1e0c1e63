import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { enqueue } from '#outbox';
import { inTransaction, type Tx } from '#pg';
import { COMPLAINANT, type BroughtFile } from '../addition/addition.service.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { STORED_NAME } from '../file/file.service.ts';
import { complaintIn, MailDesk } from './mail-desk.ts';
import { numbersIn, sortMail, type MailContent } from './mail-content.ts';
import { MailReader, type ReadMail } from './mail-reader.ts';
import { MailboxStore, type MailRecord, type WaitReason } from './mailbox.store.ts';
import { MAIL_RECEIVED } from './receiving.service.ts';

// Whoever was killed at it so often was killed by it.
const MOST_TRIES = 5;
const WOKEN = 200;
const SYSTEM = 'system';

/** What becomes of a mail by itself: a complaint, more to one that is there, or something for a person to look at. */
@Injectable()
export class MailSorting {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(MailboxStore) private readonly store: MailboxStore,
    @Inject(MailReader) private readonly reader: MailReader,
    @Inject(MailDesk) private readonly desk: MailDesk,
    @Inject(ReadingService) private readonly reading: ReadingService,
  ) {}

  /** May be carried out at any time, by any number, and after a crash again. */
  async sort(institutionId: string, mailId: string): Promise<void> {
    const taken = await inTransaction(this.database, { institutionId }, (tx) => this.take(tx, institutionId, mailId));
    if (taken === null) return;
    let files: readonly BroughtFile[] = [];
    let isKept = false;
    try {
      const read = await this.reader.read(taken.mail, taken.ours);
      if (read !== null && sortMail(read.content) === 'take') files = await this.reader.keep(institutionId, STORED_NAME, read);
      isKept = await inTransaction(this.database, { institutionId }, (tx) => this.settle(tx, taken.mail, read, files));
    } catch (error) {
      // It was not the mail: another try does not count.
      await inTransaction(this.database, { institutionId }, (tx) => this.store.tried(tx, mailId, taken.mail.tries)).catch(() => undefined);
      throw error;
    } finally {
      if (!isKept) await this.reader.discard(institutionId, files);
    }
  }

  /** Gives mails that nobody has looked at to the relay again. */
  async wakeAbandoned(tx: Tx, staleAfterMs: number): Promise<void> {
    for (const { id, institutionId } of await this.store.abandoned(tx, staleAfterMs, WOKEN))
      await enqueue(tx, institutionId, MAIL_RECEIVED, { institutionId, mailId: id });
  }

  private async take(
    tx: Tx,
    institutionId: string,
    id: string,
  ): Promise<{ readonly mail: MailRecord; readonly ours: readonly string[] } | null> {
    const mail = await this.store.lock(tx, institutionId, id);
    if (mail === null || mail.state !== 'received') return null;
    if (mail.tries >= MOST_TRIES) {
      await this.store.change(tx, id, { state: 'waiting', reason: 'unreadable' });
      return null;
    }
    await this.store.tried(tx, id, mail.tries + 1);
    const ours = await this.store.addresses(tx, institutionId);
    return { mail, ours: ours.map(({ address }) => address) };
  }

  /** True: the files belong to a complaint now. */
  private async settle(tx: Tx, { institutionId, id }: MailRecord, read: ReadMail | null, files: readonly BroughtFile[]): Promise<boolean> {
    const mail = await this.store.lock(tx, institutionId, id);
    if (mail === null || mail.state !== 'received') return false;
    if (read === null) {
      await this.store.change(tx, id, { state: 'waiting', reason: 'unreadable' });
      return false;
    }
    const { content } = read;
    const known = { parsedSealed: this.desk.seal(content), senderIndex: this.desk.senderIndex(content) };
    const kind = sortMail(content);
    const meant = await this.store.complaintOf(tx, institutionId, numbersIn(content.subject), content.answers);
    if (kind !== 'take') return this.wait(tx, mail, { ...known, reason: kind, suggestedId: meant });
    return this.place(tx, mail, { content, files, known, meant });
  }

  private async place(tx: Tx, mail: MailRecord, { content, files, known, meant }: Placed): Promise<boolean> {
    const now = await this.reading.now(tx);
    const { institutionId } = mail;
    const principal = { subject: SYSTEM, clientId: null, institutionId, agencyId: null, roles: [] };
    let complaintId = meant;
    let senderKnown = true;
    if (meant === null)
      complaintId = await this.desk.register(tx, mail, complaintIn(content), { by: COMPLAINANT, byHandler: false, files }, now);
    else {
      const record = await this.reading.lockAsParty(tx, principal, meant);
      // What is over is for a person to look at: new facts, a review, or nothing.
      if (record.closedAt !== null) return this.wait(tx, mail, { ...known, reason: 'closed', suggestedId: meant });
      senderKnown = await this.desk.join(tx, mail, record, { content, files }, now);
    }
    if (complaintId === null) throw new Error('a mail went nowhere');
    const acknowledgement = await this.desk.acknowledge(tx, mail, content, complaintId, meant === null, now);
    await this.store.change(tx, mail.id, {
      ...known,
      state: meant === null ? 'complaint' : 'joined',
      complaintId,
      senderKnown,
      settledBy: SYSTEM,
      settledAt: now,
      acknowledgement,
    });
    return true;
  }

  private async wait(
    tx: Tx,
    { id }: MailRecord,
    change: { reason: WaitReason; suggestedId: string | null; parsedSealed: Buffer; senderIndex: Buffer | null },
  ): Promise<boolean> {
    await this.store.change(tx, id, { ...change, state: 'waiting' });
    return false;
  }
}

interface Placed {
  readonly content: MailContent;
  readonly files: readonly BroughtFile[];
  readonly known: { readonly parsedSealed: Buffer; readonly senderIndex: Buffer | null };
  /** The complaint that the mail names. */
  readonly meant: string | null;
}
