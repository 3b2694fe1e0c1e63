import type { MigrationInterface, QueryRunner } from 'typeorm';
import { peerTable } from '#peers';
import { rowLevelSecurity } from '#schema';

const tables = `
${peerTable}
-- What the complaints service last said of a complaint about collection, whole; the higher version holds. While it is open its debtor's
-- recordings are kept and may be read for it; what came of it counts for the agency.
create table complaint_file (
  complaint_id uuid not null,
  institution_id text not null,
  version integer not null,
  number text not null,
  -- Null: the complaint names an agency or a collector, and no account.
  account text,
  agency_id text,
  collector_id text,
  received_at timestamptz not null,
  -- The period that the file is about begins here; it ends with the complaint.
  from_at timestamptz not null,
  closed_at timestamptz,
  decided_at timestamptz,
  outcome text check (outcome in ('upheld', 'partly-upheld', 'not-upheld')),
  withdrawn_at timestamptz,
  declined_at timestamptz,
  -- Null: nobody here has the account yet.
  debtor uuid references debtor,
  told_at timestamptz not null,
  primary key (complaint_id, institution_id),
  check (outcome is null or decided_at is not null)
);
create index complaint_file_debtor on complaint_file (debtor) where debtor is not null;
create index complaint_file_waiting on complaint_file (account) where debtor is null and closed_at is null;
create index complaint_file_received on complaint_file (received_at);
-- Those that asked for a hold before files were told of.
insert into complaint_file (complaint_id, institution_id, version, number, account, agency_id, collector_id, received_at, from_at, closed_at, debtor, told_at)
  select a.complaint_id, a.institution_id, 0, a.number, a.account, a.agency_id, a.collector_id, a.from_at, a.from_at - interval '180 days', a.until_at, h.debtor, now()
  from complaint_hold a left join hold h on h.id = a.hold;

-- What caused a complaint, as the desk found and confirmed it; all of one complaint are replaced together, by the higher version.
create table complaint_cause (
  id uuid primary key,
  institution_id text not null,
  complaint_id uuid not null,
  number text not null,
  kind text not null check (kind in ('rule', 'script', 'collector', 'agency', 'none')),
  target text,
  target_version integer,
  -- Whose doing it was; null: the bank's own.
  agency_id text,
  -- The decision or recording that it rests on.
  rests_on uuid,
  confirmed_at timestamptz not null,
  check ((kind = 'none') = (target is null)),
  check (kind = 'script' or target_version is null)
);
create index complaint_cause_complaint on complaint_cause (complaint_id);
create index complaint_cause_target on complaint_cause (target, kind) where target is not null;
create index complaint_cause_agency on complaint_cause (agency_id, confirmed_at) where agency_id is not null;
create table complaint_cause_version (
  complaint_id uuid not null,
  institution_id text not null,
  version integer not null,
  primary key (complaint_id, institution_id)
);

-- A recording that a complaint keeps, whatever its term; released when the complaint is closed.
create table recording_bond (
  recording uuid not null references recording,
  complaint_id uuid not null,
  institution_id text not null,
  number text not null,
  bound_at timestamptz not null,
  released_at timestamptz,
  primary key (recording, complaint_id)
);
create index recording_bond_complaint on recording_bond (complaint_id);

-- In which scope: one channel, one number; both null with neither agency nor collector: all contact.
alter table complaint_hold add column channel text, add column contact_point uuid;

-- Why somebody read it, where another service read it for somebody: the number of a complaint.
alter table personal_data_read add column purpose text;
${rowLevelSecurity}
`;

export class CreateDisclosure1795910410000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
  }

  async down(): Promise<void> {
    throw new Error('The register is not undone: restore a backup.');
  }
}
