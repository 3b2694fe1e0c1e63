import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

const oversight = `
-- By when agencies are inspected and evaluated, and what follows when a day passes. Only ever added to: the highest version holds.
create table agency_governance_setting (
  institution_id text not null,
  version integer not null check (version > 0),
  setting json not null,
  set_by text not null,
  set_at timestamptz not null,
  primary key (version, institution_id)
);

-- Why an agency is suspended, each cause by itself: it works again when the last one has ended.
create table agency_suspension (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  cause text not null check (cause in ('sanction', 'rectification-overdue', 'evaluation-overdue', 'licence-expired')),
  -- What it follows from, as an act names it.
  resource text not null,
  since timestamptz not null,
  -- How the agency stood before: what was suspended by hand is not restored by a clock.
  status_before text not null,
  lifted_at timestamptz,
  lifted_by text,
  check ((lifted_at is null) = (lifted_by is null))
);
create unique index agency_suspension_open on agency_suspension (resource, cause, institution_id) where lifted_at is null;
create index agency_suspension_agency on agency_suspension (agency_id);
`;

const inspection = `
-- Versions of what an inspection asks; those that come with the product stand in the code. Never changed.
create table inspection_checklist (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  kind text not null check (kind in ('on-site', 'off-site')),
  version integer not null check (version > 1),
  title json not null,
  items json not null,
  author text not null,
  created_at timestamptz not null,
  constraint inspection_checklist_once unique (kind, version, institution_id)
);

create table inspection (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  kind text not null check (kind in ('on-site', 'off-site')),
  state text not null default 'planned' check (state in ('planned', 'under-way', 'done', 'cancelled')),
  planned_on date not null,
  inspector text not null,
  checklist_version integer not null,
  -- The items as they were when it began: a later version changes no inspection.
  items json,
  planned_by text not null,
  planned_at timestamptz not null,
  begun_at timestamptz,
  done_at timestamptz,
  -- The local day on which it was done.
  done_on date,
  done_by text,
  summary_sealed bytea,
  check ((state in ('under-way', 'done')) = (items is not null)),
  check ((state = 'done') = (done_at is not null))
);
create index inspection_agency on inspection (agency_id, planned_on);
create index inspection_open on inspection (planned_on) where state in ('planned', 'under-way');

create table inspection_answer (
  institution_id text not null,
  inspection uuid not null references inspection,
  item_id text not null,
  answer text not null check (answer in ('ok', 'finding', 'not-applicable')),
  note_sealed bytea,
  answered_by text not null,
  answered_at timestamptz not null,
  primary key (inspection, item_id)
);

-- A draft until the inspection is done; then open until what the agency reports is accepted.
create table inspection_finding (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  inspection uuid not null references inspection,
  agency_id text not null,
  item_id text,
  severity text not null check (severity in ('minor', 'major', 'critical')),
  source text,
  summary_sealed bytea not null,
  -- Who answers for it at the agency: a login or a collector, no name.
  owner text,
  due_on date not null,
  state text not null default 'draft' check (state in ('draft', 'open', 'replied', 'accepted')),
  found_by text not null,
  found_at timestamptz not null,
  -- When what was accepted in the end was reported.
  rectified_at timestamptz,
  accepted_by text,
  accepted_at timestamptz,
  check ((state = 'accepted') = (accepted_at is not null))
);
create index inspection_finding_inspection on inspection_finding (inspection);
create index inspection_finding_agency on inspection_finding (agency_id, due_on);
create index inspection_finding_due on inspection_finding (due_on) where state = 'open';

-- What the agency has reported of a finding, and what the bank said to it.
create table rectification (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  finding uuid not null references inspection_finding,
  report_sealed bytea not null,
  reported_by text not null,
  reported_at timestamptz not null,
  verdict text check (verdict in ('accepted', 'rejected')),
  verdict_note_sealed bytea,
  verdict_by text,
  verdict_at timestamptz,
  check ((verdict is null) = (verdict_at is null))
);
create index rectification_finding on rectification (finding);
create unique index rectification_waiting on rectification (finding) where verdict is null;

create table inspection_file (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  inspection uuid not null references inspection,
  finding uuid references inspection_finding,
  upload uuid not null references upload,
  file_name text not null,
  bytes bigint not null,
  sha256 bytea not null,
  by_agency boolean not null,
  added_by text not null,
  added_at timestamptz not null
);
create index inspection_file_inspection on inspection_file (inspection);
create index inspection_file_upload on inspection_file (upload);
`;

const evaluation = `
-- How the parts of a score weigh, and where each is full and nothing. Only ever added to; what comes with the product stands in the code.
create table evaluation_weights (
  institution_id text not null,
  version integer not null check (version > 1),
  weights json not null,
  note text not null,
  set_by text not null,
  set_at timestamptz not null,
  primary key (version, institution_id)
);

-- The facts and the score stay as they were on the day: the same facts and weights give the same bytes.
create table agency_evaluation (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  period_from date not null,
  period_to date not null,
  state text not null default 'draft' check (state in ('draft', 'confirmed', 'rejected')),
  as_of timestamptz not null,
  facts text not null,
  weights text not null,
  weights_version integer not null,
  score text not null,
  sha256 bytea not null,
  total numeric(4, 1) not null,
  band text not null check (band in ('A', 'B', 'C', 'D')),
  note_sealed bytea,
  drafted_by text not null,
  decided_by text,
  decided_at timestamptz,
  -- The local day of the confirmation.
  evaluated_on date,
  decision_note_sealed bytea,
  check (period_from <= period_to),
  check ((state = 'draft') = (decided_at is null)),
  check ((state = 'confirmed') = (evaluated_on is not null)),
  check (decided_by is distinct from drafted_by)
);
create unique index agency_evaluation_draft on agency_evaluation (agency_id, institution_id) where state = 'draft';
create index agency_evaluation_agency on agency_evaluation (agency_id, id);
`;

const sanction = `
-- The steps that a bank takes against an agency (HLJ 36).
create table sanction (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  step text not null check (step in ('talk', 'warning-letter', 'forced-training', 'circular', 'public-blame', 'rights-suspended', 'expulsion', 'regulator-report')),
  state text not null check (state in ('proposed', 'in-force', 'ended', 'rejected', 'withdrawn', 'revoked')),
  suggested text not null,
  reason_sealed bytea not null,
  -- Why steps between are left out.
  skip_reason_sealed bytea,
  -- What it rests on: kind and id.
  grounds json not null default '[]',
  -- Local days, both included; null: until it is completed or for ever.
  from_on date,
  until_on date,
  proposed_by text not null,
  proposed_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  in_force_at timestamptz,
  ended_at timestamptz,
  ended_by text,
  end_note_sealed bytea,
  acknowledged_by text,
  acknowledged_at timestamptz,
  appeal_sealed bytea,
  appealed_by text,
  appealed_at timestamptz,
  appeal_outcome text check (appeal_outcome in ('upheld', 'revoked')),
  appeal_decided_by text,
  appeal_decided_at timestamptz,
  appeal_note_sealed bytea,
  check (approved_by is distinct from proposed_by),
  check (until_on >= from_on),
  check ((in_force_at is not null) = (state in ('in-force', 'ended', 'revoked'))),
  check ((appealed_at is null) = (appealed_by is null)),
  check (appeal_outcome is null or appealed_at is not null)
);
create index sanction_agency on sanction (agency_id, id);
create index sanction_until on sanction (until_on) where state = 'in-force' and until_on is not null;
`;

export class CreateOversight1795910403000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const tables of [oversight, inspection, evaluation, sanction]) await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The register is not undone: restore a backup.');
  }
}
