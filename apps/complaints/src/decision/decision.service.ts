import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import type { Language } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { Vault } from '#vault';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { rejectionText } from '../complaint/rejection-text.ts';
import type { RecordedEvent } from '../clock/event.service.ts';
import { lacksOf, type DecisionContent } from './content.ts';
import { DecisionDesk } from './decision.desk.ts';
import type { DecisionAnswer, DecisionDraftRequest, DecisionList, DecisionView } from './decision.dto.ts';
import { DECISION_INCOMPLETE, DECISION_MADE, DECISION_STATE, DECISION_WAITS } from './decision.refusals.ts';
import { DecisionShow } from './decision.show.ts';
import { DecisionStore, type DecisionRecord } from './decision.store.ts';
import { CONTENT_CONTEXT, openContent } from './decision.view.ts';

/** How a request came. */
export interface DecisionAsked {
  readonly principal: Principal;
  readonly complaintId: string;
  readonly idempotency: IdempotentRequest | null;
  readonly requestId: string;
  readonly language: Language;
}

/** Writes decisions: every save is a version, one of them is submitted, and nobody decides alone what the matrix asks four eyes for. */
@Injectable()
export class DecisionService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(DecisionStore) private readonly store: DecisionStore,
    @Inject(DecisionDesk) private readonly desk: DecisionDesk,
    @Inject(DecisionShow) private readonly show: DecisionShow,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Refuses with NOT_FOUND. */
  async list(principal: Principal, complaintId: string, requestId: string): Promise<DecisionList> {
    return inTransaction(this.database, principal, async (tx) => {
      const complaint = await this.reading.find(tx, principal, complaintId);
      return { items: await this.show.views(tx, principal, complaint, await this.store.list(tx, complaint.id), requestId) };
    });
  }

  /**
   * Saves the next version of the draft. Refuses with NOT_FOUND, RECUSED, DECISION_WAITS, DECISION_MADE, IDEMPOTENCY_KEY_REUSED, and with INVALID for
   * money below zero.
   */
  async draft(asked: DecisionAsked, request: DecisionDraftRequest): Promise<DecisionView> {
    const { principal, complaintId, idempotency, requestId } = asked;
    const { institutionId, subject } = principal;
    if (request.money?.amount.startsWith('-'))
      throw new Refusal(INVALID, { errors: [{ pointer: '/money/amount', detail: 'must not be below zero' }] });
    return inTransaction(this.database, principal, async (tx) => {
      const complaint = await this.reading.lock(tx, principal, complaintId);
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim) return this.show.view(tx, principal, complaint, Number(claim.resource), requestId);
      const now = await this.reading.now(tx);
      await this.makeRoom(tx, complaint, now);
      const version = await this.store.add(tx, {
        institutionId,
        complaintId: complaint.id,
        state: 'draft',
        outcome: request.outcome,
        amount: request.money?.amount ?? null,
        currency: request.money?.currency ?? null,
        severity: request.severity ?? 'ordinary',
        contentSealed: this.vault.seal(JSON.stringify(contentOf(request)), CONTENT_CONTEXT),
        draftedBy: subject,
        draftedAt: now,
        decidedAt: null,
      });
      await this.desk.note(tx, await this.record(tx, complaint, version), 'decision-drafted', subject, now);
      await rememberResource(tx, institutionId, idempotency, String(version));
      return this.show.view(tx, principal, complaint, version, requestId);
    });
  }

  /**
   * Puts the draft before whoever has to approve it, or decides at once where nobody has to. Refuses with NOT_FOUND, RECUSED, DECISION_STATE,
   * DECISION_INCOMPLETE naming what CMP20 19 asks for, IDEMPOTENCY_KEY_REUSED.
   */
  async submit(asked: DecisionAsked, version: string): Promise<DecisionAnswer> {
    return this.step(asked, version, async (tx, complaint, record, now) => {
      if (record.state !== 'draft') throw new Refusal(DECISION_STATE, { detail: `Version ${record.version} is ${record.state}.` });
      const content = openContent(this.vault, record);
      const errors = lacksOf(record.outcome, record.amount !== null && !/^0+(\.0+)?$/.test(record.amount), content);
      if (errors.length > 0) throw new Refusal(DECISION_INCOMPLETE, { errors });
      const { principal } = asked;
      const waits = await this.desk.submit(tx, principal, complaint, record, now);
      return waits ?? this.desk.decide(tx, principal, complaint, record, { content, at: now });
    });
  }

  /** One step of a version by the way of the house, with what came of it. */
  async step(
    { principal, complaintId, idempotency, requestId, language }: DecisionAsked,
    version: string,
    work: (tx: Tx, complaint: ComplaintRecord, record: DecisionRecord, now: Date) => Promise<RecordedEvent | null>,
  ): Promise<DecisionAnswer> {
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const complaint = await this.reading.lock(tx, principal, complaintId);
      const claim = await claimKey(tx, institutionId, idempotency);
      const record = await this.record(tx, complaint, /^[1-9]\d{0,8}$/.test(version) ? Number(version) : 0);
      // What a step came to is read again from what it left.
      let rejected: RecordedEvent['rejected'] = claim ? parsed(claim.resource) : null;
      if (!claim) {
        rejected = (await work(tx, complaint, record, await this.reading.now(tx)))?.rejected ?? null;
        await rememberResource(tx, institutionId, idempotency, JSON.stringify(rejected));
      }
      const decision = await this.show.view(tx, principal, complaint, record.version, requestId);
      const said = rejected && { ...rejected, detail: rejectionText(rejected.code, language) };
      return { accepted: decision.state === 'decided', rejected: said, decision };
    });
  }

  /** What is written makes way for what is new. Refuses with DECISION_WAITS, DECISION_MADE. */
  private async makeRoom(tx: Tx, complaint: ComplaintRecord, now: Date): Promise<void> {
    if (complaint.decidedAt !== null || complaint.closedAt !== null)
      throw new Refusal(DECISION_MADE, { detail: 'A review or new facts begin another one.' });
    const open = (await this.store.list(tx, complaint.id)).find(({ state }) => state === 'draft' || state === 'waiting');
    if (open?.state === 'waiting') throw new Refusal(DECISION_WAITS, { detail: `Version ${open.version} waits; withdraw it first.` });
    if (open) await this.store.settle(tx, open.id, 'superseded', now);
  }

  private async record(tx: Tx, complaint: ComplaintRecord, version: number): Promise<DecisionRecord> {
    const record = await this.store.find(tx, complaint.id, version);
    if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such version of a decision here.' });
    return record;
  }
}

const parsed = (resource: string): RecordedEvent['rejected'] => JSON.parse(resource) as RecordedEvent['rejected'];

const contentOf = (request: DecisionDraftRequest): DecisionContent => ({
  facts: request.facts ?? '',
  basis: (request.basis ?? []).map(({ kind, ref, text }) => ({ kind, ref, text: text || null })),
  reasons: request.reasons ?? '',
  remedyKinds: request.remedyKinds ?? [],
  remedyText: request.remedyText || null,
  remedyBy: request.remedyBy ?? null,
  apology: request.apology ?? false,
  remediesOpen: request.remediesOpen ?? [],
});
