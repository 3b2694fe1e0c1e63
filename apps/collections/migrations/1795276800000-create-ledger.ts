import type { MigrationInterface, QueryRunner } from 'typeorm';
import { platformTables, rowLevelSecurity } from '#schema';

// No index begins with the institution: on a young ledger without statistics the planner would take the wrong one of two that do, and
// read all of an institution's rows.
const tables = `${platformTables}
create table institution_policy (
  institution_id text primary key,
  packs text[] not null,
  tenant_values json not null default '{}',
  version integer not null default 1
);

create table debtor (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  debtor_id text not null,
  name_sealed bytea not null,
  id_number_sealed bytea,
  id_number_index bytea,
  time_zone text not null,
  content_hash bytea not null,
  constraint debtor_given_id unique (debtor_id, institution_id)
);
create index debtor_id_number on debtor (id_number_index);

create table collection_case (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  case_id text not null,
  debtor uuid not null references debtor,
  debt_id text not null,
  product text not null,
  balance numeric(18, 2) not null,
  currency text not null,
  overdue_since date,
  state text not null default 'open' check (state in ('open', 'closed', 'paid')),
  agency_id text,
  content_hash bytea not null,
  constraint case_given_id unique (case_id, institution_id)
);
create index case_debtor on collection_case (debtor);
create index case_agency on collection_case (agency_id, id);

create table party (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  collection_case uuid not null references collection_case,
  party_id text not null,
  role text not null,
  name_sealed bytea not null,
  content_hash bytea not null,
  constraint party_given_id unique (collection_case, party_id)
);

create table contact_value (
  institution_id text not null,
  value_index bytea not null,
  value_sealed bytea not null,
  primary key (value_index, institution_id)
);

create table contact_point (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  party uuid not null references party,
  channel text not null,
  value_index bytea not null,
  status text not null default 'valid' check (status in ('valid', 'invalid')),
  source text not null,
  constraint contact_point_once unique (party, channel, value_index),
  foreign key (value_index, institution_id) references contact_value (value_index, institution_id)
);

create table hold (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  debtor uuid not null references debtor,
  kind text not null,
  from_at timestamptz not null,
  until_at timestamptz,
  scope json not null default '{}',
  check (until_at > from_at)
);
create index hold_debtor on hold (debtor);

create table consent (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  party uuid not null references party,
  kind text not null,
  channels text[] not null,
  from_time text,
  to_time text,
  given_at timestamptz not null,
  withdrawn_at timestamptz,
  evidence text not null,
  check (from_time <> to_time)
);
create index consent_party on consent (party);

create table decision (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  -- No foreign keys: gate_load found both in this very transaction, nothing deletes them, and checking would lock their rows for every decision.
  collection_case uuid not null,
  contact_point uuid not null,
  agency_id text,
  requested_by text not null,
  decided_at timestamptz not null,
  verdict text not null check (verdict in ('permitted', 'refused')),
  permit_expires_at timestamptz,
  time_zone text not null,
  proposed json not null,
  facts json not null,
  policy json not null,
  outcome json not null,
  check ((verdict = 'permitted') = (permit_expires_at is not null))
);
create index decision_case on decision (collection_case, id);

create table contact (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  attempt_id text not null,
  debtor_id text not null,
  case_id text,
  debt_id text,
  party_id text,
  party_role text,
  value_index bytea not null,
  channel text not null,
  mode text,
  purpose text,
  initiator text not null,
  agency_id text,
  collector_ids text[] not null,
  device_id text,
  at timestamptz not null,
  ended_at timestamptz,
  result text,
  lapses_at timestamptz,
  lapsed_at timestamptz,
  time_zone text not null,
  note_sealed bytea,
  recording text,
  content_hash bytea,
  constraint contact_given_id unique (attempt_id, institution_id)
);
create index contact_debtor on contact (debtor_id, institution_id, at);
create index contact_value_at on contact (value_index, institution_id, at);
create index contact_stopped on contact (party_id, debtor_id, institution_id) where result = 'refused';
create index contact_stopped_value on contact (value_index, institution_id) where result = 'refused';
create index contact_pending on contact (lapses_at) where result is null and lapsed_at is null;

create table lookback (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  agency_id text,
  policy json not null,
  upload uuid references upload on delete set null,
  upload_bytes bigint not null,
  file_name text not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed')),
  run uuid,
  failure json,
  progress json,
  summary json,
  requested_by text not null,
  created_at timestamptz not null default now(),
  touched_at timestamptz not null default now(),
  finished_at timestamptz
);
create table lookback_finding (
  institution_id text not null,
  lookback uuid not null references lookback on delete cascade,
  seq bigint not null,
  finding json not null,
  primary key (lookback, seq)
);
`;

export class CreateLedger1795276800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}
