import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

// Who works on complaints: units below each other, people in them, the line in which they stand, when they are away.
const tables = `
create table desk_unit (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  code text not null,
  kind text not null check (kind in ('head-office', 'branch', 'department')),
  name_zh text not null,
  name_en text not null,
  -- The superior institution; null for the head office, and for what has none yet.
  parent uuid references desk_unit,
  contact_sealed bytea,
  retired_at timestamptz,
  constraint desk_unit_code unique (code, institution_id)
);
create index desk_unit_parent on desk_unit (parent) where parent is not null;

create table desk_member (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  -- The subject of his token.
  subject text not null,
  name_sealed bytea not null,
  unit uuid references desk_unit,
  -- The subject of whom he reports to, whether that one is a member or not.
  manager text,
  agency_id text,
  areas text[] not null default '{}',
  causes text[] not null default '{}',
  channels text[] not null default '{}',
  languages text[] not null default '{}',
  daily_capacity integer not null check (daily_capacity between 0 and 1000),
  active boolean not null default true,
  constraint desk_member_subject unique (subject, institution_id)
);
create index desk_member_unit on desk_member (unit) where unit is not null;
create index desk_member_manager on desk_member (manager) where manager is not null;
create index desk_member_agency on desk_member (agency_id) where agency_id is not null;

create table desk_absence (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  member uuid not null references desk_member,
  from_on date not null,
  to_on date not null,
  reason_sealed bytea,
  recorded_by text not null,
  recorded_at timestamptz not null,
  cancelled_by text,
  cancelled_at timestamptz,
  check (from_on <= to_on)
);
create index desk_absence_member on desk_absence (member, to_on) where cancelled_at is null;

-- What was changed, by whom: of a unit by its code, of a member by the subject. No names in it.
create table desk_change (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  subject_kind text not null check (subject_kind in ('unit', 'member')),
  subject text not null,
  action text not null,
  actor text not null,
  at timestamptz not null,
  data json not null default '{}'
);
create index desk_change_subject on desk_change (subject, id);
`;

export class CreateDesk1796100004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('Who could handle what is not undone: restore a backup.');
  }
}
