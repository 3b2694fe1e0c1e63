import type { MigrationInterface, QueryRunner } from 'typeorm';
import { evidenceTables, rowLevelSecurity } from '#schema';

export class CreateEvidence1796200001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(evidenceTables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('Evidence is not undone: restore a backup.');
  }
}
