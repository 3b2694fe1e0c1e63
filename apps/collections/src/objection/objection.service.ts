import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { FORBIDDEN, INVALID, NOT_FOUND, Refusal } from '#problem';
import { HoldSettingService } from '../case/hold-setting.service.ts';
import { happened, happenedSince } from '../case/instants.ts';
import { DISPUTED, FACTS, type Call } from './call.ts';
import { ObjectionDesk } from './objection.desk.ts';
import type { ObjectionDecisionRequest, ObjectionRequest, ObjectionTellingRequest, ObjectionView } from './objection.dto.ts';
import { ALREADY_TOLD, OBJECTION_DECIDED, OBJECTION_OPEN, OBJECTION_UNDECIDED, RECUSED } from './objection.refusals.ts';
import { ObjectionStore, type ObjectionRecord } from './objection.store.ts';

const verifying = (id: string) => ({ kind: 'verify-objection', resource: `objection/${id}` }) as const;
const telling = (id: string) => ({ kind: 'tell-objection', resource: `objection/${id}` }) as const;

/** Objections to a debt: collection stops at once, the bank verifies, and goes on only when the debtor has been told (CC11 69). */
@Injectable()
export class ObjectionService {
  constructor(
    @Inject(ObjectionDesk) private readonly desk: ObjectionDesk,
    @Inject(ObjectionStore) private readonly store: ObjectionStore,
    @Inject(HoldSettingService) private readonly holds: HoldSettingService,
  ) {}

  /** Holds collection at once. Refuses with NOT_FOUND, INVALID, OBJECTION_OPEN, IDEMPOTENCY_KEY_REUSED. */
  async raise(principal: Principal, caseId: string, request: ObjectionRequest, call: Call): Promise<ObjectionView> {
    const { institutionId, agencyId, subject } = principal;
    return this.desk.change(principal, call, async (tx) => {
      const one = await this.store.lockCase(tx, institutionId, agencyId, caseId);
      if (one === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such case here.' });
      const open = await this.store.openOf(tx, one.caseUuid);
      if (open !== null)
        throw new Refusal(OBJECTION_OPEN, { detail: `It is ${open}: add to it, or wait until the debtor was told of its result.` });
      const partyId = await this.store.party(tx, one.caseUuid, request.partyId ?? null);
      if (partyId === null) throw new Refusal(INVALID, { errors: [{ pointer: '/partyId', detail: 'is no party of this case' }] });
      const now = await this.desk.now(tx);
      const raisedAt = happened('/raisedAt', request.raisedAt, now);
      // From now on, not from when it was raised: what was permitted before was permitted.
      const holdId = await this.holds.place(tx, institutionId, one.caseUuid, { kind: 'objection-open', from: now });
      const { kind, channel, amount = null, evidence = null } = request;
      const id = await this.store.add(tx, {
        institutionId,
        caseUuid: one.caseUuid,
        partyId,
        kind,
        channel,
        disputedSealed: this.desk.seal(request.disputed, DISPUTED),
        amount,
        currency: amount === null ? null : (request.currency ?? one.currency),
        evidence,
        raisedAt,
        raisedBy: subject,
        raisedAgency: agencyId,
        holdId,
      });
      await this.desk.opened(tx, principal, { ...verifying(id), caseUuid: one.caseUuid, detail: { kind } }, now);
      await this.desk.note(
        tx,
        principal,
        { action: 'objection-raised', resource: id, caseUuid: one.caseUuid, detail: { kind, channel, amount }, evidence },
        now,
      );
      return id;
    });
  }

  /** The bank's finding. Refuses with NOT_FOUND, INVALID, FORBIDDEN, RECUSED, OBJECTION_DECIDED, IDEMPOTENCY_KEY_REUSED. */
  async decide(principal: Principal, id: string, request: ObjectionDecisionRequest, call: Call): Promise<ObjectionView> {
    checkDecision(request);
    return this.desk.change(principal, call, async (tx) => {
      const record = await this.bankTakes(tx, principal, id);
      if (record.state !== 'open') throw new Refusal(OBJECTION_DECIDED, { detail: `It is ${record.state}.` });
      await this.checkRecusal(tx, principal, record);
      const now = await this.desk.now(tx);
      const changed = await this.correct(tx, principal, record, request);
      const { outcome: state, basis, coreReference = null } = request;
      const factsSealed = this.desk.seal(request.facts, FACTS);
      const decision = { state, by: principal.subject, at: now, factsSealed, basis, coreReference, withdrawalEvidence: null, ...changed };
      await this.store.decide(tx, record.id, decision);
      const { caseUuid } = record;
      await this.desk.closed(tx, principal, verifying(record.id), state, now);
      await this.desk.opened(tx, principal, { ...telling(record.id), caseUuid, detail: { state } }, now);
      await this.desk.note(
        tx,
        principal,
        { action: 'objection-decided', resource: record.id, caseUuid, detail: { state, basis, coreReference, ...changed } },
        now,
      );
      return record.id;
    });
  }

  /** Only now may collection go on. Refuses with NOT_FOUND, INVALID, FORBIDDEN, OBJECTION_UNDECIDED, ALREADY_TOLD, IDEMPOTENCY_KEY_REUSED. */
  async tell(principal: Principal, id: string, request: ObjectionTellingRequest, call: Call): Promise<ObjectionView> {
    return this.desk.change(principal, call, async (tx) => {
      const record = await this.bankTakes(tx, principal, id);
      if (record.toldAt !== null || record.state === 'withdrawn') throw new Refusal(ALREADY_TOLD);
      if (record.state === 'open' || record.decidedAt === null) throw new Refusal(OBJECTION_UNDECIDED);
      const now = await this.desk.now(tx);
      const at = happenedSince('/toldAt', request.toldAt, { now, since: record.decidedAt });
      await this.store.tell(tx, record.id, { at, how: request.how, evidence: request.evidence, by: principal.subject });
      await this.holds.lift(tx, record.holdId, now);
      const { caseUuid } = record;
      await this.desk.closed(tx, principal, telling(record.id), 'told', now);
      await this.desk.note(
        tx,
        principal,
        { action: 'objection-told', resource: record.id, caseUuid, detail: { how: request.how, toldAt: at }, evidence: request.evidence },
        now,
      );
      return record.id;
    });
  }

  /** The debtor takes it back; the institution notes it, never an agency. Refuses with NOT_FOUND, FORBIDDEN, OBJECTION_DECIDED, IDEMPOTENCY_KEY_REUSED. */
  async withdraw(principal: Principal, id: string, evidence: string, call: Call): Promise<ObjectionView> {
    return this.desk.change(principal, call, async (tx) => {
      const record = await this.bankTakes(tx, principal, id);
      if (record.state !== 'open') throw new Refusal(OBJECTION_DECIDED, { detail: `It is ${record.state}.` });
      const now = await this.desk.now(tx);
      const nothing = {
        factsSealed: null,
        basis: null,
        coreReference: null,
        balanceBefore: null,
        balanceAfter: null,
        caseStateAfter: null,
      };
      await this.store.decide(tx, record.id, {
        state: 'withdrawn',
        by: principal.subject,
        at: now,
        withdrawalEvidence: evidence,
        ...nothing,
      });
      await this.holds.lift(tx, record.holdId, now);
      await this.desk.closed(tx, principal, verifying(record.id), 'withdrawn', now);
      await this.desk.note(tx, principal, { action: 'objection-withdrawn', resource: record.id, caseUuid: record.caseUuid, evidence }, now);
      return record.id;
    });
  }

  /** Refuses with NOT_FOUND, FORBIDDEN. */
  private async bankTakes(tx: Tx, principal: Principal, id: string): Promise<ObjectionRecord> {
    const record = await this.store.lock(tx, principal.institutionId, principal.agencyId, id);
    if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such objection here.' });
    if (principal.agencyId !== null)
      throw new Refusal(FORBIDDEN, { detail: 'The institution verifies objections, not the agency that collects.' });
    return record;
  }

  private async checkRecusal(tx: Tx, { institutionId, subject }: Principal, record: ObjectionRecord): Promise<void> {
    const called = record.raisedBy === subject || (await this.store.hasCalled(tx, institutionId, record.caseUuid, subject));
    if (called) throw new Refusal(RECUSED, { detail: 'Somebody else verifies it.' });
  }

  private async correct(tx: Tx, principal: Principal, { caseUuid }: ObjectionRecord, { newBalance, closeCase }: ObjectionDecisionRequest) {
    const one = await this.store.lockCase(tx, principal.institutionId, null, caseUuid);
    if (one === null) throw new Error('the case of an objection is gone');
    if (!newBalance && !closeCase) return { balanceBefore: null, balanceAfter: null, caseStateAfter: null };
    const [balance, state] = [newBalance ?? one.balance, closeCase ? 'closed' : one.state];
    await this.store.correct(tx, caseUuid, { balance, state });
    return { balanceBefore: one.balance, balanceAfter: balance, caseStateAfter: state };
  }
}

function checkDecision({ outcome, newBalance, closeCase, coreReference }: ObjectionDecisionRequest): void {
  const errors: { pointer: string; detail: string; source?: string }[] = [];
  const corrects = Boolean(newBalance) || closeCase === true;
  if (outcome === 'rejected' && newBalance)
    errors.push({ pointer: '/newBalance', detail: 'an objection that is rejected corrects nothing' });
  if (outcome === 'rejected' && closeCase) errors.push({ pointer: '/closeCase', detail: 'an objection that is rejected closes nothing' });
  if (corrects && !coreReference)
    errors.push({ pointer: '/coreReference', detail: 'name the correction in the core system', source: 'CC11 69' });
  if (newBalance && !/^\d{1,15}(\.\d{1,2})?$/.test(newBalance))
    errors.push({ pointer: '/newBalance', detail: 'must not be negative and have at most two decimals' });
  if (errors.length > 0) throw new Refusal(INVALID, { errors });
}
