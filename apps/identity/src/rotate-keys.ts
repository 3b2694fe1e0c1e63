import { createDataSource } from '#pg';
import { openVault, readSettings } from './config.ts';
import { rotateKeys } from './keys.ts';

try {
  const config = readSettings();
  const source = await createDataSource({ url: config.databaseUrl, poolSize: 1, applicationName: 'forbear identity key rotation' });
  await rotateKeys(source, openVault(config));
  await source.destroy();
  process.stdout.write('New keys are announced; they sign from 20 minutes from now, and the old ones go 2 hours later.\n');
} catch (error) {
  process.stderr.write(`identity rotate-keys: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
