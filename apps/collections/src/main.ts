import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { announceReady, begin, onStop } from '#process';
import { loadConfig } from './config.ts';
import { refuseUnsafe } from './safety.ts';
import { createServer } from './server.ts';

await begin('collections', async () => {
  const config = loadConfig(process.env);
  refuseUnsafe(config);
  // Before anything can wait: a process whose database is away must still end with its parent.
  let app: NestFastifyApplication | undefined;
  onStop(async () => app?.close());
  app = await createServer(config);
  await app.listen(config.port, config.host);
  const address = app.getHttpServer().address();
  announceReady(typeof address === 'object' && address !== null ? address.port : config.port);
});
