/**
 * The tables of libs/reports: what was asked for or fell due, and the files that came of it.
 * Part of migrations that have run: never changed.
 */
export const reportTables = `
create table report (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  kind text not null,
  period_from date not null,
  period_to date not null,
  formats text[] not null,
  origin text not null check (origin in ('request', 'schedule')),
  requested_by text not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed')),
  -- The attempt that carries it out: each begins anew, and only the last may finish.
  run uuid,
  rows_done bigint not null default 0,
  rows_total bigint,
  failure json,
  created_at timestamptz not null default clock_timestamp(),
  touched_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  check (period_from <= period_to)
);
-- However many workers look whether the month is over, and however often.
create unique index report_scheduled on report (kind, period_from, institution_id) where origin = 'schedule';
create index report_unfinished on report (touched_at) where state in ('queued', 'running');

create table report_file (
  institution_id text not null,
  report uuid not null references report on delete cascade,
  place integer not null,
  name text not null,
  format text not null,
  upload uuid not null references upload,
  bytes bigint not null,
  sha256 bytea not null,
  primary key (report, name)
);
create index report_file_upload on report_file (upload);
`;
