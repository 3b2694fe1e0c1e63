import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

const outcomes = `
-- Why a hold was set, where its kind alone does not say it: care is the stop for a debtor in danger or in need.
alter table hold add column cause text check (cause in ('care', 'death', 'bankruptcy', 'fraud', 'dispute', 'cease-request'));

-- What a collector reports of a contact besides its result, in the trade's own words.
create table outcome_report (
  attempt uuid primary key,
  institution_id text not null,
  collection_case uuid not null references collection_case,
  agency_id text,
  reached text,
  special text,
  best_from text,
  best_to text,
  follow_up_at timestamptz,
  attitude text,
  arrears_reason text,
  wants_no_calls boolean not null,
  promise uuid,
  -- The causes for which collection was stopped.
  stops text[] not null default '{}',
  said_by text not null,
  said_at timestamptz not null,
  check ((best_from is null) = (best_to is null))
);
create index outcome_report_case on outcome_report (collection_case, said_at);

-- A debtor in danger or in need: collection stands still until a person has looked.
create table care_case (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  collection_case uuid not null references collection_case,
  debtor uuid not null references debtor,
  hold uuid not null references hold,
  agency_id text,
  sign text not null check (sign in ('self-harm', 'hardship')),
  -- What it was found in: outcome/<attempt> or note/<id>.
  source text not null,
  -- The words that were found, where words were.
  words_sealed bytea,
  opened_by text not null,
  opened_at timestamptz not null,
  decision text check (decision in ('resume', 'keep')),
  decided_by text,
  decided_at timestamptz,
  reason_sealed bytea,
  check ((decision is null) = (decided_at is null)),
  check (decided_by <> opened_by)
);
create unique index care_case_open on care_case (debtor) where decided_at is null;
create index care_case_case on care_case (collection_case, opened_at);

-- What people write about a case. Only ever added to.
create table case_note (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  collection_case uuid not null references collection_case,
  -- Whose note it is; null: the bank's.
  agency_id text,
  -- A note of the bank that the agency with the case sees too.
  shared boolean not null,
  text_sealed bytea not null,
  by text not null,
  at timestamptz not null
);
create index case_note_case on case_note (collection_case, at, id);
`;

const worklists = `
-- A way to order the work; versions are never changed. The product's own strategies stand in the code until an institution makes a version of one.
create table worklist_strategy (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  strategy_id text not null,
  version integer not null check (version > 0),
  retired boolean not null,
  content json not null,
  author text not null,
  created_at timestamptz not null,
  constraint worklist_strategy_version unique (strategy_id, institution_id, version)
);

-- What the work on a case stands at: whose it is, who has it now, what was agreed.
create table case_work (
  collection_case uuid primary key references collection_case,
  institution_id text not null,
  -- Holds while the case is with the agency that it was with when it was given.
  owner text,
  owner_agency text,
  owned_by text,
  owned_at timestamptz,
  follow_up_at timestamptz,
  follow_up_by text,
  -- Whether the order of the work knows that it has come due.
  follow_up_noticed boolean not null default false,
  best_from text,
  best_to text,
  lease uuid,
  leased_to text,
  leased_at timestamptz,
  leased_until timestamptz,
  leased_from text,
  worked_by text,
  worked_at timestamptz,
  check ((lease is null) = (leased_until is null)),
  check ((owner is null) = (owned_at is null))
);
create index case_work_owner on case_work (owner) where owner is not null;
create index case_work_leased on case_work (leased_to) where lease is not null;
create index case_work_due on case_work (follow_up_at) where follow_up_at is not null and not follow_up_noticed;
create index case_work_follow_up on case_work (follow_up_by, follow_up_at) where follow_up_at is not null;
create index case_work_worked on case_work (worked_by, worked_at);

-- The order of the work, made ahead: a row for each strategy that a case belongs to. Whoever takes a case looks at the register again.
create table worklist_entry (
  strategy_id text not null,
  collection_case uuid not null references case_work,
  institution_id text not null,
  -- Empty: the bank itself.
  agency text not null,
  rank double precision not null,
  primary key (strategy_id, collection_case)
);
create index worklist_entry_order on worklist_entry (strategy_id, agency, institution_id, rank desc, collection_case);
create index worklist_entry_case on worklist_entry (collection_case);

create table worklist_refresh (
  name text not null,
  institution_id text not null,
  refreshed_at timestamptz not null,
  primary key (name, institution_id)
);
`;

const scriptsAndVisits = `
-- What is said in a call or at a door. Versions are never changed, and a second person approves each.
create table call_script (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  script_id text not null,
  version integer not null check (version > 0),
  channel text not null check (channel in ('voice', 'visit')),
  language text not null check (language in ('zh', 'en')),
  audience text not null check (audience in ('debtor', 'third-party')),
  -- Empty: every product, every stage.
  products text[] not null,
  stages text[] not null,
  title text not null,
  identity text not null,
  text text not null,
  variables text[] not null,
  author text not null,
  created_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  retired_by text,
  retired_at timestamptz,
  constraint call_script_version unique (script_id, institution_id, version),
  check ((approved_by is null) = (approved_at is null)),
  check ((retired_by is null) = (retired_at is null)),
  check (approved_by <> author)
);

-- A visit under its permit: who goes, what was shown and asked at the door, what was seen.
create table visit (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  collection_case uuid not null references collection_case,
  attempt uuid not null unique,
  agency_id text,
  collector_ids text[] not null check (cardinality(collector_ids) >= 2),
  planned_for timestamptz not null,
  planned_by text not null,
  planned_at timestamptz not null,
  arrived_at timestamptz,
  identity_shown_at timestamptz,
  shown_to_sealed bytea,
  consent text check (consent in ('given', 'refused')),
  consent_asked_at timestamptz,
  consent_of_sealed bytea,
  consent_evidence_sealed bytea,
  entered_at timestamptz,
  left_at timestamptz,
  camera_recording uuid references recording,
  -- Nobody asks before they have said who they are, and nobody enters unasked.
  check (identity_shown_at is null or arrived_at is not null),
  check ((consent is null) = (consent_asked_at is null)),
  check (consent is null or identity_shown_at is not null),
  check (entered_at is null or consent = 'given' and consent_evidence_sealed is not null)
);
create index visit_case on visit (collection_case, id);
create index visit_planned on visit (planned_for);

create table visit_photo (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  visit uuid not null references visit,
  upload uuid not null references upload,
  media_type text not null check (media_type in ('image/jpeg', 'image/png')),
  bytes bigint not null,
  sha256 bytea not null,
  place text not null check (place in ('outside', 'inside')),
  taken_at timestamptz not null,
  by text not null,
  at timestamptz not null,
  unique (visit, sha256)
);
create index visit_photo_upload on visit_photo (upload);
`;

export class CreateCollecting1795910405001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const part of [outcomes, worklists, scriptsAndVisits, rowLevelSecurity]) await runner.query(part);
  }

  async down(): Promise<void> {
    throw new Error('The register is not undone: restore a backup.');
  }
}
