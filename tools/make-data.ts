// Makes the files of the demo institution: `node dist/tools/make-data.js cases|contact-log|agencies|agency-staff --rows N --seed S --days D --until DATE > file`.
// The same arguments give the same bytes. `--unsorted` puts the bank's and the agencies' logs one after the other.
import { writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  agencyColumns,
  asDelivered,
  caseColumns,
  contactLogColumns,
  contactLogLine,
  csvLine,
  makeAgencies,
  makeCases,
  makeContactLog,
  makeStaff,
  staffColumns,
} from './make-data/index.ts';

export const SAMPLE = { seed: 20_261_120, days: 30, until: '2026-11-20' } as const;

const KINDS = ['cases', 'contact-log', 'agencies', 'agency-staff'] as const;
export type MadeKind = (typeof KINDS)[number];

const isKind = (kind: string | undefined): kind is MadeKind => KINDS.some((known) => known === kind);

/** The lines of a file, header first, without line breaks. */
export function* sampleLines(
  kind: MadeKind,
  options: { rows: number; seed: number; days: number; until: string; unsorted?: boolean },
): Generator<string> {
  if (kind === 'agencies') {
    yield agencyColumns.join(',');
    for (const row of makeAgencies(options)) yield csvLine(agencyColumns, row);
    return;
  }
  if (kind === 'agency-staff') {
    yield staffColumns.join(',');
    for (const row of makeStaff(options)) yield csvLine(staffColumns, row);
    return;
  }
  if (kind === 'cases') {
    yield caseColumns.join(',');
    let made = 0;
    // Rows are contact points; no case has fewer than one.
    for (const row of makeCases({ seed: options.seed, cases: options.rows, until: options.until })) {
      if (made === options.rows) return;
      made += 1;
      yield csvLine(caseColumns, row);
    }
    return;
  }
  yield contactLogColumns.join(',');
  for (const { row } of options.unsorted ? asDelivered(options) : makeContactLog(options)) yield contactLogLine(row);
}

const usage =
  'usage: make-data cases|contact-log|agencies|agency-staff [--rows N] [--seed S] [--days D] [--until YYYY-MM-DD] [--unsorted] > file';

function wholeNumber(text: string, name: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} must be a whole number of 1 or more`);
  return value;
}

// Straight to the descriptor: a pipe that is slower than the generator then holds it up, and nothing piles up in memory.
function writeAll(text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      else throw error;
    }
  }
}

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rows: { type: 'string', default: '10000' },
      seed: { type: 'string', default: String(SAMPLE.seed) },
      days: { type: 'string', default: String(SAMPLE.days) },
      until: { type: 'string', default: SAMPLE.until },
      unsorted: { type: 'boolean', default: false },
    },
  });
  const [kind] = positionals;
  if (!isKind(kind)) throw new Error(usage);
  if (!/^\d{4}-\d\d-\d\d$/.test(values.until) || Number.isNaN(Date.parse(values.until)))
    throw new Error('--until must be a date YYYY-MM-DD');
  const options = {
    rows: wholeNumber(values.rows, 'rows'),
    seed: wholeNumber(values.seed, 'seed'),
    days: wholeNumber(values.days, 'days'),
    until: values.until,
    unsorted: values.unsorted,
  };
  let lines: string[] = [];
  for (const line of sampleLines(kind, options)) {
    lines.push(line);
    if (lines.length < 300) continue;
    writeAll(`${lines.join('\n')}\n`);
    lines = [];
  }
  if (lines.length > 0) writeAll(`${lines.join('\n')}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    main();
  } catch (error) {
    // Whoever reads has had enough (`| head`): not a fault.
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 2;
    }
  }
}
