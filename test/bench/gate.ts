// Throughput and latency of the gate over HTTP at 64 connections, against single-row inserts on the same PostgreSQL in the same run.
import { randomBytes } from 'node:crypto';
import { createDataSource, inTransaction } from '#pg';
import { spawnService, testDatabase, zoneWhereItIsNoon } from '#testkit';
import { Vault } from '#vault';
import { CaseImportStore } from '../../apps/collections/src/import/case-import.store.ts';
import { openPostgres } from '../../tools/test/postgres.ts';
import { issue, measure } from './measure.ts';

const CONNECTIONS = 64;
const SECONDS = 10;
const CASES = 20_000;
export const BANK = 'bench-bank';
export const ROUTE = '/v1/contact-attempts';

export interface Load {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Share of the answers. */
  readonly permitted: number;
  readonly failed: number;
}

export interface GateResult {
  readonly insertsPerSecond: number;
  readonly gates: readonly (Load & { readonly processes: number; readonly cpuMs: number; readonly rssMb: number })[];
}

/** Of all processes together, but for memory: of the largest. */
async function readMetrics(urls: readonly string[]): Promise<{ cpuSeconds: number; rssMb: number }> {
  const texts = await Promise.all(urls.map(async (url) => (await fetch(`${url}/metrics`)).text()));
  const value = (text: string, name: string): number => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1] ?? 0);
  return {
    cpuSeconds: texts.reduce((sum, text) => sum + value(text, 'process_cpu_seconds_total'), 0),
    rssMb: Math.max(...texts.map((text) => value(text, 'process_resident_memory_bytes') / 1e6)),
  };
}

/** 20,000 debtors with one number each; the bodies that ask for them. */
export async function register(appUrl: string, vault: Vault): Promise<string[]> {
  const source = await createDataSource({ url: appUrl, poolSize: 4, applicationName: 'bench' });
  const store = new CaseImportStore(vault);
  const timeZone = zoneWhereItIsNoon(new Date());
  for (let from = 0; from < CASES; from += 1000) {
    const rows = Array.from({ length: 1000 }, (_, index) => {
      const id = String(from + index).padStart(6, '0');
      const [caseId, debtorId] = [`C${id}`, `D${id}`];
      const person = { debtorId, debtorName: '张三', idNumber: null, partyId: 'P1', partyRole: 'debtor', partyName: '张三' } as const;
      const debt = {
        debtId: `L${id}`,
        product: '信用卡',
        balance: '5000.00',
        currency: 'CNY',
        overdueSince: '2026-01-01',
        timeZone,
        agencyId: null,
      };
      return {
        row: index,
        caseId,
        ...person,
        ...debt,
        contactPoint: `+86154${id}00`,
        contactChannel: 'voice',
        contactSource: 'contract',
        zones: [],
        region: null,
        referralNoticeAt: null,
      } as const;
    });
    await inTransaction(source, { institutionId: BANK }, (tx) => store.store(tx, BANK, rows));
  }
  const points = await inTransaction(source, { institutionId: BANK }, (tx) =>
    tx.query<{ caseId: string; point: string }>(
      'select c.case_id as "caseId", t.id as point from contact_point t join party p on p.id = t.party join collection_case c on c.id = p.collection_case order by random()',
    ),
  );
  await source.query('analyze').catch(() => undefined);
  await source.destroy();
  return points.map(({ caseId, point }) =>
    JSON.stringify({
      caseId,
      partyId: 'P1',
      contactPointId: point,
      channel: 'voice',
      mode: 'interactive',
      purpose: 'collect',
      collectorIds: ['c1'],
    }),
  );
}

export async function benchGate(): Promise<GateResult> {
  const postgres = await openPostgres(() => undefined, true);
  Object.assign(process.env, { TEST_POSTGRES_URL: postgres.url, TEST_TEMPLATES: postgres.templates.join(',') });
  const db = await testDatabase('collections');
  const { issuer, token, close } = await issue(BANK, 'integration');
  const keys = { VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}`, VAULT_INDEX_KEY: randomBytes(32).toString('base64') };
  const env = { DATABASE_URL: db.appUrl, OIDC_ISSUER: issuer, OIDC_JWKS_URL: `${issuer}/jwks`, PORT: '0', LOG_LEVEL: 'warn', ...keys };
  try {
    const bodies = await register(db.appUrl, new Vault([keys.VAULT_KEYS], keys.VAULT_INDEX_KEY));
    const { perSecond: insertsPerSecond } = await measure<{ perSecond: number }>('./insert-load.js', {
      url: db.adminUrl,
      connections: CONNECTIONS,
      seconds: SECONDS,
    });
    const worker = await spawnService('apps/collections/src/worker.js', env);
    const gates: GateResult['gates'][number][] = [];
    for (const processes of [1, 2]) {
      const services = await Promise.all(Array.from({ length: processes }, () => spawnService('apps/collections/src/main.js', env)));
      const urls = services.map(({ url }) => url);
      await measure('./http-load.js', { urls, token, route: ROUTE, bodies: bodies.slice(0, 2000), connections: CONNECTIONS, seconds: 3 });
      const before = await readMetrics(urls);
      const result = await measure<Load>('./http-load.js', {
        urls,
        token,
        route: ROUTE,
        bodies,
        connections: CONNECTIONS,
        seconds: SECONDS,
      });
      const after = await readMetrics(urls);
      const cpuMs = ((after.cpuSeconds - before.cpuSeconds) * 1000) / (result.perSecond * SECONDS);
      gates.push({ processes, ...result, cpuMs, rssMb: after.rssMb });
      await Promise.all(services.map((service) => service.stop()));
    }
    await worker.stop();
    return { insertsPerSecond, gates };
  } finally {
    close();
    await db.drop();
    await postgres.stop();
  }
}

export function gateTable({ insertsPerSecond, gates }: GateResult): string {
  const round = (value: number, digits = 0): string => value.toFixed(digits);
  const lines = [`raw single-row inserts, ${CONNECTIONS} connections: ${round(insertsPerSecond)} per second (baseline, 1.00)`];
  for (const gate of gates) {
    const ratio = gate.perSecond / insertsPerSecond;
    lines.push(
      `gate over HTTP, ${gate.processes} process(es): ${round(gate.perSecond)} decisions per second, ratio ${round(ratio, 2)}, p50 ${round(gate.p50Ms, 1)} ms, p99 ${round(gate.p99Ms, 1)} ms, ` +
        `${round(gate.permitted * 100)} % permitted, ${gate.failed} failed, ${round(gate.cpuMs, 2)} ms of CPU each, ${round(gate.rssMb)} MB`,
    );
  }
  return lines.join('\n');
}
