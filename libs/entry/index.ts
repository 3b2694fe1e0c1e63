export { createService, describeService, type Service } from './http-service.ts';
export { runMigration } from './run-migration.ts';
export { runWorker } from './run-worker.ts';
export { serve } from './serve.ts';
