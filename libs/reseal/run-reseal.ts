import { createDataSource } from '#pg';
import { stopWithParent } from '#process';
import type { ServiceConfig } from '#service';
import { createLogger } from '#telemetry';
import { Vault } from '#vault';
import { reseal, type SealedColumn } from './reseal.ts';

/** The command of a service; the exit code is 1 when a value is left under another key. */
export async function runReseal(service: string, config: ServiceConfig, columns: readonly SealedColumn[]): Promise<void> {
  stopWithParent();
  const name = `${service}-reseal`;
  const logger = createLogger(name, config.logLevel);
  const source = await createDataSource({ url: config.databaseUrl, poolSize: 2, applicationName: name });
  try {
    const vault = new Vault(config.vaultKeys, config.vaultIndexKey);
    const resealed = await reseal(source, vault, columns, (fields, message) => logger.info(fields, message));
    logger.info({ resealed }, 'everything is sealed under the first key');
  } catch (error) {
    logger.error({ error: error instanceof Error ? error.message : String(error) }, 'not everything is sealed under the first key');
    process.exitCode = 1;
  } finally {
    await source.destroy();
  }
}
