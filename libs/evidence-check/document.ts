import { createHash } from 'node:crypto';
import type { Trace } from '#trace';

/** A number of a report: a figure or a cell of a table. */
export interface Said {
  readonly id: string;
  readonly value: number | null;
  readonly trace: Trace;
  /** Left out of a public version. */
  readonly suppressed?: boolean;
}

/** What of a report the check needs; `report.json` has more. */
export interface ReportJson {
  readonly kind: string;
  readonly institution: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly timeZone: string;
  readonly generatedAt: string;
  readonly numbers: readonly Said[];
  readonly edition: {
    readonly sha256: string;
    readonly evidenceHead: { readonly size: number; readonly rootHash: string; readonly at: string; readonly keyId: string } | null;
  };
  /** The SHA-256 of what it says, taken anew. */
  readonly digest: string;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isObject) : []);
const isText = (value: unknown): value is string => typeof value === 'string';

function toSaid({ id, value, trace, suppressed }: Record<string, unknown>): Said {
  if (
    !isText(id) ||
    !(value === null || typeof value === 'number') ||
    !isObject(trace) ||
    !isText(trace['file']) ||
    !Array.isArray(trace['filter'])
  )
    throw new Error('a number of it has no id, value or trace');
  return { id, value, trace: trace as unknown as Trace, ...(suppressed === true ? { suppressed } : {}) };
}

/** A report as its JSON file has it. Throws Error for what is none. */
export function readReport(text: string): ReportJson {
  const document: unknown = JSON.parse(text);
  if (!isObject(document)) throw new Error('it is no report');
  const { kind, institution, period, timeZone, generatedAt, edition } = document;
  if (![kind, institution, timeZone, generatedAt].every(isText) || !isObject(period) || !isObject(edition) || !isText(edition['sha256']))
    throw new Error('it is no report with a digest');
  const cells = listOf(document['tables']).flatMap(({ rows }) => listOf(rows).flatMap((row) => listOf(row['cells'])));
  // The digest was taken of the same text without the digest; JSON keeps the order of keys.
  const unsaid = `${JSON.stringify({ ...document, edition: { ...edition, sha256: null } }, null, 2)}\n`;
  return {
    ...({ kind, institution, period, timeZone, generatedAt, edition } as unknown as Omit<ReportJson, 'numbers' | 'digest'>),
    numbers: [...listOf(document['figures']), ...cells].map(toSaid),
    digest: createHash('sha256').update(unsaid).digest('hex'),
  };
}
