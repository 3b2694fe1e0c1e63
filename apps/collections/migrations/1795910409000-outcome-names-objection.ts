import type { MigrationInterface, QueryRunner } from 'typeorm';

const columns = `
-- The objection that a reported dispute opened, or found open.
alter table outcome_report add column objection uuid references objection;
`;

export class OutcomeNamesObjection1795910409000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(columns);
  }

  async down(): Promise<void> {
    throw new Error('The register is not undone: restore a backup.');
  }
}
