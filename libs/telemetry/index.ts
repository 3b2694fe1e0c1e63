export { createLogger, NestPinoLogger, type Logger } from './logger.ts';
export { httpSeconds, metrics } from './metrics.ts';
