import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

// A permit that was taken back before it was used: the reservation ends then. An outcome may still come: the call may have been under way.
const revocation = `
alter table contact add revoked_at timestamptz, add revoked_reason text, add check ((revoked_at is null) = (revoked_reason is null));
-- The open permits of an agency: few, however long the ledger.
create index contact_pending_agency on contact (agency_id) where result is null and lapsed_at is null;
create index case_open_agency on collection_case (agency_id, institution_id) where state = 'open';
`;

// Why an agency may make no contacts on a local day, as the gate's rule agency-standing has it; standing.db.spec.ts compares it with standing.ts.
const barred = `
create function agency_barred(p_status text, p_published boolean, p_from date, p_to date, p_day date) returns boolean language sql immutable as $$
  select p_status <> 'active' or not p_published or p_from is null and p_to is null or coalesce(p_day < p_from, false) or coalesce(p_day > p_to, false)
$$;
-- Since when it may not; null: it may, as far as anybody has looked.
alter table agency add barred_since timestamptz;
update agency set barred_since = case
    when status = 'active' and published and contract_to < (clock_timestamp() at time zone 'Asia/Shanghai')::date then (contract_to + 1)::timestamp at time zone 'Asia/Shanghai'
    else coalesce((select max(at) from register_act r where r.resource = 'agency/' || agency.agency_id and r.action = 'agency-standing'
      and r.institution_id = agency.institution_id), clock_timestamp()) end
  where agency_barred(status, published, contract_from, contract_to, (clock_timestamp() at time zone 'Asia/Shanghai')::date);
`;

const history = `
-- Every standing of an agency from the instant at which it began; what time alone brought is there too.
create table agency_standing (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  at timestamptz not null,
  set_by text not null,
  status text not null,
  published boolean not null,
  contract_from date,
  contract_to date,
  last_evaluated_on date,
  -- What stood in the way of contacts from then on, as standing.ts names it; empty: nothing.
  bars text[] not null,
  revoked integer not null default 0
);
create index agency_standing_of on agency_standing (agency_id, institution_id, id);

-- What the published list said of an agency, from when until when: the words as they were then.
create table agency_publication (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  name text not null,
  licence text,
  phone text,
  address text,
  -- When it came on the list; a change of its telephone does not take it off.
  since timestamptz not null,
  from_at timestamptz not null,
  -- When its contract ends, known beforehand: from then on it is not on the list, whoever has looked by then.
  expires_at timestamptz,
  until_at timestamptz,
  -- Null where only its words changed.
  left_because text,
  check (until_at >= from_at)
);
create unique index agency_publication_open on agency_publication (agency_id, institution_id) where until_at is null;
create index agency_publication_of on agency_publication (agency_id, institution_id, from_at);

create function agency_history_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and tg_table_name = 'agency_publication' and to_jsonb(old)->>'until_at' is null and to_jsonb(new)->>'until_at' is not null
    and to_jsonb(new) - 'until_at' - 'left_because' = to_jsonb(old) - 'until_at' - 'left_because' then
    return new;
  end if;
  raise exception 'what stood of an agency is not changed';
end $$;
create trigger agency_standing_stays before update or delete on agency_standing for each row execute function agency_history_stays();
create trigger agency_publication_stays before update or delete on agency_publication for each row execute function agency_history_stays();
`;

// What stands at this moment is the beginning of both histories.
const beginning = `
insert into agency_standing (institution_id, agency_id, at, set_by, status, published, contract_from, contract_to, last_evaluated_on, bars)
select institution_id, agency_id, coalesce(barred_since, clock_timestamp()), 'migration', status, published, contract_from, contract_to, last_evaluated_on,
  array_remove(array[case when status <> 'active' then status end, case when not published then 'not-published' end,
    case when contract_from is null and contract_to is null then 'no-contract' end,
    case when contract_from > (clock_timestamp() at time zone 'Asia/Shanghai')::date then 'contract-not-begun' end,
    case when contract_to < (clock_timestamp() at time zone 'Asia/Shanghai')::date then 'contract-over' end], null)
from agency;
insert into agency_publication (institution_id, agency_id, name, licence, phone, address, since, from_at, expires_at)
select institution_id, agency_id, name, licence, phone, address, begins, begins, (contract_to + 1)::timestamp at time zone 'Asia/Shanghai'
from (select *, greatest(clock_timestamp(), contract_from::timestamp at time zone 'Asia/Shanghai') as begins from agency) a
where status = 'active' and published and (contract_from is not null or contract_to is not null)
  and coalesce((contract_to + 1)::timestamp at time zone 'Asia/Shanghai' > clock_timestamp(), true);
`;

export class CreateStanding1795910402000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [revocation, barred, history, beginning]) await runner.query(sql);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('What stood of an agency is not undone: restore a backup.');
  }
}
