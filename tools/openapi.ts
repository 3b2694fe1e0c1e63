import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { collectionsOpenApi } from '../apps/collections/src/openapi.ts';
import { complaintsOpenApi } from '../apps/complaints/src/openapi.ts';
import { consoleApi } from './console-api.ts';

/** The document of every service that has one, by the name of its app. */
export const documents: Readonly<Record<string, () => Promise<string>>> = {
  collections: collectionsOpenApi,
  complaints: complaintsOpenApi,
};

// Writes the OpenAPI document of every service beside it, then the console's client from all of them: `npm run openapi`. Seen from dist/tools/.
if (import.meta.main) {
  const write = (file: string, text: string): void => {
    writeFileSync(file, text);
    process.stderr.write(`wrote ${file}\n`);
  };
  for (const [service, document] of Object.entries(documents)) {
    write(fileURLToPath(new URL(`../../apps/${service}/openapi.json`, import.meta.url)), await document());
  }
  for (const [file, text] of Object.entries(await consoleApi())) write(file, text);
}
