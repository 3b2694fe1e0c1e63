// The evidence log: appending and sealing beside the same rows inserted raw, and the verifier over the export.
import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { readPublicKeys } from '#evidence';
import { Verifier } from '#evidence-check';
import { append, EvidenceService, Sealer, type NewRecord } from '#evidence-log';
import { createDataSource, inTransaction, type Tx } from '#pg';
import { testDatabase } from '#testkit';
import { Vault } from '#vault';
import { openPostgres } from '../../tools/test/postgres.ts';

const BANK = 'bench-bank';
const compliance = { subject: 'bench', clientId: null, institutionId: BANK, agencyId: null, roles: ['compliance'] as const };
// About what a decision is.
const PADDING = 'x'.repeat(2000);

export interface EvidenceOptions {
  readonly records: number;
  /** Records of one transaction. */
  readonly batch: number;
}

export const usualEvidence: EvidenceOptions = { records: 100_000, batch: 50 };

export interface EvidenceResult {
  readonly rawPerSecond: number;
  readonly appendsPerSecond: number;
  readonly sealsPerSecond: number;
  readonly verifiesPerSecond: number;
  readonly exportMb: number;
  /** How much the process grew while it verified. */
  readonly grownMb: number;
}

const perSecond = async (count: number, work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work();
  return (count / (performance.now() - from)) * 1000;
};

async function inBatches(
  source: DataSource,
  { records, batch }: EvidenceOptions,
  write: (tx: Tx, from: number) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < records; from += batch) await inTransaction(source, { institutionId: BANK }, (tx) => write(tx, from));
}

const numbers = (from: number, count: number): number[] => Array.from({ length: count }, (_one, n) => from + n);

export async function benchEvidence(options: EvidenceOptions): Promise<EvidenceResult> {
  const postgres = await openPostgres(() => undefined);
  Object.assign(process.env, { TEST_POSTGRES_URL: postgres.url, TEST_TEMPLATES: postgres.templates.join(',') });
  const db = await testDatabase('collections');
  const source = await createDataSource({ url: db.appUrl, poolSize: 4, applicationName: 'bench' });
  const vault = new Vault([`k1:${randomBytes(32).toString('base64')}`], randomBytes(32).toString('base64'));
  try {
    const { records, batch } = options;
    const raw = (tx: Tx, from: number): Promise<unknown> =>
      tx.query(
        `insert into register_act (institution_id, action, resource, subject, detail) select $1, 'bench', 'r', 'bench', d from json_array_elements($2) as d`,
        [BANK, JSON.stringify(numbers(from, batch).map((n) => ({ n, padding: PADDING })))],
      );
    const kept = (tx: Tx, from: number): Promise<unknown> =>
      append(
        tx,
        BANK,
        numbers(from, batch).map((n): NewRecord => ({ kind: 'register-act', actor: 'bench', body: { n, padding: PADDING } })),
      );
    const rawPerSecond = await perSecond(records, () => inBatches(source, options, raw));
    const appendsPerSecond = await perSecond(records, () => inBatches(source, options, kept));
    const sealer = new Sealer(source, { evidenceKeyDays: 365 }, 'collections', vault);
    const sealsPerSecond = await perSecond(records, async () => {
      while ((await sealer.sealAll()) > 0);
    });
    return { rawPerSecond, appendsPerSecond, sealsPerSecond, ...(await verify(source, vault)) };
  } finally {
    await source.destroy();
    await db.drop();
    await postgres.stop();
  }
}

async function verify(source: DataSource, vault: Vault): Promise<Pick<EvidenceResult, 'verifiesPerSecond' | 'exportMb' | 'grownMb'>> {
  const service = new EvidenceService(source, vault, 'collections');
  const keys = readPublicKeys((await service.publicKeys(compliance)).items.map(({ publicKey }) => publicKey).join('\n'));
  const { lines } = await service.export(compliance, {}, 'bench');
  let [bytes, busyMs, problems, grownMb] = [0, 0, 0, 0];
  const before = process.memoryUsage().rss;
  const verifier = new Verifier({ keys, earlier: null, lateMs: 3_600_000, found: () => (problems += 1) });
  for await (const piece of lines) {
    const from = performance.now();
    bytes += piece.length;
    for (const line of piece.trimEnd().split('\n')) verifier.line(line);
    busyMs += performance.now() - from;
    grownMb = Math.max(grownMb, (process.memoryUsage().rss - before) / 1e6);
  }
  const { records } = verifier.end();
  if (problems > 0) throw new Error(`${problems} problems in a log that nobody touched`);
  return { verifiesPerSecond: (records / busyMs) * 1000, exportMb: bytes / 1e6, grownMb };
}

const whole = (value: number): string => Math.round(value).toLocaleString('en');

export const evidenceTable = (result: EvidenceResult): string =>
  [
    '| evidence | |',
    '| --- | ---: |',
    `| rows of the same content inserted raw | ${whole(result.rawPerSecond)}/s |`,
    `| records appended | ${whole(result.appendsPerSecond)}/s |`,
    `| records sealed | ${whole(result.sealsPerSecond)}/s |`,
    `| records verified | ${whole(result.verifiesPerSecond)}/s |`,
    `| export | ${whole(result.exportMb)} MB |`,
    `| memory grown while verifying | ${whole(result.grownMb)} MB |`,
  ].join('\n');
