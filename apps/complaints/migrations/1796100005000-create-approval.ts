import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

// What awaits whose word. Kinds are an open list: each room with four eyes names its own, and `ref` is the row of that room.
const tables = `
create table approval_request (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid references complaint,
  kind text not null,
  ref uuid not null,
  role text not null,
  asked_by text not null,
  asked_at timestamptz not null,
  note_sealed bytea,
  settled_at timestamptz,
  settled_by text,
  outcome text check (outcome in ('approved', 'refused', 'withdrawn')),
  check ((settled_at is null) = (outcome is null) and (settled_at is null) = (settled_by is null))
);
create unique index approval_request_open on approval_request (ref, kind) where settled_at is null;
create index approval_request_ref on approval_request (ref, kind);
create index approval_request_role on approval_request (role, id) where settled_at is null;
create index approval_request_asked_by on approval_request (asked_by, id);
create index approval_request_settled on approval_request (settled_at, id) where settled_at is not null;
create index approval_request_complaint on approval_request (complaint, id) where complaint is not null;
`;

export class CreateApproval1796100005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}
