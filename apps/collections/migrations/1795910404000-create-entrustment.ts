import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

const tables = `
-- Which agency has had which case, from when to when: only added to, and ended once. Its open row is what collection_case.agency_id says.
create table entrustment (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  collection_case uuid not null references collection_case,
  agency_id text not null,
  from_at timestamptz not null,
  until_at timestamptz,
  begun_by text not null,
  ended_by text,
  -- hand, list, allocation, import, recall, or ledger for what was so before there was a ledger.
  begun_cause text not null,
  ended_cause text,
  reason_sealed bytea,
  end_reason_sealed bytea,
  allocation uuid,
  notice_at timestamptz,
  balance numeric(18,2) not null,
  currency text not null,
  balance_at_end numeric(18,2),
  check (until_at >= from_at),
  check ((until_at is null) = (ended_by is null))
);
create unique index entrustment_open on entrustment (collection_case) where until_at is null;
create index entrustment_case on entrustment (collection_case, from_at);
create index entrustment_agency on entrustment (agency_id, from_at);
create index entrustment_allocation on entrustment (allocation) where allocation is not null;

-- What each statement changed in the open cases, summed by who has them: what the outsourced share was at any instant is a sum over it.
create table portfolio_change (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  at timestamptz not null,
  agency_id text,
  currency text not null,
  cases integer not null,
  amount numeric(20,2) not null
);
create index portfolio_change_at on portfolio_change (at, institution_id);

-- A case that is to go to an agency and waits for the debtor to be told, or for the time after that to pass.
create table entrustment_proposal (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  collection_case uuid not null references collection_case,
  agency_id text not null,
  proposed_by text not null,
  proposed_at timestamptz not null,
  cause text not null,
  reason_sealed bytea not null,
  allocation uuid,
  state text not null default 'awaiting-notice' check (state in ('awaiting-notice', 'awaiting-time', 'entrusted', 'withdrawn', 'refused')),
  notice_at timestamptz,
  ready_at timestamptz,
  ended_at timestamptz,
  ended_by text,
  -- Why it was refused in the end.
  blocks json not null default '[]'
);
create unique index entrustment_proposal_open on entrustment_proposal (collection_case) where state in ('awaiting-notice', 'awaiting-time');
create index entrustment_proposal_ready on entrustment_proposal (ready_at) where state = 'awaiting-time';
create index entrustment_proposal_agency on entrustment_proposal (agency_id) where state in ('awaiting-notice', 'awaiting-time');
create index entrustment_proposal_case on entrustment_proposal (collection_case, id);
create index entrustment_proposal_allocation on entrustment_proposal (allocation) where allocation is not null;

-- What an institution asks of its entrusting.
create table entrustment_setting (
  institution_id text primary key,
  notice_hours integer not null default 0 check (notice_hours between 0 and 8784),
  -- Holds that keep a case from an agency; null: all.
  hold_kinds text[],
  max_share_number numeric(5,2) check (max_share_number between 0 and 100),
  max_share_amount numeric(5,2) check (max_share_amount between 0 and 100),
  four_eyes_above integer not null default 100 check (four_eyes_above >= 0),
  point_stale_days integer not null default 365 check (point_stale_days > 0),
  set_by text not null,
  set_at timestamptz not null
);

create table agency_capacity (
  institution_id text not null,
  agency_id text not null,
  max_open_cases integer not null check (max_open_cases >= 0),
  set_by text not null,
  set_at timestamptz not null,
  primary key (agency_id, institution_id)
);

-- The case in whose view a hold was set: it holds the debtor all the same, and goes with the case when a debtor turns out to be two.
alter table hold add column collection_case uuid references collection_case;
`;

/**
 * Whoever writes collection_case, in whatever statement, leaves these rows: once a statement, from what it changed. Who did it and why stands in the
 * transaction's setting app.move, a JSON object; nobody has to say it for the ledger to be right.
 */
const ledger = `
create function entrusted_now() returns trigger language plpgsql as $f$
declare
  v_move json := coalesce(nullif(current_setting('app.move', true), ''), '{}')::json;
  v_at timestamptz := coalesce((v_move->>'at')::timestamptz, date_trunc('milliseconds', clock_timestamp()));
begin
  insert into entrustment (institution_id, collection_case, agency_id, from_at, begun_by, begun_cause, reason_sealed, allocation, notice_at, balance, currency)
  select institution_id, id, agency_id, v_at, coalesce(v_move->>'by', 'system'), coalesce(v_move->>'cause', 'hand'), decode(v_move->>'reason', 'base64'),
    (v_move->>'allocation')::uuid, referral_notice_at, balance, currency from new_rows where agency_id is not null;
  insert into portfolio_change (institution_id, at, agency_id, currency, cases, amount)
  select institution_id, v_at, agency_id, currency, count(*), sum(greatest(balance, 0)) from new_rows where state = 'open' group by institution_id, agency_id, currency;
  return null;
end $f$;
create trigger case_entrusted after insert on collection_case referencing new table as new_rows for each statement execute function entrusted_now();

create function entrusted_anew() returns trigger language plpgsql as $f$
declare
  v_move json := coalesce(nullif(current_setting('app.move', true), ''), '{}')::json;
  v_at timestamptz := coalesce((v_move->>'at')::timestamptz, date_trunc('milliseconds', clock_timestamp()));
begin
  if exists (select from new_rows n join old_rows o using (id) where n.agency_id is distinct from o.agency_id) then
    update entrustment e set until_at = greatest(v_at, e.from_at), ended_by = coalesce(v_move->>'by', 'system'), ended_cause = coalesce(v_move->>'cause', 'hand'),
      end_reason_sealed = decode(v_move->>'reason', 'base64'), balance_at_end = n.balance
    from new_rows n join old_rows o using (id) where e.collection_case = n.id and e.until_at is null and n.agency_id is distinct from o.agency_id;
    insert into entrustment (institution_id, collection_case, agency_id, from_at, begun_by, begun_cause, reason_sealed, allocation, notice_at, balance, currency)
    select n.institution_id, n.id, n.agency_id, v_at, coalesce(v_move->>'by', 'system'), coalesce(v_move->>'cause', 'hand'), decode(v_move->>'reason', 'base64'),
      (v_move->>'allocation')::uuid, n.referral_notice_at, n.balance, n.currency
    from new_rows n join old_rows o using (id) where n.agency_id is not null and n.agency_id is distinct from o.agency_id;
    -- Whichever way a case came to the agency that it was to go to: it waits no more.
    update entrustment_proposal p set state = 'entrusted', ended_at = v_at, ended_by = coalesce(v_move->>'by', 'system')
    from new_rows n where p.collection_case = n.id and p.state in ('awaiting-notice', 'awaiting-time') and p.agency_id = n.agency_id;
  end if;
  insert into portfolio_change (institution_id, at, agency_id, currency, cases, amount)
  select institution_id, v_at, agency_id, currency, sum(cases), sum(amount) from (
    select institution_id, agency_id, currency, 1 as cases, greatest(balance, 0) as amount from new_rows where state = 'open'
    union all
    select institution_id, agency_id, currency, -1, -greatest(balance, 0) from old_rows where state = 'open') d
  group by institution_id, agency_id, currency having sum(cases) <> 0 or sum(amount) <> 0;
  return null;
end $f$;
create trigger case_entrusted_anew after update on collection_case referencing old table as old_rows new table as new_rows
  for each statement execute function entrusted_anew();

-- What was so before.
insert into entrustment (institution_id, collection_case, agency_id, from_at, begun_by, begun_cause, notice_at, balance, currency)
select institution_id, id, agency_id, date_trunc('milliseconds', clock_timestamp()), 'system', 'ledger', referral_notice_at, balance, currency
from collection_case where agency_id is not null;
insert into portfolio_change (institution_id, at, agency_id, currency, cases, amount)
select institution_id, date_trunc('milliseconds', clock_timestamp()), agency_id, currency, count(*), sum(greatest(balance, 0))
from collection_case where state = 'open' group by institution_id, agency_id, currency;
`;

export class CreateEntrustment1795910404000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(ledger);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}
