import type { MigrationInterface, QueryRunner } from 'typeorm';
import { regulatorTables, rowLevelSecurity, signInTable } from '#schema';

export class CreateRegulatorRead1796200020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(regulatorTables);
    await runner.query(signInTable);
    await runner.query(rowLevelSecurity);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table regulator_read, sign_in');
  }
}
