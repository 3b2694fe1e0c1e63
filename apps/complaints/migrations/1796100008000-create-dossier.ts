import type { MigrationInterface, QueryRunner } from 'typeorm';
import { runColumns } from '#runs';
import { rowLevelSecurity } from '#schema';

const tables = `
-- What collections did to the person whom a complaint about collection is about, as it was read. A row for each such complaint: what
-- collections was told of it, whether it has answered, and when it is read from again.
create table dossier (
  complaint uuid primary key references complaint,
  institution_id text not null,
  -- As the desk chose it, else the complaint's own; null: not known.
  account text,
  from_at timestamptz not null,
  state text not null check (state in ('waiting', 'reading', 'kept', 'no-case', 'no-account')),
  state_since timestamptz not null,
  problem text,
  version integer not null default 0,
  -- Collections is to be told again: the complaint is not what it was told.
  stale boolean not null default true,
  told_at timestamptz,
  answered_at timestamptz,
  tries integer not null default 0,
  next_read_at timestamptz,
  place json,
  debtor_id text,
  case_ids text[] not null default '{}',
  counts json not null default '{}',
  read_at timestamptz,
  opened_by text not null,
  opened_at timestamptz not null
);
create index dossier_stale on dossier (complaint) where stale;
create index dossier_next on dossier (next_read_at) where next_read_at is not null;

create table dossier_read (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid not null references dossier,
  ${runColumns}
);
create index dossier_read_complaint on dossier_read (complaint, id);
create index dossier_read_open on dossier_read (touched_at) where state in ('queued', 'running');

-- As it was when it was read: one that has changed since is a further row. The rest is sealed.
create table dossier_item (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid not null references dossier,
  kind text not null check (kind in ('contact', 'recording', 'message', 'letter', 'visit', 'entrustment', 'attached')),
  ref uuid not null,
  at timestamptz not null,
  case_id text,
  agency_id text,
  channel text,
  verdict text,
  rule_ids text[] not null default '{}',
  collector_ids text[] not null default '{}',
  body_sealed bytea not null,
  sha256 bytea not null check (length(sha256) = 32),
  read_at timestamptz not null,
  -- Who attached it by hand; null: it was read.
  added_by text,
  constraint dossier_item_once unique (complaint, kind, ref, sha256),
  check ((kind = 'attached') = (added_by is not null))
);
create index dossier_item_order on dossier_item (complaint, at, id);

-- In which scope collection is held, where somebody chose it; else as the complaint says.
create table collection_hold_choice (
  complaint uuid primary key references complaint,
  institution_id text not null,
  scope text not null check (scope in ('account', 'agency', 'collector', 'channel', 'contact-point', 'none')),
  agency_id text,
  collector_id text,
  channel text,
  contact_point uuid,
  account text,
  reason_sealed bytea not null,
  chosen_by text not null,
  chosen_at timestamptz not null
);
-- What was last asked of collections, and when it answered.
create table collection_hold_asked (
  complaint uuid primary key references complaint,
  institution_id text not null,
  version integer not null,
  wanted boolean not null,
  scope json not null,
  asked_at timestamptz not null,
  answered_at timestamptz
);
insert into collection_hold_asked (complaint, institution_id, version, wanted, scope, asked_at, answered_at)
  select id, institution_id, hold_version, decided_at is null and closed_at is null, json_build_object('agencyId', against_agency_id, 'collectorId', against_collector_id),
    registered_at, case when hold_state <> 'requested' then registered_at end from complaint where hold_version > 0;
insert into dossier (complaint, institution_id, account, from_at, state, state_since, opened_by, opened_at)
  select id, institution_id, account, received_at - interval '180 days', 'waiting', now(), 'system', now() from complaint where hold_version > 0;

-- What caused the complaint, as the desk found it; one that names a person takes a second person.
create table complaint_attribution (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid not null references complaint,
  kind text not null check (kind in ('rule', 'script', 'collector', 'agency', 'none')),
  target text,
  target_version integer,
  agency_id text,
  item uuid references dossier_item,
  reason_sealed bytea not null,
  state text not null check (state in ('proposed', 'confirmed', 'rejected', 'withdrawn')),
  proposed_by text not null,
  proposed_at timestamptz not null,
  settled_by text,
  settled_at timestamptz,
  check ((kind = 'none') = (target is null)),
  check ((state = 'proposed') = (settled_at is null)),
  check (state <> 'confirmed' or kind <> 'collector' or settled_by <> proposed_by)
);
create index complaint_attribution_complaint on complaint_attribution (complaint, id);
create unique index complaint_attribution_once on complaint_attribution (complaint, kind, coalesce(target, ''), coalesce(target_version, 0)) where state in ('proposed', 'confirmed');
create table attribution_told (
  complaint uuid primary key references complaint,
  institution_id text not null,
  version integer not null
);
`;

const trigger = `
-- Whatever changes a complaint's ledger or whom it is about, in whatever room: collections is told in what it has come to.
create function dossier_goes_stale() returns trigger language plpgsql as $$
begin
  update dossier set stale = true where complaint = new.id and not stale;
  return null;
end $$;
create trigger complaint_told after update of ledger_version, account, against_agency_id, against_collector_id on complaint
  for each row when (old.ledger_version is distinct from new.ledger_version or old.account is distinct from new.account
    or old.against_agency_id is distinct from new.against_agency_id or old.against_collector_id is distinct from new.against_collector_id)
  execute function dossier_goes_stale();
`;

export class CreateDossier1796100008000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(trigger);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}
