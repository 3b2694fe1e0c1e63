import { announceReady, onStop } from '#process';
import { createLogger } from '#telemetry';
import { readSettings } from './config.ts';
import { createFront } from './front.ts';
import { openSessions } from './session/sessions.ts';

// Under the five seconds that whoever started us waits.
const DRAIN_MS = 3000;

try {
  const config = readSettings();
  const logger = createLogger('front', config.logLevel);
  const sessions = await openSessions(config, logger);
  if (sessions === null) logger.warn('DATABASE_URL is not set: nobody signs in here, machines alone are served');
  const app = await createFront({ config, logger, sessions });
  await app.listen({ host: config.host, port: config.port }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? new Error(`port ${config.port} is in use; set PORT to another`) : error;
  });
  const address = app.server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  onStop(async () => {
    // Event streams never end by themselves.
    setTimeout(() => app.server.closeAllConnections(), DRAIN_MS).unref();
    await app.close();
    await sessions?.close();
  });
  logger.info({ port, publicUrl: config.publicUrl }, 'ready');
  announceReady(port);
} catch (error) {
  process.stderr.write(`front: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
