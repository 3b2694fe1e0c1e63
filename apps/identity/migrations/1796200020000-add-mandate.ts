import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A regulator looks after several institutions. */
export class AddMandate1796200020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['person', 'client'])
      await runner.query(
        `alter table ${table} add column mandate text[] not null default '{}'
           constraint ${table}_mandate_of_regulator check (mandate = '{}' or roles = array['regulator'])`,
      );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table person drop column mandate');
    await runner.query('alter table client drop column mandate');
  }
}
