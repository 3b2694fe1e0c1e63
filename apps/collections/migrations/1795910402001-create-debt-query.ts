import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

const tables = `
-- Who asked which agency has a debt, from where and what came of it. No reference and no number stands here: what was typed stands as a keyed hash
-- of it, for the limits, whether there is such a case or not.
create table debt_query (
  id uuid primary key,
  institution_id text not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  ip_index bytea not null,
  case_index bytea not null,
  phone_index bytea not null,
  language text not null,
  -- Null: no such case, or the number is none of it.
  collection_case uuid references collection_case,
  contact_point uuid references contact_point,
  sent_at timestamptz,
  -- Why no code went out; null: it did, or is on its way.
  unsent text,
  tries integer not null default 0,
  answered_at timestamptz,
  -- What was told: the agency; null: the bank itself.
  told_agency text
);
create index debt_query_ip on debt_query (ip_index, asked_at);
create index debt_query_case on debt_query (case_index, asked_at);
create index debt_query_phone on debt_query (phone_index, asked_at);
`;

export class CreateDebtQuery1795910402001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('What was asked is not undone: restore a backup.');
  }
}
