import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dailyWorkTable, eventTables, platformTables, rowLevelSecurity } from '#schema';

export class CreateComplaints1795363200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(platformTables);
    await runner.query(eventTables);
    await runner.query(dailyWorkTable);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The complaints are not undone: restore a backup.');
  }
}
