import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

const merged = `
-- A repeat that goes on as the complaint it repeats is over.
alter table complaint drop constraint complaint_state_check;
alter table complaint add constraint complaint_state_check check (state in ('running', 'paused', 'met', 'missed', 'withdrawn', 'declined', 'merged'));
alter table complaint add constraint complaint_merged_closed check (state <> 'merged' or closed_at is not null);
`;

const intake = `
-- Who complains and who sent it on, where that is more than a person who complains for himself.
create table complaint_intake (
  complaint uuid primary key references complaint,
  institution_id text not null,
  kind text not null check (kind in ('self', 'proxy', 'heirs', 'group', 'anonymous')),
  -- JSON: heirs, or those who speak for a group; five at most (CMP20 12).
  people_sealed bytea,
  people_count integer not null default 0 check (people_count between 0 and 5),
  regulator text,
  regulator_reference text,
  forwarded_on date,
  constraint complaint_intake_reference unique (regulator_reference, regulator, institution_id),
  check (num_nulls(regulator, regulator_reference, forwarded_on) in (0, 3)),
  check ((people_sealed is null) = (people_count = 0))
);

-- Whether the paper that shows that somebody may act for another does: the latest examination counts (CMP20 14).
create table complaint_proof (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid not null references complaint,
  file uuid not null references complaint_file,
  sufficient boolean not null,
  note_sealed bytea,
  examined_by text not null,
  examined_at timestamptz not null
);
create index complaint_proof_complaint on complaint_proof (complaint, id);
`;

const duplicate = `
-- What counts as alike: the latest row counts.
create table duplicate_setting (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  window_days integer not null check (window_days between 1 and 3650),
  similar_percent integer not null check (similar_percent between 10 and 100),
  set_by text not null,
  set_at timestamptz not null
);

-- What a person decided of two complaints that looked alike; of the same two the latest counts.
create table duplicate_decision (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  later uuid not null references complaint,
  earlier uuid not null references complaint,
  decision text not null check (decision in ('merged', 'restarted', 'separate')),
  reasons text[] not null,
  note_sealed bytea not null,
  told_form text check (told_form in ('sms', 'email', 'paper', 'phone', 'other')),
  told_at timestamptz,
  told_proof_sealed bytea,
  dispatch uuid,
  decided_by text not null,
  decided_at timestamptz not null,
  check (later <> earlier),
  check (decision <> 'separate' or told_form is null)
);
create index duplicate_decision_later on duplicate_decision (later, id);
create index duplicate_decision_earlier on duplicate_decision (earlier, id);
-- Whoever is merged is merged into one, once.
create unique index duplicate_decision_once on duplicate_decision (later) where decision <> 'separate';
`;

const receipt = `
-- The instant of receipt begins every term: it is changed with a reason, and by two.
create table receipt_correction (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid not null references complaint,
  state text not null check (state in ('asked', 'applied', 'refused', 'withdrawn')),
  received_before timestamptz not null,
  received_at timestamptz not null,
  due_on_before date not null,
  due_on_after date not null,
  reason_sealed bytea not null,
  files uuid[] not null default '{}',
  asked_by text not null,
  asked_at timestamptz not null,
  settled_by text,
  settled_at timestamptz,
  note_sealed bytea,
  check ((state = 'asked') = (settled_at is null)),
  check ((settled_at is null) = (settled_by is null))
);
create index receipt_correction_complaint on receipt_correction (complaint, id);
create unique index receipt_correction_asked on receipt_correction (complaint) where state = 'asked';
`;

export class CreateIntake1796100012000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const tables of [merged, intake, duplicate, receipt]) await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('Who complained, and what was decided of it, is not undone: restore a backup.');
  }
}
