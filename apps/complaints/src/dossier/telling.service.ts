import { Inject, Injectable } from '@nestjs/common';
import { publishAll } from '#events';
import type { Tx } from '#pg';
import { HoldService } from '../hold/hold.service.ts';
import { TimelineService } from '../timeline/timeline.service.ts';
import { FILE_REQUESTED, type FileHeads, type FileRequest } from './dossier.events.ts';
import { DossierStore, type StaleComplaint } from './dossier.store.ts';
import { KeepingService } from './keeping.service.ts';

const SYSTEM = 'system';
const AT_ONCE = 500;
/** Collections lets what it has be read for seven days after a complaint was closed. */
const READABLE_MS = 6 * 86_400_000;

/** Tells collections of complaints that are about it, and takes what it answers. */
@Injectable()
export class TellingService {
  constructor(
    @Inject(DossierStore) private readonly store: DossierStore,
    @Inject(KeepingService) private readonly keeping: KeepingService,
    @Inject(HoldService) private readonly holds: HoldService,
    @Inject(TimelineService) private readonly timeline: TimelineService,
  ) {}

  /** Tells of complaints that are not what collections was told, and makes their holds what they should be; how many. For the clockwork. */
  async tellStale(tx: Tx, now: Date | null): Promise<number> {
    const stale = await this.store.takeStale(tx, now, AT_ONCE);
    const at = await this.keeping.now(tx);
    for (const [institutionId, own] of Map.groupBy(stale, (one: StaleComplaint) => one.institutionId)) {
      await publishAll(
        tx,
        institutionId,
        FILE_REQUESTED,
        own.map(({ payload }) => payload),
      );
      await this.holds.reconcile(
        tx,
        institutionId,
        own.map(({ id }) => id),
        at,
      );
    }
    return stale.length;
  }

  /** Takes what collections has. What it says of an older request says nothing any more. */
  async heard(tx: Tx, institutionId: string, { complaintId, version }: FileRequest, heads: FileHeads): Promise<void> {
    await this.store.lockComplaint(tx, complaintId);
    const now = await this.keeping.now(tx);
    if (!(await this.store.answer(tx, institutionId, complaintId, version, heads, now))) return;
    const dossier = await this.store.find(tx, institutionId, complaintId, true);
    if (dossier === null) return;
    const { state, readAt } = dossier;
    if (heads.state === 'no-case' || heads.state === 'no-account') {
      if (readAt !== null || state === heads.state) return;
      await this.store.setState(tx, complaintId, heads.state, now);
      if (heads.state === 'no-case')
        await this.timeline.add(tx, institutionId, [
          { complaintId, at: now, kind: 'dossier-no-case', actor: SYSTEM, data: { account: dossier.account } },
        ]);
      return;
    }
    const closedAt = await this.store.closedAt(tx, complaintId);
    if (closedAt !== null && now.getTime() - closedAt.getTime() > READABLE_MS) {
      await this.store.setState(tx, complaintId, 'kept', now);
      await this.store.readNext(tx, complaintId, null);
      return;
    }
    if (readAt === null) await this.store.setState(tx, complaintId, 'reading', now);
    await this.store.readNext(tx, complaintId, now);
  }
}
