import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

const tables = `
create table complaint_tag (
  institution_id text not null,
  complaint uuid not null references complaint,
  tag text not null,
  added_by text not null,
  added_at timestamptz not null,
  primary key (complaint, tag)
);
create index complaint_tag_tag on complaint_tag (tag, complaint);

-- What somebody looks at again and again. The name is a person's own words.
create table saved_filter (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  owner text not null,
  name_sealed bytea not null,
  name_index bytea not null,
  filter json not null,
  -- Whoever has the role sees it; null: the owner alone.
  shared_role text,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  constraint saved_filter_name unique (owner, name_index, institution_id)
);
create index saved_filter_role on saved_filter (shared_role, id) where shared_role is not null;

create table saved_filter_default (
  institution_id text not null,
  subject text not null,
  filter uuid not null references saved_filter on delete cascade,
  primary key (subject, institution_id)
);
create index saved_filter_default_filter on saved_filter_default (filter);
`;

export class CreateTagsAndFilters1796100005002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}
