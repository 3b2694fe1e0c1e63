import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { ApprovalService } from '../approval/approval.service.ts';
import { EventService, type RecordedEvent } from '../clock/event.service.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { TimelineService } from '../timeline/timeline.service.ts';
import { textOf, type DecisionContent } from './content.ts';
import { DecisionStore, type DecisionRecord } from './decision.store.ts';
import { moneyOf } from './decision.view.ts';
import { MatrixService } from './matrix.service.ts';

export const DECISION_APPROVAL = 'decision' as const;

/** Puts a decision before whoever has to approve it, and into the ledger once nobody has to any more. The complaint is locked. */
@Injectable()
export class DecisionDesk {
  constructor(
    @Inject(DecisionStore) private readonly store: DecisionStore,
    @Inject(MatrixService) private readonly matrices: MatrixService,
    @Inject(EventService) private readonly events: EventService,
    @Inject(ApprovalService) private readonly approvals: ApprovalService,
    @Inject(TimelineService) private readonly timeline: TimelineService,
  ) {}

  /** Returns the entry that says where it waits, or null: nobody has to approve it. */
  async submit(tx: Tx, principal: Principal, complaint: ComplaintRecord, record: DecisionRecord, at: Date): Promise<RecordedEvent | null> {
    const { need, version: matrixVersion } = await this.matrices.weigh(tx, complaint, record);
    const { subject: by } = principal;
    await this.store.submit(tx, record.id, { by, at, role: need?.role ?? null, approvers: need?.approvers ?? 0, matrixVersion });
    if (need === null) return null;
    await this.askNext(tx, { ...record, role: need.role, submittedBy: by }, at);
    const rejected = { code: `awaits-${need.role}`, source: 'product' };
    const data = { version: record.version, outcome: record.outcome, role: need.role, approvers: need.approvers, rejected };
    const [entryId = ''] = await this.timeline.add(tx, complaint.institutionId, [
      { complaintId: complaint.id, at, kind: 'decision-submitted', actor: by, data },
    ]);
    return { entryId, eventId: null, rejected };
  }

  /** Asks for one approval more. */
  async askNext(tx: Tx, { id, institutionId, complaintId, role, submittedBy, draftedBy }: DecisionRecord, at: Date): Promise<void> {
    if (role === null) throw new Error('a decision that nobody has to approve waits');
    const asking = { institutionId, kind: DECISION_APPROVAL, ref: id, complaintId, role, askedBy: submittedBy ?? draftedBy };
    await this.approvals.ask(tx, asking, at);
  }

  /** The decision counts from this instant; where the rules do not allow it any more it lapses, and the answer says why. */
  async decide(
    tx: Tx,
    principal: Principal,
    complaint: ComplaintRecord,
    record: DecisionRecord,
    {
      content,
      at,
      saidAt = null,
      text,
    }: { readonly content: DecisionContent; readonly at: Date; readonly saidAt?: string | null; readonly text?: string },
  ): Promise<RecordedEvent> {
    const { outcome, version } = record;
    const recorded = await this.events.recordIn(tx, principal, complaint, {
      at: saidAt ?? at.toISOString(),
      facts: { type: 'decided' },
      more: { outcome, version },
      note: { text: text ?? textOf(outcome, moneyOf(record), content) },
    });
    // The instant that the ledger has: what is written elsewhere may have been decided before.
    const decidedAt = saidAt === null ? at : new Date(Math.min(Date.parse(saidAt), at.getTime()));
    await this.store.settle(tx, record.id, recorded.rejected === null ? 'decided' : 'lapsed', decidedAt);
    return recorded;
  }

  /** Ends what waits without an approval. */
  async rest(
    tx: Tx,
    record: Pick<DecisionRecord, 'id' | 'institutionId' | 'complaintId' | 'version'>,
    {
      kind,
      by,
      at,
      noteSealed = null,
    }: {
      readonly kind: 'decision-returned' | 'decision-withdrawn' | 'decision-lapsed';
      readonly by: string;
      readonly at: Date;
      readonly noteSealed?: Buffer | null;
    },
  ): Promise<void> {
    const state = kind === 'decision-returned' ? 'returned' : kind === 'decision-withdrawn' ? 'withdrawn' : 'lapsed';
    await this.store.settle(tx, record.id, state, at);
    const { institutionId, complaintId, version } = record;
    await this.timeline.add(tx, institutionId, [{ complaintId, at, kind, actor: by, data: { version }, noteSealed }]);
  }

  async note(tx: Tx, record: DecisionRecord, kind: 'decision-drafted' | 'decision-approved', by: string, at: Date): Promise<void> {
    const { institutionId, complaintId, version, outcome } = record;
    await this.timeline.add(tx, institutionId, [{ complaintId, at, kind, actor: by, data: { version, outcome } }]);
  }
}
