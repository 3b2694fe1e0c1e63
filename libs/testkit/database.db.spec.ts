import { Client } from 'pg';
import { testDatabase, type TestDatabase } from '#testkit';

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('testDatabase', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase('alpha');
  });
  afterAll(() => database.drop());

  it('is migrated, and the service connects as a role that owns nothing', async () => {
    const owned = await ask(
      database.appUrl,
      `select 1 from pg_class where relowner = (select oid from pg_roles where rolname = current_user)`,
    );
    expect(owned).toEqual([]);
    await expect(ask(database.appUrl, 'drop table note')).rejects.toThrow('must be owner');
  });

  it('shows the service only the rows of its institution', async () => {
    await ask(database.adminUrl, `insert into note values ('i1', 'one'), ('i2', 'two')`);
    expect(await ask(database.appUrl, 'select body from note')).toEqual([]);
    expect(await ask(database.adminUrl, 'select body from note')).toHaveLength(2);
  });

  it('gives each caller a database of its own, and takes it away', async () => {
    const other = await testDatabase('alpha');
    expect(await ask(other.adminUrl, 'select body from note')).toEqual([]);
    await other.drop();
    await expect(ask(other.adminUrl, 'select 1')).rejects.toThrow('does not exist');
  });

  it('names the templates there are when asked for another', async () => {
    await expect(testDatabase('nothing')).rejects.toThrow(/no migrated template for nothing; there are: .*alpha/);
  });
});
