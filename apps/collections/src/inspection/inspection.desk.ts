import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { isUuid } from '#wire';
import { localDay, localInstant, localInstantOrNull } from '../oversight/local-days.ts';
import { OversightDesk } from '../oversight/oversight.desk.ts';
import { notFound, reaches } from '../oversight/oversight.refusals.ts';
import { ChecklistService } from './checklist.service.ts';
import type { Checklist, InspectionKind } from './checklist.ts';
import type { FileView, FindingView, RectificationView } from './finding.dto.ts';
import { FindingStore, type FileRecord, type FindingRecord, type ReportRecord } from './finding.store.ts';
import type { InspectionItem, InspectionView } from './inspection.dto.ts';
import { InspectionStore, type InspectionRecord } from './inspection.store.ts';

export const SUMMARY = 'inspection.summary';
export const NOTE = 'inspection_answer.note';
export const FINDING = 'inspection_finding.summary';
export const REPORT = 'rectification.report';
export const VERDICT_NOTE = 'rectification.verdict_note';

/** Inspections and findings as those may see them who ask. */
@Injectable()
export class InspectionDesk {
  constructor(
    @Inject(OversightDesk) private readonly desk: OversightDesk,
    @Inject(InspectionStore) private readonly store: InspectionStore,
    @Inject(FindingStore) private readonly findings: FindingStore,
    @Inject(ChecklistService) private readonly checklists: ChecklistService,
  ) {}

  /** An agency sees what is done: an inspection may come without notice. Refuses with NOT_FOUND, also for another agency's. */
  async inspection(tx: Tx, principal: Principal, id: string, { lock = false } = {}): Promise<InspectionRecord> {
    if (!isUuid(id)) throw notFound('inspection');
    if (lock) await this.store.lock(tx, principal.institutionId, id);
    const found = await this.store.find(tx, principal.institutionId, id);
    const seen = found !== null && reaches(principal, found.agencyId) && (principal.agencyId === null || found.state === 'done');
    if (!seen) throw notFound('inspection');
    return found;
  }

  checklist(tx: Tx, institutionId: string, kind: InspectionKind): Promise<Checklist> {
    return this.checklists.inForce(tx, institutionId, kind);
  }

  /** Refuses with NOT_FOUND, also for another agency's and a draft's. */
  async finding(tx: Tx, principal: Principal, id: string, { lock = false } = {}): Promise<FindingRecord> {
    const { institutionId } = principal;
    const found = isUuid(id) ? await (lock ? this.findings.lock(tx, institutionId, id) : this.findings.find(tx, institutionId, id)) : null;
    const seen = found !== null && reaches(principal, found.agencyId) && (principal.agencyId === null || found.state !== 'draft');
    if (!seen) throw notFound('finding');
    return found;
  }

  async view(tx: Tx, principal: Principal, id: string): Promise<InspectionView> {
    const record = await this.inspection(tx, principal, id);
    const answers = await this.store.answers(tx, id);
    const findings = await this.findings.ofInspection(tx, id);
    const files = await this.findings.files(tx, id);
    return {
      ...toItem(record),
      items: (record.items ?? (await this.checklists.inForce(tx, principal.institutionId, record.kind)).items).map(
        ({ itemId, zh, en, sources }) => ({ itemId, zh, en, sources }),
      ),
      answers: answers.map(({ itemId, answer, noteSealed, answeredBy, answeredAt }) => ({
        itemId,
        answer,
        note: this.desk.open(noteSealed, NOTE),
        answeredBy,
        answeredAt: localInstant(answeredAt),
      })),
      findings: await this.findingViews(tx, findings, files),
      // What the bank gathered of the inspection as a whole stays the bank's.
      files: principal.agencyId === null ? files.filter(({ finding }) => finding === null).map(toFile) : [],
      summary: this.desk.open(record.summarySealed, SUMMARY),
    };
  }

  async findingView(tx: Tx, principal: Principal, id: string): Promise<FindingView> {
    const record = await this.finding(tx, principal, id);
    const [view] = await this.findingViews(tx, [record], await this.findings.files(tx, record.inspection));
    if (!view) throw notFound('finding');
    return view;
  }

  async findingViews(tx: Tx, records: readonly FindingRecord[], files: readonly FileRecord[]): Promise<FindingView[]> {
    const reports = await this.findings.reports(
      tx,
      records.map(({ id }) => id),
    );
    const today = localDay(await this.desk.now(tx));
    return records.map((record) => ({
      id: record.id,
      inspectionId: record.inspection,
      agencyId: record.agencyId,
      itemId: record.itemId,
      severity: record.severity,
      source: record.source,
      summary: this.desk.open(record.summarySealed, FINDING),
      owner: record.owner,
      dueOn: record.dueOn,
      state: record.state,
      late: record.state === 'open' && record.dueOn < today,
      foundBy: record.foundBy,
      foundAt: localInstant(record.foundAt),
      acceptedBy: record.acceptedBy,
      acceptedAt: localInstantOrNull(record.acceptedAt),
      reports: reports.filter(({ finding }) => finding === record.id).map((report) => this.toReport(report)),
      files: files.filter(({ finding }) => finding === record.id).map(toFile),
    }));
  }

  private toReport(report: ReportRecord): RectificationView {
    const { id, reportedBy, reportedAt, verdict, verdictBy, verdictAt } = report;
    return {
      id,
      report: this.desk.open(report.reportSealed, REPORT),
      reportedBy,
      reportedAt: localInstant(reportedAt),
      verdict,
      verdictNote: this.desk.open(report.verdictNoteSealed, VERDICT_NOTE),
      verdictBy,
      verdictAt: localInstantOrNull(verdictAt),
    };
  }
}

export const toFile = ({ id, fileName, bytes, sha256, byAgency, addedBy, addedAt }: FileRecord): FileView => ({
  id,
  fileName,
  bytes,
  sha256: sha256.toString('hex'),
  byAgency,
  addedBy,
  addedAt: localInstant(addedAt),
});

export const toItem = (record: InspectionRecord): InspectionItem => ({
  id: record.id,
  agencyId: record.agencyId,
  agencyName: record.agencyName,
  kind: record.kind,
  state: record.state,
  plannedOn: record.plannedOn,
  inspector: record.inspector,
  checklistVersion: record.checklistVersion,
  plannedBy: record.plannedBy,
  plannedAt: localInstant(record.plannedAt),
  begunAt: localInstantOrNull(record.begunAt),
  doneAt: localInstantOrNull(record.doneAt),
  doneBy: record.doneBy,
  findingCount: record.findings,
  openFindings: record.openFindings,
});
