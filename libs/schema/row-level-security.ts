/**
 * One statement a block; every table of an institution has row-level security on institution_id. '*' is for relays and sweeps.
 * At the end of a migration that makes tables; those that have it are left alone.
 */
export const rowLevelSecurity = `
do $$
declare name text;
begin
  for name in select table_name from information_schema.columns where table_schema = 'public' and column_name = 'institution_id'
    and table_name not in (select tablename from pg_policies where schemaname = 'public' and policyname = 'of_institution') loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy of_institution on %I using (current_setting(''app.institution'', true) in (institution_id, ''*''))', name);
  end loop;
end $$;
`;
