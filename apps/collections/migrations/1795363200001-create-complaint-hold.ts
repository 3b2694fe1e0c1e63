import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

const tables = `
-- What an open complaint about collection asks for; the newest version holds. Kept where its account is not known yet.
create table complaint_hold (
  institution_id text not null,
  complaint_id uuid not null,
  version integer not null,
  number text not null,
  account text not null,
  agency_id text,
  collector_id text,
  from_at timestamptz not null,
  until_at timestamptz,
  hold uuid references hold,
  primary key (complaint_id, institution_id)
);
create index complaint_hold_waiting on complaint_hold (account) where hold is null and until_at is null;

create index case_debt on collection_case (debt_id);
`;

// Whom an account means: a case, else a debt, else a debtor.
const whose = `
create function account_owner(p_institution text, p_account text) returns table (debtor uuid, debtor_id text, case_id text) language sql stable as $$
  select f.debtor, d.debtor_id, f.case_id from (
    select 1 as rank, debtor, case_id from collection_case where institution_id = p_institution and collection_case.case_id = p_account
    union all (select 2, debtor, case_id from collection_case where institution_id = p_institution and debt_id = p_account order by id limit 1)
    union all select 3, id, null from debtor where institution_id = p_institution and debtor.debtor_id = p_account
    order by rank limit 1) f
  join debtor d on d.id = f.debtor
$$;
`;

export class CreateComplaintHold1795363200001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(whose);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('Holds are not undone: restore a backup.');
  }
}
