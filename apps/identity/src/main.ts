import { announceReady, onStop } from '#process';
import { createLogger } from '#telemetry';
import { readSettings } from './config.ts';
import { startService } from './service.ts';

try {
  const config = readSettings();
  const logger = createLogger('identity', config.logLevel);
  const service = await startService(config, logger);
  logger.info({ port: service.port, issuer: config.oidcIssuer }, 'ready');
  onStop(() => service.stop());
  announceReady(service.port);
} catch (error) {
  process.stderr.write(`identity: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
