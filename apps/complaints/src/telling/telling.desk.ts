import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { EventService, type RecordedEvent } from '../clock/event.service.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { TimelineService } from '../timeline/timeline.service.ts';
import { clockFormOf, proofText, type Proof, type TellingForm } from './forms.ts';
import type { LetterKind } from '../letter-template/letter-kinds.ts';

/** Something that was told and is proved. */
export interface Told {
  readonly about: LetterKind;
  readonly form: TellingForm;
  readonly at: Date;
  readonly proof: Proof;
  readonly by: string;
}

/** Writes down that somebody was told: in the ledger, where it tells the decision, else in the timeline. The complaint is locked. */
@Injectable()
export class TellingDesk {
  constructor(
    @Inject(EventService) private readonly events: EventService,
    @Inject(TimelineService) private readonly timeline: TimelineService,
  ) {}

  /** What the clock said; null: it was not asked, for it tells something else, or again. */
  async note(tx: Tx, complaint: ComplaintRecord, { about, form, at, proof, by }: Told, now: Date): Promise<RecordedEvent | null> {
    const isFirst = about === 'decision' && complaint.toldAt === null && complaint.closedAt === null;
    if (isFirst)
      return this.events.recordIn(tx, principalOf(complaint, by), complaint, {
        at: at.toISOString(),
        facts: { type: 'told' },
        more: { form: clockFormOf(form) },
        note: { proof: proofText(form, proof) },
      });
    const data = { about, form, at: at.toISOString() };
    await this.timeline.add(tx, complaint.institutionId, [{ complaintId: complaint.id, at: now, kind: 'notice-told', actor: by, data }]);
    return null;
  }

  async waive(tx: Tx, principal: Principal, complaint: ComplaintRecord, reason: string, at: Date): Promise<RecordedEvent> {
    return this.events.recordIn(tx, principal, complaint, {
      at: at.toISOString(),
      facts: { type: 'told' },
      more: { form: 'other', waived: true },
      note: { proof: reason },
    });
  }

  async say(
    tx: Tx,
    complaint: ComplaintRecord,
    kind: 'notice-failed' | 'notice-tried' | 'waiver-asked' | 'waiver-approved' | 'waiver-refused',
    { by, at, data }: { readonly by: string; readonly at: Date; readonly data: Readonly<Record<string, unknown>> },
  ): Promise<void> {
    await this.timeline.add(tx, complaint.institutionId, [{ complaintId: complaint.id, at, kind, actor: by, data }]);
  }
}

/** Whoever asked for it, when the gateway answers long after. */
const principalOf = ({ institutionId }: ComplaintRecord, subject: string): Principal => ({
  subject,
  clientId: null,
  institutionId,
  agencyId: null,
  roles: ['complaint-handler'],
});
