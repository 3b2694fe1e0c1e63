export { createQueues, migrateQueueStore, QUEUE_SCHEMA, type Queues, type QueueStore, type JobHandler } from './queues.ts';
