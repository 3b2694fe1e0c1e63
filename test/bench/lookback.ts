// Look-back of a million rows against plain csv-parse of the same file: `node dist/test/bench/lookback.js [--rows N] [--file log.csv]`.
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

export interface LookbackBench {
  readonly log: string;
  readonly megabytes: number;
  readonly rows: number;
  readonly plainSeconds: number;
  readonly plainPeakMegabytes: number;
  readonly seconds: number;
  readonly peakMegabytes: number;
  readonly findings: number;
  /** Time of the look-back over time of plain parsing. */
  readonly ratio: number;
}

interface Measured {
  readonly seconds: number;
  readonly peakMegabytes: number;
}

const here = import.meta.dirname;
const dist = join(here, '../..');
const lookbackCli = join(dist, 'apps/collections/src/lookback/cli.js');

/** Runs a program of ours with its output in a file. */
async function measure(args: readonly string[], outputPath: string): Promise<Measured> {
  const output = openSync(outputPath, 'w');
  try {
    const started = performance.now();
    const child = spawn(process.execPath, ['--import', join(here, 'peak-memory.js'), ...args], {
      stdio: ['ignore', output, 'inherit', 'pipe'],
    });
    let peak = '';
    child.stdio[3]?.on('data', (text: Buffer) => (peak += text.toString()));
    const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`);
    return { seconds: (performance.now() - started) / 1000, peakMegabytes: Math.round(Number(peak) / 1024) };
  } finally {
    closeSync(output);
  }
}

/** The flags that `npm run lookback` gives Node: what is measured is what people run. */
async function nodeFlags(): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile(join(dist, '../package.json'), 'utf8')) as { scripts: Record<string, string> };
  return (scripts['lookback'] ?? '').split(' ').filter((word) => word.startsWith('--'));
}

async function benchOne(log: string, path: string, folder: string): Promise<LookbackBench> {
  const counted = join(folder, 'rows.txt');
  const found = join(folder, 'findings.csv');
  const summaryPath = join(folder, 'summary.json');
  const plain = await measure([join(here, 'plain-parse.js'), path], counted);
  const ours = await measure([...(await nodeFlags()), lookbackCli, '--quiet', '--summary', summaryPath, path], found);
  const summary = JSON.parse(await readFile(summaryPath, 'utf8')) as { rows: { read: number }; findings: number };
  const rows = Number(await readFile(counted, 'utf8'));
  if (rows !== summary.rows.read) throw new Error(`csv-parse counts ${rows} rows, the look-back ${summary.rows.read}`);
  return {
    log,
    megabytes: Math.round((await stat(path)).size / 1e6),
    rows,
    plainSeconds: plain.seconds,
    plainPeakMegabytes: plain.peakMegabytes,
    seconds: ours.seconds,
    peakMegabytes: ours.peakMegabytes,
    findings: summary.findings,
    ratio: ours.seconds / plain.seconds,
  };
}

/** Measures the log given, or a generated one as the bank would keep it (in order) and as logs are delivered (one after the other). */
export async function benchLookback(options: { rows?: number; file?: string } = {}): Promise<LookbackBench[]> {
  const folder = await mkdtemp(join(tmpdir(), 'lookback-bench-'));
  try {
    if (options.file !== undefined) return [await benchOne(options.file, options.file, folder)];
    const results: LookbackBench[] = [];
    for (const [log, ...flags] of [['sorted'], ['unsorted', '--unsorted']] as const) {
      const path = join(folder, `${log}.csv`);
      await measure([join(dist, 'tools/make-data.js'), 'contact-log', '--rows', String(options.rows ?? 1_000_000), ...flags], path);
      results.push(await benchOne(log, path, folder));
      await rm(path);
    }
    return results;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function lookbackTable(results: readonly LookbackBench[]): string {
  const head = ['log', 'rows', 'MB', 'csv-parse s', 'look-back s', 'rows/s', 'ratio', 'csv-parse peak MB', 'look-back peak MB', 'findings'];
  const lines = results.map((one) => [
    one.log,
    String(one.rows),
    String(one.megabytes),
    one.plainSeconds.toFixed(1),
    one.seconds.toFixed(1),
    String(Math.round(one.rows / one.seconds)),
    one.ratio.toFixed(2),
    String(one.plainPeakMegabytes),
    String(one.peakMegabytes),
    String(one.findings),
  ]);
  const widths = head.map((name, at) => Math.max(name.length, ...lines.map((cells) => cells[at]?.length ?? 0)));
  return [head, ...lines].map((cells) => `${cells.map((cell, at) => cell.padStart(widths[at] ?? 0)).join('  ')}\n`).join('');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { rows: { type: 'string' }, file: { type: 'string' } } });
  const rows = values.rows === undefined ? undefined : Number(values.rows);
  process.stdout.write(lookbackTable(await benchLookback({ rows, file: values.file })));
}
