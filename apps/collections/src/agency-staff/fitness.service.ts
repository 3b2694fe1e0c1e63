import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { agencyDay } from '../agency/agency-desk.ts';
import { RevocationService } from '../contact/revocation.service.ts';
import { StandingService } from '../standing/standing.service.ts';
import { TaskService } from '../task/task.service.ts';
import { CertificateStore, type FileCertificate } from './certificate.store.ts';

/** What is to be done about a certificate that an agency has brought. */
export const certificateTask = (id: string) => ({ kind: 'confirm-agency-certificate', resource: `agency-certificate/${id}` }) as const;

/** Lets the gate know who is fit, and takes back what was permitted to who is not any more. */
@Injectable()
export class FitnessService {
  constructor(
    @Inject(CertificateStore) private readonly certificates: CertificateStore,
    @Inject(StandingService) private readonly standings: StandingService,
    @Inject(RevocationService) private readonly revocations: RevocationService,
    @Inject(TaskService) private readonly tasks: TaskService,
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
    const names = collectorIds.map((collector_id) => ({ agency_id: agencyId, collector_id }));
    await this.certificates.follow(tx, institutionId, agencyDay(at), names);
    await this.revocations.revokeUnfit(tx, institutionId, [agencyId], agencyDay(at), at);
  }

  /** After a file of staff, with the certificates that it names; an agency's own file proves none. To be called with the gates held. */
  async followFile(
    tx: Tx,
    institutionId: string,
    rows: readonly FileCertificate[],
    { by, isAgency, at }: { readonly by: string; readonly isAgency: boolean; readonly at: Date },
  ): Promise<void> {
    if (isAgency) {
      const offered = await this.certificates.offerOfFile(tx, institutionId, rows, by, at);
      const tasks = offered.map(({ id, ...detail }) => ({ ...certificateTask(id), agencyId: detail.agencyId, detail: { ...detail } }));
      await this.tasks.openAll(tx, institutionId, tasks, at);
    } else await this.certificates.putOfFile(tx, institutionId, rows, by, at);
    await this.certificates.follow(tx, institutionId, agencyDay(at), rows);
    await this.revocations.revokeUnfit(tx, institutionId, [...new Set(rows.map(({ agency_id }) => agency_id))], agencyDay(at), at);
  }
}
