import type { MigrationInterface, QueryRunner } from 'typeorm';
import { runColumns } from '#runs';
import { rowLevelSecurity } from '#schema';

const allocation = `
-- How cases are shared out among agencies: versions, only ever added to.
create table allocation_rule (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  name text not null,
  version integer not null,
  content json not null,
  created_by text not null,
  created_at timestamptz not null,
  retired_at timestamptz,
  retired_by text,
  constraint allocation_rule_version unique (name, version, institution_id)
);

-- A simulation: what a version of a rule would do with the cases as they are.
create table allocation (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  rule uuid not null references allocation_rule,
  -- That it be carried out: who asked, and who looked at it where so many cases need a second person.
  ordered_by text,
  ordered_at timestamptz,
  order_reason_sealed bytea,
  approved_by text,
  approved_at timestamptz,
  rejected_by text,
  rejected_at timestamptz,
  ${runColumns}
);
create index allocation_rule_of on allocation (rule, id);
create index allocation_touched on allocation (touched_at) where state in ('queued', 'running');

create table allocation_line (
  institution_id text not null,
  allocation uuid not null references allocation on delete cascade,
  seq integer not null,
  collection_case uuid not null,
  -- Null: the case stays.
  agency_id text,
  -- Why it stays.
  stays text,
  -- What the case was when it was simulated: one that is otherwise at the run is left out.
  balance numeric(18,2) not null,
  was_agency text,
  outcome text,
  detail text,
  primary key (allocation, seq)
);
create index allocation_line_case on allocation_line (collection_case);

-- Its carrying out.
create table allocation_run (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  allocation uuid not null unique references allocation,
  ${runColumns}
);
create index allocation_run_touched on allocation_run (touched_at) where state in ('queued', 'running');
`;

const objection = `
-- A debtor's objection to a debt (CC11 69): what is disputed, who looked into it, what came of it, when the debtor was told.
create table objection (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  collection_case uuid not null references collection_case,
  debtor uuid not null references debtor,
  party_id text not null,
  kind text not null check (kind in ('amount', 'not-mine', 'paid', 'fraud', 'fees', 'other')),
  channel text not null,
  disputed_sealed bytea not null,
  amount numeric(18,2),
  currency text,
  evidence text,
  raised_at timestamptz not null,
  raised_by text not null,
  raised_agency text,
  hold uuid not null references hold,
  state text not null default 'open' check (state in ('open', 'upheld', 'rejected', 'withdrawn')),
  decided_by text,
  decided_at timestamptz,
  facts_sealed bytea,
  basis text,
  core_reference text,
  balance_before numeric(18,2),
  balance_after numeric(18,2),
  case_state_after text,
  told_at timestamptz,
  told_how text,
  told_evidence text,
  told_by text,
  withdrawal_evidence text,
  check ((state = 'open') = (decided_at is null)),
  check (told_at is null or decided_at is not null)
);
create index objection_case on objection (collection_case, id);
create index objection_debtor on objection (debtor);
create index objection_waiting on objection (raised_at) where told_at is null and state <> 'withdrawn';

-- Files that prove something on a case.
create table proof (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  collection_case uuid not null references collection_case,
  -- objection/<uuid>, consent/<uuid>, hold/<uuid>, opt-out/<uuid>, party/<uuid>
  resource text not null,
  upload uuid not null references upload,
  file_name_sealed bytea not null,
  media_type text not null,
  bytes bigint not null,
  sha256 bytea not null,
  added_by text not null,
  added_at timestamptz not null
);
create index proof_case on proof (collection_case, id);
create index proof_resource on proof (resource);
`;

const people = `
-- A person with two records is one: the record that was merged says which one goes on.
alter table debtor add column merged_into uuid references debtor;
create index debtor_merged on debtor (merged_into) where merged_into is not null;
-- The debtor whom a contact named when it was recorded, where it counts for another since a merge or a split.
alter table contact add column given_debtor_id text;
create index contact_given_debtor on contact (given_debtor_id, institution_id) where given_debtor_id is not null;
-- Said by people, so no file says otherwise.
alter table collection_case add column debtor_pinned boolean not null default false;
-- An opt-out that a merge repeated for the same person's other party id, and the one that it repeats.
alter table opt_out add column copy_of uuid references opt_out;
-- The record for which it was set, before a merge.
alter table hold add column given_debtor uuid references debtor;
alter table opt_out add column given_debtor uuid references debtor;

create table debtor_change (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  kind text not null check (kind in ('merge', 'split')),
  -- Merge: the record that ends, and the one that goes on. Split: the record that keeps the rest, and the one that gets the cases.
  from_debtor text not null,
  to_debtor text not null,
  case_ids text[] not null default '{}',
  name_sealed bytea,
  id_number_sealed bytea,
  reason_sealed bytea not null,
  evidence text not null,
  state text not null default 'proposed' check (state in ('proposed', 'done', 'rejected')),
  proposed_by text not null,
  proposed_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  counts json,
  check ((state = 'proposed') = (decided_at is null)),
  check (decided_by <> proposed_by or state <> 'done')
);
create unique index debtor_change_open on debtor_change (from_debtor, to_debtor, kind, institution_id) where state = 'proposed';
create index debtor_change_from on debtor_change (from_debtor, id);
create index debtor_change_to on debtor_change (to_debtor, id);

-- Whoever writes for a record that was merged writes for the one that goes on. Waits for a merge in flight.
create function follow_merge() returns trigger language plpgsql as $f$
begin
  select coalesce(merged_into, id) into new.debtor from debtor where id = new.debtor for key share;
  return new;
end $f$;
create trigger hold_follows_merge before insert or update of debtor on hold for each row execute function follow_merge();
create trigger opt_out_follows_merge before insert on opt_out for each row execute function follow_merge();

-- Waits for the gates in flight that count for these debtors, and keeps new ones waiting. In the order in which the gate takes them.
create function take_seats(p_institution text, p_debtors text[]) returns void language plpgsql as $f$
declare
  v_key bigint;
begin
  for v_key in select distinct hashtextextended(p_institution || chr(31) || one, 1) as key from unnest(p_debtors) as one order by key loop
    perform pg_advisory_xact_lock(v_key);
  end loop;
end $f$;

-- The same for the debtors of cases; whoever waited for a merge begins again.
create function take_seats_of(p_institution text, p_cases uuid[]) returns void language plpgsql as $f$
declare
  v_debtors text[] := array(select distinct d.debtor_id from collection_case c join debtor d on d.id = c.debtor where c.id = any(p_cases) and c.institution_id = p_institution);
begin
  perform take_seats(p_institution, v_debtors);
  if exists (select from collection_case c join debtor d on d.id = c.debtor where c.id = any(p_cases) and c.institution_id = p_institution and d.debtor_id <> all(v_debtors)) then
    raise exception 'the debtor of a case was merged or split meanwhile' using errcode = '40001';
  end if;
end $f$;

create or replace function account_owner(p_institution text, p_account text)
returns table (debtor uuid, debtor_id text, case_id text) language sql stable as $f$
  select d.id, d.debtor_id, f.case_id from (
    select 1 as rank, debtor, case_id from collection_case where institution_id = p_institution and collection_case.case_id = p_account
    union all (select 2, debtor, case_id from collection_case where institution_id = p_institution and debt_id = p_account order by id limit 1)
    union all select 3, id, null from debtor where institution_id = p_institution and debtor.debtor_id = p_account
    order by rank limit 1) f
  join debtor g on g.id = f.debtor join debtor d on d.id = coalesce(g.merged_into, g.id)
$f$;

-- Parties: one that is a party no more keeps its record and its history.
alter table party add column ended_at timestamptz;
alter table party add column ended_by text;
alter table party add column role_before text;
alter table party add column role_pinned boolean not null default false;

-- A person who is to become liable: open to collection only when a second person has looked at the basis.
create table party_proposal (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  collection_case uuid not null references collection_case,
  party uuid references party,
  party_id text not null,
  role text not null check (role in ('co-debtor', 'guarantor')),
  name_sealed bytea not null,
  basis text not null,
  reason_sealed bytea not null,
  state text not null default 'proposed' check (state in ('proposed', 'approved', 'rejected')),
  proposed_by text not null,
  proposed_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  check ((state = 'proposed') = (decided_at is null)),
  check (decided_by <> proposed_by or state <> 'approved')
);
create unique index party_proposal_open on party_proposal (collection_case, party_id) where state = 'proposed';
create index party_proposal_case on party_proposal (collection_case, id);

alter table contact_point add column added_at timestamptz;
alter table contact_point add column added_by text;
alter table contact_point add column checked_at timestamptz;
alter table contact_point add column checked_by text;
alter table contact_point add column check_how text;
create index contact_point_value on contact_point (value_index, institution_id);
`;

/**
 * The gate takes the seats of the counts by what it found before it had them. A merge or a split holds the seats of both records: whoever waited for
 * one finds another record after it, begins again, and takes the right seat. Asked in one look at the index a request.
 */
const recheck = `
do $do$
declare
  v_body text := pg_get_functiondef('gate_load(text, json, timestamptz, boolean)'::regprocedure);
  v_mark text := '    -- Whoever publishes a policy holds the same lock alone';
begin
  if position(v_mark in v_body) = 0 then
    raise exception 'gate_load is not as this migration knows it';
  end if;
  execute replace(v_body, v_mark, $new$    -- Merged or split meanwhile: the seats are another record's.
    if exists (select from json_to_recordset(v_found) as f(case_id uuid, debtor_id text) join collection_case c on c.id = f.case_id join debtor d on d.id = c.debtor
      where d.debtor_id <> f.debtor_id) then
      raise exception 'the debtor of a case was merged or split meanwhile' using errcode = '40001';
    end if;
$new$ || v_mark);
end $do$;
`;

export class CreateAllocationAndObjection1795910404001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(allocation);
    await runner.query(objection);
    await runner.query(people);
    await runner.query(recheck);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The register is not undone: restore a backup.');
  }
}
