import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { CareService, signOf, type Sign } from '../care/care.service.ts';
import type { CasePlace } from '../case/case.service.ts';
import { StopService } from '../case/stop.service.ts';

/** What a note says of a debtor in danger or in need. */
@Injectable()
export class Caring {
  constructor(
    @Inject(CareService) private readonly care: CareService,
    @Inject(StopService) private readonly stops: StopService,
  ) {}

  /** The sign in a text, with the debtor locked where there is one; to be called before the clock is read. */
  async read(tx: Tx, { institutionId }: Principal, { debtor }: CasePlace, text: string): Promise<Sign | null> {
    const sign = signOf(null, text);
    if (sign) await this.stops.lock(tx, institutionId, debtor);
    return sign;
  }

  async stop(tx: Tx, principal: Principal, sign: Sign, { caseUuid, debtor }: CasePlace, note: string, at: Date): Promise<void> {
    const sighting = { caseUuid, debtor, agencyId: principal.agencyId, source: `note/${note}` };
    await this.care.open(tx, principal, sign, sighting, at);
  }
}
