import { Inject, Injectable } from '@nestjs/common';
import { Zone, type Language } from '#contact-rules';
import { claimKey, hashOf, rememberResource } from '#idempotency';
import type { Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { Vault } from '#vault';
import { isUuid } from '#wire';
import { AdditionService, type BroughtFile } from '../addition/addition.service.ts';
import { publicTerms } from '../channels/terms.ts';
import { toCommand } from '../clock/event-command.ts';
import { EventService } from '../clock/event.service.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { openNote } from '../complaint/registration.service.ts';
import { FileService, type OpenedFile } from '../file/file.service.ts';
import { NoteService } from '../note/note.service.ts';
import { GateService, type Opened, type Receipt, type Visitor } from './gate.service.ts';
import { namesOf, strangerKey } from './intake.service.ts';
import type { AdditionRequest, PublicComplaintView, PublicMessageView, PublicState, PublicWithdrawalRequest } from './public.dto.ts';
import { COMPLAINT_OVER } from './public.refusals.ts';
import { PublicStore } from './public.store.ts';
import { words } from './public-words.ts';

const ENTRY_FIELDS = ['public page'];

/** What is shown to complainants, and what they do there. */
@Injectable()
export class StatusRooms {
  constructor(
    @Inject(FileService) readonly files: FileService,
    @Inject(NoteService) readonly notes: NoteService,
    @Inject(AdditionService) readonly additions: AdditionService,
    @Inject(EventService) readonly events: EventService,
    @Inject(ReadingService) readonly reading: ReadingService,
  ) {}
}

/** How a complaint stands, for whoever has its receipt: state, term, what was told and shown, nothing of the bank's own work. */
@Injectable()
export class StatusService {
  constructor(
    @Inject(GateService) private readonly gate: GateService,
    @Inject(PublicStore) private readonly store: PublicStore,
    @Inject(StatusRooms) private readonly rooms: StatusRooms,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Refuses with RECEIPT_UNKNOWN, TOO_MANY. */
  status(visitor: Visitor, receipt: Receipt, language: Language): Promise<PublicComplaintView> {
    return this.gate.open(visitor, receipt, 'read', (tx, opened) => this.view(tx, opened, visitor, language));
  }

  /**
   * Adds what the complainant writes and brings. `taken` is false for what is sent again. Refuses with RECEIPT_UNKNOWN, TOO_MANY, INVALID where there is
   * nothing, COMPLAINT_OVER, TOO_MANY_FILES, IDEMPOTENCY_KEY_REUSED.
   */
  add(
    visitor: Visitor,
    request: AdditionRequest,
    { files, key }: { readonly files: readonly BroughtFile[]; readonly key: string | null },
    language: Language,
  ): Promise<{ readonly view: PublicComplaintView; readonly taken: boolean }> {
    const { institutionId } = visitor;
    const text = request.text?.trim() ?? '';
    const claim = strangerKey(key, hashOf('POST /v1/complaint-status/additions', { request: { ...request }, files: namesOf(files) }));
    return this.gate.open(visitor, request, 'lock', async (tx, opened) => {
      if (text === '' && files.length === 0)
        throw new Refusal(INVALID, { errors: [{ pointer: '/text', detail: 'write something, or bring a file' }] });
      const seen = await claimKey(tx, institutionId, claim);
      if (!seen) {
        refuseOver(opened.record);
        const addition = { via: 'web', senderKnown: true, ref: null, text, files } as const;
        const entry = await this.rooms.additions.add(tx, opened.record, addition, opened.now);
        await rememberResource(tx, institutionId, claim, entry);
      }
      return { view: await this.view(tx, opened, visitor, language), taken: !seen };
    });
  }

  /** CMP20 15: the complainant withdraws; that closes it. Again changes nothing. Refuses with RECEIPT_UNKNOWN, TOO_MANY, INVALID, COMPLAINT_OVER. */
  withdraw(visitor: Visitor, request: PublicWithdrawalRequest, language: Language): Promise<PublicComplaintView> {
    return this.gate.open(visitor, request, 'lock', async (tx, opened) => {
      if (!request.confirmed) throw new Refusal(INVALID, { errors: [{ pointer: '/confirmed', detail: 'must be true to withdraw' }] });
      const { principal, record } = opened;
      if (record.state === 'withdrawn') return this.view(tx, opened, visitor, language);
      refuseOver(record);
      const reason = request.reason?.trim() ? `：${request.reason.trim()}` : '';
      const command = toCommand.withdrawal({ evidence: `投诉人凭回执编号和查询码在公开页面撤回投诉${reason}` });
      const { rejected } = await this.rooms.events.recordIn(tx, principal, record, command);
      if (rejected) throw new Refusal(COMPLAINT_OVER, { detail: `It cannot be withdrawn any more (${rejected.source}).` });
      const after = await this.rooms.reading.find(tx, principal, record.id);
      return this.view(tx, { ...opened, record: after }, visitor, language);
    });
  }

  /** A file that is shown; its bytes are read afterwards. Refuses with RECEIPT_UNKNOWN, TOO_MANY, NOT_FOUND, NOT_SCANNED_YET. */
  file(visitor: Visitor, receipt: Receipt, fileId: string): Promise<OpenedFile> {
    return this.gate.open(visitor, receipt, 'read', async (tx, { record, principal, now }) => {
      const visible = isUuid(fileId) ? await this.rooms.files.visible(tx, [record.id]) : [];
      const found = visible.find(({ id }) => id === fileId);
      if (!found) throw new Refusal(NOT_FOUND, { detail: 'There is no such file.' });
      const reading = { ...this.rooms.reading.readingOf(principal, now), masked: false };
      await this.rooms.reading.noteRead(tx, principal, reading, [record.id], [`file ${found.id}`], visitor.requestId);
      return this.rooms.files.open(found);
    });
  }

  private async view(tx: Tx, { principal, record, now }: Opened, { requestId }: Visitor, language: Language): Promise<PublicComplaintView> {
    const zone = Zone.of(record.timeZone);
    const say = (at: Date): string => zone.format(at.getTime());
    const told = await this.store.told(tx, record.id);
    const state = publicState(record, now);
    const files = await this.rooms.files.visible(tx, [record.id]);
    const reading = { ...this.rooms.reading.readingOf(principal, now), masked: false };
    await this.rooms.reading.noteRead(tx, principal, reading, [record.id], ENTRY_FIELDS, requestId);
    return {
      receiptNumber: record.number,
      state,
      stateText: words[language].state[state],
      receivedAt: say(record.receivedAt),
      dueOn: record.closedAt === null ? record.dueOn : null,
      provisional: record.closedAt === null && record.provisional,
      outcome: record.toldAt === null ? null : await this.store.outcome(tx, record.id),
      closedAt: record.closedAt && say(record.closedAt),
      review: state === 'told' ? reviewTerm(record, say(now).slice(0, 10), language) : null,
      told: told.map(({ at, about, form }) => ({ at: say(at), about, form })),
      messages: await this.messages(tx, record, say),
      files: files.map((file) => ({
        id: file.id,
        fileName: this.rooms.files.nameOf(file),
        bytes: file.bytes,
        at: say(file.uploadedAt),
        ready: file.scanState !== 'waiting',
      })),
      open: record.closedAt === null,
    };
  }

  /** What the bank has written for the complainant to read, and what the complainant added, in their order. */
  private async messages(tx: Tx, record: ComplaintRecord, say: (at: Date) => string): Promise<PublicMessageView[]> {
    const shown = await this.rooms.notes.visibleToComplainant(tx, record.id);
    const added = await this.store.written(tx, record.id);
    const all = [
      ...shown.map(({ at, text }) => ({ at, from: 'bank' as const, text })),
      ...added.map(({ at, noteSealed }) => ({ at, from: 'complainant' as const, text: openNote(this.vault, noteSealed).text ?? '' })),
    ];
    return all.toSorted((a, b) => a.at.getTime() - b.at.getTime()).map(({ at, from, text }) => ({ at: say(at), from, text }));
  }
}

function refuseOver({ closedAt }: ComplaintRecord): void {
  if (closedAt !== null)
    throw new Refusal(COMPLAINT_OVER, { detail: 'Ask for a review of the decision, or file another complaint with what is new.' });
}

const reviewTerm = ({ pack }: ComplaintRecord, on: string, language: Language): string =>
  publicTerms(on, language, [pack])[0]?.terms.find(({ termId }) => termId === 'review-request')?.text ?? '';

/** As it is now, in the words of the complainant. */
function publicState({ state, closedAt, decidedAt, toldAt, handler, dueAt }: ComplaintRecord, now: Date): PublicState {
  if (state === 'withdrawn' || state === 'declined') return state;
  if (toldAt !== null || closedAt !== null) return 'told';
  if (decidedAt !== null) return 'decided';
  if (state === 'paused') return 'paused';
  if (dueAt.getTime() <= now.getTime()) return 'overdue';
  return handler === null ? 'received' : 'in-progress';
}
