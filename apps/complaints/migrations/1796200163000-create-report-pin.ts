import type { MigrationInterface, QueryRunner } from 'typeorm';
import { reportPinTable, rowLevelSecurity } from '#schema';

export class CreateReportPin1796200163000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(reportPinTable);
    await runner.query(rowLevelSecurity);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table report_pin');
  }
}
