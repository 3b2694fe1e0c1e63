import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { collectionsOpenApi } from '../apps/collections/src/openapi.ts';
import { complaintsOpenApi } from '../apps/complaints/src/openapi.ts';

/** The document of every service that has one, by the name of its app. */
export const documents: Readonly<Record<string, () => Promise<string>>> = {
  collections: collectionsOpenApi,
  complaints: complaintsOpenApi,
};

// Writes the OpenAPI document of every service beside it: `npm run openapi`. Seen from dist/tools/.
if (import.meta.main) {
  for (const [service, document] of Object.entries(documents)) {
    const file = fileURLToPath(new URL(`../../apps/${service}/openapi.json`, import.meta.url));
    writeFileSync(file, await document());
    process.stderr.write(`wrote ${file}\n`);
  }
}
