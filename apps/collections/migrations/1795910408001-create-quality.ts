import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

const tables = `
-- What an institution has drawn for review, and who reviews. Without a row nothing is drawn by itself.
create table quality_setting (
  institution_id text primary key,
  percent integer not null check (percent between 1 and 100),
  minimum integer not null check (minimum between 0 and 1000),
  second_percent integer not null check (second_percent between 0 and 100),
  -- [{ person, collectorIds }]
  reviewers json not null,
  set_by text not null,
  set_at timestamptz not null
);

-- Score sheets of an institution, by version; never changed. Version 0 is the product's own and stands in the code.
create table quality_sheet (
  version integer not null check (version > 0),
  institution_id text not null,
  pass_score integer not null check (pass_score between 1 and 100),
  items json not null,
  note text not null,
  created_by text not null,
  created_at timestamptz not null,
  primary key (version, institution_id)
);

-- A draw: whoever has its seed and the recordings draws the same again.
create table quality_plan (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  period_from date not null,
  period_to date not null,
  seed text not null,
  percent integer not null,
  minimum integer not null,
  second_percent integer not null,
  sheet_version integer not null,
  -- By agency: how many there were and how many were drawn.
  layers json not null,
  drawn_at timestamptz not null,
  drawn_by text not null,
  check (period_to >= period_from)
);
create unique index quality_plan_period on quality_plan (period_from, period_to, institution_id);

create table quality_sample (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  plan uuid not null references quality_plan,
  -- What was drawn: the contact, or the recording of none.
  unit uuid not null,
  contact uuid,
  recording uuid,
  collection_case uuid,
  agency_id text,
  collector_ids text[] not null,
  asked_by text,
  recorded_at timestamptz not null,
  second boolean not null,
  -- Set once all who review it have: whose marks count.
  final_review uuid,
  score integer check (score between 0 and 100),
  fatal boolean,
  finished_at timestamptz,
  disputed_at timestamptz,
  disputed_by text,
  dispute_sealed bytea,
  answered_at timestamptz,
  answered_by text,
  answer_sealed bytea,
  changed boolean,
  check ((finished_at is null) = (final_review is null)),
  check ((disputed_at is null) = (disputed_by is null)),
  check (answered_at is null or disputed_at is not null)
);
create unique index quality_sample_once on quality_sample (plan, unit);
create index quality_sample_agency on quality_sample (agency_id, finished_at) where finished_at is not null;
create index quality_sample_finished on quality_sample (finished_at) where finished_at is not null;

-- The marks of one reviewer: 1 and 2 do not see each other's, 3 decides where they differ, 4 answers a dispute.
create table quality_review (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  sample uuid not null references quality_sample,
  position smallint not null check (position between 1 and 4),
  reviewer text,
  opened_at timestamptz not null,
  marks json,
  score integer,
  fatal boolean,
  comment_sealed bytea,
  done_at timestamptz,
  check ((done_at is null) = (marks is null)),
  check (done_at is null or reviewer is not null)
);
create unique index quality_review_position on quality_review (sample, position);
create index quality_review_open on quality_review (reviewer) where done_at is null;
-- Recordings by time, for drawing from them.
create index contact_recorded on contact (at) where recording is not null;
create index quality_review_done on quality_review (done_at) where done_at is not null;
`;

export class CreateQuality1795910408001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The register is not undone: restore a backup.');
  }
}
