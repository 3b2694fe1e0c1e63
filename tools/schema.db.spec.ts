import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { testDatabase } from '#testkit';
import { dumpSchema } from './schema-dump.ts';

describe('schema.sql', () => {
  it.each(['collections', 'complaints', 'identity', 'console'])('of %s is what its migrations make', async (service) => {
    const database = await testDatabase(service);
    try {
      const committed = readFileSync(fileURLToPath(new URL(`../apps/${service}/migrations/schema.sql`, import.meta.url)), 'utf8');
      const stale =
        committed === (await dumpSchema(database.adminUrl))
          ? ''
          : `apps/${service}/migrations/schema.sql is stale: run \`npm run schema\` and commit what it writes`;
      expect(stale).toBe('');
    } finally {
      await database.drop();
    }
  });

  it('shows every kind of change', async () => {
    const database = await testDatabase('collections');
    const client = new Client({ connectionString: database.adminUrl });
    await client.connect();
    try {
      const before = await dumpSchema(database.adminUrl);
      const changes = [
        'alter table debtor add column more text',
        'alter table debtor alter column time_zone drop not null',
        `alter table debtor alter column time_zone set default 'UTC'`,
        'alter table debtor add constraint no_dots check (debtor_id not like $$.%$$)',
        'create index more_debtors on debtor (time_zone)',
        'drop policy of_institution on debtor',
        'alter table debtor disable row level security',
        'create function f() returns integer language sql as $$ select 1 $$',
      ];
      const seen = new Set([before]);
      for (const change of changes) {
        await client.query(change);
        seen.add(await dumpSchema(database.adminUrl));
      }
      expect(seen.size).toBe(changes.length + 1);
    } finally {
      await client.end();
      await database.drop();
    }
  });
});
