// A draft tried on a million contacts of logs and on decisions of the gate, against plain COPY of the same rows.
import pg from 'pg';
import { to } from 'pg-copy-streams';
import { author, draftOf } from '../../apps/collections/testing/policy-room.ts';
import { SimulationRoom } from '../../apps/collections/testing/simulation-room.ts';
import { BANK, Stage } from '../../apps/collections/testing/stage.ts';
import { openPostgres } from '../../tools/test/postgres.ts';
import { measure } from './measure.ts';
import { decideSome, multiply } from './replay.ts';

export interface SimulationBenchOptions {
  readonly contacts: number;
  readonly decisions: number;
}

export const usualSimulation: SimulationBenchOptions = { contacts: 1_000_000, decisions: 200_000 };

export interface SimulationResult {
  readonly contacts: number;
  readonly decisions: number;
  readonly judged: number;
  readonly changed: number;
  readonly copySeconds: number;
  readonly seconds: number;
  readonly peakMegabytes: number;
}

const CASES = 2000;
const DAYS = 30;
const NOW = '2026-11-22T12:00:00+08:00';

// Six calls, an hour apart, on the days on which a debtor is called at all; most of them unanswered.
const LOG = `
  insert into contact (institution_id, attempt_id, debtor_id, case_id, debt_id, party_id, party_role, value_index, channel, mode, purpose, initiator, agency_id, collector_ids, at, result, time_zone)
  select '${BANK}', 'L' || n, 'D' || debtor, case when debtor < ${CASES} then 'C' || lpad(debtor::text, 6, '0') end, 'L' || debtor, 'P1', 'debtor',
    sha256(('point' || debtor)::bytea), 'voice', 'interactive', 'collect', 'us', case when n % 3 = 0 then null else 'a' || n % 12 end, array['c' || n % 200],
    timestamptz '2026-11-22T21:00:00+08:00' - interval '1 day' - (n % ${DAYS}) * interval '1 day' - interval '30 minutes' - ((n / ${DAYS}) % 6) * interval '61 minutes' - (debtor % 60) * interval '1 minute' - interval '2 hours',
    case when n % 5 = 0 then 'conversation' when n % 7 = 0 then 'busy' else 'no-answer' end, 'Asia/Shanghai'
  from (select n, (n / ${6 * DAYS} + (n % ${DAYS}) * 37) % greatest(1, $1::bigint / 40) as debtor from generate_series(1, $1::bigint) as n) rows`;

async function fill(adminUrl: string, contacts: number): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(LOG, [contacts]);
    await client.query('vacuum analyze contact');
    await client.query('vacuum analyze collection_case');
  } finally {
    await client.end();
  }
}

async function copySeconds(adminUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const began = performance.now();
    for (const query of [
      'select * from contact order by at, id',
      'select id, decided_at, proposed, facts from decision order by decided_at, id',
    ])
      for await (const _chunk of client.query(to(`copy (${query}) to stdout`)) as AsyncIterable<Buffer>);
    return (performance.now() - began) / 1000;
  } finally {
    await client.end();
  }
}

export async function benchSimulation({ contacts, decisions }: SimulationBenchOptions = usualSimulation): Promise<SimulationResult> {
  const postgres = await openPostgres(() => undefined);
  Object.assign(process.env, { TEST_POSTGRES_URL: postgres.url, TEST_TEMPLATES: postgres.templates.join(',') });
  try {
    const stage = await Stage.open();
    const made = await decideSome(stage, CASES / 10);
    const total = decisions === 0 ? made : await multiply(stage.db.adminUrl, made, decisions);
    await fill(stage.db.adminUrl, contacts);
    stage.now = NOW;
    const room = new SimulationRoom(stage);
    const { id: draft } = await room.policies.drafts.create(author, draftOf({ adjust: { 'attempts-per-point': { cap: 4 } } }), null, 'en');
    const { id } = await room.service.create(author, draft, DAYS, null, 'en');
    await copySeconds(stage.db.adminUrl);
    const copy = await copySeconds(stage.db.adminUrl);
    const task = { url: stage.db.appUrl, institutionId: BANK, id };
    const run = await measure<{ seconds: number; peakMegabytes: number }>('./simulation-load.js', task);
    const { state, judged, changed } = await room.service.find(author, id, 'en');
    if (state !== 'done') throw new Error(`the simulation is ${state}`);
    await stage.close();
    return { contacts, decisions: total, judged: judged ?? 0, changed: changed ?? 0, copySeconds: copy, ...run };
  } finally {
    await postgres.stop();
  }
}

export function simulationTable(result: SimulationResult): string {
  const { contacts, decisions, judged, changed, seconds, copySeconds: copy, peakMegabytes } = result;
  const rate = (count: number, time: number): string => `${Math.round(count / time)} per second`;
  return [
    `${contacts} contacts of logs and ${decisions} decisions; ${judged} judged under both policies, ${changed} answered otherwise`,
    `COPY of the same rows in order: ${copy.toFixed(1)} s (baseline, 1.00)`,
    `simulation: ${seconds.toFixed(1)} s, ${rate(contacts + decisions, seconds)}, ratio ${(seconds / copy).toFixed(2)}, peak memory ${peakMegabytes} MB`,
  ].join('\n');
}
