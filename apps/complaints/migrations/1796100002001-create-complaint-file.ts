import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

const tables = `
create table complaint_file (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid not null references complaint,
  kind text not null check (kind in ('evidence', 'letter', 'proof-of-agreement', 'notice-proof', 'appraisal', 'identity', 'authority', 'other')),
  file_name_sealed bytea not null,
  -- What the bytes are, whatever they were called.
  mime text not null,
  bytes bigint not null check (bytes > 0),
  sha256 bytea not null,
  -- Null: the law no longer asked for the bytes, and they were removed; what they were stays.
  upload uuid references upload,
  scan_state text not null check (scan_state in ('not-scanned', 'waiting', 'clean', 'infected', 'unscannable')),
  scanned_at timestamptz,
  -- What the scanner called it.
  scan_finding text,
  visible_to_complainant boolean not null,
  uploaded_by text not null,
  uploaded_at timestamptz not null,
  removed_at timestamptz,
  removed_by text,
  check ((upload is null) = (removed_at is not null))
);
create index complaint_file_complaint on complaint_file (complaint, id);
create unique index complaint_file_upload on complaint_file (upload) where upload is not null;
create index complaint_file_unscanned on complaint_file (id) where scan_state in ('not-scanned', 'waiting') and upload is not null;
`;

export class CreateComplaintFile1796100002001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('Files of complaints are not undone: restore a backup.');
  }
}
