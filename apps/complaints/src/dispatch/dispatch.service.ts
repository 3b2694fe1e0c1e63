import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { BAN_SOURCES, nameOfBan, screenText, type Language } from '#contact-rules';
import { enqueue } from '#outbox';
import { inTransaction, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal, type FieldError } from '#problem';
import { Vault } from '#vault';
import { decodeCursor, isUuid, toPage, type Page, type PageRequest } from '#wire';
import { ReadingService } from '../complaint/reading.service.ts';
import type { DispatchDetail, DispatchView } from './dispatch.dto.ts';
import { CONTENT_REFUSED } from './dispatch.refusals.ts';
import { DISPATCH_DUE, type DispatchChannel } from './dispatch.states.ts';
import { DispatchStore, type DispatchRecord } from './dispatch.store.ts';
import { DispatchTrail } from './dispatch.trail.ts';
import { BODY_CONTEXT, SUBJECT_CONTEXT, toDispatchDetail, toDispatchView, TO_CONTEXT } from './dispatch.view.ts';

export type { DispatchRecord };

/** A message that a room wants sent. */
export interface DispatchOrder {
  readonly institutionId: string;
  /** Null: of nothing that is registered. */
  readonly complaintId: string | null;
  readonly channel: DispatchChannel;
  /** E.164, or an address. */
  readonly to: string;
  /** Of a mail; a text message has none. */
  readonly subject?: string;
  readonly body: string;
  /** What it is for, a word such as decision-notice, and the row of the asking room that it belongs to. */
  readonly purpose: string;
  readonly ref: string | null;
  /** Topic of the outbox (a `prompt` of the asking room) that is woken with `{ dispatchId }` whenever the message was sent, arrived or failed. */
  readonly topic?: string | null;
  /** Subject of who asks. */
  readonly by: string;
}

const DEFAULT_LIMIT = 50;
// Whoever queued it has it sent at once; later than this the clockwork asks.
const ASK_AGAIN_MS = 30_000;
const PHONE = /^\+[1-9]\d{6,14}$/;
const MAIL = /^[^\s@,;:<>()"]+@[^\s@,;:<>()"]+\.[^\s@,;:<>()"]+$/;
const LONGEST = { sms: 1000, email: 20_000 } as const;

/** Texts and mails of the desk: what was asked for stands, and leaves as soon as somebody takes it. */
@Injectable()
export class DispatchService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(DispatchStore) private readonly store: DispatchStore,
    @Inject(DispatchTrail) private readonly trail: DispatchTrail,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /**
   * The message stands once the caller commits; returns its id. Night does not hold it back: it is an answer to who asked, no contact on a debt.
   * Refuses with INVALID for an address that is none, CONTENT_REFUSED for what no message of a bank may say (HLJ 21-22), naming the words.
   */
  async queue(tx: Tx, order: DispatchOrder, now: Date): Promise<string> {
    const errors = this.faultsOf(order, 'zh');
    const content = errors.filter(({ source }) => source !== undefined);
    if (content.length > 0) throw new Refusal(CONTENT_REFUSED, { errors: content });
    if (errors.length > 0) throw new Refusal(INVALID, { errors });
    const { institutionId, complaintId, channel, purpose, ref, topic = null, by } = order;
    const id = await this.store.add(tx, {
      institutionId,
      complaintId,
      channel,
      purpose,
      ref,
      topic,
      toSealed: this.vault.seal(order.to, TO_CONTEXT),
      subjectSealed: this.vault.seal(order.subject ?? '', SUBJECT_CONTEXT),
      bodySealed: this.vault.seal(order.body, BODY_CONTEXT),
      askedBy: by,
      askedAt: now,
      wakeAt: new Date(now.getTime() + ASK_AGAIN_MS),
    });
    await this.trail.note(tx, { id, institutionId, complaintId, channel, purpose, topic }, 'queued', now, by);
    await enqueue(tx, institutionId, DISPATCH_DUE, { dispatchId: id });
    return id;
  }

  /** What speaks against a message, field by field; empty: nothing. What the content speaks against has its article. */
  faultsOf(
    { channel, to, subject = '', body }: Pick<DispatchOrder, 'channel' | 'to' | 'subject' | 'body'>,
    language: Language,
  ): FieldError[] {
    const known = channel === 'sms' ? PHONE.test(to) : MAIL.test(to);
    const wrong = channel === 'sms' ? 'must be a number with its country, such as +8613800000000' : 'must be one address of a mailbox';
    const errors: FieldError[] = known ? [] : [{ pointer: '/to', detail: wrong }];
    if (body.trim() === '') errors.push({ pointer: '/body', detail: 'must not be empty' });
    if (body.length > LONGEST[channel]) errors.push({ pointer: '/body', detail: `must have at most ${LONGEST[channel]} characters` });
    if (channel === 'email' && subject.trim() === '') errors.push({ pointer: '/subject', detail: 'must not be empty' });
    // What the money is in a decision is the desk's own word, and not held against a debt.
    const { bans } = screenText(`${subject}\n${body}`, { byAgency: false, balance: null });
    for (const { ban, words } of bans.filter(({ ban: one }) => one !== 'amount'))
      errors.push({ pointer: '/body', detail: `${nameOfBan(ban, language)}: ${words.join('; ')}`, source: BAN_SOURCES[ban] });
    return errors;
  }

  /** How messages of an institution stand, by id. */
  async of(tx: Tx, institutionId: string, ids: readonly string[]): Promise<Map<string, DispatchRecord>> {
    const records = ids.length === 0 ? [] : await this.store.several(tx, institutionId, ids);
    return new Map(records.map((record) => [record.id, record]));
  }

  /** Refuses with NOT_FOUND for the complaint, INVALID for a cursor that is not ours. */
  async list(principal: Principal, complaintId: string, request: PageRequest, requestId: string): Promise<Page<DispatchView>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const before = decodeCursor(request.cursor, isUuid);
    return inTransaction(this.database, principal, async (tx) => {
      const { id } = await this.reading.find(tx, principal, complaintId);
      const reading = this.reading.readingOf(principal, await this.reading.now(tx));
      const records = await this.store.list(tx, id, before, limit);
      await this.reading.noteRead(tx, principal, reading, records.length > 0 ? [id] : [], ['dispatch.to'], requestId);
      return toPage(
        records,
        limit,
        (record) => record.id,
        (record) => toDispatchView(record, reading),
      );
    });
  }

  /** Refuses with NOT_FOUND. */
  async find(principal: Principal, id: string, requestId: string): Promise<DispatchDetail> {
    return inTransaction(this.database, principal, async (tx) => {
      const record = await this.store.find(tx, principal.institutionId, id);
      if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such message here.' });
      const reading = this.reading.readingOf(principal, await this.reading.now(tx));
      const about = record.complaintId ?? record.id;
      await this.reading.noteRead(tx, principal, reading, [about], ['dispatch.to', 'dispatch.body'], requestId);
      return toDispatchDetail(record, reading);
    });
  }
}
