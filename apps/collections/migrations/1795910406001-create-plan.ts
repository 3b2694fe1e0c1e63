import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

const tables = `
-- A personalised repayment plan (个性化分期还款协议, CC11 Art. 70) from the first draft to its end.
create table plan (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  collection_case uuid not null references collection_case,
  -- Who had the case when it was drafted; null: the bank.
  agency_id text,
  state text not null check (state in ('draft', 'proposed', 'approved', 'active', 'broken', 'completed', 'cancelled')),
  currency text not null,
  -- What was agreed, as it was given; the instalments that follow from it are rows of their own.
  terms json not null,
  hardship text not null,
  -- Income, expenses and what else the debtor told, sealed.
  circumstances_sealed bytea not null,
  owed numeric(18,2) not null,
  total numeric(18,2) not null,
  months integer not null,
  first_due_on date not null,
  last_due_on date not null,
  -- The running plan in whose place it comes; its term counts from that one's.
  replaces uuid references plan,
  drafted_by text not null,
  drafted_at timestamptz not null,
  proposed_by text,
  proposed_at timestamptz,
  approved_by text,
  approved_at timestamptz,
  -- The agreement: signed paper, or word of mouth on record.
  agreed_at timestamptz,
  term_from date,
  upload uuid references upload,
  document_sha256 bytea,
  recording uuid,
  activated_by text,
  activated_at timestamptz,
  -- As they were when it became active: what is agreed does not change with a setting.
  time_zone text,
  grace_days integer,
  -- The hold that it keeps on the debtor; until_at of that is breaks_at, the first instant at which an instalment is missed if nothing more is paid.
  hold uuid references hold,
  breaks_at timestamptz,
  next_instalment integer,
  paid numeric(18,2) not null default 0,
  -- Somebody took it up again after it was broken: what was missed until then is forgiven.
  forgiven_until timestamptz,
  broken_at timestamptz,
  ended_at timestamptz,
  end_reason text check (end_reason in ('paid', 'debt-cleared', 'replaced', 'cancelled')),
  check (state in ('draft', 'cancelled') or proposed_by is not null),
  check (approved_by is null or approved_by <> proposed_by),
  check (state not in ('active', 'broken', 'completed') or agreed_at is not null and (upload is not null or recording is not null)),
  check (state <> 'active' or hold is not null and breaks_at is not null),
  check ((state in ('completed', 'cancelled')) = (ended_at is not null))
);
create unique index plan_active on plan (collection_case) where state = 'active';
create unique index plan_pending on plan (collection_case) where state in ('draft', 'proposed', 'approved');
create index plan_case on plan (collection_case, id);
create index plan_state on plan (state, id);
create index plan_breaks on plan (breaks_at) where state = 'active';
create index plan_hold on plan (hold) where hold is not null;
create index plan_upload on plan (upload) where upload is not null;

create table plan_instalment (
  institution_id text not null,
  plan uuid not null references plan on delete cascade,
  n integer not null,
  due_on date not null,
  principal numeric(18,2) not null,
  interest numeric(18,2) not null,
  fee numeric(18,2) not null,
  amount numeric(18,2) not null check (amount > 0 and amount = principal + interest + fee),
  primary key (plan, n)
);
`;

export class CreatePlan1795910406001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The register is not undone: restore a backup.');
  }
}
