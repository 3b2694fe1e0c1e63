import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** The registry of this process, with Node's own metrics. */
export const metrics = new Registry();
collectDefaultMetrics({ register: metrics });

/** Seconds per request, by route pattern (never by address: ids are not labels). */
export const httpSeconds = new Histogram({
  name: 'http_request_seconds',
  help: 'Time to answer, in seconds, by route and status',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
  registers: [metrics],
});
