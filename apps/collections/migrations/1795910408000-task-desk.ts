import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

const tables = `
-- When its reminder is due; a column, so that the clockwork finds it by an index.
alter table task add column remind_at timestamptz;
update task set remind_at = least(due_at, due_at - (due_at - opened_at) * 0.25);
alter table task alter column remind_at set not null;
create index task_remind on task (remind_at) where done_at is null and reminded_at is null;
create index task_escalate on task (due_at) where done_at is null and escalated_at is null;
create index task_role on task (role, due_at) where done_at is null;
create index task_person on task (person, due_at) where done_at is null and person is not null;
create index task_done_at on task (done_at) where done_at is not null;

-- A due time that a supervisor moved: only ever added to. The task has the last one, the first of these says what it was at first.
create table task_extension (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  task uuid not null references task,
  due_before timestamptz not null,
  due_after timestamptz not null,
  extended_at timestamptz not null,
  extended_by text not null,
  check (due_after > due_before)
);
create index task_extension_task on task_extension (task);

-- What of the limit is left when the reminder goes out; an institution without a row: 25 in a hundred.
create table task_setting (
  institution_id text primary key,
  remind_percent integer not null check (remind_percent between 1 and 90),
  set_by text not null,
  set_at timestamptz not null
);

-- What the bell shows: to a person, or to everybody of a role.
create table notice (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  kind text not null,
  task uuid not null references task,
  recipient text,
  recipient_role text,
  -- People of an agency are told of their agency's matters alone.
  agency_id text,
  -- The due time that it is about; the task may have another by now.
  due_at timestamptz not null,
  created_at timestamptz not null,
  check ((recipient_role is null) <> (recipient is null))
);
create unique index notice_once on notice (task, kind, due_at, (coalesce(recipient, recipient_role))) where kind <> 'task-handed-over';
create index notice_recipient on notice (recipient, id) where recipient is not null;
create index notice_role on notice (recipient_role, id) where recipient_role is not null;

create table notice_read (
  institution_id text not null,
  notice uuid not null references notice on delete cascade,
  subject text not null,
  read_at timestamptz not null,
  primary key (notice, subject)
);
`;

export class TaskDesk1795910408000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The register is not undone: restore a backup.');
  }
}
