import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dailyWorkTable, eventTables, rowLevelSecurity } from '#schema';

export class CreateEvents1795363200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(eventTables);
    await runner.query(dailyWorkTable);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('What services told each other is not undone: restore a backup.');
  }
}
