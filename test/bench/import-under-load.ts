// Files of cases and contacts imported over HTTP while the gate serves: what the files cost the gate, and the gate the files.
import { randomBytes } from 'node:crypto';
import { createWriteStream, openAsBlob, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { spawnService, testDatabase } from '#testkit';
import { Vault } from '#vault';
import { sampleLines } from '../../tools/make-data.ts';
import { openPostgres } from '../../tools/test/postgres.ts';
import { BANK, register, ROUTE, type Load } from './gate.ts';
import { issue, measure } from './measure.ts';

export const usualImports = { cases: 100_000, rows: 1_000_000, connections: 4, seconds: 5 };

interface Imported {
  readonly kind: 'cases' | 'contact-log';
  readonly rows: number;
  readonly rejected: number;
  readonly seconds: number;
  /** Of the gate's windows while the file was imported. */
  readonly gate: Load;
}

export interface ImportsResult {
  readonly alone: Load;
  readonly imported: readonly Imported[];
  readonly workerPeakMb: number;
}

const SAMPLE = { seed: 20_261_130, days: 30, until: '2026-11-20' } as const;

/** Of several windows: the middle throughput, the worst delay. */
function together(loads: readonly Load[]): Load {
  const middle = loads.toSorted((a, b) => a.perSecond - b.perSecond)[Math.floor(loads.length / 2)];
  if (!middle) throw new Error('the gate was not asked');
  return { ...middle, p99Ms: Math.max(...loads.map(({ p99Ms }) => p99Ms)), failed: loads.reduce((sum, { failed }) => sum + failed, 0) };
}

async function fileOf(folder: string, kind: Imported['kind'], rows: number): Promise<Blob> {
  const path = join(folder, `${kind}.csv`);
  // The log is of the institution that asks.
  const lines = sampleLines(kind, { ...SAMPLE, rows });
  function* text(): Generator<string> {
    for (const line of lines) yield `${line.replace(/^demo-bank,/, ',')}\n`;
  }
  await pipeline(Readable.from(text()), createWriteStream(path));
  return openAsBlob(path);
}

export async function benchImports({ cases, rows, connections, seconds }: typeof usualImports): Promise<ImportsResult> {
  const postgres = await openPostgres(() => undefined, true);
  Object.assign(process.env, { TEST_POSTGRES_URL: postgres.url, TEST_TEMPLATES: postgres.templates.join(',') });
  const db = await testDatabase('collections');
  const { issuer, token, close } = await issue(BANK, 'integration');
  const keys = { VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}`, VAULT_INDEX_KEY: randomBytes(32).toString('base64') };
  const env = { DATABASE_URL: db.appUrl, OIDC_ISSUER: issuer, OIDC_JWKS_URL: `${issuer}/jwks`, PORT: '0', LOG_LEVEL: 'warn', ...keys };
  const folder = await mkdtemp(join(tmpdir(), 'forbear-bench-'));
  try {
    const bodies = await register(db.appUrl, new Vault([keys.VAULT_KEYS], keys.VAULT_INDEX_KEY));
    const worker = await spawnService('apps/collections/src/worker.js', env);
    const services = await Promise.all([0, 1].map(() => spawnService('apps/collections/src/main.js', env)));
    const urls = services.map(({ url }) => url);
    const ask = () => measure<Load>('./http-load.js', { urls, token, route: ROUTE, bodies, connections, seconds });
    const get = async (path: string) =>
      (await (await fetch(`${urls[0]}${path}`, { headers: { authorization: `Bearer ${token}` } })).json()) as {
        id: string;
        state: string;
        rows: { done: number; rejected: number };
      };
    const load = async (kind: Imported['kind'], count: number): Promise<Imported> => {
      const form = new FormData();
      form.set('kind', kind);
      form.set('file', await fileOf(folder, kind, count), `${kind}.csv`);
      const from = performance.now();
      const taken = await fetch(`${urls[0]}/v1/imports`, { method: 'POST', body: form, headers: { authorization: `Bearer ${token}` } });
      const { id } = (await taken.json()) as { id: string };
      const loads: Load[] = [];
      let view = await get(`/v1/imports/${id}`);
      do {
        loads.push(await ask());
        view = await get(`/v1/imports/${id}`);
      } while (view.state === 'queued' || view.state === 'running');
      if (view.state !== 'done') throw new Error(`the import of ${kind} ended as ${view.state}`);
      return {
        kind,
        rows: view.rows.done,
        rejected: view.rows.rejected,
        seconds: (performance.now() - from) / 1000,
        gate: together(loads),
      };
    };
    await ask();
    const alone = together([await ask(), await ask(), await ask()]);
    const imported = [await load('cases', cases), await load('contact-log', rows)];
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${worker.child.pid}/status`, 'utf8'))?.[1];
    await Promise.all([worker, ...services].map((service) => service.stop()));
    return { alone, imported, workerPeakMb: Number(peak ?? 0) / 1000 };
  } finally {
    close();
    await rm(folder, { recursive: true });
    await db.drop();
    await postgres.stop();
  }
}

export function importsTable({ alone, imported, workerPeakMb }: ImportsResult): string {
  const line = (name: string, { perSecond, p50Ms, p99Ms, failed }: Load, rest: string): string =>
    `${name.padEnd(12)} ${perSecond.toFixed(0).padStart(6)}/s  ${(perSecond / alone.perSecond).toFixed(2).padStart(5)}  p50 ${p50Ms.toFixed(0).padStart(4)} ms  p99 ${p99Ms.toFixed(0).padStart(5)} ms  failed ${failed}${rest}`;
  return [
    'gate         decisions  ratio',
    line('alone', alone, ''),
    ...imported.map(({ kind, rows, rejected, seconds, gate }) =>
      line(kind, gate, `  imported ${rows} rows (${rejected} rejected), ${(rows / seconds).toFixed(0)} rows/s`),
    ),
    `worker: at most ${workerPeakMb.toFixed(0)} MB`,
  ].join('\n');
}
