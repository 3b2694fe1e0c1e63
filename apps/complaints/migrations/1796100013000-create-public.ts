import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

// What everybody may read (channels, process), and what comes in from the page that everybody may use.
const tables = `
-- Versions of what the institution publishes: one waits at most, the last one that was published is in force.
create table channel_page (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  version integer not null,
  content jsonb not null,
  note text not null,
  state text not null check (state in ('proposed', 'published', 'refused')),
  author text not null,
  created_at timestamptz not null,
  settled_by text,
  settled_at timestamptz,
  refusal text,
  check ((state = 'proposed') = (settled_at is null)),
  check (state <> 'published' or settled_by <> author)
);
create unique index channel_page_version on channel_page (version, institution_id);
create unique index channel_page_waiting on channel_page (state, institution_id) where state = 'proposed';

-- How whoever filed a complaint on the page gets in again: of the code its keyed hash alone.
create table public_receipt (
  complaint uuid primary key references complaint,
  institution_id text not null,
  code_hash bytea not null,
  address_index bytea not null,
  received_at timestamptz not null
);
create index public_receipt_address on public_receipt (address_index, received_at);
create index public_receipt_received on public_receipt (received_at);

-- Who knocks at the page: forms that were sent, and tries of a code. Addresses and numbers as keyed hashes.
create table public_knock (
  id bigint generated always as identity primary key,
  institution_id text not null,
  kind text not null check (kind in ('form', 'code')),
  address_index bytea not null,
  number_index bytea,
  at timestamptz not null,
  -- Of a code: whether it was right.
  good boolean not null default false,
  check ((kind = 'code') = (number_index is not null))
);
create index public_knock_address on public_knock (address_index, at);
create index public_knock_number on public_knock (number_index, at) where number_index is not null;
`;

export class CreatePublic1796100013000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('What was published is not unpublished: restore a backup.');
  }
}
