import { createPostgresBackend, withBackend } from 'bullmq';
import pg from 'pg';

/** The schema of BullMQ's own tables when PostgreSQL is the store. */
export const QUEUE_SCHEMA = 'bullmq';

/**
 * Creates or upgrades BullMQ's schema in PostgreSQL; run as the owner. The application's role may then use its tables, and owns nothing.
 * Services that share the store may do so at once: one after the other.
 */
export async function migrateQueueStore(ownerUrl: string, role: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    // Two grants on one table at once would fail: "tuple concurrently updated". The lock ends with the connection.
    await client.query(`select pg_advisory_lock(hashtext('forbear queue store'))`);
    const bound = withBackend(createPostgresBackend);
    const queue = new bound.Queue('readiness', { connection: { connectionString: ownerUrl, schema: QUEUE_SCHEMA, migrate: true, max: 2 } });
    await queue.waitUntilReady();
    await queue.close();
    for (const grant of grantsOn(QUEUE_SCHEMA, client.escapeIdentifier(role))) await client.query(grant);
  } finally {
    await client.end();
  }
}

/** What a role needs that works with everything in a schema and owns nothing of it: it can change no table, and lift no security. */
export const grantsOn = (schema: string, role: string): readonly string[] => [
  `grant usage on schema ${schema} to ${role}`,
  `grant select, insert, update, delete on all tables in schema ${schema} to ${role}`,
  `grant usage, select on all sequences in schema ${schema} to ${role}`,
  `grant execute on all functions in schema ${schema} to ${role}`,
];
