import type { MigrationInterface, QueryRunner } from 'typeorm';
import { runColumns } from '#runs';
import { rowLevelSecurity } from '#schema';

const tables = `
create table policy_draft (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  product text not null default '',
  state text not null default 'draft' check (state in ('draft', 'submitted', 'approved', 'rejected', 'withdrawn')),
  revision integer not null default 1,
  content json not null,
  sha256 bytea not null,
  note text not null,
  author text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer,
  check ((state = 'approved') = (version is not null)),
  foreign key (version, institution_id) references policy_version (number, institution_id)
);
create index policy_draft_state on policy_draft (state, id);

-- Who did what to which content, when. Rows are added, never changed.
create table policy_audit (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  draft uuid references policy_draft,
  version integer,
  action text not null check (action in ('created', 'changed', 'submitted', 'approved', 'rejected', 'withdrawn', 'recalled')),
  subject text not null,
  client_id text,
  at timestamptz not null,
  revision integer,
  sha256 bytea not null,
  detail text
);
create index policy_audit_draft on policy_audit (draft, id);
create function policy_audit_stays() returns trigger language plpgsql as $$
begin
  raise exception 'the audit record is not changed';
end $$;
create trigger policy_audit_stays before update or delete on policy_audit for each row execute function policy_audit_stays();

create table policy_simulation (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  draft uuid not null references policy_draft,
  revision integer not null,
  -- The draft as it was when somebody asked: it may be changed meanwhile.
  content json not null,
  product text not null,
  period_from timestamptz not null,
  period_to timestamptz not null,
  ${runColumns}
);
create index policy_simulation_draft on policy_simulation (draft, id);
create index policy_simulation_unfinished on policy_simulation (touched_at) where state in ('queued', 'running');

create table policy_simulation_sample (
  institution_id text not null,
  simulation uuid not null references policy_simulation on delete cascade,
  seq integer not null,
  sample json not null,
  primary key (simulation, seq)
);
`;

export class CreatePolicyDrafts1795449600002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('Who decided what is not undone: restore a backup.');
  }
}
