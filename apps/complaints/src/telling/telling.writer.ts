import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { inTransaction, type Tx } from '#pg';
import { INVALID, Refusal, type FieldError } from '#problem';
import { Vault } from '#vault';
import { isLocalDate } from '#wire';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { openData } from '../complaint/sealing.ts';
import { DecisionLetterService } from '../decision/decision-letter.service.ts';
import { DispatchService, type DispatchRecord } from '../dispatch/dispatch.service.ts';
import { VARIABLES } from '../letter-template/letter-kinds.ts';
import { LetterService, type Letter } from '../letter-template/letter.service.ts';
import type { Proof } from './forms.ts';
import { TellingDesk } from './telling.desk.ts';
import type { TellingRequest } from './telling.dto.ts';
import { LETTER_OPEN, NO_SHORT_FORM } from './telling.refusals.ts';
import { PROOF_CONTEXT } from './telling.show.ts';
import { TellingStore, type NoticeRecord } from './telling.store.ts';

/** Topic of the outbox: how a notice that was sent goes. */
export const TELLING_MOVED = 'telling.moved';

type Sent = TellingRequest & { readonly form: 'sms' | 'email' };

const WRITERS: ReadonlyMap<string, 'text' | 'date'> = new Map(
  VARIABLES.filter(({ source }) => source === 'writer').map(({ name, type }) => [name, type]),
);

/** Notices by text and mail: written from the template that is in use, and counted once they were sent. */
@Injectable()
export class TellingWriter {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(TellingStore) private readonly store: TellingStore,
    @Inject(TellingDesk) private readonly desk: TellingDesk,
    @Inject(DispatchService) private readonly dispatches: DispatchService,
    @Inject(LetterService) private readonly letters: LetterService,
    @Inject(DecisionLetterService) private readonly decisions: DecisionLetterService,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  async send(tx: Tx, principal: Principal, complaint: ComplaintRecord, request: Sent, now: Date): Promise<void> {
    const { about, form } = request;
    const { institutionId, id: complaintId } = complaint;
    const made = await this.decisions.made(tx, complaintId);
    const language = request.language ?? 'zh';
    const values = { ...(made === null ? {} : this.decisions.valuesOf(made, language)), ...givenOf(request) };
    const letter = await this.letters.compose(tx, complaint, { kind: about, language, values, now });
    const body = bodyOf(letter, form);
    if (letter.missing.length > 0) {
      const errors = letter.missing.map((name) => ({ pointer: `/values/${name}`, detail: 'the template names it; give it' }));
      throw new Refusal(LETTER_OPEN, { errors });
    }
    const { contact, proxy } = openData(this.vault, complaint);
    const to = request.to || (request.recipient === 'representative' ? proxy?.contact : contact) || contact || '';
    const { subject: by } = principal;
    const dispatch = await this.dispatches.queue(
      tx,
      {
        institutionId,
        complaintId,
        channel: form,
        to,
        subject: letter.title,
        body,
        purpose: `${about}-notice`,
        ref: null,
        topic: TELLING_MOVED,
        by,
      },
      now,
    );
    await this.store.add(tx, {
      institutionId,
      complaintId,
      about,
      form,
      state: 'sending',
      decision: about === 'decision' ? (made?.id ?? null) : null,
      dispatch,
      toldAt: null,
      proofSealed: this.vault.seal(JSON.stringify({ ...NO_PAPER, to }), PROOF_CONTEXT),
      recordedBy: by,
      recordedAt: now,
      counted: false,
    });
  }

  /** Takes down how a notice goes; may be carried out at any time, by any number. */
  async moved(institutionId: string, dispatchId: string): Promise<void> {
    await inTransaction(this.database, { institutionId }, async (tx) => {
      const known = await this.store.ofDispatch(tx, institutionId, dispatchId);
      if (known === null) return;
      const clerk = { subject: known.recordedBy, clientId: null, institutionId, agencyId: null, roles: [] };
      const complaint = await this.reading.lockAsParty(tx, clerk, known.complaintId);
      const [notice, dispatch] = [
        await this.store.ofDispatch(tx, institutionId, dispatchId),
        (await this.dispatches.of(tx, institutionId, [dispatchId])).get(dispatchId),
      ];
      if (notice === null || dispatch === undefined) return;
      const now = await this.reading.now(tx);
      if (dispatch.state === 'sent' || dispatch.state === 'delivered') await this.wasSent(tx, complaint, notice, dispatch, now);
      if (dispatch.state === 'failed' || dispatch.state === 'given-up') await this.hasFailed(tx, complaint, notice, dispatch, now);
    });
  }

  private async wasSent(tx: Tx, complaint: ComplaintRecord, notice: NoticeRecord, dispatch: DispatchRecord, now: Date): Promise<void> {
    if (notice.state === 'told' || dispatch.sentAt === null) return;
    if (notice.toldAt !== null) return this.store.change(tx, notice.id, { state: 'told', code: null, failedAt: null });
    const { about, form, recordedBy: by } = notice;
    const { receivedAt } = complaint;
    const at = dispatch.sentAt > now ? now : dispatch.sentAt < receivedAt ? receivedAt : dispatch.sentAt;
    const proof = JSON.parse(this.vault.open(notice.proofSealed, PROOF_CONTEXT)) as Proof;
    const reference = [`dispatch ${dispatch.id}`, ...(dispatch.providerId === null ? [] : [dispatch.providerId])].join(', ');
    const said = await this.desk.note(tx, complaint, { about, form, at, proof: { ...proof, receiptRef: reference }, by }, now);
    const [counted, rejected] = [said !== null && said.rejected === null, said?.rejected?.code ?? null];
    await this.store.change(tx, notice.id, { state: 'told', toldAt: at, code: null, failedAt: null, counted, rejected });
  }

  private async hasFailed(tx: Tx, complaint: ComplaintRecord, notice: NoticeRecord, dispatch: DispatchRecord, now: Date): Promise<void> {
    if (notice.state === 'failed') return;
    const { code, state, settledAt } = dispatch;
    const why = code ?? state;
    await this.store.change(tx, notice.id, { state: 'failed', code: why, failedAt: settledAt ?? now });
    const { about, form, recordedBy: by } = notice;
    await this.desk.say(tx, complaint, 'notice-failed', { by, at: now, data: { about, form, code: why, wasTold: notice.toldAt !== null } });
  }
}

const NO_PAPER: Proof = {
  fileIds: [],
  receivedBy: null,
  receiptRef: null,
  trackingNo: null,
  recordingRef: null,
  spokeWith: null,
  readBack: null,
  to: null,
};

/** Refuses with NO_SHORT_FORM. */
function bodyOf({ kind, sms, paragraphs }: Letter, form: 'sms' | 'email'): string {
  if (form === 'email') return paragraphs.join('\n\n');
  if (sms === null)
    throw new Refusal(NO_SHORT_FORM, {
      detail: `The template for ${kind} has no short form; make a version with one, or take another form.`,
    });
  return sms;
}

/** What the writer gives. Refuses with INVALID for what is not his to give. */
function givenOf({ values = {} }: Sent): Record<string, string> {
  const errors: FieldError[] = [];
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    const type = WRITERS.get(name);
    const pointer = `/values/${name.slice(0, 64)}`;
    if (type === undefined) errors.push({ pointer, detail: `is not the writer’s to give; known are ${[...WRITERS.keys()].join(', ')}` });
    else if (type === 'date' && !isLocalDate(value)) errors.push({ pointer, detail: 'must be a date of the calendar, such as 2026-11-21' });
    else if (typeof value !== 'string' || value.trim() === '' || value.length > 500)
      errors.push({ pointer, detail: 'must be text of at most 500 characters' });
    else given[name] = value;
  }
  if (errors.length > 0) throw new Refusal(INVALID, { errors });
  return given;
}
