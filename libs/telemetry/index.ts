export { createLogger, NestPinoLogger, type Logger } from './logger.ts';
export { Counter, Gauge, Histogram, httpSeconds, metrics } from './metrics.ts';
