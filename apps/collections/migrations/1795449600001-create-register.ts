import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

// No index begins with the institution, as in the first migration.
const agencies = `
create table agency (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  name text not null,
  licence text,
  status text not null default 'active' check (status in ('active', 'suspended', 'exited')),
  published boolean not null default false,
  contract_from date,
  contract_to date,
  last_evaluated_on date,
  phone text,
  address text,
  -- The row of the last file. A file changes what it says anew and leaves the rest as people have set it since: last night's list does
  -- not lift this morning's suspension.
  imported jsonb not null default '{}',
  constraint agency_given_id unique (agency_id, institution_id)
);

-- Who may collect for an agency. Nobody is removed: who has left is not active.
create table agency_staff (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  collector_id text not null,
  name_sealed bytea not null,
  certificate_until date,
  active boolean not null default true,
  content_hash bytea not null,
  constraint agency_staff_given_id unique (agency_id, collector_id, institution_id)
);

-- The work tools of the staff. Two who share one have a row each; a tool is registered while one of its rows is not retired.
create table agency_device (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  device_id text not null,
  collector_id text not null,
  retired_at timestamptz,
  constraint agency_device_once unique (agency_id, device_id, collector_id, institution_id)
);
create index agency_device_collector on agency_device (collector_id, agency_id, institution_id);
`;

const preferences = `
-- By the debtor and the party's given id, not by the party of one case: what somebody does not want does not depend on which of the
-- debtor's cases is worked on. Channel and value both null: everything that can be declined.
create table opt_out (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  debtor uuid not null references debtor,
  party_id text not null,
  channel text,
  value_index bytea,
  at timestamptz not null,
  withdrawn_at timestamptz,
  evidence text not null,
  check (withdrawn_at >= at)
);
create index opt_out_debtor on opt_out (debtor, party_id);

alter table consent add constraint consent_order check (withdrawn_at >= given_at);

-- The instant at which the debtor was told of the referral to the agency that has the case now; another agency is another referral.
alter table collection_case add referral_notice_at timestamptz;

-- GB/T 2260, where the debtor lives.
alter table debtor add region text;

alter table contact_point drop constraint contact_point_status_check;
alter table contact_point add constraint contact_point_status_check check (status in ('valid', 'invalid', 'not-in-service'));
-- The zones that the number itself claims, for numbers of the +1 plan; empty where it says nothing.
alter table contact_point add time_zones text[] not null default '{}';
`;

const messages = `
-- Versions are never changed; they are approved once, and retired once.
create table message_template (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  template_id text not null,
  version integer not null check (version > 0),
  channel text not null,
  title text not null,
  text text not null,
  variables text[] not null,
  author text not null,
  created_at timestamptz not null default clock_timestamp(),
  approved_by text,
  approved_at timestamptz,
  retired_by text,
  retired_at timestamptz,
  -- In this order: the newest version of a template is found along it as well.
  constraint message_template_version unique (template_id, institution_id, version),
  check ((approved_by is null) = (approved_at is null)),
  check ((retired_by is null) = (retired_at is null)),
  check (approved_by <> author)
);
`;

const acts = `
-- What people did to the register: who, when, why, and where the proof is. Only ever added to.
create table register_act (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  action text not null,
  -- Of the hold, consent, opt-out, contact point, agency or template version.
  resource text not null,
  collection_case uuid references collection_case,
  subject text not null,
  client_id text,
  at timestamptz not null default clock_timestamp(),
  detail json not null default '{}',
  evidence text,
  reason_sealed bytea
);
create index register_act_resource on register_act (resource, id);
create index register_act_case on register_act (collection_case, id) where collection_case is not null;
`;

export class CreateRegister1795449600001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(agencies);
    await runner.query(preferences);
    await runner.query(messages);
    await runner.query(acts);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The register is not undone: restore a backup.');
  }
}
