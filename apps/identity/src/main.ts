import { createLogger } from '#telemetry';
import { readSettings } from './config.ts';
import { startService } from './service.ts';

try {
  const config = readSettings();
  const logger = createLogger('identity', config.logLevel);
  const service = await startService(config, logger);
  logger.info({ port: service.port, issuer: config.oidcIssuer }, 'ready');
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    service.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ reason: error instanceof Error ? error.message : '' }, 'did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // The channel closes even when whoever started us is killed.
  process.once('disconnect', () => stop('disconnect'));
  process.send?.({ type: 'ready', port: service.port });
} catch (error) {
  process.stderr.write(`identity: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
