import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { ReportDocument } from '#render';
import { tallied, type ReportKind, type ReportScope, type RowsSink } from '#reports';
import { ComplianceTally, TITLE } from './compliance.ts';
import { ReportRowsStore } from './report-rows.store.ts';
import { decisionCells, DECISION_COLUMNS, findingCells, FINDING_COLUMNS, FINDINGS, ROWS } from './rows.ts';

/** What the gate was asked and answered in a period, and what look-backs found. */
@Injectable()
export class ComplianceReport implements ReportKind {
  readonly title = TITLE;

  constructor(@Inject(ReportRowsStore) private readonly store: ReportRowsStore) {}

  async build(tx: Tx, scope: ReportScope, sink: RowsSink): Promise<ReportDocument> {
    const tally = new ComplianceTally();
    sink.expect(await this.store.count(tx, scope));
    const decisions = tallied(this.store.decisions(tx, scope), (row) => tally.add(row), decisionCells);
    const title = { zh: '报告期内每一次申请与判断', en: 'Every contact asked for in the period, and the decision' };
    const rows = await sink.write({ name: ROWS, title, columns: DECISION_COLUMNS }, decisions);
    const findings = tallied(this.store.findings(tx, scope), (row) => tally.addFinding(row), findingCells);
    const found = await sink.write(
      { name: FINDINGS, title: { zh: '回溯审查的每一项发现', en: 'Every finding of look-backs' }, columns: FINDING_COLUMNS },
      findings,
    );
    return tally.toDocument(scope, [rows, found]);
  }

  institutions(tx: Tx, from: Date, until: Date): Promise<string[]> {
    return this.store.institutions(tx, from, until);
  }
}
