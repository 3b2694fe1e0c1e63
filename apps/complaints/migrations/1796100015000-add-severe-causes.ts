import type { MigrationInterface, QueryRunner } from 'typeorm';

// Which causes make a complaint one that is worked on as a major one; what an institution has laid down before names none.
const column = `alter table stage_limit add column severe_causes json not null default '[]'`;

export class AddSevereCauses1796100015000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(column);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}
