import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import { TimelineService } from '../timeline/timeline.service.ts';
import type { ComplaintRecord } from './complaint.record.ts';
import { ComplaintStore } from './complaint.store.ts';
import { sealNote } from './registration.service.ts';

/** Why somebody has a complaint: chosen by a supervisor, taken, by the rule, or from somebody who is away. */
export const HANDING_WAYS = ['chosen', 'taken', 'automatic', 'absent'] as const;
export type HandingWay = (typeof HANDING_WAYS)[number];

export interface Handing {
  readonly handler: string;
  readonly how: HandingWay;
  readonly by: string;
  readonly reason?: string | null;
  /** What spoke for him, in numbers. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** The one write of who handles a complaint. */
@Injectable()
export class HandingService {
  constructor(
    @Inject(ComplaintStore) private readonly store: ComplaintStore,
    @Inject(TimelineService) private readonly timeline: TimelineService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Whoever looks at how much people have does so alone until the transaction ends, as does whoever changes it. */
  lockLoads(tx: Tx, institutionId: string): Promise<void> {
    return this.store.lockLoads(tx, institutionId);
  }

  /** Gives a complaint that is locked to somebody; false when he has it already. */
  async hand(tx: Tx, record: ComplaintRecord, { handler, how, by, reason, data }: Handing, now: Date): Promise<boolean> {
    await this.lockLoads(tx, record.institutionId);
    if (record.handler === handler) return false;
    await this.store.assign(tx, record.id, handler);
    await this.timeline.add(tx, record.institutionId, [
      {
        complaintId: record.id,
        at: now,
        kind: 'assigned',
        actor: by,
        data: { handler, before: record.handler, how, ...data },
        noteSealed: sealNote(this.vault, reason ? { note: reason } : {}),
      },
    ]);
    return true;
  }
}
