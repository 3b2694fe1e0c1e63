import { csvRecords } from '#testkit';
import { numbersOf, recount, type ReportDocument, type TracedRow } from '#render';
import { ReportRunner, ReportService, ReportStore, type ReportKind } from '#reports';
import { UploadService, UploadStore } from '#uploads';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import { uploadUse } from '../uploads.ts';
import { MajorReport } from './major.ts';
import { ReportRowsStore } from './report-rows.store.ts';
import { TimelinessReport } from './timeliness.report.ts';

const compliance = principal('compliance');
const OCTOBER = { from: '2026-10-01', to: '2026-10-31' };
const [FROM, UNTIL] = ['2026-10-01T00:00:00+08:00', '2026-11-01T00:00:00+08:00'];

let stage: Stage;
let service: ReportService;
let runner: ReportRunner;

/** Some hundreds of complaints and of all that may come after one, by chance around the edges of October. */
async function fill(): Promise<void> {
  const sql = (text: string): Promise<unknown> => stage.sql(text, [BANK], '*');
  await stage.sql('select setseed(0.7)');
  await sql(`insert into complaint (institution_id, number, content_hash, channel, received_at, registered_at, time_zone, pack, name_sealed, subject_sealed, narrative_sealed,
      requests_sealed, source, registered_by, state, term_id, due_on, due_at, due_set_at, decided_at, told_at, closed_at, handler)
    select $1, new_complaint_number(at, 'Asia/Shanghai'), '', 'phone', at, at, 'Asia/Shanghai', 'cn-banking-2020', '', '', '', '', 'api', 'x',
      case when n % 3 = 0 then 'missed' when n % 3 = 1 then 'met' else 'running' end, 'decide', (at at time zone 'Asia/Shanghai')::date + 15,
      ((at at time zone 'Asia/Shanghai')::date + 16)::timestamp at time zone 'Asia/Shanghai', at,
      case when n % 3 < 2 then at + n % 30 * interval '1 day' end, case when n % 3 < 2 then at + n % 30 * interval '1 day' end, case when n % 3 < 2 then at + n % 30 * interval '1 day' end,
      case when n % 4 > 0 then 'h' end
    from (select n, timestamptz '2026-09-20 12:00+08' + n * interval '5 hours' as at from generate_series(1, 240) n) t`);
  await sql(`insert into clock_event (institution_id, complaint, seq, type, at, recorded_at, recorded_by, data)
    select $1, id, 90, 'extended', received_at + interval '10 days', received_at + interval '10 days', 'boss', json_build_object('approverLevel', case when random() < 0.5 then 'superior' else 'head-office' end,
      'complainantToldAt', received_at + interval '10 days') from complaint where random() < 0.3`);
  await sql(`insert into review (institution_id, complaint, told_at, window_ends_on, requested_at, received_at, requester, reasons_sealed, due_on, due_at, time_zone, state, asked_by, asked_at,
      outcome, decision_sealed, decided_by, decided_at, review_told_at)
    select $1, id, received_at, received_at::date, at, at, 'complainant', '', at::date + 60, at + interval '60 days', 'Asia/Shanghai', case when done then 'told' else 'taken' end, 'x', at,
      case when done then (array['upheld','changed','sent-back'])[1 + floor(random() * 3)::int] end, case when done then ''::bytea end, case when done then 'y' end, case when done then at end,
      case when done then at + floor(random() * 100) * interval '1 day' end
    from (select id, received_at, received_at + interval '3 days' as at, random() < 0.6 as done from complaint where random() < 0.3) t`);
  await sql(`insert into callback (institution_id, complaint, purpose, channel, planned_at, state, score, resolved, low, created_at)
    select $1, id, 'satisfaction', 'phone', received_at + interval '2 days', case when score > 0 then 'answered' else 'unreachable' end, nullif(score, 0),
      case when score > 0 then (array['yes','partly','no'])[1 + score % 3] end, score in (1, 2), received_at
    from (select id, received_at, floor(random() * 6)::int as score from complaint) t`);
  await sql(`insert into root_cause (institution_id, complaint, kind, object_kind, object_ref, whys_sealed, state, proposed_by, proposed_at, settled_by, settled_at)
    select $1, id, (array['process','people','script'])[1 + floor(random() * 3)::int], 'collector', 'collector-7', '', 'confirmed', 'a', received_at, 'b', received_at + interval '1 day'
    from complaint where random() < 0.4`);
  await sql(`insert into rectification (institution_id, complaint, cause_kind, object_kind, title_sealed, owner_kind, owner, due_on, first_due_on, due_at, time_zone, state, opened_by, opened_at,
      implemented_on, implemented_by, implemented_at)
    select $1, id, 'process', 'none', '', 'unit', 'u', received_at::date + 9, received_at::date + 5, received_at, 'Asia/Shanghai', case when done then 'implemented' else 'open' end, 'a', received_at,
      case when done then received_at::date + 4 + floor(random() * 12)::int end, case when done then 'c' end, case when done then received_at end
    from (select id, received_at, random() < 0.7 as done from complaint where random() < 0.3) t`);
  await sql(`insert into major_matter (institution_id, number, kind, drill, state, title_sealed, persons, known_at, opened_by, opened_at, settings_version, report_due_at, remind_at, reported_at)
    select $1, 'M' || n, (array['group','surge','designated'])[1 + n % 3], n % 5 = 0, 'open', '', case when n % 2 = 0 then n end, at, 'x', at, 1, at + interval '2 hours', at,
      case when n % 3 > 0 then at + n % 4 * interval '1 hour' end from (select n, timestamptz '2026-09-25 12:00+08' + n * interval '1 day' as at from generate_series(1, 40) n) t`);
  await sql(`insert into major_complaint (institution_id, matter, complaint, added_by, added_at, active)
    select $1, m.id, c.id, 'x', now(), random() < 0.8 from (select id, row_number() over (order by id) % 40 as place from complaint) c
      join (select id, row_number() over (order by number) - 1 as place from major_matter) m using (place)`);
}

beforeAll(async () => {
  stage = await Stage.open();
  const uploads = new UploadService(new UploadStore(stage.source, stage.vault, uploadUse));
  const kinds = new Map<string, ReportKind>([
    ['complaint-timeliness', new TimelinessReport(new ReportRowsStore())],
    ['major-complaints', new MajorReport()],
  ]);
  service = new ReportService(stage.source, new ReportStore(), uploads, kinds);
  runner = new ReportRunner(stage.source, stage.clock, new ReportStore(), uploads, kinds);
  await fill();
  stage.now = '2026-11-10T09:00:00+08:00';
});
afterAll(() => stage.close());

async function make(kind: string, period = OCTOBER): Promise<{ document: ReportDocument; rows: Map<string, TracedRow[]> }> {
  const { id } = await service.create(compliance, { kind, period, formats: ['json', 'xlsx'] }, null);
  await runner.run(BANK, id);
  const content = async (name: string): Promise<string> => {
    const parts: Buffer[] = [];
    for await (const part of (await service.file(compliance, id, name)).open()) parts.push(part);
    return Buffer.concat(parts).toString();
  };
  const document = JSON.parse(await content('report.json')) as ReportDocument;
  const rows = new Map<string, TracedRow[]>();
  for (const { name } of document.rowFiles) rows.set(name, csvRecords(await content(name)));
  return { document, rows };
}
const wrong = ({ document, rows }: { document: ReportDocument; rows: Map<string, TracedRow[]> }): unknown[] =>
  numbersOf(document).filter((number) => recount(number.trace, rows.get(number.trace.file) ?? []) !== number.value);
const value = ({ figures }: ReportDocument, id: string): number | null | undefined => figures.find((figure) => figure.id === id)?.value;
const one = async (sql: string, ...values: unknown[]): Promise<number> =>
  (await stage.sql<{ n: number }>(`select (${sql})::float8 as n`, values, '*'))[0]?.n ?? -1;

it('what comes after a decision is what an independent count gives, and is found again in the rows', async () => {
  const made = await make('complaint-timeliness');
  expect(wrong(made)).toEqual([]);
  const { document, rows } = made;
  const within = (column: string): string => `${column} >= $1 and ${column} < $2`;
  const expected: Readonly<Record<string, string>> = {
    received: `select count(*) from complaint where ${within('received_at')}`,
    extensions: `select count(*) from clock_event where type = 'extended' and ${within('at')}`,
    reviews: `select count(*) from review where ${within('received_at')}`,
    'reviews-changed': `select count(*) from review where outcome in ('changed', 'sent-back') and ${within('received_at')}`,
    'reviews-late': `select count(*) from review where review_told_at >= due_at and ${within('received_at')}`,
    callbacks: `select count(*) from callback where ${within('planned_at')}`,
    'callbacks-answered': `select count(score) from callback where ${within('planned_at')}`,
    'satisfied-share': `select round(100.0 * count(*) filter (where score >= 4) / count(score), 1) from callback where ${within('planned_at')}`,
    'root-causes': `select count(*) from root_cause where ${within('settled_at')}`,
  };
  for (const [id, sql] of Object.entries(expected)) expect([id, value(document, id)]).toEqual([id, await one(sql, FROM, UNTIL)]);
  expect(value(document, 'rectifications')).toBe(
    await one(
      `select count(*) from rectification where due_on between $1 and $2 or implemented_on between $1 and $2`,
      OCTOBER.from,
      OCTOBER.to,
    ),
  );
  expect(value(document, 'overdue-all')).toBe(
    await one(
      `select count(*) from complaint where ${within('received_at')} and (state = 'missed' or (state = 'running' and due_at <= '2026-11-10T09:00:00+08:00'))`,
      FROM,
      UNTIL,
    ),
  );
  const late = document.tables.find(({ id }) => id === 'overdue-by-reason');
  expect(late?.rows.reduce((sum, { cells }) => sum + (cells[0]?.value ?? 0), 0)).toBe(value(document, 'overdue-all'));
  // Whose fault it was may be a person: the report does not name one.
  expect(rows.get('root-causes.csv')?.every(({ object }) => object === '')).toBe(true);
});

it('major complaints: without drills, reported in time or late', async () => {
  const made = await make('major-complaints');
  expect(wrong(made)).toEqual([]);
  const known = 'not drill and known_at >= $1 and known_at < $2';
  expect(value(made.document, 'matters')).toBe(await one(`select count(*) from major_matter where ${known}`, FROM, UNTIL));
  expect(value(made.document, 'reported-on-time')).toBe(
    await one(`select count(*) from major_matter where ${known} and reported_at <= report_due_at`, FROM, UNTIL),
  );
  expect(value(made.document, 'complaints')).toBe(
    await one(`select count(*) from major_complaint c join major_matter m on m.id = c.matter where c.active and ${known}`, FROM, UNTIL),
  );
});

it('of nothing it says so', async () => {
  const { document } = await make('major-complaints', { from: '2020-01-01', to: '2020-01-31' });
  expect(document.figures.map(({ value: of }) => of).every((of) => of === 0)).toBe(true);
  expect(document.notes[0]?.zh).toContain('零报告');
});
