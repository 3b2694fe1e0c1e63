import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { claimKey, rememberResource } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { Vault } from '#vault';
import { ApprovalService } from '../approval/approval.service.ts';
import type { Asked, RecordedEvent } from '../clock/event.service.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { rejectionText } from '../complaint/rejection-text.ts';
import { TellingDesk } from './telling.desk.ts';
import type { TellingAnswer, TellingView, WaiverRequest } from './telling.dto.ts';
import { ALREADY_TOLD, NOT_DECIDED, OWN_WAIVER, TOO_FEW_TRIES, WAIVER_STATE } from './telling.refusals.ts';
import { isEnough, isNowhere, TellingShow, WAIVER_CONTEXT } from './telling.show.ts';
import { TellingStore, type WaiverRecord } from './telling.store.ts';

export const WAIVER_APPROVAL = 'notice-waiver' as const;

/** The telling is waived where somebody cannot be reached: after so many tries, with a reason, and with four eyes. */
@Injectable()
export class WaiverService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(TellingStore) private readonly store: TellingStore,
    @Inject(TellingDesk) private readonly desk: TellingDesk,
    @Inject(TellingShow) private readonly show: TellingShow,
    @Inject(ApprovalService) private readonly approvals: ApprovalService,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Asks for it. Refuses with NOT_FOUND, RECUSED, NOT_DECIDED, ALREADY_TOLD, TOO_FEW_TRIES (CMP20 21), WAIVER_STATE while one waits, IDEMPOTENCY_KEY_REUSED. */
  async ask(asked: Asked, { reason }: WaiverRequest): Promise<TellingView> {
    const { principal, complaintId, idempotency, requestId } = asked;
    const { institutionId, subject: askedBy } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const complaint = await this.reading.lock(tx, principal, complaintId);
      const claim = await claimKey(tx, institutionId, idempotency);
      if (!claim) {
        const at = await this.reading.now(tx);
        const tries = await this.refuseTooEarly(tx, complaint);
        const row = {
          institutionId,
          complaintId: complaint.id,
          reasonSealed: this.vault.seal(reason, WAIVER_CONTEXT),
          tries,
          askedBy,
          askedAt: at,
        };
        const id = await this.store.addWaiver(tx, row);
        const asking = {
          institutionId,
          kind: WAIVER_APPROVAL,
          ref: id,
          complaintId: complaint.id,
          role: 'complaint-supervisor',
          askedBy,
        } as const;
        await this.approvals.ask(tx, asking, at);
        await this.desk.say(tx, complaint, 'waiver-asked', { by: askedBy, at, data: { tries } });
        await rememberResource(tx, institutionId, idempotency, id);
      }
      return this.show.view(tx, principal, complaint, requestId);
    });
  }

  /**
   * Waives the telling: it counts as told from this instant. Refuses with NOT_FOUND, RECUSED, WAIVER_STATE, OWN_WAIVER, OWN_REQUEST, FORBIDDEN,
   * IDEMPOTENCY_KEY_REUSED. Where the complainant has been told meanwhile it lapses, and the answer says why.
   */
  approve(asked: Asked, id: string): Promise<TellingAnswer> {
    return this.settle(asked, id, 'approved', async (tx, complaint, waiver, at) => {
      const reason = this.vault.open(waiver.reasonSealed, WAIVER_CONTEXT);
      const said = await this.desk.waive(tx, asked.principal, complaint, reason, at);
      await this.store.settleWaiver(tx, waiver.id, said.rejected === null ? 'approved' : 'lapsed', asked.principal.subject, at);
      return said.rejected;
    });
  }

  /** The complainant is looked for on. Refuses as `approve` does. */
  refuse(asked: Asked, id: string): Promise<TellingAnswer> {
    return this.settle(asked, id, 'refused', async (tx, _complaint, waiver, at) => {
      await this.store.settleWaiver(tx, waiver.id, 'refused', asked.principal.subject, at);
      return null;
    });
  }

  private async settle(
    { principal, complaintId, idempotency, requestId, language }: Asked,
    id: string,
    outcome: 'approved' | 'refused',
    work: (tx: Tx, complaint: ComplaintRecord, waiver: WaiverRecord, at: Date) => Promise<RecordedEvent['rejected']>,
  ): Promise<TellingAnswer> {
    const { institutionId, subject: by } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const complaint = await this.reading.lock(tx, principal, complaintId);
      const claim = await claimKey(tx, institutionId, idempotency);
      const waiver = await this.store.waiver(tx, complaint.id, id);
      if (waiver === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such waiver here.' });
      let rejected = claim ? (JSON.parse(claim.resource) as RecordedEvent['rejected']) : null;
      if (!claim) {
        if (waiver.state !== 'waiting') throw new Refusal(WAIVER_STATE, { detail: `It is ${waiver.state}.` });
        if (complaint.handler === by) throw new Refusal(OWN_WAIVER, { detail: `${by} handles the complaint.` });
        const at = await this.reading.now(tx);
        await this.approvals.settle(tx, principal, { institutionId, kind: WAIVER_APPROVAL, ref: id.toLowerCase() }, outcome, at);
        rejected = await work(tx, complaint, waiver, at);
        const kind = outcome === 'refused' ? 'waiver-refused' : 'waiver-approved';
        if (rejected === null) await this.desk.say(tx, complaint, kind, { by, at, data: { tries: waiver.tries } });
        await rememberResource(tx, institutionId, idempotency, JSON.stringify(rejected));
      }
      const said = rejected && { ...rejected, detail: rejectionText(rejected.code, language) };
      const now = await this.reading.find(tx, principal, complaint.id);
      return { accepted: rejected === null, rejected: said, telling: await this.show.view(tx, principal, now, requestId) };
    });
  }

  /** How many tries there were. Refuses with NOT_DECIDED, ALREADY_TOLD, WAIVER_STATE, TOO_FEW_TRIES. */
  private async refuseTooEarly(tx: Tx, complaint: ComplaintRecord): Promise<number> {
    if (complaint.closedAt !== null) throw new Refusal(ALREADY_TOLD, { detail: 'There is nothing left to tell.' });
    if (complaint.decidedAt === null) throw new Refusal(NOT_DECIDED, { detail: 'Only the telling of a decision is waived.' });
    const open = (await this.store.waivers(tx, complaint.id)).find(({ state }) => state === 'waiting');
    if (open) throw new Refusal(WAIVER_STATE, { detail: 'One waits for approval already.' });
    const minimum = await this.show.minimum(tx, complaint.institutionId);
    const tried = this.show.tried(complaint, await this.store.tries(tx, complaint.id), await this.store.notices(tx, complaint.id));
    if (isEnough(tried, minimum) || isNowhere(complaint)) return tried.tries;
    const detail = `tried ${tried.tries} of ${minimum.tries} times, on ${tried.days} of ${minimum.days} days, in ${tried.forms} of ${minimum.forms} forms`;
    throw new Refusal(TOO_FEW_TRIES, { detail: `Go on looking: ${detail}.`, errors: [{ pointer: '', detail, source: 'CMP20 21' }] });
  }
}
