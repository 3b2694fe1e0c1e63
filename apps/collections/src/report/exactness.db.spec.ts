import { recount, type ReportDocument, type Trace } from '#render';
import { csvRecords } from '#testkit';
import { inTransaction } from '#pg';
import { manager, ReportRoom, KIND } from '../../testing/report-room.ts';
import { randomOversight, storeOversight, type Found, type RandomOversight } from '../../testing/random-oversight.ts';
import { BANK } from '../../testing/stage.ts';

const ZONE = 'America/New_York';
const YEAR_MS = 365 * 86_400_000;
// The edges of the period, of its days, and both sides of the hour that the clocks skip or strike twice.
const SPRING = {
  from: '2026-03-01',
  to: '2026-03-31',
  first: '2026-03-01T00:00:00-05:00',
  after: '2026-04-01T00:00:00-04:00',
  turns: '2026-03-08T07:00:00Z',
};
const AUTUMN = {
  from: '2026-11-01',
  to: '2026-11-30',
  first: '2026-11-01T00:00:00-04:00',
  after: '2026-12-01T00:00:00-05:00',
  turns: '2026-11-01T06:00:00Z',
};
// A quarter, with the month before it whole and a year that turns.
const QUARTER = {
  from: '2026-01-01',
  to: '2026-03-31',
  first: '2026-01-01T00:00:00-05:00',
  after: '2026-04-01T00:00:00-04:00',
  turns: '2026-03-08T07:00:00Z',
};

interface Made {
  readonly document: ReportDocument;
  readonly rows: Readonly<Record<string, Record<string, string>[]>>;
}

async function made(room: ReportRoom, { from, to }: { from: string; to: string }): Promise<Made> {
  const order = {
    kind: KIND,
    period: { from, to },
    formats: ['json'] as const,
    audience: 'internal',
    language: 'zh',
    csvBom: true,
    timeZone: ZONE,
    subject: null,
  } as const;
  const { id } = await inTransaction(room.stage.source, { institutionId: BANK }, (tx) =>
    room.store.create(tx, { ...order, institutionId: BANK, requestedBy: manager.subject }),
  );
  await room.runner.run(BANK, id);
  const document = JSON.parse((await room.content(id, 'report.json')).toString()) as ReportDocument;
  const rows = await Promise.all(
    document.rowFiles.map(async ({ name }) => [name, csvRecords((await room.content(id, name)).toString())] as const),
  );
  return { document, rows: Object.fromEntries(rows) };
}

const traced = ({ figures, tables }: ReportDocument): { value: number | null; trace: Trace }[] => [
  ...figures,
  ...tables.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells)),
];

/** The counts of a table by row and column, those that are nought left out. */
function cellsOf({ tables }: ReportDocument, id: string): Record<string, number> {
  const table = tables.find((one) => one.id === id);
  return Object.fromEntries(
    (table?.rows ?? []).flatMap(({ key, cells }) =>
      cells.flatMap(({ value, trace }, index) =>
        value && trace.measure !== 'share' ? [[`${key} ${table?.columns[index]?.id}`, value]] : [],
      ),
    ),
  );
}

/** The same as PostgreSQL counts it: `key` and `n`. */
async function counted(room: ReportRoom, sql: string, values: readonly unknown[]): Promise<Record<string, number>> {
  const rows = await room.stage.sql<{ key: string; n: number }>(
    `select key, count(*)::float8 as n from (${sql}) as one(key) group by key`,
    values,
  );
  return Object.fromEntries(rows.map(({ key, n }) => [key, n]));
}

const DECIDED = 'from decision d where institution_id = $1 and decided_at >= $2 and decided_at < $3';
const REASON = `from decision d cross join lateral (select distinct reason->>'ruleId' as rule, reason->>'severity' as severity from json_array_elements(d.outcome->'reasons') as reason) r
  where institution_id = $1 and decided_at >= $2 and decided_at < $3`;
const BY: Readonly<Record<string, string>> = {
  'by-hour': `select extract(hour from decided_at at time zone time_zone) || ' ' || unnest(array['asked', verdict]) ${DECIDED}`,
  'by-hour-channel': `select extract(hour from decided_at at time zone time_zone) || ' ' || (proposed->>'channel') ${DECIDED}`,
  'by-day': `select (decided_at at time zone '${ZONE}')::date || ' ' || unnest(array['asked', verdict]) ${DECIDED}`,
  'by-month': `select to_char(decided_at at time zone '${ZONE}', 'YYYY-MM') || ' ' || unnest(array['asked', verdict]) ${DECIDED}`,
  'by-channel': `select (proposed->>'channel') || ' ' || unnest(array['asked', verdict]) ${DECIDED}`,
  'by-agency': `select coalesce(agency_id, '(own)') || ' ' || unnest(array['asked', verdict]) ${DECIDED}`,
  'by-rule': `select rule || ' all' ${REASON} and severity = 'block' union all select (outcome->'reasons'->0->>'ruleId') || ' first' ${DECIDED} and verdict = 'refused'`,
  'warnings-by-rule': `select rule || ' ' || unnest(array['all', verdict]) ${REASON} and severity = 'warn'`,
  outcomes: `select result || ' times' from contact where institution_id = $1 and at >= $2 and at < $3 and result is not null`,
  'lookback-by-rule': `select (finding->>'ruleId') || ' ' || unnest(array['all', finding->>'severity']) from lookback_finding f join lookback l on l.id = f.lookback
    where l.institution_id = $1 and l.finished_at >= $2 and l.finished_at < $3`,
  'calls-by-agency': `select coalesce(finding->>'agencyId', '(own)') || ' ' || unnest(array['all', finding->>'finding']) from call_finding f join reconciliation r on r.id = f.reconciliation
    where r.institution_id = $1 and r.finished_at >= $2 and r.finished_at < $3`,
};

/** Who was at it again, one by one. */
function repeatsOf({ decisions, found }: RandomOversight, from: number, until: number): Record<string, number> {
  const counts: Record<string, number> = {};
  const counting = found.filter(({ rule, severity }) => rule !== 'missing-fact' && severity === 'block');
  const whose = (who: string, { agency, collectors }: Pick<Found, 'agency' | 'collectors'>): (string | null)[][] =>
    who === 'agency' ? (agency === null ? [] : [[agency]]) : collectors.map((collector) => [agency, collector]);
  const events = [
    ...decisions.flatMap((one) => [...new Set(one.refusedBy)].map((rule) => ({ ...one, rule, source: 'refusal', ended: one.at }))),
    ...counting.map((one) => ({ ...one, ended: one.finishedAt })),
  ].filter(({ ended, rule }) => ended >= from && ended < until && rule !== 'missing-fact');
  for (const who of ['agency', 'collector'])
    for (const event of events)
      for (const name of whose(who, event)) {
        const wasFound = counting.some(
          (one) =>
            one.rule === event.rule &&
            one.finishedAt < event.at &&
            one.finishedAt >= event.at - YEAR_MS &&
            whose(who, one).some((other) => JSON.stringify(other) === JSON.stringify(name)),
        );
        const key = [who, ...name.map((part) => part ?? '(own)'), event.rule, event.source].join('|');
        if (wasFound) counts[key] = (counts[key] ?? 0) + 1;
      }
  return counts;
}

const asRead = (text: string | undefined): string => (text ?? '').replace(/^'/, '');

describe.each([
  ['a month in which the clocks skip an hour', SPRING, 5],
  ['a month in which they strike one twice, on its first day', AUTUMN, 9],
  ['a quarter', QUARTER, 17],
])('%s', (_name, period, seed) => {
  let room: ReportRoom;
  let one: Made;
  let data: RandomOversight;
  const [from, until, turns] = [Date.parse(period.first), Date.parse(period.after), Date.parse(period.turns)];
  beforeAll(async () => {
    room = await ReportRoom.bare();
    const hour = 3_600_000;
    const edges = [
      from - 40 * 86_400_000,
      from - 1,
      from,
      until - 1,
      until,
      until + 86_400_000,
      ...[-hour, -1, 0, 1, hour - 1, hour].map((by) => turns + by),
    ];
    data = randomOversight(seed, edges, 400);
    await storeOversight(room.stage, data);
    room.stage.now = new Date(until + 3_600_000).toISOString();
    one = await made(room, period);
  });
  afterAll(() => room.stage.close());

  it('says what PostgreSQL counts by itself', async () => {
    const values = [BANK, new Date(from), new Date(until)];
    for (const [id, sql] of Object.entries(BY)) {
      if (id === 'by-month' && period.from.slice(0, 7) === period.to.slice(0, 7)) continue;
      expect([id, cellsOf(one.document, id)]).toEqual([id, await counted(room, sql, values)]);
    }
    const figures = Object.fromEntries(one.document.figures.map(({ id, value }) => [id, value]));
    const [sums] = await room.stage.sql(
      `select count(*)::float8 as asked, count(*) filter (where verdict = 'permitted')::float8 as permitted, count(*) filter (where verdict = 'refused')::float8 as refused,
         count(c.result)::float8 as closed, count(*) filter (where d.permit_expires_at <= $4 and c.result is null)::float8 as lapsed, count(*) filter (where d.permit_expires_at > $4 and c.result is null)::float8 as pending,
         count(*) filter (where verdict = 'permitted' and d.outcome::text like '%"warn"%')::float8 as warned
       from decision d left join contact c on c.id = d.id where d.institution_id = $1 and decided_at >= $2 and decided_at < $3`,
      [...values, room.stage.clock.override],
    );
    expect(figures).toMatchObject(sums as object);
    expect(figures['asked']).toBeGreaterThan(100);
  });

  it('finds every number again in its rows, and no row twice', () => {
    expect(traced(one.document).filter(({ value, trace }) => recount(trace, one.rows[trace.file] ?? []) !== value)).toEqual([]);
    const ids = one.rows['rows.csv']?.map(({ decisionId }) => decisionId) ?? [];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('finds who was at it again, and nobody else', () => {
    const said: Record<string, number> = {};
    for (const { who, agencyId, collectorId, ruleId, source } of one.rows['repeats.csv'] ?? []) {
      const name = [who, asRead(agencyId) || '(own)', ...(who === 'collector' ? [asRead(collectorId)] : []), ruleId, source].join('|');
      said[name] = (said[name] ?? 0) + 1;
    }
    expect(said).toEqual(repeatsOf(data, from, until));
    expect(Object.keys(said).length).toBeGreaterThan(5);
  });

  it('has beside it the period before', async () => {
    const before = one.document.tables.find(({ id }) => id === 'period-before')?.rows.map(({ key, cells }) => [key, cells[1]?.value]);
    const [day] = await room.stage.sql<{ n: number }>(
      `select count(*)::float8 as n from decision where institution_id = $1
         and decided_at >= ($2::date - (case when $3 then interval '3 months' else interval '1 month' end)) at time zone '${ZONE}' and decided_at < $2::date::timestamp at time zone '${ZONE}'`,
      [BANK, period.from, period === QUARTER],
    );
    expect(before?.[0]).toEqual(['asked', day?.n]);
    expect(day?.n).toBeGreaterThan(10);
  });
});

it('is a nil report where there was nothing, and says so in every format', async () => {
  const room = await ReportRoom.bare();
  room.stage.now = '2026-12-01T09:00:00+08:00';
  const { id } = await room.ask({ formats: ['json', 'csv', 'pdf', 'xlsx'], period: { from: '2026-11-01', to: '2026-11-30' } });
  await room.runner.run(BANK, id);
  const document = JSON.parse((await room.content(id, 'report.json')).toString()) as ReportDocument;
  expect(document.notes[0]?.en).toMatch(/^Nil report/);
  expect(document.rowFiles.map(({ rows }) => rows)).toEqual([0, 0, 0, 0, 0]);
  expect(new Set(traced(document).map(({ value }) => value))).toEqual(new Set([0, null]));
  expect((await room.content(id, 'rows.csv')).toString().trim().split('\r\n')).toHaveLength(1);
  await room.stage.close();
});

it('counts a permit that only a consent allowed, by its kind and by the rule that it lifted', async () => {
  const room = await ReportRoom.bare();
  const { stage } = room;
  await stage.addCases([{ caseId: 'C1' }, { caseId: 'C2', debtorId: 'D2', contactPoint: '+8613800000002' }]);
  await stage.sql(
    `insert into consent (institution_id, party, kind, channels, given_at, evidence)
     select $1, p.id, 'out-of-hours', '{voice}', '2026-10-01T00:00:00Z', 'e' from party p join collection_case c on c.id = p.collection_case where c.case_id = 'C1'`,
    [BANK],
  );
  for (const [at, caseId] of [
    ['2026-10-12T23:00:00+08:00', 'C1'],
    ['2026-10-13T15:00:00+08:00', 'C1'],
    ['2026-10-13T23:00:00+08:00', 'C2'],
  ] as const) {
    stage.now = at;
    await stage.ask(caseId, {}, manager);
  }
  stage.now = '2026-11-01T09:00:00+08:00';
  const { document, rows } = await made(room, { from: '2026-10-01', to: '2026-10-31' });
  expect(document.figures.filter(({ id }) => ['permitted', 'refused', 'by-consent'].includes(id)).map(({ value }) => value)).toEqual([
    2, 1, 1,
  ]);
  expect(cellsOf(document, 'by-consent')).toEqual({ 'out-of-hours permitted': 1 });
  expect(cellsOf(document, 'lifted-by-consent')).toEqual({ 'quiet-hours lifted': 1 });
  expect(rows['rows.csv']?.map(({ consents, lifted }) => `${consents} ${lifted}`)).toEqual(['out-of-hours quiet-hours', ' ', ' ']);
  await stage.close();
});
