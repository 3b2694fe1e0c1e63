import { createLogger } from '#telemetry';
import { readSettings } from './config.ts';
import { createFront } from './front.ts';

// Under the five seconds that whoever started us waits.
const DRAIN_MS = 3000;

try {
  const config = readSettings();
  const logger = createLogger('front', config.logLevel);
  const app = await createFront(config, logger);
  await app.listen({ host: config.host, port: config.port }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? new Error(`port ${config.port} is in use; set PORT to another`) : error;
  });
  const address = app.server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    // Event streams never end by themselves.
    setTimeout(() => app.server.closeAllConnections(), DRAIN_MS).unref();
    void app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // The channel closes even when whoever started us is killed.
  process.once('disconnect', stop);
  logger.info({ port, publicUrl: config.publicUrl }, 'ready');
  process.send?.({ type: 'ready', port });
} catch (error) {
  process.stderr.write(`front: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
