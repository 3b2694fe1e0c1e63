import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

// No index begins with the institution, as in the first migration.
const agencies = `
alter table agency drop constraint agency_status_check;
alter table agency add constraint agency_status_check check (status in ('candidate', 'approved', 'active', 'suspended', 'exited'));

-- What the bank keeps of an agency besides its standing. An agency that came by a file has none until somebody writes it down.
create table agency_profile (
  institution_id text not null,
  agency_id text not null,
  licence_issuer text,
  licence_until date,
  -- Owners, who owns it in the end, the bank's decisions on it, contacts, and the name of the bank's responsible person.
  private_sealed bytea not null,
  responsible text,
  written_by text not null,
  written_at timestamptz not null,
  primary key (agency_id, institution_id)
);

-- Admission and exit: one person proposes, another decides.
create table agency_step (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  kind text not null check (kind in ('admission', 'exit')),
  state text not null default 'proposed' check (state in ('proposed', 'approved', 'rejected', 'withdrawn')),
  -- Admission: the declaration of no sub-contracting, its day and its document. Without names.
  detail json not null default '{}',
  -- Why, who signed, what becomes of the cases: in words.
  private_sealed bytea not null,
  proposed_by text not null,
  proposed_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  decision_sealed bytea,
  check ((decided_by is null) = (decided_at is null) and (decided_by is null) = (state = 'proposed')),
  constraint agency_step_four_eyes check (state not in ('approved', 'rejected') or decided_by <> proposed_by)
);
create unique index agency_step_open on agency_step (agency_id, institution_id) where state = 'proposed';
create index agency_step_agency on agency_step (agency_id, id);
`;

const contracts = `
-- Versions are never changed: an amendment is the next one, and the newest counts. Both days included.
create table agency_contract (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  contract_no text not null,
  version integer not null check (version > 0),
  valid_from date not null,
  valid_to date not null,
  products text[] not null,
  regions text[] not null,
  channels text[] not null,
  fee_terms json not null,
  document uuid,
  note_sealed bytea,
  made_by text not null,
  made_at timestamptz not null,
  constraint agency_contract_version unique (agency_id, contract_no, institution_id, version),
  check (valid_to >= valid_from)
);

-- The next version of a kind and title is another row; a file stays as long as its row.
create table agency_document (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  kind text not null,
  title text not null,
  version integer not null check (version > 0),
  upload uuid not null,
  file_name text not null,
  content_type text not null,
  bytes bigint not null,
  sha256 bytea not null,
  valid_until date,
  uploaded_by text not null,
  uploaded_at timestamptz not null,
  constraint agency_document_version unique (agency_id, kind, title, institution_id, version)
);
create index agency_document_upload on agency_document (upload);
`;

const staff = `
-- Who works for whom, and who has looked at it. A collector who came by a file was checked by whoever sent the file.
alter table agency_staff add column employer text;
alter table agency_staff add column id_number_sealed bytea;
-- Stands for the number: the same person at two agencies.
alter table agency_staff add column id_number_index bytea;
alter table agency_staff add column identity_needed boolean not null default false;
alter table agency_staff add column identity_how text check (identity_how in ('original-seen', 'video', 'authority'));
alter table agency_staff add column identity_checked_by text;
alter table agency_staff add column identity_checked_at timestamptz;
alter table agency_staff add column joined_on date;
alter table agency_staff add column left_on date;
alter table agency_staff add constraint agency_staff_identity check ((identity_how is null) = (identity_checked_at is null) and (identity_how is null) = (identity_checked_by is null));
create index agency_staff_person on agency_staff (id_number_index) where id_number_index is not null;

-- Which certificates a collector has. agency_staff.certificate_until, which the gate reads, follows: the last day of those that the bank has seen.
create table agency_certificate (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  collector_id text not null,
  -- Null: the one that the last file said, of which it says the last day alone.
  number text,
  issuer text,
  valid_from date,
  valid_to date not null,
  added_by text not null,
  added_at timestamptz not null default clock_timestamp(),
  confirmed_by text,
  confirmed_at timestamptz,
  revoked_by text,
  revoked_at timestamptz,
  check (valid_to >= valid_from),
  check ((confirmed_by is null) = (confirmed_at is null) and (revoked_by is null) = (revoked_at is null))
);
create index agency_certificate_collector on agency_certificate (collector_id, agency_id, institution_id);
create unique index agency_certificate_number on agency_certificate (number, collector_id, agency_id, institution_id) where number is not null and revoked_at is null;
create unique index agency_certificate_of_file on agency_certificate (agency_id, collector_id, institution_id) where number is null;
insert into agency_certificate (institution_id, agency_id, collector_id, valid_to, added_by, confirmed_by, confirmed_at)
  select institution_id, agency_id, collector_id, certificate_until, 'import', 'import', clock_timestamp() from agency_staff where certificate_until is not null;

-- A seat has one person at a time, and a person one seat.
create table agency_seat (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  seat_id text not null,
  collector_id text not null,
  from_at timestamptz not null,
  until_at timestamptz,
  bound_by text not null,
  check (until_at >= from_at)
);
create unique index agency_seat_taken on agency_seat (seat_id, agency_id, institution_id) where until_at is null;
create unique index agency_seat_person on agency_seat (collector_id, agency_id, institution_id) where until_at is null;
create index agency_seat_ended on agency_seat (until_at) where until_at is not null;

alter table agency_device add column kind text not null default 'phone' check (kind in ('phone', 'line', 'im-account', 'email-account'));
alter table agency_device add column registered_by text;
alter table agency_device add column registered_at timestamptz not null default clock_timestamp();
alter table agency_device add column retired_by text;
create index agency_device_known on agency_device (device_id, institution_id) where retired_at is null;

create table agency_training (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  held_on date not null,
  subject text not null,
  hours numeric(5, 1) not null check (hours > 0),
  document uuid references agency_document,
  noted_by text not null,
  noted_at timestamptz not null
);
create index agency_training_agency on agency_training (agency_id, held_on, id);

create table agency_training_attendant (
  training uuid not null references agency_training,
  institution_id text not null,
  collector_id text not null,
  result text not null check (result in ('passed', 'failed', 'absent')),
  primary key (training, collector_id)
);
`;

const findings = `
-- What points at sub-contracting: seen on days, judged once. What is seen again after it was judged is another finding.
create table agency_finding (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  kind text not null,
  -- The device, seat or collector it is about.
  about text not null,
  state text not null default 'open' check (state in ('open', 'confirmed', 'unfounded')),
  opened_at timestamptz not null,
  judged_by text,
  judged_at timestamptz,
  reason_sealed bytea,
  check ((state = 'open') = (judged_by is null) and (judged_by is null) = (judged_at is null))
);
create unique index agency_finding_open on agency_finding (agency_id, kind, about, institution_id) where state = 'open';
create index agency_finding_agency on agency_finding (agency_id, id);

create table agency_finding_day (
  finding uuid not null references agency_finding,
  institution_id text not null,
  day date not null,
  seen integer not null,
  evidence json not null,
  primary key (finding, day)
);
`;

export class CreateAgencyRegistry1795910401000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const part of [agencies, contracts, staff, findings]) await runner.query(part);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The register is not undone: restore a backup.');
  }
}
