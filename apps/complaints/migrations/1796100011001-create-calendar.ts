import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

// Years of calendars as an institution has published or corrected them; what comes with Forbear stands in clock-rules and needs no row. What was published is
// kept for ever: clocks that were decided meanwhile rest on it.
const tables = `
create table calendar_version (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  country text not null,
  year integer not null,
  -- Of those published, in order; null until then.
  version integer,
  -- Goes up with each change of the draft: whoever approves names the one that he has seen.
  revision integer not null default 1,
  days_off json not null,
  make_up_days json not null,
  source text not null,
  note text not null,
  state text not null default 'draft' check (state in ('draft', 'proposed', 'published', 'cancelled')),
  -- Whoever had a hand in it does not approve it.
  drafted_by text[] not null,
  drafted_at timestamptz not null,
  proposed_by text,
  proposed_at timestamptz,
  returned_by text,
  return_reason text,
  settled_by text,
  settled_at timestamptz,
  check ((state = 'published') = (version is not null)),
  check ((state in ('published', 'cancelled')) = (settled_at is not null) and (settled_at is null) = (settled_by is null))
);
create unique index calendar_version_open on calendar_version (country, year, institution_id) where state in ('draft', 'proposed');
create unique index calendar_version_published on calendar_version (country, year, version, institution_id) where state = 'published';

-- The one job of a publication, and how far it has come: clocks first, then stages. Who goes on after a crash begins behind after_id.
create table calendar_run (
  calendar uuid primary key references calendar_version,
  institution_id text not null,
  -- The days that are something else than before.
  days date[] not null,
  phase text not null default 'clocks' check (phase in ('clocks', 'stages', 'done')),
  after_id uuid,
  -- Clocks whose span meets such a day when it began, and how many of them were looked at.
  total integer not null,
  examined integer not null default 0,
  -- Written: due earlier, due later, and those whose date is the same and has become certain or provisional.
  earlier integer not null default 0,
  later integer not null default 0,
  settled integer not null default 0,
  -- Of those written: over at once; and those with an event that is outside its term now.
  overdue integer not null default 0,
  conflicting integer not null default 0,
  stages integer not null default 0,
  created_at timestamptz not null,
  advanced_at timestamptz not null,
  finished_at timestamptz,
  check ((phase = 'done') = (finished_at is not null))
);
create index calendar_run_open on calendar_run (advanced_at) where finished_at is null;

-- What a run wrote, complaint by complaint.
create table calendar_move (
  calendar uuid not null references calendar_version,
  complaint uuid not null references complaint,
  institution_id text not null,
  due_before date not null,
  due_after date not null,
  overdue boolean not null,
  conflicts integer not null,
  moved_at timestamptz not null,
  primary key (calendar, complaint)
);

-- Clocks that may ask a calendar: the terms of cn-banking-2020, which most complaints are under, are natural days.
create index complaint_open_by_pack on complaint (pack, id) where closed_at is null and pack <> 'cn-banking-2020';
-- Stages that do.
create index stage_entry_working on stage_entry (id) where done_at is null and unit = 'working-days';
`;

export class CreateCalendar1796100011001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}
