import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { Zone, type Language } from '#contact-rules';
import type { Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { AfterDesk, happened, localDate, sayIn, sayOrNull, wrong, type At, type Call } from '../aftercare/aftercare.desk.ts';
import { ApprovalService } from '../approval/approval.service.ts';
import { calendarsToWrite } from '../calendar/stored-calendars.ts';
import type { ComplaintRecord, DueColumns } from '../complaint/complaint.record.ts';
import { LedgerService } from '../complaint/ledger.service.ts';
import { rejectionText } from '../complaint/rejection-text.ts';
import { ownFiles } from '../file/own-files.ts';
import { movedReceipt } from './moved-receipt.ts';
import type { ReceiptCorrectionList, ReceiptCorrectionRequest, ReceiptCorrectionView, ReceiptSettlementRequest } from './receipt.dto.ts';
import { CORRECTION_SETTLED, CORRECTION_WAITS, OWN_TERM, RECEIPT_FIXED, RECEIPT_MOVED, RULES_REFUSE_RECEIPT } from './receipt.refusals.ts';
import { ReceiptStore, type CorrectionRecord } from './receipt.store.ts';

export const RECEIPT_APPROVAL = 'receipt-correction';
const APPROVER = 'complaint-supervisor';
const [REASON, NOTE] = ['receipt_correction.reason', 'receipt_correction.note'];
// Of what was received too late to be on time nothing follows by itself: a year is as far back as a desk looks.
const EARLIEST_MS = 366 * 86_400_000;

export type Outcome = 'approved' | 'refused' | 'withdrawn';

/**
 * Day 0 of a complaint is the day on which the bank received it (CMP20 18). Where the instant on record is wrong, one says why and another approves; then all
 * dates follow from the ledger, as if it had been on record so from the beginning.
 */
@Injectable()
export class ReceiptService {
  constructor(
    @Inject(AfterDesk) private readonly desk: AfterDesk,
    @Inject(ReceiptStore) private readonly store: ReceiptStore,
    @Inject(LedgerService) private readonly ledger: LedgerService,
    @Inject(ApprovalService) private readonly approvals: ApprovalService,
  ) {}

  /** Refuses with NOT_FOUND. */
  list(principal: Principal, complaintId: string, call: Call): Promise<ReceiptCorrectionList> {
    return this.desk.look(
      principal,
      async () => complaintId,
      (at) => this.view(at, call.requestId),
    );
  }

  /**
   * Asks for another instant of receipt. Refuses with NOT_FOUND, RECUSED, RECEIPT_FIXED once it was told or is closed, RULES_REFUSE_RECEIPT naming the event and
   * the article, CORRECTION_WAITS, IDEMPOTENCY_KEY_REUSED, and with INVALID for an instant that cannot be.
   */
  ask(principal: Principal, complaintId: string, request: ReceiptCorrectionRequest, call: Call): Promise<ReceiptCorrectionList> {
    return this.desk.change(principal, async () => complaintId, call, {
      work: (at) => this.write(at, request, call.language),
      show: (at) => this.view(at, call.requestId),
    });
  }

  /**
   * Approves or refuses what another asked for, or takes back what one asked for oneself. Refuses with NOT_FOUND, RECUSED, CORRECTION_SETTLED, FORBIDDEN,
   * OWN_REQUEST, OWN_TERM, RECEIPT_FIXED, RECEIPT_MOVED, RULES_REFUSE_RECEIPT where it could not be any more, INVALID, IDEMPOTENCY_KEY_REUSED.
   */
  settle(
    principal: Principal,
    { complaintId, id }: { readonly complaintId: string; readonly id: string },
    outcome: Outcome,
    { note }: ReceiptSettlementRequest,
    call: Call,
  ): Promise<ReceiptCorrectionList> {
    return this.desk.change(principal, async () => complaintId, call, {
      work: async (at) => {
        const correction = (await this.store.list(at.tx, at.record.id)).find((one) => one.id === id.toLowerCase());
        if (!correction) throw new Refusal(NOT_FOUND, { detail: 'The complaint has no such correction.' });
        if (outcome === 'refused' && !note) throw wrong('/note', 'must say why it is refused');
        if (correction.state !== 'asked')
          throw new Refusal(CORRECTION_SETTLED, { detail: `It is ${correction.state}, by ${correction.settledBy ?? ''}.` });
        await this.finish(at, correction, outcome, note ?? null, call.language);
        return correction.id;
      },
      show: (at) => this.view(at, call.requestId),
    });
  }

  private async write(at: At, request: ReceiptCorrectionRequest, language: Language): Promise<string> {
    const { tx, record, principal, now } = at;
    refuseFixed(record);
    const earliest = new Date(record.registeredAt.getTime() - EARLIEST_MS);
    const receivedAt = happened('/receivedAt', request.receivedAt, now, { at: earliest, what: 'the year before it was registered' });
    if (receivedAt > record.registeredAt) throw wrong('/receivedAt', 'is after the complaint was registered: what is entered was received');
    if (receivedAt.getTime() === record.receivedAt.getTime()) throw wrong('/receivedAt', 'is the instant that is on record');
    const forwardedOn = await this.store.forwardedOn(tx, record.id);
    if (forwardedOn !== null && localDate(Zone.of(record.timeZone), receivedAt) < forwardedOn)
      throw wrong('/receivedAt', `is before ${forwardedOn}, when the regulator sent it on`, 'CMP20 33');
    const files = await ownFiles(tx, [record.id], '/files', request.files);
    const due = await this.judge(tx, record, receivedAt, now, language);
    const id = await this.store.add(tx, {
      institutionId: record.institutionId,
      complaintId: record.id,
      receivedBefore: record.receivedAt,
      receivedAt,
      dueOnBefore: record.dueOn,
      dueOnAfter: due.dueOn,
      reasonSealed: this.desk.seal(request.reason, REASON),
      files,
      askedBy: principal.subject,
      askedAt: now,
    });
    if (id === null) throw new Refusal(CORRECTION_WAITS, { detail: 'Approve, refuse or withdraw it first.' });
    const { institutionId } = record;
    const asking = {
      institutionId,
      kind: RECEIPT_APPROVAL,
      ref: id,
      complaintId: record.id,
      role: APPROVER,
      askedBy: principal.subject,
    } as const;
    await this.approvals.ask(tx, { ...asking, note: request.reason }, now);
    await this.desk.note(at, 'receipt-correction-asked', { correctionId: id, ...moves(record, receivedAt, due) });
    return id;
  }

  private async finish(at: At, correction: CorrectionRecord, outcome: Outcome, note: string | null, language: Language): Promise<void> {
    const { tx, record, principal, now } = at;
    const { id, receivedAt } = correction;
    if (outcome === 'approved') refuseOwn(principal, record, correction);
    await this.approvals.settle(tx, principal, { institutionId: record.institutionId, kind: RECEIPT_APPROVAL, ref: id }, outcome, now);
    const noteSealed = note === null ? null : this.desk.seal(note, NOTE);
    const settled = { by: principal.subject, at: now, noteSealed };
    if (outcome !== 'approved') {
      await this.store.settle(tx, id, { ...settled, state: outcome, dueOnAfter: correction.dueOnAfter });
      const kind = outcome === 'refused' ? 'receipt-correction-refused' : 'receipt-correction-withdrawn';
      await this.desk.note(at, kind, { correctionId: id });
      return;
    }
    refuseFixed(record);
    if (record.receivedAt.getTime() !== correction.receivedBefore.getTime())
      throw new Refusal(RECEIPT_MOVED, { detail: 'Ask again from the receipt that is on record.' });
    const due = await this.judge(tx, record, receivedAt, now, language);
    await this.ledger.moveReceipt(tx, record, receivedAt, due, now);
    await this.store.settle(tx, id, { ...settled, state: 'applied', dueOnAfter: due.dueOn });
    await this.desk.note(at, 'receipt-corrected', { correctionId: id, askedBy: correction.askedBy, ...moves(record, receivedAt, due) });
  }

  /** What follows. Refuses with RULES_REFUSE_RECEIPT, INVALID. */
  private async judge(tx: Tx, record: ComplaintRecord, receivedAt: Date, now: Date, language: Language): Promise<DueColumns> {
    const calendars = await calendarsToWrite(tx, record.institutionId, [record.pack]);
    const moved = movedReceipt(record, receivedAt, await this.ledger.events(tx, record.id), now, calendars);
    if (moved === null) throw wrong('/receivedAt', 'gives a due date after the last year that can be written');
    if ('due' in moved) return moved.due;
    const { event, code, source } = moved.refused;
    const detail = `${event.type} ${Zone.of(record.timeZone).format(Date.parse(event.at))}: ${rejectionText(code, language)}`;
    throw new Refusal(RULES_REFUSE_RECEIPT, { detail, errors: [{ pointer: '/receivedAt', detail, source }] });
  }

  private async view(at: At, requestId: string): Promise<ReceiptCorrectionList> {
    const { tx, principal, now } = at;
    const record = await this.desk.reading.find(tx, principal, at.record.id);
    const zone = Zone.of(record.timeZone);
    const reader = this.desk.readerOf(principal, record, now);
    const corrections = await this.store.list(tx, record.id);
    if (corrections.length > 0) await this.desk.noteRead(at, [record.id], ['receipt-correction.reason'], requestId);
    const isApprover = principal.roles.includes(APPROVER);
    const items = corrections.map((one): ReceiptCorrectionView => ({
      id: one.id,
      state: one.state,
      receivedBefore: sayIn(zone, one.receivedBefore),
      receivedAt: sayIn(zone, one.receivedAt),
      dueOnBefore: one.dueOnBefore,
      dueOnAfter: one.dueOnAfter,
      reason: reader.open(one.reasonSealed, REASON),
      files: one.files,
      askedBy: one.askedBy,
      askedAt: sayIn(zone, one.askedAt),
      settledBy: one.settledBy,
      settledAt: sayOrNull(zone, one.settledAt),
      note: reader.open(one.noteSealed, NOTE),
      awaitsMe: one.state === 'asked' && isApprover && one.askedBy !== principal.subject,
    }));
    const mayAsk = isOpen(record) && corrections.every(({ state }) => state !== 'asked');
    return { items, receivedAt: sayIn(zone, record.receivedAt), mayAsk, masked: reader.masked };
  }
}

const isOpen = ({ closedAt, toldAt }: ComplaintRecord): boolean => closedAt === null && toldAt === null;

/** Refuses with RECEIPT_FIXED. */
function refuseFixed(record: ComplaintRecord): void {
  if (isOpen(record)) return;
  const detail =
    record.toldAt === null
      ? 'The complaint is closed.'
      : 'The complaint is decided and the complainant told: how it stood against its term is final.';
  throw new Refusal(RECEIPT_FIXED, { detail, errors: [{ pointer: '', detail, source: 'CMP20 18' }] });
}

/** A later receipt is a longer term, which nobody gives himself. Refuses with OWN_TERM. */
function refuseOwn({ subject }: Principal, record: ComplaintRecord, { receivedAt }: CorrectionRecord): void {
  if (receivedAt <= record.receivedAt || record.handler !== subject) return;
  const detail = `${subject} handles the complaint, whose term would be longer.`;
  throw new Refusal(OWN_TERM, { detail, errors: [{ pointer: '', detail, source: 'CMP20 18' }] });
}

const moves = (record: ComplaintRecord, receivedAt: Date, due: DueColumns): Readonly<Record<string, unknown>> => ({
  receivedBefore: record.receivedAt.toISOString(),
  receivedAfter: receivedAt.toISOString(),
  dueOnBefore: record.dueOn,
  dueOnAfter: due.dueOn,
});
