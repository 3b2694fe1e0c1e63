import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

// For each open complaint whose clock runs how likely it is to be late, and from what that follows. What was said first in each bucket is kept, and
// held against what happened.
const tables = `
create table forecast (
  complaint uuid primary key references complaint,
  institution_id text not null,
  probability double precision not null check (probability between 0 and 1),
  bucket text not null check (bucket in ('high', 'medium', 'low')),
  -- From whose past: complaints of the same category, all of the institution, or nobody's.
  basis text not null check (basis in ('category', 'institution', 'default')),
  -- Of the past, how many took at least as long as this one has, and how many of those longer than it still may.
  sample integer not null,
  longer integer not null,
  age_days integer not null,
  days_left integer not null,
  -- How many of the handler's come before it or are it, and how many he decided in 30 days; null where nobody has it.
  place integer,
  decided_30 integer,
  computed_at timestamptz not null
);
create index forecast_probability on forecast (probability desc, complaint);

create table forecast_call (
  complaint uuid not null references complaint,
  bucket text not null check (bucket in ('high', 'medium', 'low')),
  institution_id text not null,
  probability double precision not null,
  said_at timestamptz not null,
  -- Null: not known yet, or never: it was withdrawn or declined.
  breached boolean,
  known_at timestamptz,
  primary key (complaint, bucket)
);
create index forecast_call_open on forecast_call (complaint) where known_at is null;
create index forecast_call_said on forecast_call (said_at);

-- What the start page, the workload and the ageing count by.
create index complaint_open_load on complaint (handler) include (due_at, due_on, state, received_at, time_zone, institution_id) where closed_at is null;
create index complaint_decided on complaint (decided_at) include (handler, institution_id) where decided_at is not null;
create index complaint_told on complaint (told_at) where told_at is not null;
create index complaint_to_tell on complaint (decided_at, id) where decided_at is not null and closed_at is null;
create index complaint_paused on complaint (id) where state = 'paused' and closed_at is null;
`;

export class CreateForecast1796100005004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}
