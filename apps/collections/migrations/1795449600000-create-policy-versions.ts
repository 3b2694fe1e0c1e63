import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowLevelSecurity } from '#schema';

// What an institution decided, for good: a version is never changed. One that has not begun can be recalled; then it never begins.
const tables = `
create table policy_version (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  number integer not null check (number > 0),
  -- Empty: for every product without a version of its own.
  product text not null default '',
  content json not null,
  -- Of the content as its text stands here.
  sha256 bytea not null,
  -- How far back the counters of its rules look.
  history_ms bigint not null,
  effective_from timestamptz not null,
  note text not null,
  author text not null,
  approved_by text not null,
  approved_at timestamptz not null,
  draft uuid,
  recalled_at timestamptz,
  recalled_by text,
  constraint policy_version_number unique (number, institution_id),
  check ((recalled_at is null) = (recalled_by is null)),
  check (recalled_at < effective_from)
);
create index policy_version_in_force on policy_version (product, institution_id, effective_from, number);

create function policy_version_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.recalled_at is null and new.recalled_at is not null
    and to_jsonb(new) - 'recalled_at' - 'recalled_by' = to_jsonb(old) - 'recalled_at' - 'recalled_by' then
    return new;
  end if;
  raise exception 'a published policy version is not changed';
end $$;
create trigger policy_version_stays before update or delete on policy_version for each row execute function policy_version_stays();
`;

// Versions of the product come before those for every product; of these the one that began last. Null: the institution has none.
const policyNumber = `
create function policy_number(p_institution text, p_product text, p_at timestamptz) returns integer language sql stable as $$
  select number from policy_version
  where institution_id = p_institution and product in (p_product, '') and effective_from <= p_at and recalled_at is null
  order by product = '', effective_from desc, number desc limit 1
$$;
`;

// What stood in institution_policy becomes version 1, in force since ever, with the packs as they are: there was one version of each.
const takeOver = `
insert into policy_version (institution_id, number, content, sha256, history_ms, effective_from, note, author, approved_by, approved_at)
select institution_id, 1, content::json, sha256(convert_to(content, 'UTF8')), 30 * 3600000, 'epoch', 'taken over from the settings before there were versions',
  'migration', 'migration', clock_timestamp()
from (
  select institution_id, json_build_object(
    'adjust', (select coalesce(json_object_agg(key, case when value #>> '{}' = 'off' then json_build_object('off', true) else value end), '{}') from json_each(tenant_values)),
    'packs', (select coalesce(json_agg(json_build_object('pack', name, 'version', 1) order by place), '[]') from unnest(packs) with ordinality as p(name, place)),
    'rules', json_build_array())::text as content
  from institution_policy) before;
drop table institution_policy;
`;

const POLICY = `    'policy', (select json_build_object('packs', packs, 'tenantValues', tenant_values) from institution_policy where institution_id = p_institution),\n`;

/** The gate asks for the number of the version, and publishing waits for the gates in flight: see docs/policies.md. */
async function withPolicyNumber(runner: QueryRunner): Promise<void> {
  const [row] = (await runner.query(`select pg_get_functiondef('gate_load'::regproc) as text`)) as { text: string }[];
  let text = row?.text ?? '';
  const edits: [string, string][] = [
    [
      '  v_now := coalesce(',
      '  if p_reserve then\n    perform pg_advisory_xact_lock_shared(hashtextextended(p_institution, 7));\n  end if;\n  v_now := coalesce(',
    ],
    [POLICY, ''],
    [`      'n', f.n,\n`, `      'n', f.n,\n      'policyNumber', policy_number(p_institution, c.product, v_now),\n`],
  ];
  for (const [before, after] of edits) {
    if (!text.includes(before)) throw new Error('gate_load is not the one that this migration knows');
    text = text.replace(before, after);
  }
  await runner.query(text);
}

export class CreatePolicyVersions1795449600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(policyNumber);
    await runner.query(takeOver);
    await withPolicyNumber(runner);
    await runner.query(rowLevelSecurity);
  }

  async down(): Promise<void> {
    throw new Error('What was published is not undone: restore a backup.');
  }
}
