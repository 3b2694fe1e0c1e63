export { createHttpApp, type HttpOptions } from './app.ts';
export { attachment } from './attachment.ts';
export { uncleanFields } from './clean-input.ts';
export { describeHttpApi, type ApiDescription } from './openapi.ts';
export { HealthModule, READINESS, type Readiness } from './health.ts';
export { Lang, languageHeader, languageOf } from './language.ts';
export { networkOf } from './network.ts';
export { rawBodyOf } from './raw-body.ts';
