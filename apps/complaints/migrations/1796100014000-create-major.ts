import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

const settings = `
-- Plan, hours and the measure of a surge, in versions: the one in force is the latest that a second person approved.
create table major_setting (
  id uuid not null default uuidv7() unique,
  institution_id text not null,
  version integer not null check (version > 1),
  value json not null,
  note text not null,
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'refused', 'withdrawn')),
  set_by text not null,
  set_at timestamptz not null,
  settled_by text,
  settled_at timestamptz,
  primary key (version, institution_id),
  constraint major_setting_four_eyes check ((state = 'waiting') = (settled_by is null) and (state <> 'approved' or settled_by <> set_by))
);
create unique index major_setting_waiting on major_setting ((true), institution_id) where state = 'waiting';
`;

const matters = `
create sequence major_matter_serial;

-- A major complaint: one matter, whatever the number of complaints about it. A drill is a matter of its own kind, that no complaint belongs to.
create table major_matter (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  number text not null unique,
  kind text not null check (kind in ('group', 'disaster', 'accident', 'public-health', 'designated', 'surge')),
  drill boolean not null,
  state text not null default 'open' check (state in ('open', 'downgraded', 'closed')),
  title_sealed bytea not null,
  persons integer check (persons > 0),
  known_at timestamptz not null,
  opened_by text not null,
  opened_at timestamptz not null,
  settings_version integer not null,
  report_due_at timestamptz not null,
  remind_at timestamptz not null,
  reminded_at timestamptz,
  overdue_told_at timestamptz,
  -- The first report: sent, or of a drill approved.
  reported_at timestamptz,
  downgrade_asked_by text,
  downgrade_persons integer check (downgrade_persons > 0),
  ended_at timestamptz,
  ended_by text,
  constraint major_matter_known check (known_at <= opened_at),
  constraint major_matter_ended check ((state = 'open') = (ended_at is null))
);
create index major_matter_list on major_matter (known_at, id);
create index major_matter_remind on major_matter (remind_at) where state = 'open' and reported_at is null and reminded_at is null and not drill;
create index major_matter_overdue on major_matter (report_due_at) where state = 'open' and reported_at is null and overdue_told_at is null and not drill;

create table major_complaint (
  institution_id text not null,
  matter uuid not null references major_matter,
  complaint uuid not null references complaint,
  added_by text not null,
  added_at timestamptz not null,
  -- While the matter is open.
  active boolean not null default true,
  primary key (matter, complaint)
);
create unique index major_complaint_active on major_complaint (complaint) where active;
create index major_complaint_complaint on major_complaint (complaint);

create table major_step (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  matter uuid not null references major_matter,
  seq integer not null,
  -- Of the plan, else written for this matter.
  of_plan boolean not null,
  text_sealed bytea not null,
  owner_role text not null,
  owner text,
  due_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'done', 'skipped')),
  settled_by text,
  settled_at timestamptz,
  proof_sealed bytea,
  files uuid[] not null default '{}',
  overdue_told_at timestamptz,
  unique (matter, seq),
  constraint major_step_proof check ((state = 'open') = (settled_at is null) and (state = 'open') = (proof_sealed is null))
);
create index major_step_overdue on major_step (due_at) where state = 'open' and overdue_told_at is null;

create table major_report (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  matter uuid not null references major_matter,
  kind text not null check (kind in ('first', 'progress', 'closing')),
  state text not null default 'draft' check (state in ('draft', 'waiting', 'approved', 'returned', 'replaced', 'sent')),
  receiver text not null,
  -- Word for word what is printed.
  content_sealed bytea not null,
  drafted_by text not null,
  drafted_at timestamptz not null,
  submitted_by text,
  settled_by text,
  settled_at timestamptz,
  paper uuid,
  sent_by text,
  sent_at timestamptz,
  proof_sealed bytea,
  files uuid[] not null default '{}',
  constraint major_report_four_eyes check (state not in ('approved', 'sent') or (paper is not null and settled_by <> drafted_by and settled_by <> submitted_by)),
  constraint major_report_sent check ((state = 'sent') = (sent_at is not null and proof_sealed is not null))
);
create index major_report_matter on major_report (matter, id);
-- One of a kind is under way at a time.
create unique index major_report_under_way on major_report (matter, kind) where state in ('draft', 'waiting', 'approved');

-- What was done about a matter, in order.
create table major_entry (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  matter uuid not null references major_matter,
  at timestamptz not null,
  kind text not null,
  actor text not null,
  data json not null default '{}',
  note_sealed bytea
);
create index major_entry_matter on major_entry (matter, id);
`;

const alarms = `
-- Where a complaint comes from, as a province of GB/T 2260: from the number of the identity card, or as a person says.
create table complaint_region (
  complaint uuid primary key references complaint,
  institution_id text not null,
  region text not null check (region ~ '^[1-9][0-9]0000$'),
  noted_by text not null,
  noted_at timestamptz not null
);
create index complaint_region_region on complaint_region (region, complaint);

-- More of a cause, an area, a region or an agency than usual, once for each window; or what a complaint itself says.
create table major_alarm (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  dimension text not null check (dimension in ('cause', 'area', 'region', 'agency', 'complaint')),
  code text not null,
  window_days integer not null check (window_days >= 0),
  ends_on date not null,
  -- When it was raised, and the most since, while the window lasts.
  count integer not null,
  peak integer not null,
  expected double precision,
  chance double precision,
  -- The numbers of the past that it was judged by, or what the complaint says.
  basis json not null,
  settings_version integer not null,
  raised_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'confirmed', 'dismissed')),
  settled_by text,
  settled_at timestamptz,
  reason_sealed bytea,
  matter uuid references major_matter,
  constraint major_alarm_once unique (dimension, code, window_days, ends_on, institution_id),
  constraint major_alarm_settled check ((state = 'open') = (settled_at is null) and (state = 'confirmed') = (matter is not null))
);
create index major_alarm_list on major_alarm (raised_at, id);
create index major_alarm_matter on major_alarm (matter) where matter is not null;
`;

const waiting = `
insert into arrival (institution_id, complaint, work) select institution_id, id, 'major' from complaint where closed_at is null;
`;

export class CreateMajor1796100014000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const tables of [settings, matters, alarms, waiting]) await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}
