import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

// Root causes, the measures taken against them, and what those measures did.
const tables = `
create table root_cause (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  complaint uuid not null references complaint,
  kind text not null check (kind in ('rule', 'process', 'system', 'people', 'product', 'agency', 'script', 'other')),
  object_kind text not null check (object_kind in ('rule', 'script', 'collector', 'agency', 'unit', 'product', 'none')),
  object_ref text,
  whys_sealed bytea not null,
  state text not null check (state in ('proposed', 'confirmed', 'returned', 'replaced')),
  proposed_by text not null,
  proposed_at timestamptz not null,
  settled_by text,
  settled_at timestamptz,
  note_sealed bytea,
  replaced_at timestamptz,
  check ((object_kind = 'none') = (object_ref is null)),
  check ((state = 'proposed') = (settled_at is null)),
  check (settled_by is distinct from proposed_by)
);
create unique index root_cause_standing on root_cause (complaint, kind, object_kind, coalesce(object_ref, '')) where state in ('proposed', 'confirmed');
create index root_cause_complaint on root_cause (complaint, id);
create index root_cause_same on root_cause (kind, object_kind, object_ref, settled_at) where state in ('confirmed', 'replaced');

create table rectification (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  -- The complaint of the first cause.
  complaint uuid not null references complaint,
  cause_kind text not null,
  object_kind text not null,
  object_ref text,
  title_sealed bytea not null,
  owner_kind text not null check (owner_kind in ('member', 'unit', 'agency')),
  owner text not null,
  due_on date not null,
  first_due_on date not null,
  due_at timestamptz not null,
  time_zone text not null,
  state text not null check (state in ('open', 'implemented', 'effective', 'accepted', 'cancelled')),
  opened_by text not null,
  opened_at timestamptz not null,
  implemented_on date,
  implemented_by text,
  implemented_at timestamptz,
  -- Why it cannot be measured: who says so, and the second person who accepts it.
  unmeasured_sealed bytea,
  unmeasured_by text,
  unmeasured_at timestamptz,
  closed_by text,
  closed_at timestamptz,
  close_sealed bytea,
  effect uuid,
  check (state not in ('implemented', 'effective', 'accepted') or implemented_on is not null),
  check ((closed_at is not null) = (state in ('effective', 'accepted', 'cancelled'))),
  check (state <> 'accepted' or (unmeasured_by is not null and unmeasured_by <> closed_by))
);
create index rectification_open on rectification (due_at, id) where closed_at is null;

create table rectification_cause (
  institution_id text not null,
  rectification uuid not null references rectification,
  root_cause uuid not null references root_cause,
  primary key (rectification, root_cause)
);
create index rectification_cause_of on rectification_cause (root_cause);

create table rectification_step (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  rectification uuid not null references rectification,
  n integer not null,
  text_sealed bytea not null,
  due_on date,
  done_at timestamptz,
  done_by text,
  note_sealed bytea,
  files uuid[] not null default '{}',
  unique (rectification, n)
);

create table rectification_delay (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  rectification uuid not null references rectification,
  from_on date not null,
  to_on date not null check (to_on > from_on),
  reason_sealed bytea not null,
  asked_by text not null,
  asked_at timestamptz not null,
  granted boolean,
  settled_by text,
  settled_at timestamptz,
  note_sealed bytea,
  check ((granted is null) = (settled_at is null)),
  check (settled_by is distinct from asked_by)
);
create unique index rectification_delay_open on rectification_delay (rectification) where granted is null;
create index rectification_delay_of on rectification_delay (rectification, id);

-- A measurement as it was made: never changed, never computed again.
create table rectification_effect (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  rectification uuid not null references rectification,
  as_of timestamptz not null,
  window_days integer not null check (window_days between 7 and 366),
  before_from date not null,
  before_to date not null,
  after_from date not null,
  after_to date not null,
  before_count integer not null,
  after_count integer not null,
  before_pending integer not null,
  after_pending integer not null,
  -- How many of those that wait for a cause are reckoned to have this one.
  after_expected integer not null,
  before_cases numeric(14, 2),
  after_cases numeric(14, 2),
  cases_source text,
  ratio double precision,
  ratio_low double precision,
  ratio_high double precision,
  p_value double precision not null,
  p_with_pending double precision not null,
  verdict text not null check (verdict in ('shown', 'not-shown', 'too-few', 'worse')),
  measured_by text not null,
  measured_at timestamptz not null,
  check ((before_cases is null) = (after_cases is null) and (before_cases is null) = (cases_source is null))
);
create index rectification_effect_of on rectification_effect (rectification, id);
alter table rectification add constraint rectification_effect_shown foreign key (effect) references rectification_effect;
`;

export class CreateRectification1796100007002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}
