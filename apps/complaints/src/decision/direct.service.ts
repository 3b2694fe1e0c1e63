import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { claimKey, rememberResource } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { INVALID, Refusal } from '#problem';
import { Vault } from '#vault';
import type { ClockEventAnswer, DecisionRequest } from '../clock/event.dto.ts';
import { EventService, type Asked, type RecordedEvent } from '../clock/event.service.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { rejectionText } from '../complaint/rejection-text.ts';
import type { DecisionContent } from './content.ts';
import { DecisionDesk } from './decision.desk.ts';
import { DECISION_WAITS } from './decision.refusals.ts';
import { DecisionStore } from './decision.store.ts';
import { CONTENT_CONTEXT } from './decision.view.ts';

/** The decision as one text, for those who write it elsewhere: recorded at once where the matrix asks nobody, else put before whoever it asks. */
@Injectable()
export class DirectDecisionService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(DecisionStore) private readonly store: DecisionStore,
    @Inject(DecisionDesk) private readonly desk: DecisionDesk,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(EventService) private readonly events: EventService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Refuses with NOT_FOUND, RECUSED, DECISION_WAITS, IDEMPOTENCY_KEY_REUSED, and with INVALID for an instant before the receipt or in the future, or money below zero. */
  async record({ principal, complaintId, idempotency, requestId, language }: Asked, request: DecisionRequest): Promise<ClockEventAnswer> {
    const { institutionId } = principal;
    if (request.amount?.startsWith('-')) throw new Refusal(INVALID, { errors: [{ pointer: '/amount', detail: 'must not be below zero' }] });
    return inTransaction(this.database, principal, async (tx) => {
      const complaint = await this.reading.lock(tx, principal, complaintId);
      const claim = await claimKey(tx, institutionId, idempotency);
      const { eventId, rejected } = claim
        ? (JSON.parse(claim.resource) as Pick<RecordedEvent, 'eventId' | 'rejected'>)
        : await this.write(tx, principal, complaint, request);
      if (!claim) await rememberResource(tx, institutionId, idempotency, JSON.stringify({ eventId, rejected }));
      const said = rejected && { ...rejected, detail: rejectionText(rejected.code, language) };
      const view = await this.reading.view(tx, principal, complaint.id, requestId);
      return { id: eventId, accepted: rejected === null, rejected: said, complaint: view };
    });
  }

  private async write(tx: Tx, principal: Asked['principal'], complaint: ComplaintRecord, request: DecisionRequest): Promise<RecordedEvent> {
    const { outcome, text, at: saidAt = null } = request;
    const now = await this.reading.now(tx);
    const open = (await this.store.list(tx, complaint.id)).find(({ state }) => state === 'draft' || state === 'waiting');
    if (open?.state === 'waiting') throw new Refusal(DECISION_WAITS, { detail: `Version ${open.version} waits; withdraw it first.` });
    // What can no longer be decided is refused by the rules, and nobody is asked to approve it.
    if (complaint.decidedAt !== null || complaint.closedAt !== null)
      return this.events.recordIn(tx, principal, complaint, { at: saidAt, facts: { type: 'decided' }, more: { outcome }, note: { text } });
    if (open) await this.store.settle(tx, open.id, 'superseded', now);
    const content = contentOf(text);
    const version = await this.store.add(tx, {
      institutionId: complaint.institutionId,
      complaintId: complaint.id,
      state: 'draft',
      outcome,
      amount: request.amount ?? null,
      currency: request.amount ? 'CNY' : null,
      severity: request.severity ?? 'ordinary',
      contentSealed: this.vault.seal(JSON.stringify(content), CONTENT_CONTEXT),
      draftedBy: principal.subject,
      draftedAt: now,
      decidedAt: null,
    });
    const record = await this.store.find(tx, complaint.id, version);
    if (record === null) throw new Error('the decision was not stored');
    const waits = await this.desk.submit(tx, principal, complaint, record, now);
    return waits ?? this.desk.decide(tx, principal, complaint, record, { content, at: now, saidAt, text });
  }
}

/** Written elsewhere as one text, which is not taken apart. */
const contentOf = (text: string): DecisionContent => ({
  facts: text,
  basis: [],
  reasons: '',
  remedyKinds: [],
  remedyText: null,
  remedyBy: null,
  apology: false,
  remediesOpen: [],
});
