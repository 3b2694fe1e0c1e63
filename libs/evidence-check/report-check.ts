import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { Zone } from '#contact-rules';
import type { Relied } from '#contact-rules';
import type { EvidenceRecord, SignedHead } from '#evidence';
import type { SortRecord } from '#external-sort';
import { TraceCounts, type Condition, type Trace } from '#trace';
import { COMPLAINTS } from './complaint-rows.ts';
import { CONTACTS } from './contact-rows.ts';
import type { Derivation, Window } from './derived.ts';
import { readReport, type ReportJson, type Said } from './document.ts';
import type { Finding } from './finding.ts';
import { countRows } from './rows-file.ts';

const ROWS = 'rows.csv';
const DERIVATIONS: Readonly<Record<string, Derivation>> = { 'collections-compliance': CONTACTS, 'complaint-timeliness': COMPLAINTS };

/** What was checked of a report, and what could not be, by why. */
export interface ReportSummary {
  readonly numbers: number;
  /** Recomputed from rows files. */
  readonly fromRows: number;
  /** Recomputed from the records of the log. */
  readonly fromRecords: number;
  readonly notChecked: Readonly<Record<string, number>>;
}

interface MadeBody {
  readonly kind: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly asOf: string;
  readonly documentSha256: string;
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
  readonly figures: readonly { readonly id: string; readonly value: number | null }[];
}

/** What the log was found to be, from first to last. */
export interface Logged {
  readonly from: number;
  readonly size: number;
  readonly institution: string;
  /** `at` of its first record. */
  readonly firstAt: string | null;
}

export type Found = (finding: Finding) => void;

const columnsOf = ({ filter, of = [], column }: Trace): string[] => [
  ...[...filter, ...of].map((condition: Condition) => condition.column),
  ...(column === undefined ? [] : [column]),
];

/** Holds a report against its rows files and the records of the log. Memory does not grow with either. */
export class ReportCheck {
  private made: MadeBody | null = null;
  private readonly fileSha256: string;
  private readonly report: ReportJson;
  private readonly derivation: Derivation | null;
  private readonly rowFiles = new Map<string, string>();
  private readonly notChecked: Record<string, number> = {};
  private readonly checked = { fromRows: 0, fromRecords: 0 };
  private parts: SortRecord[] = [];
  private group: { id: string; said: unknown[] }[] = [];
  private groupKey = -1;
  private isHeadSeen = false;
  private counts: TraceCounts | null = null;
  private window: Window | null = null;
  private readonly unsure = { beingSealed: 0, consents: 0 };

  /** Throws Error for a file that is no report. */
  constructor(
    text: string,
    private readonly rowPaths: readonly string[],
    private readonly found: Found,
  ) {
    this.report = readReport(text);
    this.fileSha256 = createHash('sha256').update(text).digest('hex');
    this.derivation = DERIVATIONS[this.report.kind] ?? null;
  }

  /** Numbers from rows, and the digest of what it says. Before the log is read. */
  async checkRows(): Promise<void> {
    const { report } = this;
    if (report.digest !== report.edition.sha256) this.wrong(`its data have the digest ${report.digest}, it says ${report.edition.sha256}`);
    for (const path of this.rowPaths) {
      const name = basename(path);
      const numbers = this.shown.filter(({ trace }) => trace.file === name);
      const { sha256, counts } = await countRows(
        path,
        numbers.map(({ trace }) => trace),
      );
      this.rowFiles.set(name, sha256);
      for (const one of numbers) {
        this.checked.fromRows += 1;
        this.compare(one, counts.value(one.trace), `the rows of ${name}`);
      }
    }
    for (const { trace } of this.shown) if (!this.rowFiles.has(trace.file)) this.not(`${trace.file} was not given`);
    for (const { suppressed } of report.numbers) if (suppressed) this.not('left out of a public version');
  }

  /** Takes a record of the log, in its order. */
  record(record: EvidenceRecord, position: number, relied: (record: EvidenceRecord) => Relied | null): void {
    if (record.kind === 'report-made') this.considerMaking(record.body as unknown as MadeBody);
    const part = this.derivation?.partOf(record, relied) ?? null;
    if (part === null) return;
    const line = JSON.stringify([part.of, position, record.at, part.said]);
    const key = Number.parseInt(part.of.replaceAll('-', '').slice(0, 13), 16);
    this.parts.push({ key: Number.isFinite(key) ? key : 0, line });
  }

  /** Takes a signed head of the log. */
  head({ size, rootHash }: Pick<SignedHead, 'size' | 'rootHash'>): void {
    const head = this.report.edition.evidenceHead;
    if (head?.size !== size) return;
    this.isHeadSeen = true;
    if (head.rootHash !== rootHash) this.wrong(`the head of ${size} records that it pins is not that of the log`);
  }

  /** Parts that wait to be sorted; they are let go of. */
  take(): SortRecord[] {
    const { parts } = this;
    this.parts = [];
    return parts;
  }

  get waiting(): number {
    return this.parts.length;
  }

  /** Takes parts in the order of their keys, once the whole log was read. */
  sorted(batch: readonly SortRecord[]): void {
    for (const { key, line } of batch) {
      if (key !== this.groupKey) this.endGroup();
      this.groupKey = key;
      const [id, position, at, said] = JSON.parse(line) as [string, number, string, unknown];
      if (!this.isCounted(position, at)) continue;
      const known = this.group.find((one) => one.id === id);
      if (known) known.said.push(said);
      else this.group.push({ id, said: [said] });
    }
  }

  /** After the last part. */
  end(log: Logged): ReportSummary {
    this.endGroup();
    this.checkMaking(log);
    const whole = this.isWhole(log);
    for (const one of this.shown) this.checkByRecords(one, whole);
    return { numbers: this.report.numbers.length, ...this.checked, notChecked: this.notChecked };
  }

  private get shown(): Said[] {
    return this.report.numbers.filter(({ suppressed }) => !suppressed);
  }

  private considerMaking(body: MadeBody): void {
    if (
      body.files?.some(({ sha256 }) => sha256 === this.fileSha256) ||
      (this.made === null && body.documentSha256 === this.report.edition.sha256)
    )
      this.made = body;
  }

  private checkMaking({ institution, from, size }: Logged): void {
    const { made, report } = this;
    const head = report.edition.evidenceHead;
    if (head && !this.isHeadSeen && head.size >= from && head.size <= size)
      this.wrong(`the log has no head of ${head.size} records, which it pins`);
    if (institution !== report.institution) this.wrong(`it is of ${report.institution}, the export of ${institution}`);
    if (made === null) return this.wrong('no record of the export says that it was made');
    if (!made.files.some(({ sha256 }) => sha256 === this.fileSha256))
      this.wrong('the file is not the one that was made: its SHA-256 is in no record');
    if (
      JSON.stringify([made.kind, made.period.from, made.period.to]) !== JSON.stringify([report.kind, report.period.from, report.period.to])
    )
      this.wrong('the record of its making is of another kind or period');
    for (const [name, sha256] of this.rowFiles)
      if (!made.files.some((file) => file.name === name && file.sha256 === sha256))
        this.wrong(`${name} is not the file that was made with it`);
    const recorded = new Map(made.figures.map(({ id, value }) => [id, value]));
    for (const one of report.numbers) this.compare(one, recorded.get(one.id) ?? null, 'the record of its making');
  }

  private isCounted(position: number, at: string): boolean {
    const size = this.report.edition.evidenceHead?.size ?? 0;
    if (position < size) return true;
    const isBefore = Date.parse(at) <= this.moment.asOf;
    // Committed about when the rows were read, and sealed later: nobody can tell which came first.
    if (isBefore) this.unsure.beingSealed += 1;
    return isBefore;
  }

  private get moment(): Window {
    if (this.window) return this.window;
    const { period, timeZone, generatedAt } = this.report;
    const zone = Zone.of(timeZone);
    const asOf = Date.parse(this.made?.asOf ?? generatedAt);
    this.window = { from: zone.dateStart(period.from), until: zone.nextDayStart(zone.dateStart(period.to)), timeZone, asOf };
    return this.window;
  }

  private endGroup(): void {
    const { derivation } = this;
    if (!derivation) return;
    this.counts ??= new TraceCounts(this.derivable.map(({ trace }) => trace));
    for (const { said } of this.group) {
      const row = derivation.rowOf(said, this.moment);
      if (row === null) continue;
      if (row['consents'] === '?') this.unsure.consents += 1;
      this.counts.add(row);
    }
    this.group = [];
  }

  private get derivable(): Said[] {
    const { derivation } = this;
    return derivation ? this.shown.filter((one) => whyNot(one, derivation) === null) : [];
  }

  /** Why the log is not enough to count by; null: it is. */
  private isWhole({ from, size, firstAt }: Logged): string | null {
    if (from > 0 && !(firstAt !== null && Date.parse(firstAt) < this.moment.from)) return 'the export begins after the period did';
    return size < (this.report.edition.evidenceHead?.size ?? 0) ? 'the export ends before the head of the report' : null;
  }

  private checkByRecords(one: Said, notWhole: string | null): void {
    const why = this.derivation ? (whyNot(one, this.derivation) ?? notWhole) : 'records do not say how this kind is counted';
    if (why !== null) return this.not(`not from records: ${why}`);
    const columns = columnsOf(one.trace);
    if (this.unsure.consents > 0 && (columns.includes('consents') || columns.includes('lifted')))
      return this.not('not from records: a policy that permits rest on is not at hand');
    const value = this.counts?.value(one.trace) ?? null;
    const isNear = one.trace.measure !== 'count' || Math.abs((value ?? 0) - (one.value ?? 0)) <= this.unsure.beingSealed;
    if (value !== one.value && this.unsure.beingSealed > 0 && isNear)
      return this.not('not from records: some were being sealed while the rows were read');
    this.checked.fromRecords += 1;
    this.compare(one, value, 'the records');
  }

  private compare({ id, value }: Said, found: number | null, where: string): void {
    if (value === found) return;
    const detail = `${id}: the report says ${value ?? 'nothing'}, ${where} ${found ?? 'nothing'}`;
    this.found({ problem: 'wrong-figure', position: null, id: null, detail, figure: { id, said: value, found } });
  }

  private wrong(detail: string): void {
    this.found({ problem: 'wrong-report', position: null, id: null, detail });
  }

  private not(why: string): void {
    this.notChecked[why] = (this.notChecked[why] ?? 0) + 1;
  }
}

function whyNot({ trace }: Said, { columns }: Derivation): string | null {
  if (trace.file !== ROWS) return `they do not hold ${trace.file}`;
  const lacking = columnsOf(trace).find((column) => !columns.has(column));
  return lacking === undefined ? null : `they do not hold ${lacking}`;
}
