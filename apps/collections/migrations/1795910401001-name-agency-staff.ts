import type { MigrationInterface, QueryRunner } from 'typeorm';

const columns = `
-- Stands for the name: whether a file of the agency's own names somebody else than the bank has checked.
alter table agency_staff add column name_index bytea;
`;

export class NameAgencyStaff1795910401001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(columns);
  }

  async down(): Promise<void> {
    throw new Error('The register is not undone: restore a backup.');
  }
}
