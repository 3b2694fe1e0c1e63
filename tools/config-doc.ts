import { existsSync } from 'node:fs';
import { describeConfig, type Settings } from '#config';

// Every app's settings, as Markdown on stdout: `npm run -s config:doc`.
const apps = {
  collections: 'apps/collections/src/config.js',
  identity: 'apps/identity/src/config.js',
  console: 'apps/console/server/config.js',
};

for (const [app, path] of Object.entries(apps)) {
  const file = new URL(`../${path}`, import.meta.url);
  if (!existsSync(file)) continue;
  const { settings } = (await import(file.href)) as { settings: Settings };
  process.stdout.write(`${describeConfig(app, settings)}\n`);
}
