import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { Vault } from '#vault';
import { decodeCursor, isUuid, toPage } from '#wire';
import type { BroughtFile } from '../addition/addition.service.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { STORED_NAME } from '../file/file.service.ts';
import type { MailContent } from './mail-content.ts';
import { complaintIn, MailDesk, type MailComplaint } from './mail-desk.ts';
import { MailReader } from './mail-reader.ts';
import type { MailComplaintRequest, MailItem, MailList, MailListRequest, MailPage, MailView } from './mailbox.dto.ts';
import { MAIL_SETTLED } from './mailbox.refusals.ts';
import { MailboxStore, MAIL_STATES, type MailChange, type MailRecord, type MailState } from './mailbox.store.ts';

const DISMISSAL = 'mail.dismissal';
const DEFAULT_LIMIT = 50;
const zone = Zone.of(DEFAULT_TIME_ZONE);
const say = (at: Date): string => zone.format(at.getTime());

const STATES: Readonly<Record<MailList, readonly MailState[]>> = {
  waiting: ['waiting', 'received'],
  settled: ['complaint', 'joined', 'dismissed'],
  all: MAIL_STATES,
};

/** How a request about a mail came. */
export interface MailAct {
  readonly principal: Principal;
  readonly id: string;
  readonly idempotency: IdempotentRequest | null;
  readonly requestId: string;
}

interface Settling {
  readonly tx: Tx;
  readonly mail: MailRecord;
  readonly content: MailContent | null;
  readonly files: readonly BroughtFile[];
  readonly now: Date;
}

/** Mails as the people of the desk see and settle them. */
@Injectable()
export class MailboxService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(MailboxStore) private readonly store: MailboxStore,
    @Inject(MailReader) private readonly reader: MailReader,
    @Inject(MailDesk) private readonly desk: MailDesk,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** The newest first. Refuses with NOT_FOUND, INVALID for a cursor that is not ours. */
  async list(principal: Principal, request: MailListRequest, requestId: string): Promise<MailPage> {
    const { limit = DEFAULT_LIMIT, complaintId = null } = request;
    const { institutionId } = principal;
    const before = decodeCursor(request.cursor, isUuid);
    const states = STATES[request.which ?? (complaintId === null ? 'waiting' : 'all')];
    return this.within(principal, async (tx) => {
      if (complaintId !== null) await this.reading.find(tx, principal, complaintId);
      const records = await this.store.list(tx, { institutionId, states, complaintId, before, limit });
      const page = toPage(
        records,
        limit,
        ({ id }) => id,
        (record) => toItem(record, this.desk.open(record)),
      );
      await this.noteRead(
        tx,
        principal,
        page.items.map(({ id }) => id),
        ['mail'],
        requestId,
      );
      return { ...page, waiting: await this.store.countWaiting(tx, institutionId) };
    });
  }

  /** Refuses with NOT_FOUND. */
  async find(principal: Principal, id: string, requestId: string): Promise<MailView> {
    return this.within(principal, async (tx) => this.view(tx, principal, await this.record(tx, principal, id), requestId));
  }

  /** The mail as it came, to be read outside the transaction. Refuses with NOT_FOUND. */
  async original(
    principal: Principal,
    id: string,
    requestId: string,
  ): Promise<{ readonly bytes: number; open(): AsyncIterable<Uint8Array> }> {
    return this.within(principal, async (tx) => {
      const record = await this.record(tx, principal, id);
      await this.noteRead(tx, principal, [record.id], ['mail original'], requestId);
      return { bytes: record.bytes, open: () => this.reader.source(record) };
    });
  }

  /** Makes a complaint of it, received when the mail was. Refuses with NOT_FOUND, MAIL_SETTLED, INVALID for what can neither be read nor was said, IDEMPOTENCY_KEY_REUSED. */
  async makeComplaint(act: MailAct, request: MailComplaintRequest): Promise<MailView> {
    const { subject: by, roles } = act.principal;
    return this.settle(act, async ({ tx, mail, content, files, now }) => {
      const complaint = filled(request, content);
      const byHandler = roles.includes('complaint-handler');
      const complaintId = await this.desk.register(tx, mail, complaint, { by, byHandler, files }, now);
      const acknowledgement = content === null ? null : await this.desk.acknowledge(tx, mail, content, complaintId, true, now);
      return { state: 'complaint', complaintId, senderKnown: true, acknowledgement };
    });
  }

  /** Adds it to a complaint, also one that is closed. Refuses with NOT_FOUND, MAIL_SETTLED, RECUSED, INVALID for a number that is none, IDEMPOTENCY_KEY_REUSED. */
  async attach(act: MailAct, complaint: string): Promise<MailView> {
    const { principal } = act;
    return this.settle(act, async ({ tx, mail, content, files, now }) => {
      const wanted = complaint.trim().toUpperCase();
      const id = isUuid(wanted) ? wanted.toLowerCase() : await this.store.complaintOf(tx, principal.institutionId, [wanted], []);
      if (id === null) throw new Refusal(INVALID, { errors: [{ pointer: '/complaint', detail: 'no complaint has this number' }] });
      const record = await this.reading.lock(tx, principal, id);
      const senderKnown = await this.desk.join(tx, mail, record, { content, files }, now);
      return { state: 'joined', complaintId: record.id, senderKnown };
    });
  }

  /** It is no complaint. Refuses with NOT_FOUND, MAIL_SETTLED, IDEMPOTENCY_KEY_REUSED. */
  async dismiss(act: MailAct, reason: string): Promise<MailView> {
    return this.settle(act, async () => ({ state: 'dismissed', dismissalSealed: this.vault.seal(reason, DISMISSAL) }), false);
  }

  private async settle(act: MailAct, work: (at: Settling) => Promise<MailChange>, withFiles = true): Promise<MailView> {
    const { principal, id, idempotency, requestId } = act;
    const { institutionId } = principal;
    const before = await this.within(principal, (tx) => this.record(tx, principal, id));
    const ours = withFiles && isOpen(before) ? await this.within(principal, (tx) => this.store.addresses(tx, institutionId)) : [];
    const read =
      withFiles && isOpen(before)
        ? await this.reader.read(
            before,
            ours.map(({ address }) => address),
          )
        : null;
    const files = read === null ? [] : await this.reader.keep(institutionId, STORED_NAME, read);
    let isKept = false;
    try {
      const view = await this.within(principal, async (tx) => {
        const mail = await this.store.lock(tx, institutionId, before.id);
        if (mail === null) throw notHere();
        const claim = await claimKey(tx, institutionId, idempotency);
        if (!claim) {
          if (!isOpen(mail)) throw new Refusal(MAIL_SETTLED, { detail: `${mail.settledBy ?? ''}: ${mail.state}.` });
          const now = await this.reading.now(tx);
          const change = await work({ tx, mail, content: read?.content ?? this.desk.open(mail), files, now });
          const parsed = mail.parsedSealed === null && read !== null ? { parsedSealed: this.desk.seal(read.content) } : {};
          await this.store.change(tx, mail.id, {
            dismissalSealed: null,
            ...parsed,
            ...change,
            settledBy: principal.subject,
            settledAt: now,
          });
          await rememberResource(tx, institutionId, idempotency, mail.id);
          isKept = change.complaintId !== undefined && change.complaintId !== null;
        }
        return this.view(tx, principal, await this.record(tx, principal, mail.id), requestId);
      }).catch((error: unknown) => {
        isKept = false;
        throw error;
      });
      return view;
    } finally {
      if (!isKept) await this.reader.discard(institutionId, files);
    }
  }

  /** Agencies have nothing to do with mail. */
  private within<T>(principal: Principal, work: (tx: Tx) => Promise<T>): Promise<T> {
    if (principal.agencyId !== null) throw notHere();
    return inTransaction(this.database, principal, work);
  }

  private async record(tx: Tx, { institutionId }: Principal, id: string): Promise<MailRecord> {
    const found = isUuid(id) ? await this.store.find(tx, institutionId, id) : null;
    if (found === null) throw notHere();
    return found;
  }

  private async view(tx: Tx, principal: Principal, record: MailRecord, requestId: string): Promise<MailView> {
    const content = this.desk.open(record);
    await this.noteRead(tx, principal, [record.id], ['mail', 'mail text'], requestId);
    return {
      ...toItem(record, content),
      text: content?.text ?? null,
      bytes: record.bytes,
      files: content?.attachments ?? [],
      dismissal: record.dismissalSealed && this.vault.open(record.dismissalSealed, DISMISSAL),
      acknowledged: record.acknowledgement !== null,
    };
  }

  private async noteRead(
    tx: Tx,
    principal: Principal,
    ids: readonly string[],
    fields: readonly string[],
    requestId: string,
  ): Promise<void> {
    const reading = this.reading.readingOf(principal, await this.reading.now(tx));
    await this.reading.noteRead(tx, principal, reading, ids, fields, requestId);
  }
}

const notHere = (): Refusal => new Refusal(NOT_FOUND, { detail: 'There is no such mail here.' });

/** What was said to be no complaint may be one all the same. */
const isOpen = ({ state }: MailRecord): boolean => state === 'waiting' || state === 'dismissed' || state === 'received';

/** Refuses with INVALID for what is missing. */
function filled(request: MailComplaintRequest, content: MailContent | null): MailComplaint {
  const own = content === null ? null : complaintIn(content);
  const name = request.name?.trim() || own?.name || '';
  const contact = request.contact?.trim() || own?.contact || '';
  const subject = request.subject?.trim() || own?.subject || '';
  const narrative = request.narrative?.trim() || own?.narrative || '';
  const missing = Object.entries({ name, contact, subject, narrative }).filter(([, value]) => value === '');
  if (missing.length > 0) {
    const errors = missing.map(([field]) => ({ pointer: `/${field}`, detail: 'is needed: the mail does not say it' }));
    throw new Refusal(INVALID, { errors });
  }
  return { name, contact, subject, narrative, category: request.category || null };
}

const fromOf = (content: MailContent | null): string | null => {
  if (content?.from == null) return null;
  const { name, address } = content.from;
  return name === '' ? address : `${name} <${address}>`;
};

const toItem = (record: MailRecord, content: MailContent | null): MailItem => ({
  id: record.id,
  address: record.address,
  receivedAt: say(record.receivedAt),
  state: record.state,
  reason: record.reason,
  from: fromOf(content),
  subject: content?.subject ?? null,
  attachments: content?.attachments.length ?? 0,
  complaintId: record.complaintId,
  complaintNumber: record.complaintNumber,
  suggestedId: record.suggestedId,
  suggestedNumber: record.suggestedNumber,
  senderKnown: record.senderKnown,
  settledBy: record.settledBy,
  settledAt: record.settledAt && say(record.settledAt),
});
