import type { MigrationInterface, QueryRunner } from 'typeorm';
import { runColumns } from '#runs';
import { retentionTables, rowLevelSecurity } from '#schema';

export class CreateRetention1796200161000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // When a case ended, nobody had kept: those that are over already count from now on.
    await runner.query(`
      alter table collection_case add column ended_at timestamptz;
      update collection_case set ended_at = clock_timestamp() where state <> 'open';
      create function case_ends() returns trigger language plpgsql as $$
      begin
        if new.state = 'open' then new.ended_at := null;
        elsif new.ended_at is null then new.ended_at := clock_timestamp();
        end if;
        return new;
      end $$;
      create trigger case_ends before insert or update of state on collection_case for each row execute function case_ends();
      create index case_ended on collection_case (institution_id, ended_at) where ended_at is not null;
    `);
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
