import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

// Call-backs (回访): who is asked, how it was answered.
const tables = `
create table callback_setting (
  institution_id text primary key,
  sample_percent integer not null check (sample_percent between 0 and 100),
  days_after integer not null check (days_after between 0 and 90),
  link_days integer not null check (link_days between 1 and 90),
  phone_days integer not null check (phone_days between 1 and 90),
  low_score integer not null check (low_score between 1 and 4),
  minimum_count integer not null check (minimum_count between 3 and 100),
  changed_by text not null,
  changed_at timestamptz not null
);

-- Who was drawn and who was not, with the numbers, so that anybody can draw again.
create table callback_draw (
  institution_id text not null,
  complaint uuid primary key references complaint,
  bucket integer not null check (bucket between 0 and 9999),
  sample_percent integer not null,
  drawn boolean not null,
  why_not text,
  drawn_at timestamptz not null
);

create table callback (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid not null references complaint,
  purpose text not null check (purpose in ('satisfaction', 'confirm-withdrawal')),
  channel text not null check (channel in ('link', 'phone')),
  planned_at timestamptz not null,
  state text not null check (state in ('planned', 'sent', 'answered', 'refused', 'unreachable', 'expired', 'confirmed', 'denied')),
  -- As it was when it was planned: whose work is judged.
  handler text,
  unit text,
  agency_id text,
  -- Whoever reported the withdrawal is not who asks whether it is so.
  reported_by text,
  report_sealed bytea,
  sent_at timestamptz,
  dispatch uuid,
  expires_at timestamptz,
  answered_at timestamptz,
  answered_via text check (answered_via in ('link', 'phone')),
  asked_by text,
  language text,
  score integer check (score between 1 and 5),
  resolved text check (resolved in ('yes', 'partly', 'no')),
  comment_sealed bytea,
  looked_at timestamptz,
  looked_by text,
  look_sealed bytea,
  low boolean not null default false,
  created_at timestamptz not null,
  check ((state = 'answered') = (score is not null))
);
create unique index callback_satisfaction on callback (complaint) where purpose = 'satisfaction';
create unique index callback_withdrawal on callback (complaint) where purpose = 'confirm-withdrawal' and state in ('planned');
create index callback_complaint on callback (complaint, id);
create index callback_planned on callback (planned_at) where state = 'planned';
create index callback_sent on callback (expires_at) where state = 'sent';
create index callback_look on callback (answered_at) where low and looked_at is null;
create index callback_answered on callback (answered_at) where answered_at is not null;

create table callback_try (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  callback uuid not null references callback,
  at timestamptz not null,
  by text not null,
  result text not null check (result in ('no-answer', 'busy', 'wrong-number', 'call-later', 'refused', 'answered', 'confirmed', 'denied')),
  note_sealed bytea
);
create index callback_try_callback on callback_try (callback, id);

-- Who knocks at the page of the link: of nobody's institution, because nobody knows whose link a wrong one is.
create table satisfaction_knock (
  id bigint generated always as identity primary key,
  address_index bytea not null,
  at timestamptz not null
);
create index satisfaction_knock_address on satisfaction_knock (address_index, at);
`;

export class CreateCallback1796100007001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}
