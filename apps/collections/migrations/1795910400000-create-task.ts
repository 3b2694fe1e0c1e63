import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

const tables = `
-- What somebody has to do by a time: a step of a procedure with its limit (限时督导). Done once; one is open at a time for one kind and resource.
create table task (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  kind text not null,
  -- What it is about, as an act names it: agency/agency-a, case/C000001, plan/<uuid>.
  resource text not null,
  collection_case uuid references collection_case,
  -- Whose matter it is: people of an agency see the tasks of their agency alone.
  agency_id text,
  role text not null,
  -- Whose it is of those who have the role; null: whoever takes it.
  person text,
  detail json not null default '{}',
  opened_at timestamptz not null,
  due_at timestamptz not null,
  -- The last reminder and the last escalation, so that each is sent once.
  reminded_at timestamptz,
  escalated_at timestamptz,
  done_at timestamptz,
  done_by text,
  outcome text,
  check ((done_at is null) = (done_by is null))
);
create unique index task_open on task (resource, kind, institution_id) where done_at is null;
create index task_due on task (due_at) where done_at is null;
create index task_done on task (done_by, done_at) where done_at is not null;
create index task_case on task (collection_case) where collection_case is not null;

-- The limits that an institution has set; a kind that has none here has the product's own.
create table task_limit (
  institution_id text not null,
  kind text not null,
  limit_hours integer not null check (limit_hours between 1 and 8784),
  set_by text not null,
  set_at timestamptz not null,
  primary key (kind, institution_id)
);
`;

export class CreateTask1795910400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The register is not undone: restore a backup.');
  }
}
