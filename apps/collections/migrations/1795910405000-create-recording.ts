import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

const tables = `
-- A recording of a contact: a file that is kept here, sealed, or the address of one that is kept elsewhere, with its hash. Kept until its
-- term is over, its debt is cleared, and nobody holds it for the law; then it is destroyed and this row stays, as the proof does.
create table recording (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  collection_case uuid not null references collection_case,
  -- The contact that it is of; null: of the case alone.
  attempt uuid,
  agency_id text,
  kind text not null check (kind in ('voice', 'visit')),
  media_type text not null,
  bytes bigint,
  sha256 bytea not null check (length(sha256) = 32),
  upload uuid references upload,
  -- Of one that is kept elsewhere; it may name people.
  uri_sealed bytea,
  recorded_at timestamptz not null,
  recorded_on date not null,
  keep_years integer not null check (keep_years >= 2),
  keep_until date not null,
  -- Kept until this debt is cleared as well: an oral plan's.
  until_cleared uuid references collection_case,
  held_at timestamptz,
  held_by text,
  created_by text not null,
  created_at timestamptz not null,
  destroyed_at timestamptz,
  check (destroyed_at is null or upload is null and uri_sealed is null),
  check (destroyed_at is not null or (upload is null) <> (uri_sealed is null)),
  check ((held_at is null) = (held_by is null)),
  check (keep_until >= (recorded_on + interval '2 years')::date)
);
create index recording_case on recording (collection_case, id);
create index recording_attempt on recording (attempt) where attempt is not null;
create index recording_due on recording (keep_until) where destroyed_at is null;
create index recording_upload on recording (upload) where upload is not null;
create index recording_cleared on recording (until_cleared) where until_cleared is not null;
create unique index recording_once on recording (attempt, sha256) where attempt is not null and destroyed_at is null;
create index recording_made on recording (recorded_at);

-- For how long the recordings of an institution are kept; one that has said nothing keeps them for the product's own five years.
create table recording_term (
  kind text not null check (kind in ('voice', 'visit')),
  institution_id text not null,
  keep_years integer not null check (keep_years between 2 and 30),
  set_by text not null,
  set_at timestamptz not null,
  primary key (kind, institution_id)
);

-- That a recording was destroyed: what it was, when, and why it could be. Never changed.
create table recording_proof (
  recording uuid primary key,
  institution_id text not null,
  collection_case uuid not null,
  sha256 bytea not null,
  bytes bigint,
  recorded_at timestamptz not null,
  kept_until date not null,
  destroyed_at timestamptz not null,
  reason text not null
);
create function recording_proof_stays() returns trigger language plpgsql as $$
begin
  raise exception 'the proof of a destruction is not changed';
end $$;
create trigger recording_proof_stays before update or delete on recording_proof for each row execute function recording_proof_stays();
`;

export class CreateRecording1795910405000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The register is not undone: restore a backup.');
  }
}
