// Single-row inserts, each its own transaction, as quickly as the connections allow: what the machine's PostgreSQL can do at best.
import pg from 'pg';

process.once('message', async ({ url, connections, seconds }: { url: string; connections: number; seconds: number }) => {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  await pool.query('create table if not exists bench_history (tid int, bid int, aid int, delta int, mtime timestamptz, filler text)');
  const until = performance.now() + seconds * 1000;
  let done = 0;
  const one = async (): Promise<void> => {
    const client = await pool.connect();
    while (performance.now() < until) {
      await client.query({ name: 'insert', text: 'insert into bench_history values ($1, $2, $3, $4, now(), $5)', values: [1, 2, done, 4, 'x'.repeat(22)] });
      done += 1;
    }
    client.release();
  };
  await Promise.all(Array.from({ length: connections }, one));
  await pool.end();
  process.send?.({ perSecond: done / seconds });
});
