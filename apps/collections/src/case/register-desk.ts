import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { CaseStore, type CaseRecord } from './case.store.ts';
import { RegisterStore, type CaseRef, type PartyRef, type PointRef } from './register.store.ts';

/** What was made or changed, and the case in whose view it stands. */
export interface Made {
  readonly caseUuid: string;
  readonly id: string;
}

const SEPARATOR = ' ';

/** The one shape of every change to a case: replay check, work, view. */
@Injectable()
export class RegisterDesk {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(RegisterStore) private readonly store: RegisterStore,
    @Inject(CaseStore) private readonly cases: CaseStore,
  ) {}

  /** Carries the work out once per idempotency key, and shows what it is now. Refuses with IDEMPOTENCY_KEY_REUSED, NOT_FOUND, and as the work does. */
  async change<T>(
    principal: Principal,
    idempotency: IdempotentRequest | null,
    work: (tx: Tx) => Promise<Made>,
    show: (record: CaseRecord, id: string) => T | undefined,
  ): Promise<T> {
    const { institutionId, agencyId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      const made = claim ? remembered(claim.resource) : await work(tx);
      if (!claim) await rememberResource(tx, institutionId, idempotency, [made.caseUuid, made.id].join(SEPARATOR));
      const record = await this.cases.find(tx, institutionId, made.caseUuid, agencyId);
      const shown = record ? show(record, made.id) : undefined;
      if (shown === undefined) throw new Refusal(NOT_FOUND, { detail: 'It is not here any more.' });
      return shown;
    });
  }

  /** Carries the work out once per idempotency key; whoever asks again is told the same. Refuses with IDEMPOTENCY_KEY_REUSED, and as the work does. */
  async once<T>(principal: Principal, idempotency: IdempotentRequest | null, work: (tx: Tx) => Promise<T>): Promise<T> {
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim !== null) return JSON.parse(claim.resource) as T;
      const answer = await work(tx);
      await rememberResource(tx, institutionId, idempotency, JSON.stringify(answer));
      return answer;
    });
  }

  /** Null: the case has no such contact point. */
  pointOf(tx: Tx, caseUuid: string, id: string): Promise<PointRef | null> {
    return this.store.findPoint(tx, caseUuid, id);
  }

  async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? this.cases.now(tx);
  }

  /** Refuses with NOT_FOUND, also for a case of another institution or agency. */
  async caseOf(tx: Tx, principal: Principal, id: string): Promise<CaseRef> {
    const found = await this.store.findCase(tx, principal, id);
    if (found === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such case here.' });
    return found;
  }

  /** Refuses with NOT_FOUND. */
  async partyOf(tx: Tx, { caseUuid }: CaseRef, id: string): Promise<PartyRef> {
    const found = await this.store.findParty(tx, caseUuid, id);
    if (found === null)
      throw new Refusal(NOT_FOUND, {
        detail: 'The case has no such party.',
        errors: [{ pointer: '/partyId', detail: 'is no party of this case' }],
      });
    return found;
  }
}

function remembered(resource: string): Made {
  const [caseUuid = '', id = ''] = resource.split(SEPARATOR);
  return { caseUuid, id };
}
