import type { MigrationInterface, QueryRunner } from 'typeorm';
import { runColumns } from '#runs';
import { retentionTables, rowLevelSecurity } from '#schema';

export class CreateRetention1796200161000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(retentionTables);
    await runner.query(
      `create table retention_work (id uuid primary key references retention_run, institution_id text not null, ${runColumns})`,
    );
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('What was destroyed does not come back, and its proof stays: restore a backup.');
  }
}
