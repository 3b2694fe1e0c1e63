import type { MigrationInterface, QueryRunner } from 'typeorm';
import { reportLifeTables, rowLevelSecurity } from '#schema';

export class CreateReportLife1796200002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(reportLifeTables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('Reports that were signed are not undone: restore a backup.');
  }
}
