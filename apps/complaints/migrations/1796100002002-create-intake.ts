import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

// What every complaint has: who complains, who forwarded it, and whether it goes on as another.
const columns = `
alter table complaint add column complainant_kind text not null default 'person'
  check (complainant_kind in ('person', 'proxy', 'heir', 'legal-representative', 'group', 'anonymous'));
update complaint set complainant_kind = case when proxy_sealed is not null then 'proxy' when group_size > 1 then 'group' else 'person' end
  where proxy_sealed is not null or group_size > 1;
alter table complaint add column regulator text;
alter table complaint add column regulator_reference text;
alter table complaint add column forwarded_on date;
alter table complaint add constraint complaint_forwarded check (num_nulls(regulator, regulator_reference, forwarded_on) in (0, 3));
alter table complaint add constraint complaint_regulator_reference unique (regulator_reference, regulator, institution_id);
alter table complaint add column merged_into uuid references complaint;
alter table complaint add constraint complaint_merged_closed check (merged_into is null or (closed_at is not null and merged_into <> id));
create index complaint_merged on complaint (merged_into) where merged_into is not null;
`;

const tables = `
-- Who represents whom and why, as it was said; one sealed text.
create table complaint_representation (
  complaint uuid primary key references complaint,
  institution_id text not null,
  details_sealed bytea not null
);

-- What a person decided of a pair that looked alike. Of the later one.
create table duplicate_decision (
  later uuid not null references complaint,
  earlier uuid not null references complaint,
  institution_id text not null,
  decision text not null check (decision in ('merged', 'restarted', 'separate')),
  reasons text[] not null,
  reason_sealed bytea not null,
  decided_by text not null,
  decided_at timestamptz not null,
  primary key (later, earlier)
);
create index duplicate_decision_earlier on duplicate_decision (earlier);
-- Once only: whoever is merged is merged into one.
create unique index duplicate_decision_once on duplicate_decision (later) where decision <> 'separate';
`;

export class CreateIntake1796100002002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(columns);
    await runner.query(tables);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}
