import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

const messages = `
-- The items of a letter (CC11 Art. 69), each with its words; null: a text that is no letter, or a letter of before.
alter table message_template add column blocks json;

-- What a text says of the bank itself.
create table message_setting (
  institution_id text primary key,
  bank_name text not null,
  bank_contact text not null,
  sender_address text not null,
  set_by text not null,
  set_at timestamptz not null
);
`;

const deliveries = `
-- A message on its way, from the asking of the gate to what came of it. What is sent is the text that was judged: it stands, sealed, beside the decision.
create table delivery (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  collection_case uuid not null references collection_case,
  contact_point uuid not null references contact_point,
  party_id text not null,
  -- Of whoever asked; null: the bank itself.
  agency_id text,
  kind text not null check (kind in ('message', 'reminder', 'referral-notice')),
  channel text not null check (channel in ('sms', 'email', 'letter')),
  purpose text not null,
  template_id text,
  template_version integer,
  asked_by text not null,
  client_id text,
  asked_at timestamptz not null,
  -- What the gate is asked, until it has answered.
  request_sealed bytea,
  state text not null check (state in ('asked', 'refused', 'queued', 'sending', 'printed', 'sent', 'delivered', 'returned', 'failed', 'unknown')),
  -- The decision of the gate, a permit or a refusal.
  attempt uuid unique,
  permit_expires_at timestamptz,
  must_end_by timestamptz,
  tries integer not null default 0,
  -- A try may have arrived though nobody said so.
  maybe_sent boolean not null default false,
  -- Until when whoever sends it may be at it.
  busy_until timestamptz,
  -- When somebody has to look at it again; null: never.
  wake_at timestamptz,
  provider_id text,
  -- Why it failed, as a word; never a text of others.
  code text,
  sent_at timestamptz,
  -- The instant that the last report speaks of.
  reported_at timestamptz,
  settled_at timestamptz,
  -- What the ledger of contacts is to be told.
  outcome text,
  outcome_at timestamptz,
  outcome_noted boolean not null default false,
  check ((state in ('asked')) = (attempt is null and code is null))
);
create index delivery_case on delivery (collection_case, id);
create index delivery_wake on delivery (wake_at) where wake_at is not null;
create index delivery_letter on delivery (id) where channel = 'letter' and state in ('queued', 'printed');
create index delivery_at on delivery (asked_at, institution_id);

-- Each step of a delivery. A report that comes twice is one.
create table delivery_event (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  delivery uuid not null references delivery,
  state text not null,
  at timestamptz not null,
  -- sender, gateway, or the subject of a person.
  by text not null,
  code text,
  detail json not null default '{}',
  unique (delivery, state, at, by)
);

create table letter_seal (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  sha256 bytea not null,
  png bytea not null,
  set_by text not null,
  set_at timestamptz not null,
  unique (sha256, institution_id)
);
create index letter_seal_newest on letter_seal (id desc, institution_id);

create table letter_batch (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  made_by text not null,
  made_at timestamptz not null,
  letters integer not null,
  pdf_sha256 text
);

-- What makes a letter of a delivery: with the text that was judged it gives the same bytes for ever.
create table letter (
  delivery uuid primary key references delivery,
  institution_id text not null,
  year integer not null,
  number integer not null,
  dated_on date not null,
  seal uuid references letter_seal,
  bank_name text not null,
  sender_address text not null,
  pdf_sha256 text,
  batch uuid references letter_batch,
  tracking_no text,
  unique (year, number, institution_id)
);
create index letter_of_batch on letter (batch) where batch is not null;

create table letter_count (
  year integer not null,
  institution_id text not null,
  last integer not null,
  primary key (year, institution_id)
);
`;

const reminders = `
-- What falls due and when, as the bank's core says.
create table due_date (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  collection_case uuid not null references collection_case,
  due_on date not null,
  amount numeric(18, 2) not null check (amount > 0),
  currency text not null,
  -- The core says that it was paid.
  paid_on date,
  content_hash bytea not null,
  unique (collection_case, due_on)
);
create index due_date_on on due_date (due_on, institution_id);

create table reminder_setting (
  institution_id text primary key,
  enabled boolean not null,
  -- HLJ Art. 18: within five days before the date.
  days_before integer not null check (days_before between 1 and 5),
  hour integer not null check (hour between 8 and 20),
  time_zone text not null,
  channels text[] not null,
  sms_template text,
  email_template text,
  set_by text not null,
  set_at timestamptz not null
);

-- One reminder for a date of a case, whatever runs how often.
create table reminder (
  due_date uuid primary key references due_date,
  institution_id text not null,
  state text not null check (state in ('sent', 'skipped')),
  -- Why none was sent.
  reason text,
  delivery uuid references delivery,
  at timestamptz not null
);
`;

export class CreateDelivery1795910407000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(messages);
    await runner.query(deliveries);
    await runner.query(reminders);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}
