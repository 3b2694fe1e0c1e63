// `npm run replay`: the command of the collections service; without DATABASE_URL on the database that `npm start` runs from this folder.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { databaseOf } from './start/databases.ts';

const dataFolder = join(fileURLToPath(new URL('../..', import.meta.url)), '.data');

/** Null where no installation runs from this folder, or its files are not to be read by this user. */
function localEnvironment(): Record<string, string> | null {
  const [keys, life] = [join(dataFolder, 'secrets.json'), join(dataFolder, 'postgres/postmaster.pid')];
  try {
    if (!existsSync(keys) || !existsSync(life)) return null;
    const { passwords, vaultKeys, vaultIndexKey } = JSON.parse(readFileSync(keys, 'utf8')) as {
      passwords: Record<string, string>;
      vaultKeys: string;
      vaultIndexKey: string;
    };
    // The fourth line of PostgreSQL's lock file is its port.
    const port = readFileSync(life, 'utf8').split('\n')[3]?.trim() ?? '';
    const { name, app } = databaseOf('collections');
    const url = `postgres://${app}:${passwords[app] ?? ''}@127.0.0.1:${port}/${name}`;
    return { DATABASE_URL: url, VAULT_KEYS: vaultKeys, VAULT_INDEX_KEY: vaultIndexKey };
  } catch {
    return null;
  }
}

if (!process.env['DATABASE_URL']) Object.assign(process.env, localEnvironment() ?? {});
await import('../apps/collections/src/replay/cli.ts');
