// A whole portfolio screened by a real worker, against reading the same rows with COPY in the same run.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { spawnService, testDatabase, type TestDatabase } from '#testkit';
import { casesQuery, factsQuery } from '../../apps/collections/src/screening/portfolio.sql.ts';
import type { ScreeningView } from '../../apps/collections/src/screening/screening.dto.ts';
import { openPostgres } from '../../tools/test/postgres.ts';
import { issue } from './measure.ts';
import { makePortfolio } from './screening-portfolio.ts';

const BANK = 'bench-bank';
const HISTORY_MS = 30 * 3_600_000;

export interface ScreeningOptions {
  readonly cases: number;
}

export const usualScreening: ScreeningOptions = { cases: 1_000_000 };

export interface ScreeningBench {
  readonly cases: number;
  readonly copySeconds: number;
  readonly copyMegabytes: number;
  readonly seconds: number;
  readonly workerCpuSeconds: number;
  readonly workerPeakMegabytes: number;
  /** Memory of the worker before it began. */
  readonly workerIdleMegabytes: number;
  readonly permitted: number;
  readonly resultMegabytes: number;
  readonly downloadSeconds: number;
}

/** The rows that a screening reads, through one connection, thrown away. */
async function copyAll({ appUrl }: TestDatabase): Promise<{ seconds: number; bytes: number }> {
  const client = new pg.Client({ connectionString: appUrl });
  await client.connect();
  await client.query(`select set_config('app.institution', $1, false)`, [BANK]);
  const filter = { agencyId: null, product: null, debtorId: null, state: null };
  const scope = { institutionId: BANK, agencyId: null, filter, listOf: null };
  const started = performance.now();
  let bytes = 0;
  for (const query of [casesQuery(scope), factsQuery(scope, Date.now(), HISTORY_MS)])
    for await (const chunk of client.query(copyTo(`copy (${query}) to stdout`)) as AsyncIterable<Buffer>) bytes += chunk.length;
  await client.end();
  return { seconds: (performance.now() - started) / 1000, bytes };
}

/** As Linux tells it; elsewhere there is nothing to read. */
async function usageOf(pid: number | undefined): Promise<{ cpuSeconds: number; rssMb: number; peakMb: number }> {
  const [stat, status] = await Promise.all(['stat', 'status'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')));
  const [utime = 0, stime = 0] = (stat ?? '')
    .slice((stat ?? '').lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  const megabytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status ?? '')?.[1] ?? 0) / 1024;
  return { cpuSeconds: (utime + stime) / 100, rssMb: megabytes('VmRSS'), peakMb: megabytes('VmHWM') };
}

export async function benchScreening({ cases }: ScreeningOptions = usualScreening): Promise<ScreeningBench> {
  const postgres = await openPostgres(() => undefined, true);
  Object.assign(process.env, { TEST_POSTGRES_URL: postgres.url, TEST_TEMPLATES: postgres.templates.join(',') });
  const db = await testDatabase('collections');
  const { issuer, token, close } = await issue(BANK, 'integration');
  const keys = { VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}`, VAULT_INDEX_KEY: randomBytes(32).toString('base64') };
  const env = { DATABASE_URL: db.appUrl, OIDC_ISSUER: issuer, OIDC_JWKS_URL: `${issuer}/jwks`, PORT: '0', LOG_LEVEL: 'warn', ...keys };
  try {
    await makePortfolio(db.adminUrl, BANK, cases);
    const copied = await copyAll(db);
    const worker = await spawnService('apps/collections/src/worker.js', env);
    const server = await spawnService('apps/collections/src/main.js', env);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const call = async (path: string, init: RequestInit = {}): Promise<ScreeningView> => {
      const reply = await fetch(`${server.url}${path}`, { headers, ...init });
      if (!reply.ok) throw new Error(await reply.text());
      return (await reply.json()) as ScreeningView;
    };
    const before = await usageOf(worker.child.pid);
    const started = performance.now();
    const at = new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000 + 6 * 3_600_000).toISOString();
    let view = await call('/v1/screenings', { method: 'POST', body: JSON.stringify({ at, pointChoice: 'first-permitted' }) });
    while (view.state === 'queued' || view.state === 'running') {
      await new Promise((resolve) => setTimeout(resolve, 100));
      view = await call(`/v1/screenings/${view.id}`);
    }
    const seconds = (performance.now() - started) / 1000;
    if (view.state !== 'done' || view.cases !== cases) throw new Error(`the screening ended ${view.state} with ${view.cases} cases`);
    const after = await usageOf(worker.child.pid);
    const downloading = performance.now();
    let resultBytes = 0;
    const results = await fetch(`${server.url}/v1/screenings/${view.id}/results.ndjson`, { headers });
    for await (const chunk of results.body ?? []) resultBytes += (chunk as Uint8Array).length;
    const downloadSeconds = (performance.now() - downloading) / 1000;
    await Promise.all([worker.stop(), server.stop()]);
    return {
      cases,
      copySeconds: copied.seconds,
      copyMegabytes: copied.bytes / 1e6,
      seconds,
      workerCpuSeconds: after.cpuSeconds - before.cpuSeconds,
      workerPeakMegabytes: after.peakMb,
      workerIdleMegabytes: before.rssMb,
      permitted: view.permitted ?? 0,
      resultMegabytes: resultBytes / 1e6,
      downloadSeconds,
    };
  } finally {
    close();
    await db.drop();
    await postgres.stop();
  }
}

export function screeningTable(result: ScreeningBench): string {
  const round = (value: number, digits = 1): string => value.toFixed(digits);
  return [
    `COPY of the same rows, one connection: ${round(result.copySeconds)} s, ${round(result.copyMegabytes, 0)} MB (baseline, 1.00)`,
    `screening of ${result.cases} cases: ${round(result.seconds)} s, ${round(result.cases / result.seconds, 0)} cases per second, ratio ${round(result.seconds / result.copySeconds, 2)}, ` +
      `${round(result.workerCpuSeconds)} s of CPU in the worker, peak ${round(result.workerPeakMegabytes, 0)} MB (${round(result.workerIdleMegabytes, 0)} MB before), ` +
      `${round((100 * result.permitted) / result.cases)} % permitted`,
    `its results as NDJSON: ${round(result.resultMegabytes, 0)} MB in ${round(result.downloadSeconds)} s`,
  ].join('\n');
}
