import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Channel } from '#contact-rules';
import type { Tx } from '#pg';
import { FORBIDDEN, INVALID, NOT_FOUND, Refusal } from '#problem';
import { HoldSettingService } from '../case/hold-setting.service.ts';
import { happened, happenedSince } from '../case/instants.ts';
import { Stopping } from '../contact/stopping.ts';
import { DISPUTED, FACTS, type Call } from './call.ts';
import { ObjectionDesk } from './objection.desk.ts';
import type { ObjectionDecisionRequest, ObjectionRequest, ObjectionTellingRequest, ObjectionView } from './objection.dto.ts';
import { ALREADY_TOLD, OBJECTION_DECIDED, OBJECTION_OPEN, OBJECTION_UNDECIDED, RECUSED } from './objection.refusals.ts';
import { ObjectionStore, type CaseOf, type NewObjection, type ObjectionRecord } from './objection.store.ts';

// What stands for the words of a debtor whom nobody quoted.
const NO_WORDS = '通话中提出异议，未记录原话';

/** What somebody disputed in a contact. */
export interface ReportedDispute {
  /** Our id. */
  readonly caseUuid: string;
  /** Who was spoken with, as given at import; null: the debtor. */
  readonly partyId: string | null;
  readonly channel: Channel;
  /** In whatever words it was noted; null: in none. */
  readonly disputed: string | null;
  /** Where it was said. */
  readonly evidence: string;
  readonly raisedAt: Date;
}

type Opening = Omit<NewObjection, 'institutionId' | 'disputedSealed' | 'raisedBy' | 'raisedAgency' | 'holdId'> & {
  readonly disputed: string;
};

const verifying = (id: string) => ({ kind: 'verify-objection', resource: `objection/${id}` }) as const;
const telling = (id: string) => ({ kind: 'tell-objection', resource: `objection/${id}` }) as const;

/** Objections to a debt: collection stops at once, the bank verifies, and goes on only when the debtor has been told (CC11 69). */
@Injectable()
export class ObjectionService {
  constructor(
    @Inject(ObjectionDesk) private readonly desk: ObjectionDesk,
    @Inject(ObjectionStore) private readonly store: ObjectionStore,
    @Inject(HoldSettingService) private readonly holds: HoldSettingService,
    @Inject(Stopping) private readonly stopping: Stopping,
  ) {}

  /** Holds collection at once. Refuses with NOT_FOUND, INVALID, OBJECTION_OPEN, IDEMPOTENCY_KEY_REUSED. */
  async raise(principal: Principal, caseId: string, request: ObjectionRequest, call: Call): Promise<ObjectionView> {
    const { institutionId, agencyId } = principal;
    return this.desk.change(principal, call, async (tx) => {
      const found = await this.store.findCase(tx, institutionId, agencyId, caseId);
      if (found === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such case here.' });
      // Whoever reports an outcome waits for the gates before the case: so does everybody.
      await this.stopping.hold(tx, institutionId, [found]);
      const one = await this.lockedCase(tx, institutionId, found);
      const open = await this.store.openOf(tx, one.caseUuid);
      if (open !== null)
        throw new Refusal(OBJECTION_OPEN, { detail: `It is ${open}: add to it, or wait until the debtor was told of its result.` });
      const partyId = await this.store.party(tx, one.caseUuid, request.partyId ?? null);
      if (partyId === null) throw new Refusal(INVALID, { errors: [{ pointer: '/partyId', detail: 'is no party of this case' }] });
      const now = await this.desk.now(tx);
      const raisedAt = happened('/raisedAt', request.raisedAt, now);
      const { kind, channel, disputed, amount = null, evidence = null } = request;
      const currency = amount === null ? null : (request.currency ?? one.currency);
      return this.open(
        tx,
        principal,
        { caseUuid: one.caseUuid, partyId, kind, channel, disputed, amount, currency, evidence, raisedAt },
        now,
      );
    });
  }

  /**
   * What somebody disputed in a contact, in the transaction of its outcome, with the gates of the case held: the objection that is open already, or a
   * new one, which holds collection at once. Returns its id.
   */
  async report(tx: Tx, principal: Principal, { caseUuid, ...dispute }: ReportedDispute, now: Date): Promise<string> {
    await this.lockedCase(tx, principal.institutionId, caseUuid);
    const open = await this.store.openOf(tx, caseUuid);
    if (open !== null) return open;
    const partyId = dispute.partyId ?? (await this.store.party(tx, caseUuid, null));
    if (partyId === null) throw new Error('a contact of a case without a debtor');
    const nothing = { amount: null, currency: null };
    return this.open(
      tx,
      principal,
      { caseUuid, kind: 'other', ...nothing, ...dispute, disputed: dispute.disputed ?? NO_WORDS, partyId },
      now,
    );
  }

  private async open(tx: Tx, principal: Principal, { disputed, ...objection }: Opening, now: Date): Promise<string> {
    const { institutionId, agencyId: raisedAgency, subject: raisedBy } = principal;
    const { caseUuid, kind, channel, amount, evidence } = objection;
    // From now on, not from when it was raised: what was permitted before was permitted.
    const holdId = await this.holds.place(tx, institutionId, caseUuid, { kind: 'objection-open', from: now });
    const disputedSealed = this.desk.seal(disputed, DISPUTED);
    const id = await this.store.add(tx, { institutionId, ...objection, disputedSealed, raisedBy, raisedAgency, holdId });
    await this.desk.opened(tx, principal, { ...verifying(id), caseUuid, detail: { kind } }, now);
    const act = { action: 'objection-raised', resource: id, caseUuid, detail: { kind, channel, amount }, evidence } as const;
    await this.desk.note(tx, principal, act, now);
    return id;
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

  private async lockedCase(tx: Tx, institutionId: string, caseUuid: string): Promise<CaseOf> {
    const one = await this.store.lockCase(tx, institutionId, caseUuid);
    if (one === null) throw new Error('the case of an objection is gone');
    return one;
  }

  private async correct(tx: Tx, principal: Principal, { caseUuid }: ObjectionRecord, { newBalance, closeCase }: ObjectionDecisionRequest) {
    const one = await this.lockedCase(tx, principal.institutionId, caseUuid);
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
