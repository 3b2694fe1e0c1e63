import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { RevocationService } from '../contact/revocation.service.ts';
import { StandingService } from '../standing/standing.service.ts';
import type { AgencyView, StandingConsequences, StandingRequest } from './agency.dto.ts';
import { AgencyService } from './agency.service.ts';

const notFound = (): Refusal => new Refusal(NOT_FOUND, { detail: 'There is no such agency here.' });

/** How an agency stands, as people set it. */
@Injectable()
export class StandingSettingService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(AgencyService) private readonly agencies: AgencyService,
    @Inject(StandingService) private readonly standings: StandingService,
    @Inject(RevocationService) private readonly revocations: RevocationService,
  ) {}

  /**
   * Suspends, reactivates or publishes an agency, or says its contract anew. Refuses with NOT_FOUND, INVALID, IDEMPOTENCY_KEY_REUSED, UNAVAILABLE
   * (gates that do not end).
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
    if (principal.agencyId !== null && principal.agencyId !== agencyId) throw notFound();
    return inTransaction(this.database, principal, async (tx) => {
      if (await claimKey(tx, institutionId, idempotency)) return this.agencies.view(tx, principal, agencyId, requestId);
      await this.standings.change(tx, { institutionId, by: subject, clientId }, agencyId, changes, { reason });
      await rememberResource(tx, institutionId, idempotency, agencyId);
      return this.agencies.view(tx, principal, agencyId, requestId);
    });
  }

  /** What follows if it may not contact any more; to be looked at first. Refuses with NOT_FOUND. */
  async foresee(principal: Principal, agencyId: string): Promise<StandingConsequences> {
    return inTransaction(this.database, principal, async (tx) => {
      const isOurs = principal.agencyId === null || principal.agencyId === agencyId;
      const agency = isOurs ? await this.agencies.stake(tx, principal.institutionId, agencyId) : null;
      if (agency === null) throw notFound();
      const openPermits = await this.revocations.countOpen(tx, principal.institutionId, agencyId, await this.standings.now(tx));
      return { openPermits, ...agency };
    });
  }
}
