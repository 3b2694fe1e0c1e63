import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

// No text stands here: marks are keyed hashes, which nobody without the vault's key can try words or numbers against.
const tables = `
create sequence sorting_paper_serial;

-- What was written to a regulator or the police, as it was printed.
create table sorting_paper (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid references complaint,
  -- The event, decision or whatever else it is about.
  about uuid not null,
  kind text not null check (kind in ('bad-faith', 'major')),
  number text not null,
  receiver text not null,
  bytes_sealed bytea not null,
  sha256 bytea not null,
  made_by text not null,
  made_at timestamptz not null
);
create index sorting_paper_about on sorting_paper (about, id);
create index sorting_paper_complaint on sorting_paper (complaint, id) where complaint is not null;

create table bad_faith_signature (
  complaint uuid primary key references complaint,
  institution_id text not null,
  received_at timestamptz not null,
  -- Blind: who complains.
  person bytea not null,
  -- Blind: how alike texts are; empty where there is too little text.
  minhash integer[] not null,
  -- Words of the institution's list that were said.
  words text[] not null
);

create table bad_faith_mark (
  institution_id text not null,
  complaint uuid not null references complaint,
  kind text not null check (kind in ('text', 'contact', 'proxy')),
  mark bytea not null,
  received_at timestamptz not null,
  primary key (complaint, kind, mark)
);
create index bad_faith_mark_mark on bad_faith_mark (mark, received_at);

create table bad_faith_flag (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid not null references complaint,
  note_sealed bytea not null,
  flagged_by text not null,
  flagged_at timestamptz not null,
  withdrawn_by text,
  withdrawn_at timestamptz
);
create index bad_faith_flag_complaint on bad_faith_flag (complaint, id);

create table bad_faith_score (
  complaint uuid primary key references complaint,
  institution_id text not null,
  score integer not null check (score between 0 and 100),
  signals jsonb not null,
  settings_version integer not null,
  computed_at timestamptz not null
);
create index bad_faith_score_score on bad_faith_score (score, complaint) where score > 0;

create table bad_faith_decision (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid not null references complaint,
  decision text not null check (decision in ('suspected', 'not-suspected', 'open')),
  reason_sealed bytea not null,
  score integer not null,
  decided_by text not null,
  decided_at timestamptz not null,
  -- Of 'suspected': a second person's word.
  second_by text,
  second_at timestamptz,
  second_agrees boolean,
  second_note_sealed bytea,
  check ((second_at is null) = (second_by is null) and (second_at is null) = (second_agrees is null)),
  constraint bad_faith_four_eyes check (second_by <> decided_by)
);
create index bad_faith_decision_complaint on bad_faith_decision (complaint, id);
`;

const waiting = `
insert into arrival (institution_id, complaint, work) select institution_id, id, 'bad-faith' from complaint where closed_at is null;
`;

export class CreateBadFaith1796100003010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(waiting);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}
