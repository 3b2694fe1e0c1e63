import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

// Mail that comes in. It stands here, sealed, before the sender hears that it was taken; what becomes of it is decided afterwards.
const tables = `
create table mailbox_address (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  -- In lower case; of one institution alone, whose mailbox it is.
  address text not null,
  added_by text not null,
  added_at timestamptz not null,
  retired_by text,
  retired_at timestamptz
);
create unique index mailbox_address_in_use on mailbox_address (address) where retired_at is null;

create table mail (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  address text not null,
  -- The same Message-ID with the same content is the same mail, however often it is sent.
  identity bytea not null,
  -- The mail as it came.
  upload uuid not null references upload,
  bytes bigint not null,
  received_at timestamptz not null,
  -- The envelope says that nobody waits for an answer.
  null_sender boolean not null,
  -- received: nobody has looked; waiting: for a person; complaint, joined, dismissed: settled.
  state text not null check (state in ('received', 'waiting', 'complaint', 'joined', 'dismissed')),
  -- Why it waits, as a word.
  reason text check (reason in ('unreadable', 'no-sender', 'automatic', 'empty', 'closed')),
  tries integer not null default 0,
  -- What could be read of it; null: nothing yet, or nothing at all.
  parsed_sealed bytea,
  sender_index bytea,
  complaint uuid references complaint,
  suggested uuid references complaint,
  sender_known boolean,
  settled_by text,
  settled_at timestamptz,
  dismissal_sealed bytea,
  acknowledgement uuid references dispatch,
  check ((state = 'waiting') = (reason is not null) or state in ('complaint', 'joined', 'dismissed')),
  check ((state in ('complaint', 'joined')) = (complaint is not null)),
  check ((state in ('received', 'waiting')) = (settled_at is null)),
  check ((state = 'dismissed') = (dismissal_sealed is not null))
);
create unique index mail_identity on mail (identity, institution_id);
create index mail_upload on mail (upload);
create index mail_received on mail (received_at) where state = 'received';
create index mail_waiting on mail (id) where state = 'waiting';
create index mail_complaint on mail (complaint, id) where complaint is not null;
create index mail_sender on mail (sender_index, received_at) where sender_index is not null;
`;

export class CreateMailbox1796100013001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('What was received is not unreceived: restore a backup.');
  }
}
