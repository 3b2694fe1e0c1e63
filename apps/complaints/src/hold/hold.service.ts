import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '#clock';
import { publishAll } from '#events';
import type { Tx } from '#pg';
import { TimelineService } from '../timeline/timeline.service.ts';
import { asksForHold, type Aim } from './about-collection.ts';
import { COLLECTION_HOLD, type AskedHold, type HoldRequest, type HoldResult } from './hold.events.ts';
import { HoldStore } from './hold.store.ts';

export interface HeldComplaint extends Aim {
  readonly id: string;
  readonly number: string;
  readonly holdVersion: number;
  readonly registeredAt: Date;
}

const SYSTEM = 'system';

/** Asks collections to leave alone whom a complaint about collection is about, for as long as it is open. */
@Injectable()
export class HoldService {
  constructor(
    @Inject(HoldStore) private readonly store: HoldStore,
    @Inject(TimelineService) private readonly timeline: TimelineService,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Asks for a hold (`until` null) or for its end, for those of the complaints that are about collection and name an account. */
  async request(tx: Tx, institutionId: string, complaints: readonly HeldComplaint[], until: Date | null, now: Date): Promise<void> {
    const concerned = complaints.filter(asksForHold);
    if (concerned.length === 0) return;
    await this.store.request(
      tx,
      concerned.map(({ id, holdVersion }) => ({ id, version: holdVersion + 1 })),
    );
    const requests = concerned.map((complaint): HoldRequest => ({
      complaintId: complaint.id,
      version: complaint.holdVersion + 1,
      account: complaint.account ?? '',
      agencyId: complaint.agencyId,
      collectorId: complaint.collectorId,
      from: complaint.registeredAt.toISOString(),
      until: until && until.toISOString(),
      number: complaint.number,
    }));
    await publishAll(tx, institutionId, COLLECTION_HOLD, requests);
    await this.timeline.add(
      tx,
      institutionId,
      requests.map(({ complaintId, account, agencyId, collectorId }) => ({
        complaintId,
        at: now,
        kind: 'hold-requested',
        actor: SYSTEM,
        data: { account, agencyId, collectorId, until: until && until.toISOString() },
      })),
    );
  }

  /** Takes what collections answered. An answer to a request that another has followed says nothing any more. */
  async acknowledge(tx: Tx, institutionId: string, request: AskedHold, result: HoldResult): Promise<void> {
    const taken = await this.store.answer(tx, institutionId, request.complaintId, request.version, result.state);
    if (!taken) return;
    const at = this.clock.override ?? (await this.store.now(tx));
    const { debtorId, caseId } = result;
    await this.timeline.add(tx, institutionId, [
      {
        complaintId: request.complaintId,
        at,
        kind: `hold-${result.state}`,
        actor: SYSTEM,
        data: { account: request.account, debtorId, caseId },
      },
    ]);
  }
}
