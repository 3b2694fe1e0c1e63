import type { MigrationInterface, QueryRunner } from 'typeorm';
import { runColumns } from '#runs';
import { rowLevelSecurity } from '#schema';

// What is found by: of every text of a complaint, keyed hashes of its words and of each two characters, cut to eight bytes. What other rooms
// wrote is kept beside it, sealed, so that a hit can be seen to be one; a complaint's own texts and its ledger's are opened where they stand.
const tables = `
create table complaint_search (
  complaint uuid primary key references complaint,
  institution_id text not null,
  tokens bigint[] not null
);
create index complaint_search_tokens on complaint_search using gin (tokens);

create table complaint_text (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid not null references complaint,
  part text not null,
  text_sealed bytea not null,
  constraint complaint_text_part unique (complaint, part)
);

create table search_rebuild (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  -- How far it is: who goes on after a crash begins behind it.
  after_id uuid,
  indexed bigint not null default 0,
  ${runColumns}
);
create index search_rebuild_state on search_rebuild (id) where state in ('queued', 'running');
`;

// An operator on arrays is not leakproof, so row-level security would keep the index from being used: here the institution is asked for by hand.
const functions = `
create function search_complaints(p_tokens bigint[], p_before uuid, p_limit integer) returns setof uuid
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  -- Planned for these tokens: a common one is better walked from the newest, a rare one looked up.
  return query execute 'select s.complaint from complaint_search s where s.tokens @> $1 and s.institution_id = current_setting(''app.institution'', true)
    and ($2 is null or s.complaint < $2) order by s.complaint desc limit $3' using p_tokens, p_before, p_limit;
end $$;
`;

// Complaints that were there before: the worker finds this work in its sweep.
const outstanding = `insert into search_rebuild (institution_id, requested_by) select distinct institution_id, 'system' from complaint`;

export class CreateSearch1796100005001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(functions);
    await runner.query(rowLevelSecurity);
    await runner.query(outstanding);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}
