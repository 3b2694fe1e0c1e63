import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

// Which rules a complaint is under, where they are not those of all, and what decided it.
const tables = `
create table complaint_rule (
  complaint uuid primary key references complaint,
  institution_id text not null,
  pack text not null,
  matter text,
  -- Of the rules in code: which version of them, and the rule that decided.
  rules_version integer not null,
  rule json not null
);
`;

export class CreateComplaintRule1796100011000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}
