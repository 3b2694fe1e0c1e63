export { createHttpApp, openApiDocument, type HttpOptions } from './app.ts';
export { HealthModule, READINESS, type Readiness } from './health.ts';
export { Lang } from './language.ts';
