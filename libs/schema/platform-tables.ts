/**
 * The tables that libs/idempotency, libs/outbox, libs/uploads and libs/imports work on, and the record of who saw personal data unmasked.
 * Part of the first migration of every service, so never changed: what comes later is a text of its own, applied by a new migration.
 */
export const platformTables = `
create table idempotency (
  institution_id text not null,
  key text not null,
  input_hash bytea not null,
  resource text,
  created_at timestamptz not null default now(),
  primary key (key, institution_id)
);
create index idempotency_age on idempotency (created_at);

create table outbox (
  id bigint generated always as identity primary key,
  institution_id text not null,
  topic text not null,
  payload json not null,
  created_at timestamptz not null default now(),
  sent_at timestamptz
);
create index outbox_unsent on outbox (id) where sent_at is null;

create table upload (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  file_name text not null,
  bytes bigint not null,
  sha256 bytea not null,
  created_at timestamptz not null default now()
);
create table upload_chunk (
  institution_id text not null,
  upload uuid not null references upload on delete cascade,
  seq integer not null,
  bytes_sealed bytea not null,
  primary key (upload, seq)
);

create table import (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  kind text not null,
  upload uuid references upload on delete set null,
  upload_bytes bigint not null,
  agency_id text,
  file_name text not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed')),
  failure json,
  rows_total bigint,
  rows_done bigint not null default 0,
  bytes_done bigint not null default 0,
  inserted bigint not null default 0,
  updated bigint not null default 0,
  unchanged bigint not null default 0,
  rejected bigint not null default 0,
  requested_by text not null,
  created_at timestamptz not null default now(),
  touched_at timestamptz not null default now(),
  finished_at timestamptz
);
create table import_error (
  institution_id text not null,
  import uuid not null references import on delete cascade,
  row_number bigint not null,
  column_name text,
  code text not null,
  detail text not null
);
create index import_error_import on import_error (import, row_number);

create table personal_data_read (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  subject text not null,
  client_id text,
  resource text not null,
  resource_ids text[] not null,
  fields text[] not null,
  request_id text not null,
  read_at timestamptz not null default clock_timestamp()
);
create index personal_data_read_at on personal_data_read (read_at);
`;
