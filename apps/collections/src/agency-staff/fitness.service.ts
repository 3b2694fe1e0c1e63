import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { agencyDay } from '../agency/agency-desk.ts';
import { RevocationService } from '../contact/revocation.service.ts';
import { StandingService } from '../standing/standing.service.ts';
import { CertificateStore } from './certificate.store.ts';

/** Lets the gate know who is fit, and takes back what was permitted to who is not any more. */
@Injectable()
export class FitnessService {
  constructor(
    @Inject(CertificateStore) private readonly certificates: CertificateStore,
    @Inject(StandingService) private readonly standings: StandingService,
    @Inject(RevocationService) private readonly revocations: RevocationService,
  ) {}

  /** Waits for the gates in flight and says what time it is then: before whatever may make somebody unfit or a tool unknown. */
  hold(tx: Tx, institutionId: string): Promise<Date> {
    return this.standings.holdGates(tx, institutionId);
  }

  /** Of everybody, as the days pass: a certificate that begins. What ends the gate sees by itself. */
  async followAll(tx: Tx, institutionId: string, at: Date): Promise<void> {
    await this.certificates.follow(tx, institutionId, agencyDay(at), null);
  }

  /** After a change of certificates, identity checks, staff or tools of an agency. To be called with the gates held. */
  async follow(
    tx: Tx,
    institutionId: string,
    { agencyId, collectorIds }: { readonly agencyId: string; readonly collectorIds: readonly string[] },
    at: Date,
  ): Promise<void> {
    const day = agencyDay(at);
    await this.certificates.follow(tx, institutionId, day, { agencyId, collectorIds });
    await this.revocations.revokeUnfit(tx, institutionId, [agencyId], day, at);
  }
}
