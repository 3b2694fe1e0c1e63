import type { MigrationInterface, QueryRunner } from 'typeorm';

// From when, and by which limit, the time of a stage counts: not the limit that the stage has where a shorter one came later and would have ended it at once.
// Without this a corrected calendar counts the limit of today from when the stage was entered.
const columns = `
alter table stage_entry add column counted_from timestamptz, add column counted_amount integer, add column counted_unit text;
update stage_entry set counted_from = entered_at, counted_amount = amount, counted_unit = unit;
alter table stage_entry alter column counted_from set not null, alter column counted_amount set not null, alter column counted_unit set not null,
  add constraint stage_entry_counted_unit_check check (counted_unit in ('hours', 'working-days'))`;

export class AddStageCounted1796100017000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(columns);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}
