import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

// Codes are kept as they were loaded, version by version: a complaint keeps the version that it was classified by.
const tables = `
-- What each room has still to look at of the complaints that have come in; written with the complaint, taken by the worker.
create table arrival (
  institution_id text not null,
  complaint uuid not null references complaint,
  work text not null,
  arrived_at timestamptz not null default clock_timestamp(),
  -- Could not be looked at: left for whoever reads the logs, so that the others go on.
  failed_at timestamptz,
  primary key (work, complaint)
);
create index arrival_waiting on arrival (work, arrived_at) where failed_at is null;

-- What an institution sets for sorting, in versions that are never changed.
create table sorting_setting (
  institution_id text not null,
  name text not null,
  version integer not null check (version > 0),
  value json not null,
  note text not null,
  set_by text not null,
  set_at timestamptz not null,
  primary key (name, version, institution_id)
);

create table code_table (
  id uuid not null default uuidv7() unique,
  institution_id text not null,
  version integer not null check (version > 0),
  state text not null check (state in ('draft', 'proposed', 'published', 'replaced')),
  note text not null,
  loaded_by text not null,
  loaded_at timestamptz not null,
  valid_from date,
  proposed_by text,
  proposed_at timestamptz,
  approved_by text,
  approved_at timestamptz,
  returned_by text,
  return_reason text,
  primary key (version, institution_id),
  constraint code_table_four_eyes check (state <> 'published' or (valid_from is not null and approved_by <> proposed_by and approved_by <> loaded_by))
);
create unique index code_table_open on code_table ((true), institution_id) where state in ('draft', 'proposed');

create table code_entry (
  institution_id text not null,
  version integer not null,
  dimension text not null check (dimension in ('channel', 'business', 'cause', 'area')),
  seq integer not null,
  code text not null,
  parent text,
  zh text not null,
  en text not null,
  valid_from date not null,
  primary key (version, dimension, code, institution_id),
  foreign key (version, institution_id) references code_table (version, institution_id)
);

create table classification (
  complaint uuid primary key references complaint,
  institution_id text not null,
  channel_code text,
  business_code text,
  cause_code text,
  area text check (area in ('issuing', 'marketing', 'card-use', 'collection', 'complaint-handling')),
  table_version integer,
  confirmed_by text,
  confirmed_at timestamptz,
  -- Which rules and which table suggested what, and why.
  suggested jsonb not null default '{}',
  suggested_at timestamptz,
  check ((confirmed_at is null) = (confirmed_by is null)),
  check (confirmed_at is null or (channel_code is not null and business_code is not null and cause_code is not null and area is not null and table_version is not null))
);
create index classification_confirmed on classification (confirmed_at, complaint) where confirmed_at is not null;
create index classification_waiting on classification (suggested_at, complaint) where confirmed_at is null;

-- What was put down, the first time and each time after.
create table classification_change (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid not null references complaint,
  channel_code text not null,
  business_code text not null,
  cause_code text not null,
  area text not null,
  table_version integer not null,
  changed_by text not null,
  changed_at timestamptz not null,
  reason_sealed bytea
);
create index classification_change_complaint on classification_change (complaint, id);

-- Whether the first person took what was suggested, dimension by dimension.
create table suggestion_outcome (
  institution_id text not null,
  complaint uuid not null references complaint,
  dimension text not null,
  suggested text,
  confirmed text not null,
  rules_version integer not null,
  rules jsonb not null,
  at timestamptz not null,
  primary key (complaint, dimension)
);
create index suggestion_outcome_at on suggestion_outcome (at);
`;

const waiting = `
insert into arrival (institution_id, complaint, work) select institution_id, id, 'classification' from complaint where closed_at is null;
`;

export class CreateClassification1796100003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(waiting);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}
