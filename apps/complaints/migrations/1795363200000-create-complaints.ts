import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dailyWorkTable, eventTables, platformTables, rowLevelSecurity } from '#schema';

// No index begins with the institution: see the ledger of the collections service. Due columns are derived from clock_event and can be
// computed again from it at any time; they are columns so that an index finds what time brings.
const tables = `
create sequence complaint_serial;

create table complaint (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  number text not null,
  external_ref text,
  content_hash bytea not null,
  channel text not null,
  category text,
  received_at timestamptz not null,
  registered_at timestamptz not null,
  time_zone text not null,
  pack text not null,
  name_sealed bytea not null,
  id_number_sealed bytea,
  id_number_index bytea,
  contact_sealed bytea,
  contact_index bytea,
  proxy_sealed bytea,
  account text,
  subject_sealed bytea not null,
  narrative_sealed bytea not null,
  requests_sealed bytea not null,
  against_agency_id text,
  against_collector_id text,
  against_staff_id text,
  group_size integer not null default 1 check (group_size > 0),
  source text not null check (source in ('api', 'import')),
  registered_by text not null,
  -- Who takes complaints in as a handler must not extend them.
  registered_by_handler boolean not null default false,
  handler text,
  state text not null check (state in ('running', 'paused', 'met', 'missed', 'withdrawn', 'declined')),
  term_id text not null,
  day0 date,
  due_on date not null,
  due_at timestamptz not null,
  provisional boolean not null default false,
  -- When the due date became what it is: what was to be reminded of before that day is not owed.
  due_set_at timestamptz not null,
  decided_at timestamptz,
  told_at timestamptz,
  closed_at timestamptz,
  ledger_version integer not null default 0,
  wake_at timestamptz,
  hold_state text not null default 'none' check (hold_state in ('none', 'requested', 'set', 'lifted', 'no-case')),
  hold_version integer not null default 0,
  constraint complaint_number unique (number),
  constraint complaint_external_ref unique (external_ref, institution_id),
  check (received_at <= registered_at),
  check (wake_at is null or closed_at is null),
  check (state not in ('met', 'withdrawn', 'declined') or closed_at is not null)
);
create index complaint_wake on complaint (wake_at) where wake_at is not null;
create index complaint_due on complaint (due_at, id) where closed_at is null;
create index complaint_closed on complaint (due_at, id) where closed_at is not null;
create index complaint_handler on complaint (handler, due_at, id) where closed_at is null;
create index complaint_account on complaint (account) where account is not null;
create index complaint_agency on complaint (against_agency_id, due_at, id) where against_agency_id is not null;
create index complaint_received on complaint (received_at, id);
create index complaint_contact on complaint (contact_index) where contact_index is not null;
create index complaint_id_number on complaint (id_number_index) where id_number_index is not null;

create table clock_event (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid not null references complaint,
  seq integer not null,
  type text not null,
  at timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  data json not null default '{}',
  -- What people wrote: the text of a decision, evidence, notes.
  note_sealed bytea,
  constraint clock_event_seq unique (complaint, seq)
);

create table timeline (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid not null references complaint,
  at timestamptz not null,
  kind text not null,
  actor text not null,
  data json not null default '{}',
  -- Of an event that was refused; an accepted one keeps its own.
  note_sealed bytea
);
create index timeline_complaint on timeline (complaint, id);

create table milestone (
  institution_id text not null,
  complaint uuid not null references complaint,
  kind text not null check (kind in ('due-in-5', 'due-in-3', 'due-in-1', 'due-today', 'overdue-supervisor', 'overdue-head-office')),
  due_on date not null,
  fired_at timestamptz not null,
  primary key (complaint, kind, due_on)
);

create table notification (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid not null references complaint,
  kind text not null,
  recipient_role text,
  recipient text,
  created_at timestamptz not null,
  data json not null default '{}',
  check ((recipient_role is null) <> (recipient is null))
);
create index notification_recipient on notification (recipient, id) where recipient is not null;
create index notification_role on notification (recipient_role, id) where recipient_role is not null;

create table notification_read (
  institution_id text not null,
  notification uuid not null references notification on delete cascade,
  subject text not null,
  read_at timestamptz not null,
  primary key (notification, subject)
);
`;

const functions = `
-- TS20261121-000001: the day of registration where the complainant lives, and a number that only grows.
create function new_complaint_number(p_at timestamptz, p_time_zone text) returns text language sql volatile as $$
  select 'TS' || to_char(p_at at time zone p_time_zone, 'YYYYMMDD') || '-' || lpad(n::text, greatest(6, length(n::text)), '0') from nextval('complaint_serial') as serial(n)
$$;

-- Every milestone that a due date owes: reminders from the local day on which the date was set, escalations always.
create function owed_milestones(p_due_on date, p_due_at timestamptz, p_time_zone text, p_due_set_at timestamptz)
returns table (kind text, at timestamptz) language sql stable as $$
  select 'due-in-5', (p_due_on - 5)::timestamp at time zone p_time_zone where p_due_on - 5 >= (p_due_set_at at time zone p_time_zone)::date
  union all select 'due-in-3', (p_due_on - 3)::timestamp at time zone p_time_zone where p_due_on - 3 >= (p_due_set_at at time zone p_time_zone)::date
  union all select 'due-in-1', (p_due_on - 1)::timestamp at time zone p_time_zone where p_due_on - 1 >= (p_due_set_at at time zone p_time_zone)::date
  union all select 'due-today', p_due_on::timestamp at time zone p_time_zone where p_due_on >= (p_due_set_at at time zone p_time_zone)::date
  union all select 'overdue-supervisor', p_due_at
  union all select 'overdue-head-office', (p_due_on + 2)::timestamp at time zone p_time_zone
$$;

-- When a complaint wants to be looked at next: the first milestone that it owes and has not had; null when it is closed, paused, or has had them all.
create function next_wake(p_complaint uuid, p_state text, p_closed_at timestamptz, p_due_on date, p_due_at timestamptz, p_time_zone text, p_due_set_at timestamptz)
returns timestamptz language sql stable as $$
  select min(o.at) from owed_milestones(p_due_on, p_due_at, p_time_zone, p_due_set_at) o
  where p_closed_at is null and p_state <> 'paused'
    and not exists (select from milestone m where m.complaint = p_complaint and m.kind = o.kind and m.due_on = p_due_on)
$$;
`;

export class CreateComplaints1795363200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(platformTables);
    await runner.query(eventTables);
    await runner.query(dailyWorkTable);
    await runner.query(tables);
    await runner.query(functions);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}
