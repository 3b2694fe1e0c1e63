import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { readPublicKeys, type SignedHead } from '#evidence';
import { isSignedHead } from './lines.ts';
import type { Finding } from './finding.ts';
import { Unusable, Verifier, type Summary } from './verifier.ts';

export const USAGE = `npm run -s verify-evidence -- export.ndjson --key pub.pem [--earlier head.json] [--late-minutes 60] [--json]

  export.ndjson     from GET /v1/evidence/export; - reads the standard input
  --key             public keys of the log (PEM, one or several), from the bank by another way than the export; may be given again
  --earlier         a head that was kept, from GET /v1/evidence/heads, an anchor, a report or an earlier run
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
  readonly lateMs: number;
  readonly isJson: boolean;
}

function readArguments(args: readonly string[]): Asked {
  const options = {
    key: { type: 'string', multiple: true },
    earlier: { type: 'string' },
    'late-minutes': { type: 'string' },
    json: { type: 'boolean' },
  } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [file, ...more] = positionals;
  const minutes = Number(values['late-minutes'] ?? 60);
  if (file === undefined || more.length > 0) throw new Unusable('name one export');
  if (!values.key) throw new Unusable('name the public key: --key pub.pem');
  if (!(minutes >= 0)) throw new Unusable('--late-minutes takes a number');
  return { file, keyFiles: values.key, earlierFile: values.earlier ?? null, lateMs: minutes * 60_000, isJson: values.json ?? false };
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

async function check(args: readonly string[], said: Said): Promise<Summary> {
  const { file, keyFiles, earlierFile, lateMs, isJson } = readArguments(args);
  const keys = readPublicKeys((await Promise.all(keyFiles.map((one) => readFile(one, 'utf8')))).join('\n'));
  if (keys.size === 0) throw new Unusable('there is no public key in what --key names');
  const earlier = earlierFile === null ? null : await readHead(earlierFile);
  const found = (finding: Finding): void => said.out(isJson ? `${JSON.stringify(finding)}\n` : sayFinding(finding));
  const verifier = new Verifier({ keys, earlier, lateMs, found });
  const input = file === '-' ? process.stdin : createReadStream(file);
  const failed = new Promise<never>((_resolve, reject) => input.once('error', reject));
  failed.catch(() => undefined);
  const read = async (): Promise<void> => {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) verifier.line(line);
  };
  await Promise.race([read(), failed]);
  const summary = verifier.end();
  said.out(isJson ? `${JSON.stringify(summary)}\n` : saySummary(summary));
  return summary;
}

/** The command; returns its exit code. */
export async function verifyEvidence(args: readonly string[], said: Said): Promise<0 | 1 | 2> {
  try {
    return (await check(args, said)).problems === 0 ? 0 : 1;
  } catch (error) {
    said.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return 2;
  }
}
