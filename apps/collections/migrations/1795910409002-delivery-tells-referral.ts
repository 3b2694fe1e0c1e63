import type { MigrationInterface, QueryRunner } from 'typeorm';

const columns = `
-- A referral notice of which the debtor was told, so that the case was looked at for it.
alter table delivery add column referral_noted boolean not null default false;
`;

export class DeliveryTellsReferral1795910409002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(columns);
  }

  async down(): Promise<void> {
    throw new Error('The register is not undone: restore a backup.');
  }
}
