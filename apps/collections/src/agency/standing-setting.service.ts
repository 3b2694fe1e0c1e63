import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import { INVALID, Refusal } from '#problem';
import { RevocationService } from '../contact/revocation.service.ts';
import { StandingService } from '../standing/standing.service.ts';
import type { AgencyView, StandingConsequences, StandingRequest } from './agency.dto.ts';
import { AgencyDesk, noAgency } from './agency-desk.ts';
import { DATES_OF_CONTRACTS, NEEDS_ADMISSION } from './agency.refusals.ts';
import { AgencyService } from './agency.service.ts';
import type { AgencyRef } from './agency.store.ts';

/** How an agency stands, as people set it. */
@Injectable()
export class StandingSettingService {
  constructor(
    @Inject(AgencyDesk) private readonly desk: AgencyDesk,
    @Inject(AgencyService) private readonly agencies: AgencyService,
    @Inject(StandingService) private readonly standings: StandingService,
    @Inject(RevocationService) private readonly revocations: RevocationService,
  ) {}

  /**
   * Suspends, reactivates or publishes an agency, or says its contract anew. Refuses with NOT_FOUND, INVALID, NEEDS_ADMISSION,
   * DATES_OF_CONTRACTS, IDEMPOTENCY_KEY_REUSED, UNAVAILABLE (gates that do not end).
   */
  async set(
    principal: Principal,
    agencyId: string,
    request: StandingRequest,
    { idempotency, requestId }: { readonly idempotency: IdempotentRequest | null; readonly requestId: string },
  ): Promise<AgencyView> {
    const { institutionId, subject, clientId } = principal;
    const { reason, ...changes } = request;
    if (Object.values(changes).every((value) => value === undefined))
      throw new Refusal(INVALID, {
        errors: [{ pointer: '/status', detail: 'say at least one of status, published, contractFrom, contractTo, lastEvaluatedOn' }],
      });
    return this.desk.change(
      principal,
      { agencyId, idempotency },
      async (tx, { agency }) => {
        checkStanding(agency, changes);
        await this.standings.change(tx, { institutionId, by: subject, clientId }, agencyId, changes, { reason });
        return agencyId;
      },
      (tx) => this.agencies.view(tx, principal, agencyId, requestId),
    );
  }

  /** What follows if it may not contact any more; to be looked at first. Refuses with NOT_FOUND. */
  async foresee(principal: Principal, agencyId: string): Promise<StandingConsequences> {
    return this.desk.read(principal, agencyId, async (tx, { now }) => {
      const stake = await this.agencies.stake(tx, principal.institutionId, agencyId);
      if (stake === null) throw noAgency();
      return { openPermits: await this.revocations.countOpen(tx, principal.institutionId, agencyId, now), ...stake };
    });
  }
}

/** Coming and going takes two persons, and where contracts are in the register the dates are theirs. */
function checkStanding(
  { status, hasContracts }: AgencyRef,
  { published, contractFrom, contractTo, ...changes }: Omit<StandingRequest, 'reason'>,
): void {
  const isOurs = status === 'active' || status === 'suspended';
  if (!isOurs && (changes.status !== undefined || published === true))
    throw new Refusal(NEEDS_ADMISSION, { detail: `It is ${status}: propose its admission, have it approved, and activate it.` });
  if (hasContracts && (contractFrom !== undefined || contractTo !== undefined))
    throw new Refusal(DATES_OF_CONTRACTS, {
      errors: [{ pointer: contractFrom === undefined ? '/contractTo' : '/contractFrom', detail: 'follows from the contracts: amend one' }],
    });
}
