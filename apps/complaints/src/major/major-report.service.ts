import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { NOT_FOUND, Refusal } from '#problem';
import type { Tx } from '#pg';
import { renderNotice } from '#render';
import { isUuid } from '#wire';
import { ApprovalService } from '../approval/approval.service.ts';
import { CodeTableService } from '../code-table/code-table.service.ts';
import { pastInstant } from '../complaint/past-instant.ts';
import { PaperService, type PaperFile } from '../sorting/paper.service.ts';
import { otherThan } from '../sorting/sorting.desk.ts';
import type { MajorReportRequest, MajorSent, MajorWord } from './major.dto.ts';
import type { MajorView } from './major.view.ts';
import { MajorDesk, wrong, type Acting, type Call } from './major.desk.ts';
import { DRILL_IS_NOT_SENT, REPORT_STATE } from './major.refusals.ts';
import { MajorStores, say, SEALED } from './major.reading.ts';
import type { ReportRecord, ReportState } from './major-report.store.ts';
import { APPROVER } from './major-settings.service.ts';
import { majorReportOf, type ReportContent } from './report-text.ts';

export const REPORT_KIND = 'major-report';

/** What prints, and what says the words of codes. */
@Injectable()
export class MajorPress {
  constructor(
    @Inject(PaperService) readonly papers: PaperService,
    @Inject(CodeTableService) readonly codes: CodeTableService,
  ) {}
}

/** Reports to the regulator: drafted from the data, approved by a second person, printed then, and put down as sent with what proves it. */
@Injectable()
export class MajorReportService {
  constructor(
    @Inject(MajorDesk) private readonly desk: MajorDesk,
    @Inject(MajorStores) private readonly stores: MajorStores,
    @Inject(ApprovalService) private readonly approvals: ApprovalService,
    @Inject(MajorPress) private readonly press: MajorPress,
  ) {}

  /** Takes the place of a draft of its kind that is not sent. Refuses with REPORT_STATE where one was, and as every act on a matter. */
  draft(call: Call, matterId: string, request: MajorReportRequest): Promise<MajorView> {
    const { kind, receiver } = request;
    return this.desk.act(call, matterId, async (acting) => {
      const { tx, principal, matter, now } = acting;
      const { institutionId } = matter;
      for (const before of await this.stores.reports.list(tx, matter.id)) {
        if (before.kind !== kind) continue;
        if (before.state === 'sent' && kind !== 'progress')
          throw new Refusal(REPORT_STATE, { detail: 'It was sent; what is new goes into a progress report.' });
        if (matter.drill && before.state === 'approved' && kind !== 'progress')
          throw new Refusal(REPORT_STATE, { detail: 'It was approved, with which that of a drill is done.' });
        if (before.state !== 'draft' && before.state !== 'waiting' && before.state !== 'approved') continue;
        await this.approvals.moot(tx, approvalOf(institutionId, before), principal.subject, now);
        await this.stores.reports.replace(tx, before.id);
      }
      const contentSealed = this.desk.seal(JSON.stringify(await this.compose(acting, request)), SEALED.content);
      const draft = { institutionId, matter: matter.id, kind, receiver, contentSealed, by: principal.subject, at: now };
      const id = await this.stores.reports.insert(tx, draft);
      await this.desk.enter(acting, 'report-drafted', { reportId: id, kind }, null);
    });
  }

  /** Asks for the second person’s word. Refuses with NOT_FOUND, REPORT_STATE, and as every act on a matter. */
  submit(call: Call, matterId: string, reportId: string): Promise<MajorView> {
    return this.desk.act(call, matterId, async (acting) => {
      const { tx, principal, matter, now } = acting;
      const report = await this.at(acting, reportId, 'draft');
      await this.stores.reports.submit(tx, report.id, principal.subject);
      const asking = {
        ...approvalOf(matter.institutionId, report),
        complaintId: null,
        role: APPROVER,
        askedBy: principal.subject,
      } as const;
      await this.approvals.ask(tx, asking, now);
      await this.desk.enter(acting, 'report-submitted', { reportId: report.id, kind: report.kind }, null);
    });
  }

  /** Refuses with NOT_FOUND, REPORT_STATE, FORBIDDEN for who drafted or submitted it, INVALID to return it without a note. */
  settle(call: Call, matterId: string, reportId: string, { agrees, note }: MajorWord): Promise<MajorView> {
    return this.desk.act(call, matterId, async (acting) => {
      const { tx, principal, matter, now } = acting;
      const report = await this.at(acting, reportId, 'waiting');
      otherThan(principal, [report.draftedBy, report.submittedBy], 'this report');
      if (!agrees && !note?.trim()) throw wrong('/note', 'say what is wrong with it');
      await this.approvals.settle(tx, principal, approvalOf(matter.institutionId, report), agrees ? 'approved' : 'refused', now);
      const paper = agrees ? await this.print(acting, report) : null;
      const state = agrees ? 'approved' : 'returned';
      await this.stores.reports.settle(tx, report.id, { state, by: principal.subject, at: now, paper });
      await this.desk.enter(acting, `report-${state}`, { reportId: report.id, kind: report.kind }, note?.trim() || null);
      // What is never sent is done when it could be.
      if (agrees && matter.drill && report.kind === 'first') await this.stores.matters.reported(tx, matter.id, now);
    });
  }

  /** Refuses with NOT_FOUND, DRILL_IS_NOT_SENT, REPORT_STATE, INVALID for the instant or the files, and as every act on a matter. */
  sent(call: Call, matterId: string, reportId: string, { sentAt, proof, files }: MajorSent): Promise<MajorView> {
    return this.desk.act(call, matterId, async (acting) => {
      const { tx, principal, matter, now } = acting;
      if (matter.drill) throw new Refusal(DRILL_IS_NOT_SENT, { detail: 'It is done when it is approved.' });
      const report = await this.at(acting, reportId, 'approved');
      const at = sentAt == null ? now : pastInstant(sentAt, now);
      if (at === null) throw wrong('/sentAt', 'is in the future');
      if (report.settledAt !== null && at < report.settledAt) throw wrong('/sentAt', `is before it was approved, ${say(report.settledAt)}`);
      const proofFiles = await this.desk.proofFiles(acting, files);
      const proofSealed = this.desk.seal(proof, SEALED.sent);
      await this.stores.reports.sent(tx, report.id, { by: principal.subject, at, proofSealed, files: proofFiles });
      if (report.kind === 'first') await this.stores.matters.reported(tx, matter.id, at);
      const late = report.kind === 'first' && at > matter.reportDueAt;
      await this.desk.enter(acting, 'report-sent', { reportId: report.id, kind: report.kind, sentAt: say(at), late }, null);
      await this.desk.tell(acting, await this.stores.matters.complaintIds(tx, matter.id), 'major-reported');
    });
  }

  /** The PDF: what was approved as it was printed, else the draft as it would be. Refuses with NOT_FOUND. */
  file(principal: Principal, matterId: string, reportId: string, requestId: string): Promise<PaperFile> {
    return this.desk.read(principal, async (tx, now) => {
      const matter = await this.desk.find(tx, principal, matterId, now);
      const report = await this.found(tx, matter.id, reportId);
      const { reading } = this.desk.pens;
      await reading.noteRead(tx, principal, reading.readingOf(principal, now), [matter.id], ['major.report'], requestId);
      if (report.paper !== null) return this.press.papers.file(tx, principal.institutionId, report.paper, { about: report.id });
      const { institutionId } = principal;
      const signature = [institutionId, '（草稿，未经审批）'];
      const notice = {
        ...this.content(report),
        institution: institutionId,
        number: '草稿',
        signature,
        madeAt: report.draftedAt.toISOString(),
      };
      const pieces: Buffer[] = [];
      for await (const piece of renderNotice(notice)) pieces.push(piece);
      const bytes = Buffer.concat(pieces);
      return { fileName: `${matter.number}-${report.kind}-draft.pdf`, sha256: createHash('sha256').update(bytes).digest('hex'), bytes };
    });
  }

  private async compose({ tx, matter, now }: Acting, request: MajorReportRequest): Promise<ReportContent> {
    const { matters, parts } = this.stores;
    const { vault } = this.desk.pens;
    const steps = (await parts.steps(tx, matter.id)).map((step) => ({
      text: (JSON.parse(vault.open(step.textSealed, SEALED.step)) as { zh: string }).zh,
      state: step.state,
      settledAt: step.settledAt,
    }));
    const [figures, words] = [await matters.figures(tx, matter.id), await this.press.codes.words(tx, matter.institutionId)];
    return majorReportOf({ matter, title: vault.open(matter.titleSealed, SEALED.title), steps, figures, words, request, now });
  }

  private content({ contentSealed }: ReportRecord): ReportContent {
    return JSON.parse(this.desk.pens.vault.open(contentSealed, SEALED.content)) as ReportContent;
  }

  private async print({ tx, principal, matter, now }: Acting, report: ReportRecord): Promise<string> {
    const order = {
      ...this.content(report),
      institutionId: matter.institutionId,
      complaintId: null,
      about: report.id,
      kind: 'major',
      receiver: report.receiver,
      madeBy: principal.subject,
      prefix: matter.drill ? 'YLBG' : 'ZDBG',
    } as const;
    return (await this.press.papers.print(tx, order, now)).id;
  }

  private async at({ tx, matter }: Acting, id: string, state: ReportState): Promise<ReportRecord> {
    const report = await this.found(tx, matter.id, id);
    if (report.state !== state) throw new Refusal(REPORT_STATE, { detail: `It is ${report.state}, not ${state}.` });
    return report;
  }

  private async found(tx: Tx, matter: string, id: string): Promise<ReportRecord> {
    const report = isUuid(id) ? await this.stores.reports.find(tx, matter, id) : null;
    if (report === null) throw new Refusal(NOT_FOUND, { detail: 'The matter has no such report.' });
    return report;
  }
}

const approvalOf = (institutionId: string, { id }: ReportRecord) => ({ institutionId, kind: REPORT_KIND, ref: id }) as const;
