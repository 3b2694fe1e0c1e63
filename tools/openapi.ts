import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { collectionsOpenApi } from '../apps/collections/src/openapi.ts';
import { consoleApi } from './console-api.ts';

// Writes the OpenAPI document of every service beside it, then the console's client from all of them: `npm run openapi`. Seen from dist/tools/.
const documents = { collections: collectionsOpenApi };
for (const [name, describe] of Object.entries(documents)) {
  const file = fileURLToPath(new URL(`../../apps/${name}/openapi.json`, import.meta.url));
  writeFileSync(file, await describe());
  process.stderr.write(`wrote ${file}\n`);
}
for (const [file, text] of Object.entries(await consoleApi())) {
  writeFileSync(file, text);
  process.stderr.write(`wrote ${file}\n`);
}
