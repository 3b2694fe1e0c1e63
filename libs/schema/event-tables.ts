/**
 * The tables of libs/events: what this service has told others and whether they have taken it, and what it was told.
 * Part of migrations that have run: never changed.
 */
export const eventTables = `
create table event (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  topic text not null,
  payload json not null,
  created_at timestamptz not null default clock_timestamp(),
  -- When it was last given to the relay; unacknowledged for long, it is given again.
  sent_at timestamptz not null default clock_timestamp(),
  acknowledged_at timestamptz,
  result json
);
create index event_unacknowledged on event (sent_at) where acknowledged_at is null;

create table event_seen (
  event uuid not null,
  institution_id text not null,
  topic text not null,
  result json,
  seen_at timestamptz not null default clock_timestamp(),
  primary key (event, institution_id)
);
`;
