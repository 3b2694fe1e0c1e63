import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

const letters = `
-- Letters and notices of the desk: versions are never changed, and a second person approves each.
create table letter_template (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  kind text not null,
  version integer not null,
  title_zh text not null,
  blocks_zh json not null,
  -- The short form for a text message.
  sms_zh text,
  title_en text,
  blocks_en json,
  sms_en text,
  author text not null,
  created_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  retired_by text,
  retired_at timestamptz,
  constraint letter_template_version unique (kind, version, institution_id),
  check ((approved_by is null) = (approved_at is null)),
  check ((title_en is null) = (blocks_en is null))
);

-- Who writes, and how often somebody is looked for before the telling may be waived.
create table notice_setting (
  institution_id text primary key,
  bank_name text not null,
  bank_address text not null,
  bank_contact text not null,
  unreachable_tries integer not null check (unreachable_tries > 0),
  unreachable_days integer not null check (unreachable_days > 0),
  unreachable_forms integer not null check (unreachable_forms > 0),
  changed_by text not null,
  changed_at timestamptz not null
);
`;

const decisions = `
-- Who has to approve a decision: the newest approved version counts; before there is one, what the product brings.
create table approval_matrix (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  version integer not null,
  rows json not null,
  note text not null,
  author text not null,
  created_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  constraint approval_matrix_version unique (version, institution_id),
  check ((approved_by is null) = (approved_at is null))
);

create table complaint_decision (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid not null references complaint,
  version integer not null,
  state text not null check (state in ('draft', 'superseded', 'waiting', 'returned', 'withdrawn', 'lapsed', 'decided')),
  outcome text not null check (outcome in ('upheld', 'partly-upheld', 'not-upheld')),
  amount numeric(19, 4) check (amount >= 0),
  currency text,
  severity text not null check (severity in ('ordinary', 'serious')),
  -- Facts, basis, reasons, remedy, remedies stated, as JSON.
  content_sealed bytea not null,
  drafted_by text not null,
  drafted_at timestamptz not null,
  submitted_by text,
  submitted_at timestamptz,
  -- What the matrix asked for when it was submitted, and by which version of it.
  role text check (role in ('complaint-supervisor', 'head-office-approver')),
  approvers integer not null default 0,
  matrix_version integer,
  settled_at timestamptz,
  decided_at timestamptz,
  constraint complaint_decision_version unique (complaint, version),
  check ((amount is null) = (currency is null)),
  check ((state = 'decided') = (decided_at is not null)),
  check ((approvers > 0) = (role is not null)),
  check (state <> 'waiting' or approvers > 0)
);
-- One is written or waits at a time, and one decision stands.
create unique index complaint_decision_open on complaint_decision (complaint) where state in ('draft', 'waiting');
create unique index complaint_decision_made on complaint_decision (complaint) where state = 'decided';
create index complaint_decision_waiting on complaint_decision (id) where state = 'waiting';

create table decision_verdict (
  institution_id text not null,
  decision uuid not null references complaint_decision,
  by text not null,
  verdict text not null check (verdict in ('approved', 'returned')),
  at timestamptz not null,
  note_sealed bytea,
  primary key (decision, by)
);
`;

const tellings = `
create table notice (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid not null references complaint,
  -- What it tells: the decision, or what is not the decision, such as a longer term.
  about text not null,
  form text not null check (form in ('handed', 'posted', 'sms', 'email', 'phone')),
  -- sending: it waits for gateway or mail server; told: the proof is there; failed: it did not arrive and must be told in another form.
  state text not null check (state in ('sending', 'told', 'failed')),
  decision uuid references complaint_decision,
  dispatch uuid references dispatch,
  -- The instant that counts.
  told_at timestamptz,
  proof_sealed bytea not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  -- Why it failed, as a word.
  code text,
  failed_at timestamptz,
  -- What the clock said to it, where it tells the decision.
  counted boolean not null default false,
  rejected text,
  check (state <> 'told' or told_at is not null),
  check ((form in ('sms', 'email')) = (dispatch is not null))
);
create index notice_complaint on notice (complaint, id);
create unique index notice_dispatch on notice (dispatch) where dispatch is not null;

-- Tries to reach somebody who was not there.
create table notice_try (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid not null references complaint,
  form text not null,
  at timestamptz not null,
  result text not null,
  note_sealed bytea,
  recorded_by text not null,
  recorded_at timestamptz not null
);
create index notice_try_complaint on notice_try (complaint, at);

create table notice_waiver (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid not null references complaint,
  state text not null check (state in ('waiting', 'approved', 'refused', 'lapsed')),
  reason_sealed bytea not null,
  -- What was there when it was asked for.
  tries integer not null,
  asked_by text not null,
  asked_at timestamptz not null,
  settled_by text,
  settled_at timestamptz,
  check ((state = 'waiting') = (settled_at is null))
);
create unique index notice_waiver_open on notice_waiver (complaint) where state in ('waiting', 'approved');
`;

export class CreateDecision1796100006001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(letters);
    await runner.query(decisions);
    await runner.query(tellings);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('What was decided is not undone: restore a backup.');
  }
}
