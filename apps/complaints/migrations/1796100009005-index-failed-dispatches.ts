import type { MigrationInterface, QueryRunner } from 'typeorm';

// What did not reach its reader is counted on the start page of the desk.
const index = `create index dispatch_failed on dispatch (asked_at) where state in ('failed', 'given-up')`;

export class IndexFailedDispatches1796100009005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(index);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}
