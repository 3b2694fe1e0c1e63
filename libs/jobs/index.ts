export { claimDay, type DailyWork } from './claim-day.ts';
export { grantsOn, migrateQueueStore } from './migrate-queue-store.ts';
export { createQueues, type JobData, type JobHandler, type Queues, type QueueStore } from './queues.ts';
export { merged, ROOM_WORKS, routesTo, type Clockwork, type RoomWork } from './room-work.ts';
