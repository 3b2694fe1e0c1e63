import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

// What the desk sends by text message and by mail. The queue only wakes: who has a message in hand, until when, and when it is tried again stands here.
const table = `
create table dispatch (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  -- Null: of nothing that is registered, such as the receipt of a form that was merged.
  complaint uuid references complaint,
  channel text not null check (channel in ('sms', 'email')),
  -- What it is for, as the room that asks calls it, and which row of that room it belongs to.
  purpose text not null,
  ref text,
  -- Topic of the outbox that hears how it goes; null: nobody waits for it.
  topic text,
  to_sealed bytea not null,
  subject_sealed bytea not null,
  body_sealed bytea not null,
  asked_by text not null,
  asked_at timestamptz not null,
  state text not null check (state in ('queued', 'sent', 'delivered', 'failed', 'given-up')),
  -- Somebody is at it, until busy_until at most.
  in_hand boolean not null default false,
  busy_until timestamptz,
  -- When somebody has to look at it again; null: never.
  wake_at timestamptz,
  tries integer not null default 0,
  provider_id text,
  -- Why it was not taken, as a word; never a text of others.
  code text,
  sent_at timestamptz,
  delivered_at timestamptz,
  -- The instant that the last report speaks of.
  reported_at timestamptz,
  settled_at timestamptz,
  check (not in_hand or (state = 'queued' and busy_until is not null)),
  check (state <> 'sent' or sent_at is not null),
  check (state <> 'delivered' or delivered_at is not null),
  check ((state = 'queued') = (wake_at is not null))
);
create index dispatch_complaint on dispatch (complaint, id) where complaint is not null;
create index dispatch_wake on dispatch (wake_at) where wake_at is not null;
`;

export class CreateDispatch1796100006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(table);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('What was sent is not unsent: restore a backup.');
  }
}
