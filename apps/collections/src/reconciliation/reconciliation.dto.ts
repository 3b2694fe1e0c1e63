import { RESULTS } from '#contact-rules';
import { Shown } from '#wire';
import { FINDINGS, type FindingKind } from './match.ts';
import type { ReconciliationSummary } from './tally.ts';

export class CallRows {
  @Shown.whole({ description: 'read = calls + neverPlaced + rejected' })
  readonly read!: number;

  @Shown.whole()
  readonly calls!: number;

  @Shown.whole()
  readonly neverPlaced!: number;

  @Shown.whole()
  readonly rejected!: number;
}

export class CallPeriod {
  @Shown.instant()
  readonly from!: string;

  @Shown.instant()
  readonly to!: string;
}

export class FindingCount {
  @Shown.oneOf(FINDINGS)
  readonly finding!: FindingKind;

  @Shown.whole()
  readonly calls!: number;
}

export class AgencyCalls {
  @Shown.text({ nullable: true, description: 'Null: the institution itself' })
  readonly agencyId!: string | null;

  @Shown.whole()
  readonly calls!: number;

  @Shown.whole()
  readonly findings!: number;

  @Shown.whole()
  readonly 'no-permit'!: number;

  @Shown.whole()
  readonly 'outside-permit'!: number;

  @Shown.whole()
  readonly 'other-number'!: number;

  @Shown.whole()
  readonly 'outcome-missing'!: number;

  @Shown.whole()
  readonly 'outcome-differs'!: number;
}

export class CollectorCalls extends AgencyCalls {
  @Shown.text({ nullable: true, description: 'Null: the records do not say' })
  readonly collectorId!: string | null;
}

export class UnmappedResult {
  @Shown.text()
  readonly word!: string;

  @Shown.whole()
  readonly calls!: number;
}

export class CallRowError {
  @Shown.whole({ nullable: true, description: 'As a spreadsheet counts: the header is row 1. Null: the file as a whole' })
  readonly row!: number | null;

  @Shown.text({ nullable: true })
  readonly column!: string | null;

  @Shown.text({ example: 'instant' })
  readonly code!: string;

  @Shown.text()
  readonly detail!: string;
}

export class RowsProgress {
  @Shown.whole()
  readonly done!: number;

  @Shown.whole({ nullable: true, description: 'Null while the file is read: not known yet' })
  readonly total!: number | null;
}

/** A reconciliation: how far it is and, once done, what it found. Null and empty until then. */
export class ReconciliationView implements Pick<ReconciliationSummary, 'byFinding' | 'byAgency' | 'byCollector' | 'unmappedResults'> {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text()
  readonly source!: string;

  @Shown.text()
  readonly fileName!: string;

  @Shown.oneOf(['queued', 'running', 'done', 'failed'])
  readonly state!: string;

  @Shown.nested(() => RowsProgress, { nullable: true })
  readonly progress!: RowsProgress | null;

  @Shown.nested(() => CallRows, { nullable: true })
  readonly rows!: CallRows | null;

  @Shown.nested(() => CallPeriod, { nullable: true, description: 'First and last call' })
  readonly period!: CallPeriod | null;

  @Shown.whole({ nullable: true, description: 'Calls that were made under a permit, whatever else is wrong with them' })
  readonly matched!: number | null;

  @Shown.whole({ nullable: true })
  readonly findings!: number | null;

  @Shown.list(() => FindingCount)
  readonly byFinding!: readonly FindingCount[];

  @Shown.list(() => AgencyCalls, { description: 'Most findings first' })
  readonly byAgency!: readonly AgencyCalls[];

  @Shown.list(() => CollectorCalls, { description: 'Collectors with findings, most first, 500 at most' })
  readonly byCollector!: readonly CollectorCalls[];

  @Shown.list(() => UnmappedResult, { description: `Words that the source does not map to one of ${RESULTS.join(', ')}` })
  readonly unmappedResults!: readonly UnmappedResult[];

  @Shown.list(() => CallRowError, { description: 'The first 1,000 rows left out, or why the file as a whole was refused' })
  readonly errors!: readonly CallRowError[];

  @Shown.text()
  readonly requestedBy!: string;

  @Shown.instant()
  readonly createdAt!: string;

  @Shown.instant({ nullable: true })
  readonly finishedAt!: string | null;
}

export class ReconciliationPage {
  @Shown.list(() => ReconciliationView)
  readonly items!: readonly ReconciliationView[];

  @Shown.text({ nullable: true })
  readonly nextCursor!: string | null;
}
