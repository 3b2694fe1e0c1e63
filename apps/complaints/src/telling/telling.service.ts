import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { claimKey, rememberResource } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { INVALID, Refusal } from '#problem';
import { Vault } from '#vault';
import { isUuid } from '#wire';
import type { Asked } from '../clock/event.service.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { pastInstant } from '../complaint/past-instant.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { rejectionText } from '../complaint/rejection-text.ts';
import { refuseUnproved } from '../intake/representation.ts';
import { lacksProof, type Proof } from './forms.ts';
import { TellingDesk } from './telling.desk.ts';
import type { TellingAnswer, TellingRequest, TellingView, NoticeTryRequest } from './telling.dto.ts';
import { NO_PROOF, NOT_DECIDED } from './telling.refusals.ts';
import { PROOF_CONTEXT, TellingShow, TRY_CONTEXT } from './telling.show.ts';
import { TellingStore } from './telling.store.ts';
import { TellingWriter } from './telling.writer.ts';

type Rejected = { readonly code: string; readonly source: string } | null;

/** Tells the complainant, in the forms of CMP20 21, each with its proof. */
@Injectable()
export class TellingService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(TellingStore) private readonly store: TellingStore,
    @Inject(TellingDesk) private readonly desk: TellingDesk,
    @Inject(TellingShow) private readonly show: TellingShow,
    @Inject(TellingWriter) private readonly writer: TellingWriter,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Refuses with NOT_FOUND. */
  async find(principal: Principal, complaintId: string, requestId: string): Promise<TellingView> {
    return inTransaction(this.database, principal, async (tx) =>
      this.show.view(tx, principal, await this.reading.find(tx, principal, complaintId), requestId),
    );
  }

  /**
   * Records a telling with its proof, or has a text or mail sent, which counts from the instant it was sent. Refuses with NOT_FOUND, RECUSED, NOT_DECIDED,
   * NOT_PROVED and CANNOT_BE_TOLD for who acts for the complainant (CMP20 14), NO_PROOF naming what is missing (CMP20 21), LETTER_OPEN, NO_SHORT_FORM, NO_TEMPLATE, NO_LETTERHEAD, CONTENT_REFUSED, INVALID, IDEMPOTENCY_KEY_REUSED.
   */
  async tell(asked: Asked, request: TellingRequest): Promise<TellingAnswer> {
    const { principal, complaintId, idempotency, requestId, language } = asked;
    return inTransaction(this.database, principal, async (tx) => {
      const complaint = await this.reading.lock(tx, principal, complaintId);
      const claim = await claimKey(tx, principal.institutionId, idempotency);
      const rejected = claim ? (JSON.parse(claim.resource) as Rejected) : await this.write(tx, principal, complaint, request);
      if (!claim) await rememberResource(tx, principal.institutionId, idempotency, JSON.stringify(rejected));
      const said = rejected && { ...rejected, detail: rejectionText(rejected.code, language) };
      const now = await this.reading.find(tx, principal, complaint.id);
      return { accepted: rejected === null, rejected: said, telling: await this.show.view(tx, principal, now, requestId) };
    });
  }

  /** Logs a try to reach somebody who was not there. Refuses with NOT_FOUND, RECUSED, IDEMPOTENCY_KEY_REUSED, and with INVALID for an instant to come or before the receipt. */
  async tried(
    { principal, complaintId, idempotency, requestId }: Asked,
    { form, at: given, result, note }: NoticeTryRequest,
  ): Promise<TellingView> {
    const { institutionId, subject: by } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const complaint = await this.reading.lock(tx, principal, complaintId);
      const claim = await claimKey(tx, institutionId, idempotency);
      if (!claim) {
        const now = await this.reading.now(tx);
        const at = instantOf(given, complaint, now);
        const noteSealed = note ? this.vault.seal(note, TRY_CONTEXT) : null;
        const row = { institutionId, complaintId: complaint.id, form, at, result, noteSealed, recordedBy: by, recordedAt: now };
        const id = await this.store.addTry(tx, row);
        await this.desk.say(tx, complaint, 'notice-tried', { by, at: now, data: { form, result, at: at.toISOString() } });
        await rememberResource(tx, institutionId, idempotency, id);
      }
      return this.show.view(tx, principal, complaint, requestId);
    });
  }

  private async write(tx: Tx, principal: Principal, complaint: ComplaintRecord, request: TellingRequest): Promise<Rejected> {
    const { about, form } = request;
    if (about === 'decision' && complaint.decidedAt === null) throw new Refusal(NOT_DECIDED, { detail: 'Decide first; then tell.' });
    if (about === 'decision') await refuseUnproved(tx, complaint.id, request.recipient ?? 'complainant');
    const now = await this.reading.now(tx);
    if (form === 'sms' || form === 'email') {
      await this.writer.send(tx, principal, complaint, { ...request, form }, now);
      return null;
    }
    const proof = await this.proofOf(tx, complaint, request);
    const errors = lacksProof(form, proof);
    if (errors.length > 0) throw new Refusal(NO_PROOF, { errors });
    const [at, by] = [instantOf(request.at, complaint, now), principal.subject];
    const said = await this.desk.note(tx, complaint, { about, form, at, proof, by }, now);
    if (said?.rejected) return said.rejected;
    await this.store.add(tx, {
      institutionId: complaint.institutionId,
      complaintId: complaint.id,
      about,
      form,
      state: 'told',
      decision: null,
      dispatch: null,
      toldAt: at,
      proofSealed: this.vault.seal(JSON.stringify(proof), PROOF_CONTEXT),
      recordedBy: by,
      recordedAt: now,
      counted: said !== null,
    });
    return null;
  }

  /** Refuses with INVALID for a file that is none of the complaint. */
  private async proofOf(tx: Tx, complaint: ComplaintRecord, request: TellingRequest): Promise<Proof> {
    const fileIds = (request.fileIds ?? []).map((id) => id.toLowerCase());
    const known = await this.store.files(tx, complaint.id, fileIds.filter(isUuid));
    const errors = fileIds.flatMap((id, index) =>
      known.has(id) ? [] : [{ pointer: `/fileIds/${index}`, detail: 'is no file of this complaint' }],
    );
    if (errors.length > 0) throw new Refusal(INVALID, { errors });
    const { receivedBy, receiptRef, trackingNo, recordingRef, spokeWith, readBack } = request;
    return {
      fileIds,
      receivedBy: receivedBy || null,
      receiptRef: receiptRef || null,
      trackingNo: trackingNo || null,
      recordingRef: recordingRef || null,
      spokeWith: spokeWith || null,
      readBack: readBack || null,
      to: null,
    };
  }
}

/** Refuses with INVALID. */
function instantOf(given: string | null | undefined, { receivedAt }: ComplaintRecord, now: Date): Date {
  const at = given ? pastInstant(given, now) : now;
  if (at === null) throw new Refusal(INVALID, { errors: [{ pointer: '/at', detail: 'is in the future' }] });
  if (at < receivedAt) throw new Refusal(INVALID, { errors: [{ pointer: '/at', detail: 'is before the complaint was received' }] });
  return at;
}
