import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { CareService, signOf, type Sign } from '../care/care.service.ts';
import type { CasePlace } from '../case/case.service.ts';
import { Stopping } from '../contact/stopping.ts';

/** What a note says of a debtor in danger or in need. */
@Injectable()
export class Caring {
  constructor(
    @Inject(CareService) private readonly care: CareService,
    @Inject(Stopping) private readonly stopping: Stopping,
  ) {}

  /** The sign in a text, with the gates of the case held where there is one; to be called before the clock is read. */
  async read(tx: Tx, { institutionId }: Principal, { caseUuid }: CasePlace, text: string): Promise<Sign | null> {
    const sign = signOf(null, text);
    if (sign) await this.stopping.hold(tx, institutionId, [caseUuid]);
    return sign;
  }

  async stop(tx: Tx, principal: Principal, sign: Sign, { caseUuid, debtor }: CasePlace, note: string, at: Date): Promise<void> {
    const sighting = { caseUuid, debtor, agencyId: principal.agencyId, source: `note/${note}` };
    await this.care.open(tx, principal, sign, sighting, at);
  }
}
