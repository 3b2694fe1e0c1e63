import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { readPublicKeys, type SignedHead } from '#evidence';
import { sortExternally } from '#external-sort';
import { isSignedHead } from './lines.ts';
import { ReportCheck, type ReportSummary } from './report-check.ts';
import type { Finding } from './finding.ts';
import { Unusable, type Summary } from './terms.ts';
import { Verifier } from './verifier.ts';

export const USAGE = `npm run -s verify-evidence -- export.ndjson --key pub.pem [--earlier head.json] [--late-minutes 60]
                               [--report report.json [--rows rows.csv]…] [--json]

  export.ndjson     from GET /v1/evidence/export; - reads the standard input
  --key             public keys of the log (PEM, one or several), from the bank by another way than the export; may be given again
  --earlier         a head that was kept, from GET /v1/evidence/heads, an anchor, a report or an earlier run
  --report          a report, as its JSON file: that it is the one that was made, and that its figures are those of its rows and of the records
  --rows            a rows file of the report under the name that it has there; may be given again
  --late-minutes    how long after it was recorded a record may be sealed; 60 when left out
  --json            every finding and the summary as lines of JSON

Ends with 0: sound; 1: problems were found; 2: this could not be checked.
`;

export interface Said {
  out(text: string): void;
  error(text: string): void;
}

interface Asked {
  readonly file: string;
  readonly keyFiles: readonly string[];
  readonly earlierFile: string | null;
  readonly reportFile: string | null;
  readonly rowFiles: readonly string[];
  readonly lateMs: number;
  readonly isJson: boolean;
}

function readArguments(args: readonly string[]): Asked {
  const options = {
    key: { type: 'string', multiple: true },
    earlier: { type: 'string' },
    report: { type: 'string' },
    rows: { type: 'string', multiple: true },
    'late-minutes': { type: 'string' },
    json: { type: 'boolean' },
  } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [file, ...more] = positionals;
  const minutes = Number(values['late-minutes'] ?? 60);
  if (file === undefined || more.length > 0) throw new Unusable('name one export');
  if (!values.key) throw new Unusable('name the public key: --key pub.pem');
  if (!(minutes >= 0)) throw new Unusable('--late-minutes takes a number');
  if (values.rows && values.report === undefined) throw new Unusable('--rows are those of a report: name it, --report report.json');
  const earlierFile = values.earlier ?? null;
  const [reportFile, rowFiles] = [values.report ?? null, values.rows ?? []];
  return { file, keyFiles: values.key, earlierFile, reportFile, rowFiles, lateMs: minutes * 60_000, isJson: values.json ?? false };
}

async function readHead(file: string): Promise<SignedHead> {
  const head: unknown = JSON.parse(await readFile(file, 'utf8'));
  if (!isSignedHead(head)) throw new Unusable(`${file} is no head of a log`);
  const { log, institution, size, rootHash, at, keyId, signature } = head;
  return { log, institution, size, rootHash, at, keyId, signature };
}

const sayFinding = ({ problem, position, id, detail }: Finding): string =>
  `${problem}${position === null ? '' : ` at position ${position}`}${id === null ? '' : `, record ${id}`}: ${detail}\n`;

function saySummary({ log, institution, from, size, records, heads, replayed, notReplayed, problems, lastHead }: Summary): string {
  const skipped = Object.entries(notReplayed).map(([why, count]) => `  ${count} could not be made again: ${why}\n`);
  return [
    `${log} of ${institution}: positions ${from} to ${size}, ${records} records, ${heads} heads\n`,
    `${replayed} decisions and clocks made again, the same\n`,
    ...skipped,
    lastHead ? `last head: ${lastHead.size} records, root ${lastHead.rootHash}, of ${lastHead.at}\n` : 'there is no signed head\n',
    problems === 0 ? 'sound\n' : `${problems} problems\n`,
  ].join('');
}

function sayReport({ numbers, fromRows, fromRecords, notChecked }: ReportSummary): string {
  const not = Object.entries(notChecked).map(([why, count]) => `  ${count}: ${why}\n`);
  const head = `report: ${numbers} numbers, ${fromRows} counted again from rows, ${fromRecords} from records\n`;
  return head + (not.length === 0 ? '' : `  not checked:\n${not.join('')}`);
}

async function openReport(path: string, rowFiles: readonly string[], found: (finding: Finding) => void): Promise<ReportCheck> {
  try {
    return new ReportCheck(await readFile(path, 'utf8'), rowFiles, found);
  } catch (error) {
    throw new Unusable(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function* lines(file: string): AsyncGenerator<string> {
  const input = file === '-' ? process.stdin : createReadStream(file);
  let failure: Error | null = null;
  const reader = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  input.once('error', (error: Error) => {
    failure = error;
    reader.close();
  });
  yield* reader;
  if (failure) throw failure as Error;
}

const BATCH = 1000;
const SORT_BYTES = 64 * 1024 * 1024;

/** Reads the export through, and what the report is to be counted from in the order in which it is counted. */
async function readThrough(file: string, verifier: Verifier, report: ReportCheck | null): Promise<void> {
  const read = async function* () {
    for await (const line of lines(file)) {
      verifier.line(line);
      if (report && report.waiting >= BATCH) yield report.take();
    }
    if (report) yield report.take();
  };
  for await (const batch of sortExternally(read(), { memoryBytes: SORT_BYTES, spoolFolder: tmpdir() })) report?.sorted(batch);
}

async function check(args: readonly string[], said: Said): Promise<number> {
  const { file, keyFiles, earlierFile, reportFile, rowFiles, lateMs, isJson } = readArguments(args);
  const keys = readPublicKeys((await Promise.all(keyFiles.map((one) => readFile(one, 'utf8')))).join('\n'));
  if (keys.size === 0) throw new Unusable('there is no public key in what --key names');
  const earlier = earlierFile === null ? null : await readHead(earlierFile);
  let problems = 0;
  const found = (finding: Finding): void => {
    problems += 1;
    said.out(isJson ? `${JSON.stringify(finding)}\n` : sayFinding(finding));
  };
  const report = reportFile === null ? null : await openReport(reportFile, rowFiles, found);
  await report?.checkRows();
  const verifier = new Verifier({
    keys,
    earlier,
    lateMs,
    found,
    ...(report ? { record: report.record.bind(report), head: report.head.bind(report) } : {}),
  });
  await readThrough(file, verifier, report);
  const summary = verifier.end();
  const checked = report?.end(summary);
  const whole = { ...summary, problems, ...(checked ? { report: checked } : {}) };
  said.out(isJson ? `${JSON.stringify(whole)}\n` : (checked ? sayReport(checked) : '') + saySummary(whole));
  return problems;
}

/** The command; returns its exit code. */
export async function verifyEvidence(args: readonly string[], said: Said): Promise<0 | 1 | 2> {
  try {
    return (await check(args, said)) === 0 ? 0 : 1;
  } catch (error) {
    said.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return 2;
  }
}
