import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { ActService, type Action } from '../act/act.service.ts';
import type { ConsentView, OptOutView } from './case.dto.ts';
import { toConsentView, toOptOutView } from './case.mapper.ts';
import { ALREADY_WITHDRAWN } from './case.refusals.ts';
import type { CaseRecord } from './case.store.ts';
import { happened, happenedSince } from './instants.ts';
import { RegisterDesk, type Made } from './register-desk.ts';
import type { ConsentRequest, OptOutRequest, WithdrawalRequest } from './register.dto.ts';
import { RegisterStore, type PartyRef, type PointRef } from './register.store.ts';

const WITHDRAWN: Readonly<Record<'consent' | 'opt-out', Action>> = { consent: 'consent-withdrawn', 'opt-out': 'opt-out-withdrawn' };

/** What the parties agreed to, and what they want no more. Nothing is deleted: a withdrawal is an instant. */
@Injectable()
export class PreferenceService {
  constructor(
    @Inject(RegisterDesk) private readonly desk: RegisterDesk,
    @Inject(RegisterStore) private readonly store: RegisterStore,
    @Inject(ActService) private readonly acts: ActService,
  ) {}

  /** Refuses with NOT_FOUND, INVALID, IDEMPOTENCY_KEY_REUSED. */
  async consent(
    principal: Principal,
    caseId: string,
    request: ConsentRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<ConsentView> {
    const { kind, channels, evidence } = request;
    const [from, to] = [request.from ?? null, request.to ?? null];
    if ((from === null) !== (to === null)) throw invalid(from === null ? '/from' : '/to', 'give both `from` and `to`, or neither');
    const work = async (tx: Tx): Promise<Made> => {
      const found = await this.desk.caseOf(tx, principal, caseId);
      const { party, partyId } = await this.desk.partyOf(tx, found, request.partyId);
      const now = await this.desk.now(tx);
      const givenAt = happened('/givenAt', request.givenAt, now);
      const id = await this.store.addConsent(tx, principal.institutionId, party, { kind, channels, from, to, givenAt, evidence });
      const { caseUuid } = found;
      const detail = { partyId, kind, channels, from, to, givenAt };
      await this.acts.note(tx, principal, { action: 'consent-given', resource: id, caseUuid, detail, evidence }, now);
      return { caseUuid, id };
    };
    return this.desk.change(principal, idempotency, work, showConsent);
  }

  /** Refuses with NOT_FOUND, INVALID, ALREADY_WITHDRAWN, IDEMPOTENCY_KEY_REUSED. */
  withdrawConsent(
    principal: Principal,
    id: string,
    request: WithdrawalRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<ConsentView> {
    return this.desk.change(principal, idempotency, (tx) => this.withdraw(tx, 'consent', { principal, id, request }), showConsent);
  }

  /** Of a channel, of a contact point, of both together, or of everything. Refuses with NOT_FOUND, INVALID, IDEMPOTENCY_KEY_REUSED. */
  async optOut(principal: Principal, caseId: string, request: OptOutRequest, idempotency: IdempotentRequest | null): Promise<OptOutView> {
    const { channel = null, contactPointId, evidence } = request;
    const work = async (tx: Tx): Promise<Made> => {
      const found = await this.desk.caseOf(tx, principal, caseId);
      const party = await this.desk.partyOf(tx, found, request.partyId);
      const point = contactPointId ? ownPoint(await this.store.findPoint(tx, found.caseUuid, contactPointId), party) : null;
      const now = await this.desk.now(tx);
      const at = happened('/at', request.at, now);
      const { partyId } = party;
      const { caseUuid, debtor } = found;
      const optOut = { partyId, channel, valueIndex: point?.valueIndex ?? null, at, evidence };
      const id = await this.store.addOptOut(tx, principal.institutionId, debtor, optOut);
      const detail = { partyId, channel, contactPointId: point?.point ?? null, at };
      await this.acts.note(tx, principal, { action: 'opt-out-set', resource: id, caseUuid, detail, evidence }, now);
      return { caseUuid, id };
    };
    return this.desk.change(principal, idempotency, work, showOptOut);
  }

  /** Refuses with NOT_FOUND, INVALID, ALREADY_WITHDRAWN, IDEMPOTENCY_KEY_REUSED. */
  withdrawOptOut(principal: Principal, id: string, request: WithdrawalRequest, idempotency: IdempotentRequest | null): Promise<OptOutView> {
    return this.desk.change(principal, idempotency, (tx) => this.withdraw(tx, 'opt-out', { principal, id, request }), showOptOut);
  }

  private async withdraw(
    tx: Tx,
    thing: 'consent' | 'opt-out',
    { principal, id, request }: { readonly principal: Principal; readonly id: string; readonly request: WithdrawalRequest },
  ): Promise<Made> {
    const given = await this.store.lock(tx, thing, principal, id);
    if (given === null) throw new Refusal(NOT_FOUND, { detail: `There is no such ${thing} here.` });
    if (given.until) throw new Refusal(ALREADY_WITHDRAWN, { detail: `It was withdrawn at ${given.until.toISOString()}.` });
    const now = await this.desk.now(tx);
    const withdrawnAt = happenedSince('/withdrawnAt', request.withdrawnAt, { now, since: given.since });
    await this.store.end(tx, thing, id, withdrawnAt);
    const { caseUuid } = given;
    const { evidence } = request;
    await this.acts.note(tx, principal, { action: WITHDRAWN[thing], resource: id, caseUuid, detail: { withdrawnAt }, evidence }, now);
    return { caseUuid, id };
  }
}

const invalid = (pointer: string, detail: string): Refusal => new Refusal(INVALID, { errors: [{ pointer, detail }] });

function ownPoint(point: PointRef | null, { party }: PartyRef): PointRef {
  if (point?.party === party) return point;
  throw new Refusal(NOT_FOUND, {
    detail: 'The party has no such contact point.',
    errors: [{ pointer: '/contactPointId', detail: 'is no contact point of this party' }],
  });
}

function showConsent({ consents, timeZone }: CaseRecord, id: string): ConsentView | undefined {
  const found = consents.find((one) => one.id === id);
  return found && toConsentView(found, timeZone);
}

function showOptOut({ optOuts, timeZone }: CaseRecord, id: string): OptOutView | undefined {
  const found = optOuts.find((one) => one.id === id);
  return found && toOptOutView(found, timeZone);
}
