import { describeConfig, type Settings } from '#config';
import { settings as collections } from '../apps/collections/src/config.ts';
import { settings as complaints } from '../apps/complaints/src/config.ts';
import { migrationSettings as consoleMigration, settings as console } from '../apps/console/server/config.ts';
import { migrationSettings, settings as identity } from '../apps/identity/src/config.ts';

const apps: Readonly<Record<string, Settings>> = {
  collections,
  complaints,
  identity: { ...identity, ...migrationSettings },
  console: { ...consoleMigration, ...console },
};

const head = `# Configuration

Every environment variable that a process reads. Written by \`npm run -s config:doc > docs/configuration.md\`; a test fails when it is stale.

A missing or unusable value ends the process at start with a line that names the variable. A default "(secret)" is not printed.
\`npm start\` reads \`PORT\` and \`REDIS_URL\` and sets the rest itself.
`;

/** Every app's settings, as Markdown. */
export const configurationDocument = (): string =>
  [head, ...Object.entries(apps).map(([app, settings]) => describeConfig(app, settings))].join('\n');

if (import.meta.main) process.stdout.write(configurationDocument());
