import pg from 'pg';

// A list is long from here on, and when it names so much of all cases.
const LONG_LIST = 20_000;
const LARGE_SHARE = 0.05;

/** Connections that all see the ledger as it stood at one instant, whatever is written meanwhile. They write nothing and lock nobody out. */
export class Snapshot {
  private readonly clients: pg.Client[] = [];
  private exported: string | null = null;

  /** Whether whole tables are read rather than what is wanted of them. */
  readsAll = false;

  constructor(
    private readonly databaseUrl: string,
    private readonly institutionId: string,
  ) {}

  /**
   * Says how many cases are named by a list. Of a list that came a moment ago the planner knows nothing and takes it for a short one: a long one
   * is not to be followed through the indexes case by case, when reading whole tables is quicker.
   */
  async expectList(cases: number): Promise<void> {
    const client = await this.connect();
    const { rows } = await client.query<{ cases: number }>(
      `select reltuples::float8 as cases from pg_class where oid = 'collection_case'::regclass`,
    );
    this.readsAll = cases >= LONG_LIST && cases >= (rows[0]?.cases ?? 0) * LARGE_SHARE;
  }

  /** One more connection to it; the first one takes it. Never one of a pool: what is read through COPY must not go out ahead of answers. */
  async connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.databaseUrl, application_name: 'screening' });
    // Whoever uses the connection is told; between uses there is nobody to tell.
    client.on('error', () => undefined);
    this.clients.push(client);
    await client.connect();
    await client.query('begin isolation level repeatable read, read only');
    if (this.exported !== null) await client.query(`set transaction snapshot ${pg.escapeLiteral(this.exported)}`);
    await client.query(`select set_config('app.institution', $1, true), set_config('idle_in_transaction_session_timeout', '0', true)`, [
      this.institutionId,
    ]);
    if (this.readsAll) await client.query('set local enable_nestloop = off');
    if (this.exported === null) {
      const { rows } = await client.query<{ name: string }>('select pg_export_snapshot() as name');
      this.exported = rows[0]?.name ?? null;
    }
    return client;
  }

  /** Ends all connections, also in the middle of what they do. */
  async close(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.end().catch(() => undefined)));
  }
}
