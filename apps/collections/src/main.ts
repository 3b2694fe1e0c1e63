import { announceReady, onStop } from '#process';
import { loadConfig } from './config.ts';
import { refuseUnsafe } from './safety.ts';
import { createServer } from './server.ts';

const config = loadConfig(process.env);
refuseUnsafe(config);
const app = await createServer(config);
onStop(() => app.close());
await app.listen(config.port, config.host);
const address = app.getHttpServer().address();
announceReady(typeof address === 'object' && address !== null ? address.port : config.port);
