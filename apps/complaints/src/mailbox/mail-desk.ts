import { Inject, Injectable } from '@nestjs/common';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import { AdditionService, type BroughtFile } from '../addition/addition.service.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { RegistrationService } from '../complaint/registration.service.ts';
import { DispatchService } from '../dispatch/dispatch.service.ts';
import { acknowledgementOf } from './acknowledgement.ts';
import type { MailContent } from './mail-content.ts';
import { MailboxStore, type MailRecord } from './mailbox.store.ts';

const PARSED = 'mail.parsed';
const SENDER = 'mail.sender';
const DAY_MS = 86_400_000;
// A machine that answers every answer is not fed.
const MOST_ANSWERS_A_DAY = 5;
const LONGEST_NARRATIVE = 20_000;
const NO_SUBJECT = '（邮件无主题）';
const NO_TEXT = '（邮件没有正文，见附件）';
const CUT = '\n……（全文见原始邮件）';

/** What a complaint of a mail says, where a person has not said it otherwise. */
export interface MailComplaint {
  readonly name: string;
  readonly contact: string;
  readonly subject: string;
  readonly narrative: string;
  readonly category: string | null;
}

/** What a mail says by itself. */
export function complaintIn({ from, subject, text }: MailContent): MailComplaint {
  const whole = text === '' ? NO_TEXT : text;
  const narrative = whole.length <= LONGEST_NARRATIVE ? whole : `${whole.slice(0, LONGEST_NARRATIVE - CUT.length).toWellFormed()}${CUT}`;
  const address = from?.address ?? '';
  return {
    name: from?.name || address,
    contact: address,
    subject: subject.slice(0, 200).toWellFormed() || NO_SUBJECT,
    narrative,
    category: null,
  };
}

/** What is done with mails, by the worker and by people, in their transactions. */
@Injectable()
export class MailDesk {
  constructor(
    @Inject(MailboxStore) private readonly store: MailboxStore,
    @Inject(RegistrationService) private readonly registrations: RegistrationService,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(AdditionService) private readonly additions: AdditionService,
    @Inject(DispatchService) private readonly dispatches: DispatchService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  seal(content: MailContent): Buffer {
    return this.vault.seal(JSON.stringify(content), PARSED);
  }

  open({ parsedSealed }: Pick<MailRecord, 'parsedSealed'>): MailContent | null {
    return parsedSealed && (JSON.parse(this.vault.open(parsedSealed, PARSED)) as MailContent);
  }

  senderIndex({ from }: MailContent): Buffer | null {
    return from && this.vault.index(from.address, SENDER);
  }

  /** Whether the complaint is known to be of who sent the mail. */
  async isSenderOf(tx: Tx, complaintId: string, content: MailContent): Promise<boolean> {
    const index = this.senderIndex(content);
    if (index === null || content.from === null) return false;
    return this.store.isSenderOf(tx, complaintId, index, [this.vault.index(content.from.address, 'complaint.contact')]);
  }

  /** Registers the complaint, received when the mail was. Returns its id. */
  async register(
    tx: Tx,
    mail: MailRecord,
    complaint: MailComplaint,
    { by, byHandler, files }: { readonly by: string; readonly byHandler: boolean; readonly files: readonly BroughtFile[] },
    now: Date,
  ): Promise<string> {
    const { institutionId, receivedAt } = mail;
    const { name, contact, subject, narrative, category } = complaint;
    const personal = { name, idNumber: null, contact, proxy: null, subject, narrative, requests: [] };
    const [result] = await this.registrations.register(
      tx,
      institutionId,
      [
        {
          externalRef: null,
          channel: 'email',
          category,
          account: null,
          agencyId: null,
          collectorId: null,
          staffId: null,
          groupSize: 1,
          personal,
          contentHash: this.vault.index(JSON.stringify([personal, mail.id]), 'content'),
          receivedAt,
          registeredAt: now,
          timeZone: DEFAULT_TIME_ZONE,
          source: 'api',
          registeredBy: by,
          registeredByHandler: byHandler,
          handler: null,
          events: [],
        },
      ],
      now,
    );
    if (result?.kind !== 'registered') throw new Error('the complaint of a mail was not registered');
    await this.additions.keep(tx, { id: result.id, institutionId }, files, true, now);
    return result.id;
  }

  /** Adds the mail to a complaint that is locked. Returns whether it is known to come from the complainant. */
  async join(
    tx: Tx,
    mail: MailRecord,
    record: ComplaintRecord,
    { content, files }: { readonly content: MailContent | null; readonly files: readonly BroughtFile[] },
    now: Date,
  ): Promise<boolean> {
    const senderKnown = content !== null && (await this.isSenderOf(tx, record.id, content));
    const text = content === null ? '' : [content.subject, content.text].filter((part) => part !== '').join('\n\n');
    await this.additions.add(tx, record, { via: 'email', senderKnown, ref: mail.id, text, files }, now);
    return senderKnown;
  }

  /** Answers the sender that the mail is there, where that may be answered. Returns the id of the message. */
  async acknowledge(
    tx: Tx,
    mail: MailRecord,
    content: MailContent,
    complaintId: string,
    isNew: boolean,
    now: Date,
  ): Promise<string | null> {
    const { institutionId } = mail;
    const index = this.senderIndex(content);
    if (index === null || content.from === null || !content.mayAnswer) return null;
    const answered = await this.store.answered(tx, institutionId, index, new Date(now.getTime() - DAY_MS));
    if (answered >= MOST_ANSWERS_A_DAY) return null;
    const record = await this.reading.find(
      tx,
      { subject: 'system', clientId: null, institutionId, agencyId: null, roles: [] },
      complaintId,
    );
    const receivedAt = Zone.of(record.timeZone).format(mail.receivedAt.getTime()).slice(0, 16).replace('T', ' ');
    const { subject, body } = acknowledgementOf({ number: record.number, dueOn: record.dueOn, receivedAt, isNew });
    const order = { channel: 'email', to: content.from.address, subject, body } as const;
    if (this.dispatches.faultsOf(order, 'zh').length > 0) return null;
    return this.dispatches.queue(tx, { ...order, institutionId, complaintId, purpose: 'mail-receipt', ref: mail.id, by: 'system' }, now);
  }
}
