import { runWorker } from '#entry';
import { loadConfig } from './config.ts';
import { WorkerModule } from './worker.module.ts';

await runWorker({ name: 'collections', loadConfig }, (config) => WorkerModule.with(config));
