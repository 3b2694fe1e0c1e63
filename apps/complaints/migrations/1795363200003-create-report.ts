import type { MigrationInterface, QueryRunner } from 'typeorm';
import { reportTables, rowLevelSecurity } from '#schema';

export class CreateReport1795363200003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(reportTables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('Reports that were given out are not undone: restore a backup.');
  }
}
