import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

// Which files of a complaint belong to a task: whoever is asked sees these and no others.
const tables = `
create table work_file (
  institution_id text not null,
  task uuid not null references work_task,
  file uuid not null references complaint_file,
  added_by text not null,
  added_at timestamptz not null,
  primary key (task, file)
);
`;

export class CreateWorkFile1796100004002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('What was disclosed is not undone: restore a backup.');
  }
}
