import type { MigrationInterface, QueryRunner } from 'typeorm';
import { runColumns } from '#runs';
import { rowLevelSecurity } from '#schema';

// What one proposes to do to many complaints and another approves. The list is drawn up when it is proposed and does not change.
const tables = `
create table bulk (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  action text not null,
  argument json not null,
  note_sealed bytea,
  -- How they were chosen; null: one by one.
  filter json,
  count integer not null,
  ids_hash bytea not null,
  proposed_by text not null,
  -- As which the acts are done, and those of who approved it.
  proposer_roles text[] not null,
  proposed_at timestamptz not null,
  outcome text check (outcome in ('approved', 'refused', 'withdrawn')),
  settled_by text,
  settler_roles text[],
  settled_at timestamptz,
  refusal_sealed bytea
);
create index bulk_open on bulk (id) where outcome is null;

create table bulk_item (
  institution_id text not null,
  bulk uuid not null references bulk,
  seq integer not null,
  complaint uuid not null references complaint,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'unchanged', 'refused')),
  code text,
  source text,
  detail_sealed bytea,
  at timestamptz,
  primary key (bulk, seq),
  constraint bulk_item_complaint unique (bulk, complaint)
);
create index bulk_item_of_complaint on bulk_item (complaint);

-- The work of an approved one, under its id.
create table bulk_run (
  id uuid primary key references bulk,
  institution_id text not null,
  ${runColumns}
);
create index bulk_run_state on bulk_run (id) where state in ('queued', 'running');

create table complaint_export (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  format text not null check (format in ('csv', 'xlsx')),
  filter json,
  ids uuid[],
  -- Of who asked: what he may see is what is in it.
  roles text[] not null,
  masked boolean not null,
  upload uuid references upload,
  rows integer,
  bytes bigint,
  sha256 bytea,
  expires_at timestamptz,
  ${runColumns}
);
create index complaint_export_requested_by on complaint_export (requested_by, id);
create index complaint_export_state on complaint_export (id) where state in ('queued', 'running');
create index complaint_export_expires on complaint_export (expires_at) where upload is not null;
create index complaint_export_upload on complaint_export (upload) where upload is not null;

create table complaint_export_download (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  export uuid not null references complaint_export,
  subject text not null,
  at timestamptz not null
);
create index complaint_export_download_export on complaint_export_download (export, id);
`;

export class CreateBulkAndExport1796100005003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}
