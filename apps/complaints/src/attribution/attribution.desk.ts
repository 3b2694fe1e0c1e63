import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { publish } from '#events';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import { ApprovalService } from '../approval/approval.service.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { ShowingService } from '../dossier/showing.service.ts';
import { TimelineService } from '../timeline/timeline.service.ts';
import type { CauseKind, CauseState } from './attribution.dto.ts';
import { ATTRIBUTED } from './attribution.events.ts';
import { AttributionStore } from './attribution.store.ts';
import { namesPerson, type Ground } from './judging.ts';

const REASON = 'complaint_attribution.reason';
const KIND = 'attribution' as const;

interface Named {
  readonly id: string;
  readonly kind: CauseKind;
  readonly target: string | null;
}

/** What follows from a cause: who confirms it, the timeline, and that collections is told. */
@Injectable()
export class AttributionDesk {
  constructor(
    @Inject(AttributionStore) private readonly store: AttributionStore,
    @Inject(ApprovalService) private readonly approvals: ApprovalService,
    @Inject(ShowingService) private readonly files: ShowingService,
    @Inject(TimelineService) private readonly timeline: TimelineService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  seal = (reason: string): Buffer => this.vault.seal(reason, REASON);
  open = (sealed: Buffer): string => this.vault.open(sealed, REASON);

  /** Null: the complaint's file has no such item. */
  async groundOf(tx: Tx, complaintId: string, itemId: string | null): Promise<Ground | null> {
    const item = itemId === null ? null : await this.files.item(tx, complaintId, itemId);
    if (item === null) return null;
    const { scripts } = this.files.bodyOf(item);
    return {
      kind: item.kind,
      agencyId: item.agencyId,
      collectorIds: item.collectorIds,
      scripts:
        Array.isArray(scripts) && scripts.length > 0
          ? scripts.map(({ scriptId, version }: { scriptId?: unknown; version?: unknown }) => `${String(scriptId)}@${String(version)}`)
          : null,
    };
  }

  async proposed(tx: Tx, record: ComplaintRecord, cause: Named, { subject }: Principal, now: Date): Promise<void> {
    const { institutionId } = record;
    if (!namesPerson(cause.kind)) return this.tell(tx, record, cause, 'attribution-confirmed', subject, now);
    await this.approvals.ask(
      tx,
      { institutionId, kind: KIND, ref: cause.id, complaintId: record.id, role: 'complaint-supervisor', askedBy: subject },
      now,
    );
    return this.note(tx, record, cause, 'attribution-proposed', subject, now);
  }

  async settle(tx: Tx, principal: Principal, id: string, outcome: 'approved' | 'refused', now: Date): Promise<void> {
    const { institutionId } = principal;
    await this.approvals.settle(tx, principal, { institutionId, kind: KIND, ref: id }, outcome, now);
  }

  async moot(tx: Tx, { institutionId, subject }: Principal, id: string, now: Date): Promise<void> {
    await this.approvals.moot(tx, { institutionId, kind: KIND, ref: id }, subject, now);
  }

  async settled(
    tx: Tx,
    record: ComplaintRecord,
    cause: Named & { readonly state: CauseState },
    state: CauseState,
    { subject }: Principal,
    now: Date,
  ): Promise<void> {
    const kind = state === 'confirmed' ? 'attribution-confirmed' : state === 'rejected' ? 'attribution-rejected' : 'attribution-withdrawn';
    // What was never told need not be taken back.
    if (state === 'confirmed' || cause.state === 'confirmed') await this.tell(tx, record, cause, kind, subject, now);
    else await this.note(tx, record, cause, kind, subject, now);
  }

  private async tell(
    tx: Tx,
    record: ComplaintRecord,
    cause: Named,
    kind: 'attribution-confirmed' | 'attribution-rejected' | 'attribution-withdrawn',
    actor: string,
    now: Date,
  ): Promise<void> {
    await this.note(tx, record, cause, kind, actor, now);
    const { id: complaintId, institutionId, number } = record;
    const confirmed = (await this.store.list(tx, complaintId)).filter(({ state }) => state === 'confirmed');
    const version = await this.store.nextVersion(tx, institutionId, complaintId);
    const causes = confirmed.map(({ id, kind: of, target, targetVersion, agencyId, restsOn, settledAt }) => ({
      id,
      kind: of,
      target,
      targetVersion,
      agencyId,
      restsOn,
      confirmedAt: settledAt?.toISOString() ?? now.toISOString(),
    }));
    await publish(tx, { institutionId, topic: ATTRIBUTED, payload: { complaintId, version, number, causes } });
  }

  private async note(
    tx: Tx,
    { id, institutionId }: ComplaintRecord,
    { kind: of, target }: Named,
    kind: 'attribution-proposed' | 'attribution-confirmed' | 'attribution-rejected' | 'attribution-withdrawn',
    actor: string,
    at: Date,
  ): Promise<void> {
    await this.timeline.add(tx, institutionId, [{ complaintId: id, at, kind, actor, data: { cause: of, target } }]);
  }
}
