import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

const assignment = `
-- How an institution assigns: the latest row counts.
create table assignment_rule (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  automatic boolean not null,
  weights json not null,
  set_by text not null,
  set_at timestamptz not null
);
`;

const stage = `
-- How long the stages of a complaint may take: versions, the latest counts; a stage keeps what counted when it was entered.
create table stage_limit (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  version integer not null,
  limits json not null,
  note_sealed bytea,
  set_by text not null,
  set_at timestamptz not null,
  constraint stage_limit_version unique (version, institution_id)
);

create table stage_entry (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid not null references complaint,
  seq integer not null,
  stage text not null check (stage in ('first-contact', 'investigation', 'draft', 'approval')),
  limit_version integer not null,
  amount integer not null,
  unit text not null check (unit in ('hours', 'working-days')),
  entered_at timestamptz not null,
  entered_by text not null,
  -- By the limit alone. What the term has gained since (a pause that is over, a longer term) is added by stage_due, and the term caps it.
  base_due_at timestamptz not null,
  remind_before interval not null,
  term_due_on date not null,
  done_at timestamptz,
  done_by text,
  -- When it was due, as it was when it was done: what the term gains later does not make it punctual.
  due_at timestamptz,
  -- Who handled the complaint when it was done.
  handler text,
  note_sealed bytea,
  -- When to look at it next; null: done, or told of all.
  wake_at timestamptz,
  constraint stage_entry_seq unique (complaint, seq),
  check ((done_at is null) = (done_by is null) and (done_at is null) = (due_at is null)),
  check (wake_at is null or done_at is null)
);
create index stage_entry_wake on stage_entry (wake_at) where wake_at is not null;
create index stage_entry_done on stage_entry (done_at) where done_at is not null;
create unique index stage_entry_open on stage_entry (complaint) where done_at is null;

create table stage_milestone (
  institution_id text not null,
  entry uuid not null references stage_entry,
  kind text not null check (kind in ('reminder', 'overdue')),
  due_at timestamptz not null,
  fired_at timestamptz not null,
  primary key (entry, kind)
);

-- When an entry is due: its limit, later by the days that the complaint's own due date has moved since, and never after the term.
create function stage_due(p_base timestamptz, p_term_due_on date, p_due_on date, p_due_at timestamptz) returns timestamptz language sql immutable as $$
  select least(p_base + make_interval(days => greatest(p_due_on - p_term_due_on, 0)), p_due_at)
$$;
`;

const work = `
-- What a branch or an agency is asked about a complaint.
create table work_task (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid not null references complaint,
  unit uuid references desk_unit,
  agency_id text,
  -- What of the complaint they may see.
  disclosed text[] not null,
  state text not null check (state in ('open', 'answered', 'accepted', 'cancelled')),
  round integer not null default 1,
  asked_by text not null,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  answered_at timestamptz,
  settled_at timestamptz,
  wake_at timestamptz,
  check ((unit is null) <> (agency_id is null)),
  check (wake_at is null or state = 'open')
);
create index work_task_complaint on work_task (complaint, id);
create index work_task_agency on work_task (agency_id, due_at, id) where agency_id is not null;
create index work_task_unit on work_task (unit, due_at, id) where unit is not null;
create index work_task_wake on work_task (wake_at) where wake_at is not null;

-- What was asked and answered, in order.
create table work_entry (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  task uuid not null references work_task,
  round integer not null,
  kind text not null check (kind in ('asked', 'answered', 'returned', 'accepted', 'cancelled')),
  at timestamptz not null,
  by text not null,
  due_at timestamptz,
  text_sealed bytea,
  -- Why it is due after the complaint itself.
  reason_sealed bytea
);
create index work_entry_task on work_entry (task, id);
create index work_entry_due on work_entry (due_at) where due_at is not null;

create table work_milestone (
  institution_id text not null,
  task uuid not null references work_task,
  round integer not null,
  kind text not null check (kind in ('reminder', 'overdue')),
  due_at timestamptz not null,
  fired_at timestamptz not null,
  primary key (task, round, kind)
);
`;

const note = `
create table complaint_note (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid not null references complaint,
  kind text not null check (kind in ('internal', 'complainant')),
  author text not null,
  at timestamptz not null,
  version integer not null default 1,
  edited_at timestamptz,
  text_sealed bytea not null,
  mentions text[] not null default '{}'
);
create index complaint_note_complaint on complaint_note (complaint, id);

-- What a note said before.
create table complaint_note_version (
  institution_id text not null,
  note uuid not null references complaint_note,
  version integer not null,
  text_sealed bytea not null,
  by text not null,
  at timestamptz not null,
  primary key (note, version)
);
`;

export class CreateHandling1796100004001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const tables of [assignment, stage, work, note]) await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('Who did what in which time is not undone: restore a backup.');
  }
}
