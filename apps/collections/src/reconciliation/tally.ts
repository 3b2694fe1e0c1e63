import type { Call } from './reading.ts';
import { FINDINGS, type FindingKind, type Matched } from './match.ts';

type Counts = Record<FindingKind, number>;

const noFindings = (): Counts => ({ 'no-permit': 0, 'outside-permit': 0, 'other-number': 0, 'outcome-missing': 0, 'outcome-differs': 0 });

export interface RowError {
  readonly row: number;
  readonly column: string | null;
  readonly code: string;
}

/** What a reconciliation found, as plain data. The same file, mapping and ledger give the same summary. */
export interface ReconciliationSummary {
  /** read = calls + neverPlaced + rejected. */
  readonly rows: { readonly read: number; readonly calls: number; readonly neverPlaced: number; readonly rejected: number };
  /** First and last call, RFC 3339 in UTC; null for a file without one. */
  readonly period: { readonly from: string; readonly to: string } | null;
  readonly matched: number;
  readonly findings: number;
  readonly byFinding: readonly { readonly finding: FindingKind; readonly calls: number }[];
  /** agencyId null: the institution itself. Most findings first. */
  readonly byAgency: readonly ({ readonly agencyId: string | null; readonly calls: number; readonly findings: number } & Counts)[];
  /** The collectors with findings; most findings first, 500 at most. */
  readonly byCollector: readonly ({
    readonly agencyId: string | null;
    readonly collectorId: string | null;
    readonly calls: number;
    readonly findings: number;
  } & Counts)[];
  /** Words for results that the source's mapping does not know: the calls count, their result does not. */
  readonly unmappedResults: readonly { readonly word: string; readonly calls: number }[];
  readonly errors: { readonly total: number; readonly first: readonly RowError[] };
}

interface Line extends Counts {
  readonly agencyId: string | null;
  readonly collectorId: string | null;
  calls: number;
  findings: number;
}

const ERRORS_KEPT = 1000;
const COLLECTORS_SHOWN = 500;
// A column of garbage must not fill the memory: what is over the limit shares one line.
const MAX_LINES = 20_000;

/** Gathers the summary while the calls go by. */
export class Tally {
  read = 0;
  neverPlaced = 0;
  private calls = 0;
  private matched = 0;
  private from = Number.POSITIVE_INFINITY;
  private to = Number.NEGATIVE_INFINITY;
  private readonly counts = noFindings();
  private readonly lines = new Map<string, Line>();
  private readonly errors: RowError[] = [];
  private rejected = 0;

  get rejectedRows(): number {
    return this.rejected;
  }

  reject(error: RowError): void {
    this.rejected += 1;
    if (this.errors.length < ERRORS_KEPT) this.errors.push(error);
  }

  add({ agencyId, collectorId, startedAt }: Pick<Call, 'agencyId' | 'collectorId' | 'startedAt'>, { kind, permit }: Matched): void {
    this.calls += 1;
    this.from = Math.min(this.from, startedAt);
    this.to = Math.max(this.to, startedAt);
    if (permit !== null && kind !== 'no-permit') this.matched += 1;
    const line = this.lineOf(agencyId, collectorId);
    line.calls += 1;
    if (kind === null) return;
    this.counts[kind] += 1;
    line[kind] += 1;
    line.findings += 1;
  }

  private lineOf(agencyId: string | null, collectorId: string | null): Line {
    const key = JSON.stringify([agencyId, collectorId]);
    const known = this.lines.get(key);
    if (known) return known;
    if (this.lines.size >= MAX_LINES && collectorId !== '*') return this.lineOf(this.lines.size >= MAX_LINES + 1000 ? '*' : agencyId, '*');
    const line: Line = { agencyId, collectorId, calls: 0, findings: 0, ...noFindings() };
    this.lines.set(key, line);
    return line;
  }

  toSummary(unmapped: ReadonlyMap<string, number>): ReconciliationSummary {
    const lines = [...this.lines.values()];
    const agencies = new Map<string | null, Omit<Line, 'collectorId'>>();
    for (const line of lines) {
      const sum = agencies.get(line.agencyId) ?? { agencyId: line.agencyId, calls: 0, findings: 0, ...noFindings() };
      sum.calls += line.calls;
      sum.findings += line.findings;
      for (const kind of FINDINGS) sum[kind] += line[kind];
      agencies.set(line.agencyId, sum);
    }
    const worst = (a: Line | Omit<Line, 'collectorId'>, b: Line | Omit<Line, 'collectorId'>): number =>
      b.findings - a.findings || b.calls - a.calls;
    const findings = FINDINGS.reduce((sum, kind) => sum + this.counts[kind], 0);
    return {
      rows: { read: this.read, calls: this.calls, neverPlaced: this.neverPlaced, rejected: this.rejected },
      period: this.calls > 0 ? { from: new Date(this.from).toISOString(), to: new Date(this.to).toISOString() } : null,
      matched: this.matched,
      findings,
      byFinding: FINDINGS.map((finding) => ({ finding, calls: this.counts[finding] })),
      byAgency: [...agencies.values()].toSorted(worst),
      byCollector: lines
        .filter((line) => line.findings > 0)
        .toSorted(worst)
        .slice(0, COLLECTORS_SHOWN),
      unmappedResults: [...unmapped].map(([word, calls]) => ({ word, calls })).toSorted((a, b) => b.calls - a.calls),
      errors: { total: this.rejected, first: this.errors },
    };
  }
}
