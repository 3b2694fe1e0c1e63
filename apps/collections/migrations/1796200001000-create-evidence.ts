import type { MigrationInterface, QueryRunner } from 'typeorm';
import { evidenceTables, rowLevelSecurity } from '#schema';

// The versions that were published before there was this log: decisions that name them can be made again from an export.
const takeOver = `
with taken as (
  insert into evidence_record (institution_id, kind, actor, body)
  select institution_id, 'policy-published', 'migration', json_build_object('number', number, 'product', product, 'content', content, 'sha256', encode(sha256, 'hex'),
    'effectiveFrom', to_char(effective_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'author', author, 'approvedBy', approved_by)
  from policy_version order by institution_id, number returning id, institution_id
)
insert into evidence_pending (institution_id, record) select institution_id, id from taken`;

export class CreateEvidence1796200001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(evidenceTables);
    await runner.query(takeOver);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('Evidence is not undone: restore a backup.');
  }
}
