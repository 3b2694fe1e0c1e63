import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who is signed in. Found by the hash of a cookie, before any institution is known, so no column names one: who it is, and the tokens, are
 * sealed. A dump of this database signs nobody in.
 */
export class CreateConsole1795276800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table session (
        id_hash bytea primary key,
        sealed bytea not null,
        access_ends_at timestamptz not null,
        created_at timestamptz not null default now(),
        used_at timestamptz not null default now(),
        ends_at timestamptz not null
      );
      create index session_ends on session (ends_at);
      create index session_used on session (used_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table session`);
  }
}
