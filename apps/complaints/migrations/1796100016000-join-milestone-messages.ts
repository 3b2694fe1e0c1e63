import type { MigrationInterface, QueryRunner } from 'typeorm';

// Milestones travel many in a message now. What a worker of before has not handed over yet is handed over in the form that is read now.
const joined = `
update outbox set topic = 'complaint.milestones', payload = json_build_object('milestones', json_build_array(payload))
where topic = 'complaint.milestone' and sent_at is null`;

export class JoinMilestoneMessages1796100016000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(joined);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}
