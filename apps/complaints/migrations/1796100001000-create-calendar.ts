import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

// Years of calendars as an institution has published or corrected them; what comes with Forbear stands in clock-rules and needs no row. A version is kept for
// ever: what was proposed, by whom, and who settled it.
const tables = `
create table calendar_year (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  country text not null,
  year integer not null,
  -- Of those published, in order; null until then.
  version integer,
  days_off json not null,
  make_up_days json not null,
  source text not null,
  reason_sealed bytea not null,
  state text not null default 'proposed' check (state in ('proposed', 'published', 'refused', 'withdrawn')),
  proposed_by text not null,
  proposed_at timestamptz not null,
  settled_by text,
  settled_at timestamptz,
  check ((state = 'published') = (version is not null)),
  check ((state = 'proposed') = (settled_at is null) and (settled_at is null) = (settled_by is null))
);
create unique index calendar_year_proposed on calendar_year (country, year, institution_id) where state = 'proposed';
create unique index calendar_year_version on calendar_year (country, year, version, institution_id) where state = 'published';

-- What a publication moved: how far its one job has come. Who goes on after a crash begins behind after_id.
create table calendar_run (
  calendar_year uuid primary key references calendar_year,
  institution_id text not null,
  created_at timestamptz not null,
  advanced_at timestamptz not null,
  after_id uuid,
  -- Open clocks of the country that were looked at; those whose date asks the year; those whose date moved, and those that only became certain or provisional.
  examined integer not null default 0,
  touched integer not null default 0,
  changed integer not null default 0,
  unchanged integer not null default 0,
  -- Of the changed: an event that had been accepted is outside its term now.
  conflicting integer not null default 0,
  finished_at timestamptz
);
create index calendar_run_open on calendar_run (advanced_at) where finished_at is null;

create table receipt_correction (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid not null references complaint,
  received_before timestamptz not null,
  received_after timestamptz not null,
  reason_sealed bytea not null,
  evidence_sealed bytea not null,
  -- Who may settle it.
  role text not null,
  state text not null default 'asked' check (state in ('asked', 'approved', 'refused', 'withdrawn')),
  asked_by text not null,
  asked_at timestamptz not null,
  settled_by text,
  settled_at timestamptz,
  note_sealed bytea,
  due_before date,
  due_after date,
  check ((state = 'asked') = (settled_at is null) and (settled_at is null) = (settled_by is null))
);
create unique index receipt_correction_asked on receipt_correction (complaint) where state = 'asked';
create index receipt_correction_complaint on receipt_correction (complaint, id);

-- Which rules a complaint is under, where they are not those of all.
create table complaint_rule (
  complaint uuid primary key references complaint,
  institution_id text not null,
  pack text not null,
  matter text,
  -- The version of the setting, 0 as it comes with Forbear, and the rule of it that decided.
  setting_version integer not null,
  rule json not null
);

create table pack_setting (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  version integer not null,
  rules json not null,
  set_by text not null,
  set_at timestamptz not null,
  constraint pack_setting_version unique (version, institution_id)
);
`;

export class CreateCalendar1796100001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}
