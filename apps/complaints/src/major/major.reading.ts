import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import { ReadingService } from '../complaint/reading.service.ts';
import { PaperService, type PaperView } from '../sorting/paper.service.ts';
import type { MajorItem, MajorReportView, MajorStepView, MajorView } from './major.view.ts';
import { MajorPartStore, type StepRecord } from './major-part.store.ts';
import { MajorReportStore, type ReportRecord } from './major-report.store.ts';
import { MajorStore, type MatterRecord } from './major.store.ts';

/** What a column is sealed as. */
export const SEALED = {
  title: 'major_matter.title',
  note: 'major_entry.note',
  step: 'major_step.text',
  proof: 'major_step.proof',
  content: 'major_report.content',
  sent: 'major_report.proof',
} as const;

const zone = Zone.of(DEFAULT_TIME_ZONE);
export const say = (at: Date): string => zone.format(at.getTime());
export const sayOrNull = (at: Date | null): string | null => at && say(at);

/** What is read with. */
@Injectable()
export class MajorStores {
  constructor(
    @Inject(MajorStore) readonly matters: MajorStore,
    @Inject(MajorPartStore) readonly parts: MajorPartStore,
    @Inject(MajorReportStore) readonly reports: MajorReportStore,
  ) {}
}

/** Matters as a reader may see them. */
@Injectable()
export class MajorReading {
  constructor(
    @Inject(MajorStores) private readonly stores: MajorStores,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(PaperService) private readonly papers: PaperService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  async items(tx: Tx, principal: Principal, matters: readonly MatterRecord[], now: Date, requestId: string): Promise<MajorItem[]> {
    const look = this.reading.readingOf(principal, now);
    const ids = matters.map(({ id }) => id);
    await this.reading.noteRead(tx, principal, look, ids, ['major.title'], requestId);
    return matters.map((matter) => toItem(matter, look.masked ? null : this.vault.open(matter.titleSealed, SEALED.title), now));
  }

  async view(tx: Tx, principal: Principal, matter: MatterRecord, now: Date, requestId: string): Promise<MajorView> {
    const { matters, parts, reports } = this.stores;
    const look = this.reading.readingOf(principal, now);
    await this.reading.noteRead(tx, principal, look, [matter.id], ['major'], requestId);
    const open = (sealed: Buffer | null, context: string): string | null =>
      look.masked || sealed === null ? null : this.vault.open(sealed, context);
    const entries = await parts.entries(tx, matter.id);
    return {
      ...toItem(matter, open(matter.titleSealed, SEALED.title), now),
      openedBy: matter.openedBy,
      openedAt: say(matter.openedAt),
      settingsVersion: matter.settingsVersion,
      downgradeAskedBy: matter.downgradeAskedBy,
      endedAt: sayOrNull(matter.endedAt),
      endedBy: matter.endedBy,
      plan: (await parts.steps(tx, matter.id)).map((step) => this.toStep(principal, matter, step, now, look.masked)),
      reports: await this.toReports(tx, await reports.list(tx, matter.id), open),
      complaintList: await matters.complaints(tx, matter.id),
      entries: entries.map(({ at, kind, actor, data, noteSealed }) => ({
        at: say(at),
        kind,
        actor,
        data,
        note: open(noteSealed, SEALED.note),
      })),
      masked: look.masked,
    };
  }

  private toStep(principal: Principal, { state }: MatterRecord, step: StepRecord, now: Date, masked: boolean): MajorStepView {
    const hides = masked && !step.ofPlan && step.owner !== principal.subject;
    return {
      id: step.id,
      text: hides ? null : (JSON.parse(this.vault.open(step.textSealed, SEALED.step)) as { zh: string; en: string }),
      ownerRole: step.ownerRole,
      owner: step.owner,
      dueAt: say(step.dueAt),
      state: step.state,
      late: (step.settledAt ?? now) > step.dueAt,
      settledBy: step.settledBy,
      settledAt: sayOrNull(step.settledAt),
      proof: masked || step.proofSealed === null ? null : this.vault.open(step.proofSealed, SEALED.proof),
      files: step.files,
      mine: state === 'open' && step.state === 'open' && maySettle(principal, step),
    };
  }

  private async toReports(
    tx: Tx,
    reports: readonly ReportRecord[],
    open: (sealed: Buffer | null, context: string) => string | null,
  ): Promise<MajorReportView[]> {
    const shown: MajorReportView[] = [];
    for (const report of reports) {
      const [paper] = report.paper === null ? [] : await this.papers.about(tx, report.id);
      shown.push(toReport(report, paper ?? null, open(report.proofSealed, SEALED.sent)));
    }
    return shown;
  }
}

/** Whose step it is: who is named, anybody with its role where nobody is, and those who answer for the whole. */
export function maySettle({ subject, roles }: Principal, { owner, ownerRole }: StepRecord): boolean {
  if (roles.some((role) => role === 'complaint-supervisor' || role === 'head-office-approver')) return true;
  return owner === null ? roles.some((role) => role === ownerRole) : owner === subject;
}

const toItem = (matter: MatterRecord, title: string | null, now: Date): MajorItem => ({
  id: matter.id,
  number: matter.number,
  kind: matter.kind,
  drill: matter.drill,
  state: matter.state,
  title,
  persons: matter.persons,
  knownAt: say(matter.knownAt),
  reportDueAt: say(matter.reportDueAt),
  reportedAt: sayOrNull(matter.reportedAt),
  reportLate: matter.state !== 'downgraded' && (matter.reportedAt ?? now) > matter.reportDueAt,
  complaints: matter.complaints,
  steps: matter.steps,
  stepsOpen: matter.stepsOpen,
  stepsOverdue: matter.stepsOverdue,
});

const toReport = (report: ReportRecord, paper: PaperView | null, proof: string | null): MajorReportView => ({
  id: report.id,
  kind: report.kind,
  state: report.state,
  receiver: report.receiver,
  draftedBy: report.draftedBy,
  draftedAt: say(report.draftedAt),
  settledBy: report.settledBy,
  settledAt: sayOrNull(report.settledAt),
  paper,
  sentBy: report.sentBy,
  sentAt: sayOrNull(report.sentAt),
  proof,
  files: report.files,
});
