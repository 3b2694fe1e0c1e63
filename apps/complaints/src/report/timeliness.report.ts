import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { ReportDocument } from '#render';
import { countParts, tallied, withNil, type ReportKind, type ReportScope, type RowsSink } from '#reports';
import { AFTER_SECTIONS } from './after-sections.ts';
import { ReportRowsStore } from './report-rows.store.ts';
import { complaintCells, COMPLAINT_COLUMNS, ROWS } from './rows.ts';
import { TimelinessTally, TITLE } from './timeliness.ts';

/** How long the complaints of a period took. */
@Injectable()
export class TimelinessReport implements ReportKind {
  readonly title = TITLE;

  constructor(@Inject(ReportRowsStore) private readonly store: ReportRowsStore) {}

  async build(tx: Tx, scope: ReportScope, sink: RowsSink): Promise<ReportDocument> {
    const tally = new TimelinessTally();
    sink.expect(await this.store.count(tx, scope));
    const complaints = tallied(this.store.complaints(tx, scope), (row) => tally.add(row), complaintCells);
    const title = { zh: '报告期内收到的每一件投诉', en: 'Every complaint received in the period' };
    const names = await this.store.codeNames(tx, scope);
    const rows = await sink.write({ name: ROWS, title, columns: COMPLAINT_COLUMNS }, complaints);
    const after = await countParts(tx, scope, sink, AFTER_SECTIONS);
    const document = tally.toDocument(scope, names, [rows, ...after.rowFiles]);
    return withNil({ ...document, figures: [...document.figures, ...after.figures], tables: [...document.tables, ...after.tables] });
  }

  institutions(tx: Tx, from: Date, until: Date): Promise<string[]> {
    return this.store.institutions(tx, from, until);
  }
}
