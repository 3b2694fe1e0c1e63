import pg from 'pg';

/** A service's database with its two roles: the owner migrates, the service connects as one that owns nothing. */
export interface Database {
  readonly service: string;
  readonly name: string;
  readonly owner: string;
  readonly app: string;
}

/** The database of a service and its roles, by the one naming rule. */
export function databaseOf(service: string): Database {
  return { service, name: `forbear_${service}`, owner: `forbear_${service}_owner`, app: `forbear_${service}` };
}

async function ensureRole(client: pg.Client, role: string, password: string, known: ReadonlySet<string>): Promise<void> {
  const name = client.escapeIdentifier(role);
  const verb = known.has(role) ? 'alter' : 'create';
  await client.query(
    `${verb} role ${name} login nosuperuser nocreatedb nocreaterole nobypassrls password ${client.escapeLiteral(password)}`,
  );
}

/** Makes the roles and databases that are missing; running it again changes nothing. */
export async function ensureDatabases(
  adminUrl: string,
  databases: readonly Database[],
  passwords: Readonly<Record<string, string>>,
): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const names = async (sql: string): Promise<Set<string>> =>
      new Set((await client.query<{ name: string }>(sql)).rows.map((row) => row.name));
    const roles = await names('select rolname as name from pg_roles');
    const existing = await names('select datname as name from pg_database');
    for (const { name, owner, app } of databases) {
      await ensureRole(client, owner, passwords[owner] ?? '', roles);
      await ensureRole(client, app, passwords[app] ?? '', roles);
      const database = client.escapeIdentifier(name);
      if (!existing.has(name)) await client.query(`create database ${database} owner ${client.escapeIdentifier(owner)}`);
      // Services meet through events only: none may even connect to another's database.
      await client.query(`revoke connect, temporary on database ${database} from public`);
      await client.query(`grant connect on database ${database} to ${client.escapeIdentifier(app)}`);
    }
  } finally {
    await client.end();
  }
}
