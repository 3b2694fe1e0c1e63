// COPY of the decisions to nowhere: as quickly as this machine can read them.
import pg from 'pg';
import { to } from 'pg-copy-streams';

process.once('message', async ({ url }: { url: string }) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const began = performance.now();
  const query = 'select id, institution_id, decided_at, policy, proposed, facts, outcome, verdict from decision';
  let bytes = 0;
  for await (const chunk of client.query(to(`copy (${query}) to stdout (format binary)`)) as AsyncIterable<Buffer>) bytes += chunk.length;
  const seconds = (performance.now() - began) / 1000;
  await client.end();
  process.send?.({ seconds, megabytes: bytes / 1e6 });
});
