import { Client } from 'pg';

// Grants are left out: they depend on the names of the roles. So is the queue's own schema, which its library migrates.
const QUERY = `
with own as (
  select c.oid, c.relname, c.relrowsecurity from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e'))
select o.relname as name, o.relrowsecurity as secured,
  (select json_agg(format('%I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' else '' end,
      case when a.attidentity <> '' then ' generated ' || case a.attidentity when 'a' then 'always' else 'by default' end || ' as identity'
        when a.attgenerated <> '' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') ' || case a.attgenerated when 's' then 'stored' else 'virtual' end
        when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end) order by a.attnum)
    from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped) as columns,
  (select json_agg(format('constraint %I %s', conname, pg_get_constraintdef(oid)) order by position(contype::text in 'pufcx'), conname collate "C")
    from pg_constraint where conrelid = o.oid and contype in ('p', 'u', 'f', 'c', 'x')) as constraints,
  (select json_agg(pg_get_indexdef(i.indexrelid) order by pg_get_indexdef(i.indexrelid) collate "C") from pg_index i
    where i.indrelid = o.oid and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.conrelid = o.oid)) as indexes,
  (select json_agg(format('create policy %I on %I for %s%s%s', p.polname, o.relname,
      case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
      coalesce(' using (' || pg_get_expr(p.polqual, p.polrelid) || ')', ''), coalesce(' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', ''))
    order by p.polname collate "C") from pg_policy p where p.polrelid = o.oid) as policies,
  (select json_agg(pg_get_triggerdef(t.oid) order by t.tgname collate "C") from pg_trigger t where t.tgrelid = o.oid and not t.tgisinternal) as triggers
from own o order by o.relname collate "C"`;

const FUNCTIONS = `
select pg_get_functiondef(p.oid) as definition from pg_proc p
where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p') and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
order by p.proname collate "C", pg_get_function_identity_arguments(p.oid) collate "C"`;

interface Table {
  readonly name: string;
  readonly secured: boolean;
  readonly columns: readonly string[];
  readonly constraints: readonly string[] | null;
  readonly indexes: readonly string[] | null;
  readonly policies: readonly string[] | null;
  readonly triggers: readonly string[] | null;
}

function tableText(table: Table): string {
  const lines = [...table.columns, ...(table.constraints ?? [])].map((line) => `  ${line}`);
  const after = [...(table.indexes ?? [])];
  if (table.secured) after.push(`alter table ${table.name} enable row level security`);
  after.push(...(table.policies ?? []), ...(table.triggers ?? []));
  return [`create table ${table.name} (\n${lines.join(',\n')}\n);`, ...after.map((statement) => `${statement};`)].join('\n');
}

/** The migrated schema `public` as readable SQL; the same schema gives the same bytes. For review, not for restoring. */
export async function dumpSchema(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    // Names are then given without their schema.
    await client.query('set search_path to public');
    const tables = (await client.query<Table>(QUERY)).rows.map(tableText);
    const functions = (await client.query<{ definition: string }>(FUNCTIONS)).rows.map(({ definition }) => `${definition.trim()};`);
    const head =
      '-- The schema after all migrations, for reading and review. Written by `npm run schema`; change the migrations, not this file.';
    return `${[head, ...tables, ...functions].join('\n\n')}\n`;
  } finally {
    await client.end();
  }
}
