// A month of contacts reported in every format, beside plain COPY of the same rows, and beside a month with a tenth of them: memory must stay.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Period } from '#reports';
import { Stage, BANK } from '../../apps/collections/testing/stage.ts';
import { openPostgres } from '../../tools/test/postgres.ts';
import { measure } from './measure.ts';
import { decideSome } from './replay.ts';
import type { ReportLoad, ReportTask } from './report-load.ts';

export interface ReportBenchOptions {
  /** In the larger month; 10,000,000 take about 40 GB of disk. */
  readonly contacts: number;
}

export const usualReport: ReportBenchOptions = { contacts: 100_000 };

export interface ReportBench {
  readonly loadSeconds: number;
  readonly copySeconds: number;
  readonly small: ReportLoad;
  readonly large: ReportLoad;
}

const CASES = 40;
const SMALL: Period = { from: '2026-08-01', to: '2026-08-31' };
const LARGE: Period = { from: '2026-10-01', to: '2026-10-31' };

const COLUMNS =
  'institution_id, collection_case, contact_point, agency_id, requested_by, verdict, time_zone, proposed, facts, policy, outcome';

/** Copies of decisions of the gate, spread over the month, and the contacts that they permitted, seven of ten with an outcome. */
async function fill(client: pg.Client, { from }: Period, contacts: number): Promise<void> {
  const at = `timestamptz '${from} 00:00+08' + (i - 1) * (interval '31 days' / ${contacts})`;
  await client.query(
    `insert into decision (decided_at, permit_expires_at, ${COLUMNS})
     select ${at}, case when o.verdict = 'permitted' then ${at} + interval '15 minutes' end, ${COLUMNS}
     from generate_series(1, ${contacts}) i join original o on o.n = i % (select count(*) from original)`,
  );
  await client.query(
    `insert into contact (id, institution_id, attempt_id, debtor_id, value_index, channel, initiator, collector_ids, at, result, time_zone)
     select id, institution_id, id::text, 'D', '', proposed->>'channel', 'us', '{}', decided_at,
       case when extract(second from decided_at)::int % 10 < 7 then (array['no-answer', 'busy', 'conversation', 'answered'])[1 + extract(minute from decided_at)::int % 4] end, time_zone
     from decision where verdict = 'permitted' and decided_at >= $1::timestamptz and decided_at < $1::timestamptz + interval '31 days'`,
    [`${from} 00:00+08`],
  );
}

async function load(adminUrl: string, contacts: number): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('set session_replication_role = replica; set synchronous_commit = off');
    // What the report does not read by is not kept while so much is written.
    const { rows } = await client.query<{ drop: string }>(
      `select format('drop index %I', indexrelid::regclass) as drop from pg_index where indrelid = 'contact'::regclass and not indisunique`,
    );
    for (const { drop } of rows) await client.query(drop);
    await client.query('create table original as select row_number() over (order by id) - 1 as n, * from decision');
    await fill(client, SMALL, Math.max(1, Math.round(contacts / 10)));
    await fill(client, LARGE, contacts);
    await client.query('vacuum analyze decision, contact');
  } finally {
    await client.end();
  }
}

/** What the report reads, thrown away. */
async function copyAll(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const began = performance.now();
  const query = `select d.id, d.decided_at, d.time_zone, k.case_id, d.agency_id, d.proposed, d.verdict, d.outcome, d.permit_expires_at, c.result
    from decision d join collection_case k on k.id = d.collection_case left join contact c on c.id = d.id
    where d.decided_at >= '${LARGE.from} 00:00+08' and d.decided_at < '${LARGE.to} 24:00+08' order by d.decided_at, d.id`;
  let bytes = 0;
  for await (const chunk of client.query(copyTo(`copy (${query}) to stdout`)) as AsyncIterable<Buffer>) bytes += chunk.length;
  await client.end();
  if (bytes === 0) throw new Error('there was nothing to copy');
  return (performance.now() - began) / 1000;
}

export async function benchReport({ contacts }: ReportBenchOptions): Promise<ReportBench> {
  const postgres = await openPostgres(() => undefined);
  Object.assign(process.env, { TEST_POSTGRES_URL: postgres.url, TEST_TEMPLATES: postgres.templates.join(',') });
  const stage = await Stage.open();
  try {
    await decideSome(stage, CASES);
    const began = performance.now();
    await load(stage.db.adminUrl, contacts);
    const loadSeconds = (performance.now() - began) / 1000;
    const keys = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')] as const;
    const report = (period: Period): Promise<ReportLoad> =>
      measure<ReportLoad>('./report-load.js', { url: stage.db.appUrl, institutionId: BANK, period, keys } satisfies ReportTask);
    const small = await report(SMALL);
    const copySeconds = await copyAll(stage.db.adminUrl);
    return { loadSeconds, copySeconds, small, large: await report(LARGE) };
  } finally {
    await stage.close();
    await postgres.stop();
  }
}

const whole = (value: number): string => Math.round(value).toLocaleString('en');

export function reportTable({ loadSeconds, copySeconds, small, large }: ReportBench): string {
  const perSecond = (rows: number, seconds: number): string => `${whole(rows / seconds)}/s`;
  return [
    `| report of a month | ${whole(small.rows)} rows | ${whole(large.rows)} rows |`,
    '| --- | ---: | ---: |',
    `| made in PDF, XLSX, CSV and JSON with its rows | ${small.seconds.toFixed(1)} s | ${large.seconds.toFixed(1)} s |`,
    `| rows | ${perSecond(small.rows, small.seconds)} | ${perSecond(large.rows, large.seconds)} |`,
    `| plain COPY of the same rows | | ${perSecond(large.rows, copySeconds)} |`,
    `| memory grown | ${whole(small.grownMb)} MB | ${whole(large.grownMb)} MB |`,
    `| rows.csv | ${whole(small.megabytes)} MB | ${whole(large.megabytes)} MB |`,
    `| loading both months | | ${loadSeconds.toFixed(0)} s |`,
  ].join('\n');
}
