import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dumpSchema } from './schema-dump.ts';
import { openPostgres } from './test/postgres.ts';

// Writes every service's schema beside its migrations: `npm run schema`. Seen from dist/tools/.
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const postgres = await openPostgres(say);
try {
  for (const service of ['collections', 'complaints', 'identity', 'console']) {
    const url = new URL(postgres.url);
    url.pathname = `/forbear_${service}`;
    const file = fileURLToPath(new URL(`../../apps/${service}/migrations/schema.sql`, import.meta.url));
    writeFileSync(file, await dumpSchema(url.href));
    say(`wrote ${file}`);
  }
} finally {
  await postgres.stop();
}
