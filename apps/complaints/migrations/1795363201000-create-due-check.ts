import type { MigrationInterface, QueryRunner } from 'typeorm';

// Of all institutions together: how far the check of a night has come. Who goes on after a crash begins behind after_id.
const tables = `
create table due_check (
  night date primary key,
  started_at timestamptz not null,
  after_id uuid,
  checked bigint not null default 0,
  corrected bigint not null default 0,
  finished_at timestamptz
);
`;

export class CreateDueCheck1795363201000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}
