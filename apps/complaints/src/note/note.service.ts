import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Zone } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { Vault } from '#vault';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { maskText, openData } from '../complaint/sealing.ts';
import { DeskService } from '../desk/desk.service.ts';
import { TellingService } from '../notification/telling.service.ts';
import { TimelineService } from '../timeline/timeline.service.ts';
import type { NoteEditRequest, NoteListRequest, NoteRequest, NoteVersionList, NoteView } from './note.dto.ts';
import { NOT_AUTHOR, NOTE_SENT } from './note.refusals.ts';
import { NoteStore, type NoteRecord } from './note.store.ts';

const TEXT = 'complaint_note.text';
const DEFAULT_LIMIT = 50;
const MOST_VISIBLE = 200;

/** What the rooms around lend to this one. */
@Injectable()
export class NoteDesk {
  constructor(
    @Inject(DataSource) readonly database: DataSource,
    @Inject(ReadingService) readonly reading: ReadingService,
    @Inject(TimelineService) readonly timeline: TimelineService,
    @Inject(DeskService) readonly members: DeskService,
    @Inject(TellingService) readonly telling: TellingService,
  ) {}
}

/** What the desk writes of a complaint: for itself, or for the complainant as well. */
@Injectable()
export class NoteService {
  constructor(
    @Inject(NoteDesk) private readonly desk: NoteDesk,
    @Inject(NoteStore) private readonly store: NoteStore,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Refuses with NOT_FOUND, RECUSED also for who is mentioned, IDEMPOTENCY_KEY_REUSED, INVALID. */
  async add(
    principal: Principal,
    complaintId: string,
    request: NoteRequest,
    idempotency: IdempotentRequest | null,
    requestId: string,
  ): Promise<NoteView> {
    const { institutionId, subject: author } = principal;
    const { kind, text } = request;
    const mentions = [...new Set(request.mentions ?? [])];
    if (kind === 'complainant' && mentions.length > 0)
      throw invalid('/mentions', 'are for internal notes: the complainant would read them');
    return inTransaction(this.desk.database, principal, async (tx) => {
      const record = await this.desk.reading.lock(tx, principal, complaintId);
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim) return this.one(tx, principal, record, claim.resource, requestId);
      const at = await this.desk.reading.now(tx);
      await this.checkMentions(tx, record, mentions, at);
      const textSealed = this.vault.seal(text, TEXT);
      const id = await this.store.add(tx, institutionId, { complaintId: record.id, kind, author, at, textSealed, mentions });
      await this.tell(tx, record, mentions, id, at);
      const entryKind = kind === 'internal' ? 'note-added' : 'message-shown';
      await this.desk.timeline.add(tx, institutionId, [
        { complaintId: record.id, at, kind: entryKind, actor: author, data: { noteId: id, mentions } },
      ]);
      await rememberResource(tx, institutionId, idempotency, id);
      return this.one(tx, principal, record, id, requestId);
    });
  }

  /** Keeps what it said before. Refuses with NOT_FOUND, RECUSED, NOT_AUTHOR, NOTE_SENT, IDEMPOTENCY_KEY_REUSED, INVALID. */
  async edit(
    principal: Principal,
    id: string,
    request: NoteEditRequest,
    idempotency: IdempotentRequest | null,
    requestId: string,
  ): Promise<NoteView> {
    const { institutionId, subject } = principal;
    return inTransaction(this.desk.database, principal, async (tx) => {
      const { complaintId } = await this.found(tx, principal, id);
      const record = await this.desk.reading.lock(tx, principal, complaintId);
      const claim = await claimKey(tx, institutionId, idempotency);
      if (!claim) {
        const note = await this.found(tx, principal, id);
        if (note.kind === 'complainant') throw new Refusal(NOTE_SENT);
        if (note.author !== subject) throw new Refusal(NOT_AUTHOR, { detail: `${note.author} wrote it.` });
        const at = await this.desk.reading.now(tx);
        const mentions = [...new Set(request.mentions ?? note.mentions)];
        const fresh = mentions.filter((mention) => !note.mentions.includes(mention));
        await this.checkMentions(tx, record, fresh, at);
        await this.store.edit(tx, institutionId, id, { textSealed: this.vault.seal(request.text, TEXT), mentions, at });
        await this.tell(tx, record, fresh, id, at);
        await rememberResource(tx, institutionId, idempotency, id);
      }
      return this.one(tx, principal, record, id, requestId);
    });
  }

  /** The newest first. Refuses with NOT_FOUND, RECUSED: what is noted of somebody is not for him to read; INVALID for a cursor that is not ours. */
  async list(principal: Principal, complaintId: string, request: NoteListRequest, requestId: string): Promise<Page<NoteView>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const before = decodeCursor(request.cursor, isUuid);
    return inTransaction(this.desk.database, principal, async (tx) => {
      const record = await this.readable(tx, principal, complaintId);
      const records = await this.store.list(tx, record.id, { kind: request.kind ?? null, before, limit });
      const page = toPage(
        records,
        limit,
        ({ id }) => id,
        (note) => note,
      );
      return { items: await this.show(tx, principal, record, page.items, requestId), nextCursor: page.nextCursor };
    });
  }

  /** What a note said, the newest first. Refuses with NOT_FOUND, RECUSED. */
  async versions(principal: Principal, id: string, requestId: string): Promise<NoteVersionList> {
    return inTransaction(this.desk.database, principal, async (tx) => {
      const { complaintId } = await this.found(tx, principal, id);
      const record = await this.readable(tx, principal, complaintId);
      const open = await this.opener(tx, principal, record, requestId);
      const zone = Zone.of(record.timeZone);
      const versions = await this.store.versions(tx, id);
      return {
        items: versions.map(({ version, by, at, textSealed }) => ({ version, by, at: zone.format(at.getTime()), text: open(textSealed) })),
      };
    });
  }

  /** What the complainant may read on the public page, the oldest first. */
  async visibleToComplainant(tx: Tx, complaintId: string): Promise<{ readonly at: Date; readonly text: string }[]> {
    const records = await this.store.list(tx, complaintId, { kind: 'complainant', before: null, limit: MOST_VISIBLE });
    return records.toReversed().map(({ at, textSealed }) => ({ at, text: this.vault.open(textSealed, TEXT) }));
  }

  private async readable(tx: Tx, principal: Principal, complaintId: string): Promise<ComplaintRecord> {
    const record = await this.desk.reading.find(tx, principal, complaintId);
    await this.desk.reading.refuseRecused(tx, principal.subject, record, '');
    return record;
  }

  private async found(tx: Tx, { institutionId }: Principal, id: string): Promise<NoteRecord> {
    const note = isUuid(id) ? await this.store.find(tx, institutionId, id) : null;
    if (note === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such note.' });
    return note;
  }

  private async checkMentions(tx: Tx, record: ComplaintRecord, mentions: readonly string[], now: Date): Promise<void> {
    if (mentions.length === 0) return;
    const members = await this.desk.members.members(tx, record.institutionId, now);
    for (const mention of mentions) {
      const member = members.find(({ subject }) => subject === mention);
      if (!member || member.agencyId !== null) throw invalid('/mentions', `${mention} is nobody of the bank's desk`);
      await this.desk.reading.refuseRecused(tx, mention, record, '/mentions');
    }
  }

  private async tell(
    tx: Tx,
    { id: complaintId, institutionId, dueOn }: ComplaintRecord,
    mentions: readonly string[],
    noteId: string,
    at: Date,
  ): Promise<void> {
    await this.desk.telling.tell(
      tx,
      institutionId,
      mentions.map((recipient) => ({ complaintId, kind: 'note-mention', recipient, role: null, dueOn, data: { noteId } })),
      at,
    );
  }

  private async one(tx: Tx, principal: Principal, record: ComplaintRecord, id: string, requestId: string): Promise<NoteView> {
    const [view] = await this.show(tx, principal, record, [await this.found(tx, principal, id)], requestId);
    if (!view) throw new Error('the note is gone');
    return view;
  }

  /** Opens texts as the role may read them, and notes that it did. */
  private async opener(tx: Tx, principal: Principal, record: ComplaintRecord, requestId: string): Promise<(sealed: Buffer) => string> {
    const reading = this.desk.reading.readingOf(principal, await this.desk.reading.now(tx));
    await this.desk.reading.noteRead(tx, principal, reading, [record.id], ['notes'], requestId);
    const known = reading.masked ? openData(this.vault, record) : null;
    return (sealed) => {
      const text = this.vault.open(sealed, TEXT);
      return known === null ? text : maskText(text, known);
    };
  }

  private async show(
    tx: Tx,
    principal: Principal,
    record: ComplaintRecord,
    notes: readonly NoteRecord[],
    requestId: string,
  ): Promise<NoteView[]> {
    if (notes.length === 0) return [];
    const open = await this.opener(tx, principal, record, requestId);
    const { masked } = this.desk.reading.readingOf(principal, record.registeredAt);
    const authors = notes.map(({ author }) => author);
    const names = masked ? new Map<string, string>() : await this.desk.members.names(tx, record.institutionId, authors);
    const zone = Zone.of(record.timeZone);
    return notes.map(({ id, kind, author, at, version, editedAt, textSealed, mentions }) => ({
      id,
      kind,
      author,
      authorName: names.get(author) ?? '',
      at: zone.format(at.getTime()),
      version,
      editedAt: editedAt && zone.format(editedAt.getTime()),
      text: open(textSealed),
      mentions,
    }));
  }
}

const invalid = (pointer: string, detail: string): Refusal => new Refusal(INVALID, { errors: [{ pointer, detail }] });
