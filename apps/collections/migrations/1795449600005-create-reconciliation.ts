import type { MigrationInterface, QueryRunner } from 'typeorm';
import { runColumns } from '#runs';
import { rowLevelSecurity } from '#schema';

const tables = `
-- How the call records of one dialer or carrier are read.
create table call_record_source (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  name text not null,
  agency_id text,
  reading json not null,
  version integer not null default 1,
  changed_by text not null,
  changed_at timestamptz not null default now(),
  constraint call_record_source_name unique (name, institution_id)
);

create table reconciliation (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  agency_id text,
  source uuid not null references call_record_source,
  source_name text not null,
  -- As it was when the file came: a source that is changed later changes no result.
  reading json not null,
  upload uuid references upload on delete set null,
  upload_bytes bigint not null,
  file_name text not null,
  ${runColumns}
);

-- The calls of a file while they are put in order of time; gone when the reconciliation ends.
create table call_record (
  institution_id text not null,
  reconciliation uuid not null references reconciliation on delete cascade,
  row_number integer not null,
  value_index bytea not null,
  masked text not null,
  started_at timestamptz not null,
  attempt_id text,
  call_id text,
  agency_id text,
  collector_id text,
  result text,
  primary key (reconciliation, row_number)
);
create index call_record_time on call_record (reconciliation, started_at, row_number);

create table call_finding (
  institution_id text not null,
  reconciliation uuid not null references reconciliation on delete cascade,
  seq bigint not null,
  finding json not null,
  primary key (reconciliation, seq)
);
`;

export class CreateReconciliation1795449600005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}
