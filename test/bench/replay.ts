// Replay of a million decisions by the command that people run, against plain COPY of the same rows.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import pg from 'pg';
import type { Channel } from '#contact-rules';
import { principal, Stage } from '../../apps/collections/testing/stage.ts';
import { openPostgres } from '../../tools/test/postgres.ts';
import { measure } from './measure.ts';

export interface ReplayBenchOptions {
  readonly decisions: number;
  /** Cases of the decisions that are made by the gate itself; the rest are copies of these. */
  readonly cases: number;
}

export const usualReplay: ReplayBenchOptions = { decisions: 1_000_000, cases: 300 };

interface Run {
  readonly workers: number;
  readonly seconds: number;
  readonly peakMegabytes: number;
}

export interface ReplayResult {
  readonly decisions: number;
  readonly made: number;
  readonly megabytes: number;
  readonly copySeconds: number;
  readonly runs: readonly Run[];
}

const DAY = '2026-11-21';
const HOURS = ['07:59', '09:00', '09:10', '09:20', '09:30', '09:40', '10:45', '15:00', '21:58', '22:00'];
// Not all at one instant: a ledger is cut into slices by time.
const GROUPS = 10;
const CHANNELS: readonly Channel[] = ['voice', 'voice', 'voice', 'visit'];

/** Decisions as the gate makes them over a day: by day and night, few and many calls, permits and refusals. */
async function decideSome(stage: Stage, cases: number): Promise<number> {
  const ids = Array.from({ length: cases }, (_, at) => `C${String(at).padStart(6, '0')}`);
  await stage.addCases(ids.map((caseId, at) => ({ caseId, debtorId: `D${caseId}`, contactPoint: `+86138${String(at).padStart(8, '0')}` })));
  const requests = await Promise.all(
    ids.map((caseId, at) => stage.request(caseId, { channel: CHANNELS[at % CHANNELS.length] === 'visit' ? 'sms' : 'voice' })),
  );
  for (const hour of HOURS) {
    for (let group = 0; group < GROUPS; group += 1) {
      stage.now = `${DAY}T${hour}:0${group}+08:00`;
      const now = requests.filter((_request, at) => at % GROUPS === group);
      await Promise.all(now.map((request) => stage.gate.ask(principal('integration'), request, null, 'en')));
    }
  }
  return cases * HOURS.length;
}

const COLUMNS = `institution_id, collection_case, contact_point, agency_id, requested_by, decided_at, verdict, permit_expires_at, time_zone, proposed, facts,
  policy, outcome`;

async function multiply(adminUrl: string, made: number, decisions: number): Promise<number> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('create temporary table original as select * from decision');
    const copies = Math.max(0, Math.ceil(decisions / made) - 1);
    await client.query(`insert into decision (${COLUMNS}) select ${COLUMNS} from original, generate_series(1, $1::int)`, [copies]);
    await client.query('vacuum analyze decision');
    const { rows } = await client.query<{ n: string }>('select count(*) as n from decision');
    return Number(rows[0]?.n);
  } finally {
    await client.end();
  }
}

const command = join(import.meta.dirname, '../../apps/collections/src/replay/cli.js');

/** What people run, in a process of its own; what it says of itself is its summary. */
async function replay(databaseUrl: string, workers: number, expected: number): Promise<Run> {
  const args = ['--from', `${DAY}T00:00:00+08:00`, '--to', '2026-11-23T00:00:00+08:00', '--json', '--quiet', '--workers', String(workers)];
  const child = spawn(process.execPath, [command, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`the replay ended with ${code}: ${text}`);
  const { identical, seconds, peakMegabytes } = JSON.parse(text) as { identical: number } & Run;
  if (identical !== expected) throw new Error(`${identical} of ${expected} decisions were made again`);
  return { workers, seconds, peakMegabytes };
}

export async function benchReplay({ decisions, cases }: ReplayBenchOptions = usualReplay): Promise<ReplayResult> {
  const postgres = await openPostgres(() => undefined);
  Object.assign(process.env, { TEST_POSTGRES_URL: postgres.url, TEST_TEMPLATES: postgres.templates.join(',') });
  try {
    const stage = await Stage.open();
    const made = await decideSome(stage, cases);
    const total = await multiply(stage.db.adminUrl, made, decisions);
    const task = { url: stage.db.adminUrl };
    // The first reads what the inserts left behind; the second is as quick as it gets.
    await measure('./copy-load.js', task);
    const copy = await measure<{ seconds: number; megabytes: number }>('./copy-load.js', task);
    const runs = [await replay(stage.db.appUrl, 1, total), await replay(stage.db.appUrl, 2, total)];
    await stage.close();
    return { decisions: total, made, megabytes: copy.megabytes, copySeconds: copy.seconds, runs };
  } finally {
    await postgres.stop();
  }
}

export function replayTable({ decisions, made, megabytes, copySeconds, runs }: ReplayResult): string {
  const rate = (seconds: number): string => `${Math.round(decisions / seconds)} per second`;
  return [
    `${decisions} decisions (${made} made by the gate, the rest their copies), ${Math.round(megabytes)} MB`,
    `COPY of the same rows: ${copySeconds.toFixed(1)} s, ${rate(copySeconds)} (baseline, 1.00)`,
    ...runs.map(
      ({ workers, seconds, peakMegabytes }) =>
        `replay, ${workers} thread(s): ${seconds.toFixed(1)} s, ${rate(seconds)}, ratio ${(seconds / copySeconds).toFixed(2)}, peak memory ${peakMegabytes} MB`,
    ),
  ].join('\n');
}
