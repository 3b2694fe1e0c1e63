import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

const tables = `
-- What is known of a complaint that its registration does not say.
create table major_fact (
  complaint uuid primary key references complaint,
  institution_id text not null,
  face_to_face boolean not null,
  noted_by text not null,
  noted_at timestamptz not null
);

-- More of a cause, an area or an agency than its own past lets one expect; one row while it lasts.
create table surge (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  dimension text not null check (dimension in ('cause', 'area', 'agency')),
  code text not null,
  window_hours integer not null,
  opened_at timestamptz not null,
  ended_at timestamptz,
  count integer not null,
  peak integer not null,
  expected double precision not null,
  spread double precision not null,
  chance double precision not null,
  settings_version integer not null,
  seen_at timestamptz not null
);
create unique index surge_lasting on surge (dimension, code, institution_id) where ended_at is null;
create index surge_opened on surge (opened_at, id);

create table major_event (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  kind text not null check (kind in ('group', 'disaster', 'accident', 'public-health', 'designated', 'surge')),
  state text not null check (state in ('proposed', 'confirmed', 'dismissed', 'closed')),
  drill boolean not null,
  title_sealed bytea not null,
  -- Why, in words of ours and numbers: of a proposal.
  reason json not null default '{}',
  note_sealed bytea,
  surge uuid references surge,
  known_at timestamptz not null,
  proposed_by text not null,
  decided_by text,
  decided_at timestamptz,
  decision_note_sealed bytea,
  settings_version integer,
  report_due_at timestamptz,
  remind_at timestamptz,
  reminded_at timestamptz,
  overdue_told_at timestamptz,
  reported_at timestamptz,
  reported_by text,
  reported_how_sealed bytea,
  closed_by text,
  closed_at timestamptz,
  closing_note_sealed bytea,
  constraint major_event_due check (state in ('proposed', 'dismissed') or (report_due_at is not null and settings_version is not null))
);
create index major_event_list on major_event (known_at, id);
create index major_event_remind on major_event (remind_at) where reported_at is null and reminded_at is null and remind_at is not null;
create index major_event_overdue on major_event (report_due_at) where reported_at is null and overdue_told_at is null and report_due_at is not null;

create table major_complaint (
  institution_id text not null,
  event uuid not null references major_event,
  complaint uuid not null references complaint,
  added_by text not null,
  added_at timestamptz not null,
  primary key (event, complaint)
);
create index major_complaint_complaint on major_complaint (complaint);

create table major_step (
  institution_id text not null,
  event uuid not null references major_event,
  seq integer not null,
  zh text not null,
  en text not null,
  role text not null,
  due_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'done', 'skipped')),
  settled_by text,
  settled_at timestamptz,
  note_sealed bytea,
  primary key (event, seq)
);
`;

const waiting = `
insert into arrival (institution_id, complaint, work) select institution_id, id, 'major' from complaint where closed_at is null;
`;

export class CreateMajor1796100003020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(waiting);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}
