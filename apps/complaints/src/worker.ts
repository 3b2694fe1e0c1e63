import { runWorker } from '#entry';
import { loadConfig } from './config.ts';
import { WorkerModule } from './worker.module.ts';

await runWorker({ name: 'complaints', loadConfig }, (config) => WorkerModule.with(config));
