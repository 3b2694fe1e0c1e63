import { Inject, Injectable } from '@nestjs/common';
import { consentsReliedOn, readInput } from '#contact-rules';
import type { Tx } from '#pg';
import type { Cell, ReportDocument, RowsFile, Words } from '#render';
import { tallied, type ReportKind, type ReportScope, type RowsSink } from '#reports';
import { PolicyService } from '../policy/policy.service.ts';
import { ComplianceTally } from './compliance.ts';
import { TITLE } from './compliance-words.ts';
import { OversightRowsStore } from './oversight-rows.store.ts';
import { ReportRowsStore, type ReliedOn } from './report-rows.store.ts';
import {
  BEFORE,
  BEFORE_COLUMNS,
  beforeCells,
  CALL_COLUMNS,
  callCells,
  CALLS,
  DECISION_COLUMNS,
  decisionCells,
  FINDING_COLUMNS,
  findingCells,
  FINDINGS,
  REPEAT_COLUMNS,
  repeatCells,
  REPEATS,
  ROWS,
} from './rows.ts';

/** What the gate was asked and answered in a period, what audits found, and who was at it again. */
@Injectable()
export class ComplianceReport implements ReportKind {
  readonly title = TITLE;

  constructor(
    @Inject(ReportRowsStore) private readonly store: ReportRowsStore,
    @Inject(OversightRowsStore) private readonly oversight: OversightRowsStore,
    @Inject(PolicyService) private readonly policies: PolicyService,
  ) {}

  async build(tx: Tx, scope: ReportScope, sink: RowsSink): Promise<ReportDocument> {
    const tally = new ComplianceTally();
    sink.expect(await this.store.count(tx, scope));
    const reliedOn: ReliedOn = async ({ proposed, facts, policy }, at) =>
      // What a message says is sealed, and no consent lifts what it may not say.
      consentsReliedOn(readInput({ ...proposed, message: null }, facts), await this.policies.policyOf(tx, scope.institutionId, policy), at);
    const decisions = tallied(this.store.decisions(tx, scope, reliedOn), (row) => tally.add(row), decisionCells);
    const findings = tallied(this.store.findings(tx, scope), (row) => tally.addFinding(row), findingCells);
    const calls = tallied(this.oversight.calls(tx, scope), (row) => tally.addCall(row), callCells);
    const repeats = tallied(this.oversight.repeats(tx, scope), (row) => tally.addRepeat(row), repeatCells);
    const before = tallied(this.oversight.before(tx, scope), (row) => tally.addBefore(row), beforeCells);
    const files: RowsFile[] = [];
    const write = async (name: string, title: Words, columns: RowsFile['columns'], rows: AsyncIterable<Cell[][]>): Promise<void> => {
      files.push(await sink.write({ name, title, columns }, rows));
    };
    await write(
      ROWS,
      { zh: '报告期内每一次申请与判断', en: 'Every contact asked for in the period, and the decision' },
      DECISION_COLUMNS,
      decisions,
    );
    await write(FINDINGS, { zh: '回溯审查的每一项发现', en: 'Every finding of look-backs' }, FINDING_COLUMNS, findings);
    await write(CALLS, { zh: '话单核对的每一项发现', en: 'Every finding of call records' }, CALL_COLUMNS, calls);
    await write(REPEATS, { zh: '每一次再次发生', en: 'Everything that was done again' }, REPEAT_COLUMNS, repeats);
    await write(BEFORE, { zh: '上一可比期逐日数量', en: 'The period before, day by day' }, BEFORE_COLUMNS, before);
    return tally.toDocument(scope, files);
  }

  institutions(tx: Tx, from: Date, until: Date): Promise<string[]> {
    return this.store.institutions(tx, from, until);
  }
}
