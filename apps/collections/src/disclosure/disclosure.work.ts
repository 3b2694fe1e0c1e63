import { Inject, Injectable } from '@nestjs/common';
import type { RoomWork } from '#jobs';
import { forgetNonces } from '#peers';
import type { Tx } from '#pg';
import { DisclosureService } from './disclosure.service.ts';

/** Tells of accounts that came later than the complaint about them. */
@Injectable()
export class DisclosureWork implements RoomWork {
  constructor(@Inject(DisclosureService) private readonly disclosures: DisclosureService) {}

  async sweep(tx: Tx): Promise<void> {
    await this.disclosures.tellArrived(tx);
    await forgetNonces(tx);
  }
}
