import pg from 'pg';

/** Connections that all see the ledger as it stood at one instant, whatever is written meanwhile. They write nothing and lock nobody out. */
export class Snapshot {
  private readonly clients: pg.Client[] = [];
  private exported: string | null = null;

  constructor(
    private readonly databaseUrl: string,
    private readonly institutionId: string,
  ) {}

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
