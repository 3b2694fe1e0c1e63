export { CONFIG, GroundModule, LOGGER, QUEUES } from './ground.module.ts';
export { serviceSettings, type ServiceConfig } from './settings.ts';
