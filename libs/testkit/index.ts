export { testDatabase, type TestDatabase } from './database.ts';
export { browserLaunch, freePort, queueBackends, redisUrl, type QueueBackend } from './surroundings.ts';
export { spawnService, type SpawnedService } from './process.ts';
export { zoneWhereItIsNoon } from './noon.ts';
