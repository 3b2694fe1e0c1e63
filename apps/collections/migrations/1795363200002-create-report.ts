import type { MigrationInterface, QueryRunner } from 'typeorm';
import { reportTables, rowLevelSecurity } from '#schema';

// The decisions of a period, and whose they are, without reading the table: reports ask by time, the gate by id and case.
const decisionsByTime = `create index decision_at on decision (decided_at, institution_id)`;

export class CreateReport1795363200002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(reportTables);
    await runner.query(decisionsByTime);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('Reports that were given out are not undone: restore a backup.');
  }
}
