import { inTransaction } from '#pg';
import { recount, type ReportDocument, type Trace } from '#render';
import { ReportRunner, ReportService, ReportStore, type ReportKind } from '#reports';
import { csvRecords } from '#testkit';
import { UploadService, UploadStore } from '#uploads';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import { uploadUse } from '../uploads.ts';
import { ReportRowsStore } from './report-rows.store.ts';
import { TimelinessReport } from './timeliness.report.ts';

const KIND = 'complaint-timeliness';
const compliance = principal('compliance');
const DAY_MS = 86_400_000;

let stage: Stage;
let uploads: UploadService;
let runner: ReportRunner;
let service: ReportService;
beforeAll(async () => {
  stage = await Stage.open();
  uploads = new UploadService(new UploadStore(stage.source, stage.vault, uploadUse));
  const kinds = new Map<string, ReportKind>([[KIND, new TimelinessReport(new ReportRowsStore())]]);
  service = new ReportService(stage.source, new ReportStore(), uploads, kinds);
  runner = new ReportRunner(stage.source, stage.clock, new ReportStore(), uploads, kinds);
});
afterAll(() => stage.close());

/** Complaints of every state about some instants, the same for the same seed. */
async function addRandom(seed: number, instants: readonly number[], timeZone: string, count: number): Promise<void> {
  let state = seed;
  const next = (): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  const pick = <T>(items: readonly T[]): T | null => items[Math.floor(next() * items.length)] ?? null;
  const [first, last] = [Math.min(...instants), Math.max(...instants)];
  const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
  const rows = [...instants, ...Array.from({ length: count }, () => Math.floor(first + next() * (last - first)))].map((at) => {
    const is = pick(['running', 'running', 'paused', 'met', 'met', 'met', 'missed', 'withdrawn', 'declined', 'merged']) ?? 'running';
    const answered = is === 'met' || is === 'missed';
    const decided = answered && next() < 0.95 ? at + Math.floor(next() * 70 * DAY_MS) : null;
    const told = decided !== null ? decided + Math.floor((next() - 0.3) * 5 * DAY_MS) : null;
    const closed = ['running', 'paused'].includes(is) ? null : Math.max(at, decided ?? at, told ?? at);
    const given = {
      channel: pick(['phone', 'web', 'letter']),
      category: pick([null, 'collection', 'issuing']),
      agency: pick([null, null, '=a1', 'a2']),
    };
    return {
      ...given,
      at: iso(at),
      is,
      due: iso(at + Math.floor(next() * 80 * DAY_MS)),
      decided: iso(decided),
      told: iso(told),
      closed: iso(closed),
    };
  });
  await stage.sql(
    `insert into complaint (institution_id, number, content_hash, channel, category, received_at, registered_at, time_zone, pack, name_sealed, subject_sealed,
       narrative_sealed, requests_sealed, source, registered_by, state, term_id, due_on, due_at, due_set_at, decided_at, told_at, closed_at, against_agency_id)
     select $1, new_complaint_number(at, $2), '', channel, category, at, at, $2, 'cn-banking-2020', '', '', '', '', 'api', 'x', "is", 'decide', (due at time zone $2)::date, due, at, decided, told, closed, agency
     from json_to_recordset($3) as r(at timestamptz, channel text, category text, agency text, "is" text, due timestamptz, decided timestamptz, told timestamptz, closed timestamptz)`,
    [BANK, timeZone, JSON.stringify(rows)],
    '*',
  );
}

interface Made {
  readonly document: ReportDocument;
  readonly rows: Readonly<Record<string, Record<string, string>[]>>;
}

async function made(period: { from: string; to: string }, timeZone: string): Promise<Made> {
  const order = {
    kind: KIND,
    period,
    formats: ['json'] as const,
    audience: 'internal',
    language: 'zh',
    csvBom: true,
    timeZone,
    subject: null,
  } as const;
  const { id } = await inTransaction(stage.source, { institutionId: BANK }, (tx) =>
    new ReportStore().create(tx, { ...order, institutionId: BANK, requestedBy: compliance.subject }),
  );
  await runner.run(BANK, id);
  const content = async (name: string): Promise<string> => {
    const parts: Buffer[] = [];
    for await (const part of (await service.file(compliance, id, name)).open()) parts.push(part);
    return Buffer.concat(parts).toString();
  };
  const document = JSON.parse(await content('report.json')) as ReportDocument;
  const rows = await Promise.all(document.rowFiles.map(async ({ name }) => [name, csvRecords(await content(name))] as const));
  return { document, rows: Object.fromEntries(rows) };
}

const traced = ({ figures, tables }: ReportDocument): { value: number | null; trace: Trace }[] => [
  ...figures,
  ...tables.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells)),
];

// Each complaint in its bucket, as SQL sees it; `$4` is when the report was made.
const COUNTED = `
  with one as (
    select c.*, closed_at is null and state <> 'paused' and due_at <= $4 as overdue,
      case when state in ('met', 'missed') and closed_at is not null then (greatest(decided_at, told_at) at time zone time_zone)::date - (received_at at time zone time_zone)::date end as days
    from complaint c where institution_id = $1 and received_at >= $2 and received_at < $3
  ), bucketed as (
    select *, case when overdue then 'missed' else state end as now, case when not overdue and state in ('withdrawn', 'declined', 'merged') then state when closed_at is null then case when overdue then 'overdue' else 'open' end
      when decided_at is null or told_at is null then 'unknown-day' when days <= 15 then 'within-15' when days <= 30 then 'within-30' when days <= 60 then 'within-60' else 'later' end as bucket from one
  )
  select key, count(*)::float8 as n from bucketed cross join lateral unnest(array['received', bucket, 'state-' || now, 'channel ' || channel || ' ' || bucket,
    'category ' || coalesce(category, '(none)') || ' ' || bucket, 'agency ' || coalesce(against_agency_id, '(none)') || ' ' || bucket]) as key group by key
  union all select 'median-days', percentile_disc(0.5) within group (order by days) from bucketed where days is not null and bucket not in ('open', 'overdue')
  union all select 'p90-days', percentile_disc(0.9) within group (order by days) from bucketed where days is not null and bucket not in ('open', 'overdue')`;

describe.each([
  [
    'New York, when the clocks skip an hour',
    'America/New_York',
    { from: '2024-03-01', to: '2024-03-31' },
    '2024-03-01T00:00:00-05:00',
    '2024-04-01T00:00:00-04:00',
    '2024-03-10T07:00:00Z',
    3,
  ],
  [
    'New York, when they strike one twice',
    'America/New_York',
    { from: '2024-11-01', to: '2024-11-30' },
    '2024-11-01T00:00:00-04:00',
    '2024-12-01T00:00:00-05:00',
    '2024-11-03T06:00:00Z',
    4,
  ],
  [
    'Shanghai, a leap February',
    'Asia/Shanghai',
    { from: '2028-02-01', to: '2028-02-29' },
    '2028-02-01T00:00:00+08:00',
    '2028-03-01T00:00:00+08:00',
    '2028-02-29T16:00:00Z',
    6,
  ],
])('in %s', (_name, zone, period, first, after, turns, seed) => {
  let one: Made;
  const [from, until, turn] = [first, after, turns].map((text) => Date.parse(text)) as [number, number, number];
  beforeAll(async () => {
    await addRandom(seed, [from - DAY_MS, from - 1, from, until - 1, until, until + DAY_MS, turn - 1, turn, turn + 3_600_000], zone, 300);
    stage.now = new Date(until + 10 * DAY_MS).toISOString();
    one = await made(period, zone);
  });

  it('says what PostgreSQL counts by itself', async () => {
    const rows = await stage.sql<{ key: string; n: number }>(COUNTED, [BANK, new Date(from), new Date(until), stage.clock.override]);
    const wanted = Object.fromEntries(rows.map(({ key, n }) => [key, n]));
    const { document } = one;
    const figures = Object.fromEntries(document.figures.map(({ id, value }) => [id, value]));
    for (const id of [
      'received',
      'within-15',
      'within-30',
      'within-60',
      'later',
      'open',
      'overdue',
      'withdrawn',
      'declined',
      'merged',
      'unknown-day',
      'median-days',
      'p90-days',
    ])
      expect([id, figures[id]]).toEqual([id, Number(wanted[id] ?? 0)]);
    expect([figures['met'], figures['missed']]).toEqual([wanted['state-met'] ?? 0, wanted['state-missed'] ?? 0]);
    for (const [table, what] of [
      ['by-channel', 'channel'],
      ['by-category', 'category'],
      ['by-agency', 'agency'],
    ] as const) {
      const cells = document.tables
        .find(({ id }) => id === table)
        ?.rows.flatMap(({ key, cells: all }) =>
          all.slice(1).flatMap(({ value, trace }) => (value ? [[`${what} ${key} ${bucketOf(trace)}`, value]] : [])),
        );
      expect(Object.fromEntries(cells ?? [])).toEqual(
        Object.fromEntries(Object.entries(wanted).filter(([key]) => key.startsWith(`${what} `))),
      );
    }
    expect(figures['received']).toBeGreaterThan(100);
  });

  it('finds every number again in its rows', () => {
    expect(traced(one.document).filter(({ value, trace }) => recount(trace, one.rows[trace.file] ?? []) !== value)).toEqual([]);
  });
});

const bucketOf = ({ filter }: Trace): string =>
  filter.flatMap((condition) => ('is' in condition && condition.column === 'bucket' ? [condition.is] : []))[0] ?? '';

it('is a nil report where there was nothing', async () => {
  const { document } = await made({ from: '2019-01-01', to: '2019-01-31' }, 'Asia/Shanghai');
  expect(document.notes[0]?.en).toMatch(/^Nil report/);
  expect(new Set(traced(document).map(({ value }) => value))).toEqual(new Set([0, null]));
});

// On one day in New York: how many days a complaint is overdue is a number, and changes.
it('makes the same bytes of the same data in every format', async () => {
  const period = { from: '2024-03-01', to: '2024-03-31' };
  const views = [];
  for (const now of ['2024-09-01T13:00:00+08:00', '2024-09-01T18:11:12+08:00']) {
    stage.now = now;
    const { id } = await service.create(compliance, { kind: KIND, period, formats: ['pdf', 'xlsx', 'csv', 'json'] }, null);
    await runner.run(BANK, id);
    views.push(await service.find(compliance, id));
  }
  expect(views[0]?.pins?.asOf).toBe('2024-09-01T05:00:00.000Z');
  expect(views[1]?.files.map(({ name, sha256 }) => [name, sha256])).toEqual(views[0]?.files.map(({ name, sha256 }) => [name, sha256]));
  expect(views[1]?.files.length).toBeGreaterThan(5);
});
