import { toMessage, type Language } from '#contact-rules';
import type { Finding } from './row-judge.ts';

export type FindingsFormat = 'csv' | 'ndjson';

export const FINDING_COLUMNS = ['attemptId', 'ruleId', 'severity', 'pack', 'source', 'limit', 'counted', 'message'] as const;

// A cell that begins so is run as a formula by spreadsheets; ids come from outsiders.
const quote = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.]+$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** One line of a table; numbers as they are, null as an empty cell. */
export const csvLine = (cells: readonly (string | number | null)[]): string =>
  `${cells.map((cell) => (typeof cell === 'string' ? quote(cell) : (cell ?? ''))).join(',')}\n`;

export const findingsHeader = (format: FindingsFormat): string => (format === 'csv' ? csvLine(FINDING_COLUMNS) : '');

/** Renders findings. The same rule fails with the same few numbers again and again, so what follows the attempt is kept. */
export class FindingText {
  private readonly tails = new Map<string, string>();

  constructor(
    private readonly format: FindingsFormat,
    private readonly language: Language,
  ) {}

  line(finding: Finding): string {
    const { attemptId, ruleId, pack, limit, counted, fact, rule, detail } = finding;
    let key = `${pack} ${ruleId} ${limit} ${counted} ${fact} ${rule}`;
    for (const name in detail) key += ` ${detail[name]}`;
    let tail = this.tails.get(key);
    if (tail === undefined) {
      tail = this.tailOf(finding);
      if (this.tails.size < 10_000) this.tails.set(key, tail);
    }
    return this.format === 'csv' ? `${quote(attemptId)},${tail}` : `{"attemptId":${JSON.stringify(attemptId)},${tail}`;
  }

  private tailOf(finding: Finding): string {
    const { ruleId, severity, pack, source, limit, counted } = finding;
    const message = toMessage(finding, this.language);
    if (this.format === 'csv') return csvLine([ruleId, severity, pack, source, limit, counted, message]);
    return `${JSON.stringify({ ruleId, severity, pack, source, limit, counted, message }).slice(1)}\n`;
  }
}
