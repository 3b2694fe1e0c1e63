import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { collectionsOpenApi } from '../apps/collections/src/openapi.ts';

// Writes the OpenAPI document of every service beside it: `npm run openapi`. Seen from dist/tools/.
const file = fileURLToPath(new URL('../../apps/collections/openapi.json', import.meta.url));
writeFileSync(file, await collectionsOpenApi());
process.stderr.write(`wrote ${file}\n`);
