import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { announceReady, begin, onStop } from '#process';
import type { ServiceConfig } from '#service';
import { createService, type Service } from './http-service.ts';
import { refuseUnsafe } from './safety.ts';

/** The process that answers HTTP. */
export async function serve<Config extends ServiceConfig>(service: Service<Config>): Promise<void> {
  await begin(service.name, async () => {
    const config = service.loadConfig(process.env);
    refuseUnsafe(config);
    // Before anything can wait: a process whose database is away must still end with its parent.
    let app: NestFastifyApplication | undefined;
    onStop(async () => app?.close());
    app = await createService(service, config);
    await app.listen(config.port, config.host);
    const address = app.getHttpServer().address();
    announceReady(typeof address === 'object' && address !== null ? address.port : config.port);
  });
}
