export { testDatabase, type TestDatabase } from './database.ts';
export { browserLaunch, freePort, queueBackends, redisUrl, type QueueBackend } from './surroundings.ts';
export { spawnService, type SpawnedService } from './process.ts';
export { zoneWhereItIsNoon } from './noon.ts';
export { csvRecords } from './csv-records.ts';
export { pdfTexts } from './pdf-text.ts';
