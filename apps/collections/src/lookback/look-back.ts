import { sortExternally, type SortRecord } from '#external-sort';
import { fileSource, readTable, TableError, type TableSource } from '#tabular';
import type { Policy } from '#contact-rules';
import { LookBack } from './engine.ts';
import type { Finding } from './row-judge.ts';
import { checkCells, LOG_COLUMNS, readLine, searchedIn, type LogRow } from './log-row.ts';
import { always, type PolicyTimeline } from './policies.ts';
import { ProgressMeter, type Progress } from './progress.ts';
import { NOTHING_REGISTERED, type Register, type Registered, type RegisteredAgency } from './register.ts';
import { RowErrors } from './row-errors.ts';
import { Tally, type LookbackSummary } from './summary.ts';

export interface LogFile {
  /** As the reader knows it; stands in errors and the summary. */
  readonly name: string;
  readonly source: TableSource | string;
}

export interface LookbackOptions {
  /** Read one after the other; of rows at one instant the earlier in this order is the earlier. */
  readonly files: readonly LogFile[];
  /** One policy, or several by date. */
  readonly policy: Policy | PolicyTimeline;
  /** An existing folder for what does not fit in memory while rows are put in order. */
  readonly spoolFolder: string;
  /** The most that rows may take in memory while they are put in order. */
  readonly memoryBytes?: number;
  readonly register?: Register;
  readonly signal?: AbortSignal;
  /** Findings in the order of the log, some at a time; the next are not made before it resolves. */
  readonly onFindings: (findings: readonly Finding[]) => void | Promise<void>;
  readonly onProgress?: (progress: Progress) => void;
  /** A steady clock in milliseconds, for rates. */
  readonly elapsedMs?: () => number;
}

/** A log that cannot be audited at all. */
export class LogFileError extends Error {
  constructor(
    readonly file: string,
    override readonly cause: TableError,
  ) {
    super(`${file}: ${cause.detail}`);
    this.name = 'LogFileError';
  }
}

const MEMORY_BYTES = 32 * 1024 * 1024;
// Rows that are judged between two looks at the register, the writer and the clock.
const BATCH_ROWS = 500;
const MAX_AGENCIES = 5_000;

/**
 * Audits past logs of any size, sorted or not: reads, puts in order, judges. Bad rows are left out and named in the summary.
 * @throws LogFileError where a file is no contact log; the signal's reason; errors of the file system
 */
export class LookbackRun {
  private readonly engine: LookBack;
  private readonly tally: Tally;
  private readonly errors = new RowErrors();
  /** Filled while the rows are read, before the first is judged. */
  private readonly searched = new Set<string>();
  private readonly agencies = new Map<string, RegisteredAgency | null>();
  private readonly meter: ProgressMeter;

  constructor(private readonly options: LookbackOptions) {
    const policies = 'rules' in options.policy ? always(options.policy) : options.policy;
    this.engine = new LookBack(policies, this.searched);
    this.tally = new Tally(policies);
    this.meter = new ProgressMeter(options.elapsedMs ?? (() => 0), options.onProgress ?? (() => {}));
  }

  async run(): Promise<LookbackSummary> {
    const { spoolFolder, signal, memoryBytes = MEMORY_BYTES } = this.options;
    for await (const batch of sortExternally(this.records(), { memoryBytes, spoolFolder, signal, batchRows: BATCH_ROWS })) {
      await this.judge(batch);
      this.meter.judged(batch.length);
    }
    this.meter.done();
    this.tally.rejected = this.errors.total;
    const { total, byCode, first } = this.errors;
    return this.tally.toSummary(this.engine.leftOut, this.engine.withoutConsents, { total, byCode, first });
  }

  /** What can be judged, as lines by instant. */
  private async *records(): AsyncGenerator<readonly SortRecord[]> {
    const sources = await Promise.all(
      this.options.files.map(async ({ source }) => (typeof source === 'string' ? fileSource(source) : source)),
    );
    this.meter.begin(sources.reduce((sum, source) => sum + source.bytes, 0));
    for (const [file, { name }] of this.options.files.entries()) {
      const source = sources[file];
      if (!source) continue;
      try {
        yield* this.recordsOf(source, file, name);
      } catch (error) {
        throw error instanceof TableError ? new LogFileError(name, error) : error;
      }
      this.meter.fileDone(source.bytes);
    }
    this.meter.sorting();
  }

  private async *recordsOf(source: TableSource, file: number, name: string): AsyncGenerator<readonly SortRecord[]> {
    const counted = { name, rows: 0 };
    this.tally.files.push(counted);
    for await (const { rows, errors, bytesRead } of readTable(source, LOG_COLUMNS)) {
      const records: SortRecord[] = [];
      for (const { row, values } of rows) {
        // The batch is ours alone: trimming in place spares a copy of every row.
        const checked = checkCells(values as string[], file, row);
        if ('code' in checked) this.errors.add(name, row, checked);
        else records.push(checked);
        const searched = searchedIn(values);
        if (searched !== null) this.searched.add(searched);
      }
      for (const { row, column, code } of errors) this.errors.add(name, row, { column, code, allowed: [] });
      counted.rows += rows.length + errors.length;
      this.tally.read += rows.length + errors.length;
      this.meter.readSoFar(this.tally.read, bytesRead);
      yield records;
    }
  }

  private async judge(batch: readonly SortRecord[]): Promise<void> {
    const rows = batch.map(({ key, line }) => readLine(key, line));
    const registered = await this.factsFor(rows);
    const findings: Finding[] = [];
    for (const row of rows) {
      const known = registered(row);
      const heard = this.engine.hear(row, known);
      if (heard.fate === 'judged') {
        this.tally.addJudged(row, heard.findings, this.engine.policyOf(row, known));
        for (const finding of heard.findings) findings.push(finding);
      } else if (heard.fate === 'history') {
        this.tally.addHistory(row);
      } else if (heard.fate === 'duplicate') {
        this.tally.addDuplicate();
      } else {
        const name = this.options.files[row.file]?.name ?? '';
        this.errors.add(name, row.row, { column: 'attemptId', code: 'duplicate-id', allowed: [] });
      }
    }
    if (findings.length > 0) await this.options.onFindings(findings);
  }

  private async factsFor(rows: readonly LogRow[]): Promise<(row: LogRow) => Registered> {
    const { register } = this.options;
    if (!register) return () => NOTHING_REGISTERED;
    const caseIds = new Set(rows.flatMap(({ caseId }) => caseId ?? []));
    const agencyIds = new Set(rows.flatMap(({ agencyId }) => (agencyId === null || this.agencies.has(agencyId) ? [] : [agencyId])));
    const cases = caseIds.size === 0 ? null : await register.factsFor([...caseIds]);
    const agencies = agencyIds.size === 0 ? null : await register.agencies([...agencyIds]);
    // A column of garbage must not fill the memory.
    if (this.agencies.size > MAX_AGENCIES) this.agencies.clear();
    for (const id of agencyIds) this.agencies.set(` ${id}`.slice(1), agencies?.get(id) ?? null);
    return ({ caseId, agencyId }) => ({
      case: caseId === null ? null : (cases?.get(caseId) ?? null),
      agency: agencyId === null ? null : (this.agencies.get(agencyId) ?? null),
    });
  }
}

/** See LookbackRun. */
export const lookBack = (options: LookbackOptions): Promise<LookbackSummary> => new LookbackRun(options).run();
