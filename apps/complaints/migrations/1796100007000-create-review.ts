import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

// Review by the superior, mediation and appraisal, what follows a closed complaint, and the due dates of all that comes after a decision.
const tables = `
-- What is to be done by when in these rooms; a row a matter. When it is over, done_at is set and nothing is owed any more.
create table after_deadline (
  institution_id text not null,
  kind text not null check (kind in ('review', 'rectification', 'callback', 'low-score')),
  ref uuid not null,
  complaint uuid not null references complaint,
  time_zone text not null,
  due_on date not null,
  due_at timestamptz not null,
  set_at timestamptz not null,
  -- Who is reminded: a person, else the role.
  person text,
  role text not null,
  -- Whom it is told to when it is late.
  escalate_role text not null,
  done_at timestamptz,
  wake_at timestamptz,
  primary key (ref, kind),
  check (wake_at is null or done_at is null)
);
create index after_deadline_wake on after_deadline (wake_at) where wake_at is not null;

create table after_milestone (
  institution_id text not null,
  kind text not null,
  ref uuid not null,
  step text not null check (step in ('due-in-3', 'overdue', 'overdue-head-office')),
  due_on date not null,
  fired_at timestamptz not null,
  primary key (ref, kind, step, due_on)
);

-- CMP20 20: by the superior, within 30 days of the decision being received, decided within 30 days of the request being received.
create table review (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid not null references complaint,
  told_at timestamptz not null,
  window_ends_on date not null,
  requested_at timestamptz not null,
  received_at timestamptz not null,
  requester text not null check (requester in ('complainant', 'proxy')),
  reasons_sealed bytea not null,
  files uuid[] not null default '{}',
  late boolean not null default false,
  grace_sealed bytea,
  due_on date not null,
  due_at timestamptz not null,
  time_zone text not null,
  state text not null check (state in ('asked', 'taken', 'decided', 'told', 'withdrawn')),
  asked_by text not null,
  asked_at timestamptz not null,
  reviewer text,
  unit text,
  taken_at timestamptz,
  process_proper boolean,
  process_sealed bytea,
  term_proper boolean,
  term_sealed bytea,
  result_proper boolean,
  result_sealed bytea,
  outcome text check (outcome in ('upheld', 'changed', 'sent-back')),
  decision_sealed bytea,
  decided_by text,
  decided_at timestamptz,
  told_form text,
  told_proof_sealed bytea,
  review_told_at timestamptz,
  told_by text,
  withdrawn_at timestamptz,
  withdrawal_sealed bytea,
  successor uuid references complaint,
  check ((grace_sealed is not null) = late),
  check ((outcome is null) = (decided_at is null))
);
-- One decision, one review of it; what the complainant took back does not count.
create unique index review_one on review (complaint) where state <> 'withdrawn';
create index review_open on review (due_at, id) where state in ('asked', 'taken', 'decided');

create table mediation (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid not null references complaint,
  kind text not null check (kind in ('mediation', 'appraisal')),
  organisation text not null,
  subject_sealed bytea not null,
  -- Mediation: who applied when, on both sides.
  bank_applied_by text,
  bank_applied_at timestamptz,
  complainant_applied_by text check (complainant_applied_by in ('complainant', 'proxy')),
  complainant_applied_at timestamptz,
  consent_at timestamptz,
  consent_sealed bytea,
  -- Appraisal: when the complainant was told of it.
  complainant_told_at timestamptz,
  began_at timestamptz not null,
  paused boolean not null,
  pause_refused text,
  files uuid[] not null default '{}',
  begun_by text not null,
  recorded_at timestamptz not null,
  ended_at timestamptz,
  ended_by text,
  outcome text check (outcome in ('agreement', 'none', 'withdrawn', 'result')),
  terms_sealed bytea,
  amount numeric(18, 2),
  currency text,
  agreed_on date,
  agreed_refused text,
  end_files uuid[] not null default '{}',
  check (kind <> 'mediation' or (bank_applied_at is not null and complainant_applied_at is not null and consent_sealed is not null)),
  check (kind <> 'appraisal' or complainant_told_at is not null),
  check ((ended_at is null) = (outcome is null)),
  check ((amount is null) = (currency is null))
);
create unique index mediation_open on mediation (complaint) where ended_at is null;
create index mediation_complaint on mediation (complaint, id);

-- After the decision new facts are a complaint of their own, which follows the closed one.
create table reopening (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid not null references complaint,
  successor uuid not null references complaint,
  basis text not null check (basis in ('new-facts', 'review-sent-back', 'supervisor')),
  review uuid references review,
  reasons_sealed bytea not null,
  files uuid[] not null default '{}',
  received_at timestamptz not null,
  opened_by text not null,
  opened_at timestamptz not null,
  constraint reopening_once unique (complaint),
  constraint reopening_successor unique (successor),
  check (complaint <> successor)
);
`;

const functions = `
-- What a matter owes: a reminder three days before, unless it was set later than that, and two escalations.
create function after_owed(p_due_on date, p_due_at timestamptz, p_time_zone text, p_set_at timestamptz)
returns table (step text, at timestamptz) language sql stable as $$
  select 'due-in-3', (p_due_on - 3)::timestamp at time zone p_time_zone where p_due_on - 3 >= (p_set_at at time zone p_time_zone)::date
  union all select 'overdue', p_due_at
  union all select 'overdue-head-office', (p_due_on + 4)::timestamp at time zone p_time_zone
$$;

create function after_next_wake(p_kind text, p_ref uuid, p_done_at timestamptz, p_due_on date, p_due_at timestamptz, p_time_zone text, p_set_at timestamptz)
returns timestamptz language sql stable as $$
  select min(o.at) from after_owed(p_due_on, p_due_at, p_time_zone, p_set_at) o
  where p_done_at is null and not exists (select from after_milestone m where m.ref = p_ref and m.kind = p_kind and m.step = o.step and m.due_on = p_due_on)
$$;
`;

export class CreateReview1796100007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(functions);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}
