import { Inject, Injectable } from '@nestjs/common';
import { Refusal } from '#problem';
import { ApprovalService } from '../approval/approval.service.ts';
import { otherThan } from '../sorting/sorting.desk.ts';
import type { DowngradeRequest, MajorWord } from './major.dto.ts';
import type { MajorView } from './major.view.ts';
import { MajorDesk, wrong, type Acting, type Call } from './major.desk.ts';
import { ALREADY_REPORTED, DOWNGRADE_WAITS, MAJOR_BY_RULE, NO_DOWNGRADE_WAITS, NOT_TO_BE_CLOSED } from './major.refusals.ts';
import { MajorStores } from './major.reading.ts';
import { APPROVER } from './major-settings.service.ts';
import { MOST_PERSONS, SOURCE } from './plan.ts';

export const DOWNGRADE_KIND = 'major-downgrade';

/** How a major matter ends: as none, when a second person agrees, or closed with its plan done and its reports sent. */
@Injectable()
export class MajorEndingService {
  constructor(
    @Inject(MajorDesk) private readonly desk: MajorDesk,
    @Inject(MajorStores) private readonly stores: MajorStores,
    @Inject(ApprovalService) private readonly approvals: ApprovalService,
  ) {}

  /** Refuses with MAJOR_BY_RULE, ALREADY_REPORTED, DOWNGRADE_WAITS, and as every act on a matter. */
  downgrade(call: Call, matterId: string, { reason, persons }: DowngradeRequest): Promise<MajorView> {
    return this.desk.act(call, matterId, async (acting) => {
      const { tx, principal, matter, now } = acting;
      if (matter.downgradeAskedBy !== null)
        throw new Refusal(DOWNGRADE_WAITS, { detail: `${matter.downgradeAskedBy} asked; ${APPROVER} answers first.` });
      if (matter.reportedAt !== null) throw new Refusal(ALREADY_REPORTED, { detail: 'The regulator waits for how it ends.' });
      if (matter.kind === 'group' && (persons ?? matter.persons ?? 0) >= MOST_PERSONS) {
        const detail = `${MOST_PERSONS} persons or more face to face are one; where there were fewer, say how many`;
        throw new Refusal(MAJOR_BY_RULE, { errors: [{ pointer: '/persons', detail, source: SOURCE }] });
      }
      await this.stores.matters.askDowngrade(tx, matter.id, principal.subject, persons ?? null);
      const asking = { ...approvalOf(acting), complaintId: null, role: APPROVER, askedBy: principal.subject } as const;
      await this.approvals.ask(tx, asking, now);
      await this.desk.enter(acting, 'downgrade-asked', { persons: persons ?? null }, reason);
    });
  }

  /** The second person’s word. Refuses with NO_DOWNGRADE_WAITS, FORBIDDEN for who asked, INVALID to refuse without a note. */
  settleDowngrade(call: Call, matterId: string, { agrees, note }: MajorWord): Promise<MajorView> {
    return this.desk.act(call, matterId, async (acting) => {
      const { tx, principal, matter, now } = acting;
      if (matter.downgradeAskedBy === null) throw new Refusal(NO_DOWNGRADE_WAITS, { detail: 'Look at the matter again.' });
      otherThan(principal, [matter.downgradeAskedBy], 'this request');
      if (!agrees && !note?.trim()) throw wrong('/note', 'say why it stays a major one');
      await this.approvals.settle(tx, principal, approvalOf(acting), agrees ? 'approved' : 'refused', now);
      await this.desk.enter(acting, agrees ? 'downgraded' : 'downgrade-refused', {}, note?.trim() || null);
      if (!agrees) return this.stores.matters.askDowngrade(tx, matter.id, null, null);
      await this.endReports(acting);
      await this.end(acting, 'downgraded');
    });
  }

  /** Refuses with NOT_TO_BE_CLOSED saying what is missing, and as every act on a matter. */
  close(call: Call, matterId: string, note: string): Promise<MajorView> {
    return this.desk.act(call, matterId, async (acting) => {
      const missing = await this.missing(acting);
      if (missing.length > 0) throw new Refusal(NOT_TO_BE_CLOSED, { detail: `Still missing: ${missing.join('; ')}.` });
      await this.desk.enter(acting, 'closed', {}, note);
      await this.end(acting, 'closed');
    });
  }

  private async missing({ tx, matter }: Acting): Promise<string[]> {
    const reports = await this.stores.reports.list(tx, matter.id);
    const done = matter.drill ? ['approved'] : ['sent'];
    const lacks = (kind: string): boolean => !reports.some((report) => report.kind === kind && done.includes(report.state));
    return [
      ...(matter.stepsOpen > 0 ? [`${matter.stepsOpen} steps of the plan`] : []),
      ...(['first', 'closing'] as const).filter(lacks).map((kind) => `the ${kind} report, ${matter.drill ? 'approved' : 'sent'}`),
      ...(matter.downgradeAskedBy === null ? [] : ['the word on whether it is downgraded']),
    ];
  }

  private async end(acting: Acting, state: 'downgraded' | 'closed'): Promise<void> {
    const { tx, principal, matter, now } = acting;
    const complaints = await this.stores.matters.complaintIds(tx, matter.id);
    await this.stores.matters.end(tx, matter.id, state, principal.subject, now);
    await this.desk.tell(acting, complaints, `major-${state}`);
    await this.desk.changed(acting, complaints);
  }

  /** Of what is no major matter nobody has a report to write. */
  private async endReports({ tx, principal, matter, now }: Acting): Promise<void> {
    for (const { id, state } of await this.stores.reports.list(tx, matter.id)) {
      if (state !== 'draft' && state !== 'waiting' && state !== 'approved') continue;
      await this.approvals.moot(tx, { institutionId: matter.institutionId, kind: 'major-report', ref: id }, principal.subject, now);
      await this.stores.reports.replace(tx, id);
    }
  }
}

const approvalOf = ({ matter: { institutionId, id } }: Acting) => ({ institutionId, kind: DOWNGRADE_KIND, ref: id }) as const;
