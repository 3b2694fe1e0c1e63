import type { MigrationInterface, QueryRunner } from 'typeorm';
import { runColumns } from '#runs';
import { rowLevelSecurity } from '#schema';

const tables = `
create table screening (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  agency_id text,
  name text,
  question json not null,
  filter json not null,
  -- The list of cases, while it is needed.
  upload uuid references upload on delete set null,
  list_bytes bigint,
  list_name text,
  ${runColumns}
);
create index screening_unfinished on screening (touched_at) where state in ('queued', 'running');
create index screening_finished on screening (finished_at);

-- The cases of a list, while it is worked on. No foreign keys: a million rows come and go with every such screening, and nothing else refers to them.
create table screening_case (
  institution_id text not null,
  screening uuid not null,
  case_id text not null,
  -- Null: there is no such case.
  collection_case uuid,
  primary key (screening, case_id),
  constraint screening_case_once unique (screening, collection_case)
);

create table screening_file (
  institution_id text not null,
  screening uuid primary key references screening on delete cascade,
  upload uuid not null references upload,
  bytes bigint not null
);
create index screening_file_upload on screening_file (upload);

-- What was contacted in the last days, out of a ledger of years: a few pages of an index, because contacts come in order of time.
create index contact_at on contact using brin (at) with (autosummarize = on);
`;

export class CreateScreening1795449600004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('What was screened is not undone: restore a backup.');
  }
}
