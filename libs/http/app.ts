import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { ProblemFilter, validationPipe } from '#problem';
import { httpSeconds, NestPinoLogger, type Logger } from '#telemetry';
import { openApiDocument, type ApiDescription } from './openapi.ts';

export interface HttpOptions extends ApiDescription {
  readonly logger: Logger;
  /** For JSON bodies; files are streamed past this. */
  readonly bodyLimitBytes: number;
}

type Module = Parameters<typeof NestFactory.create>[0];

const REQUEST_ID = /^[A-Za-z0-9_.-]{1,64}$/;

function createAdapter(options: HttpOptions): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: options.bodyLimitBytes,
    logger: false,
    trustProxy: 'loopback,linklocal,uniquelocal',
    // The idle connections of a front server must not be what a shutdown waits for.
    forceCloseConnections: 'idle',
    genReqId: (request: IncomingMessage) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
  });
  const { logger } = options;
  const fastify = adapter.getInstance();
  fastify.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  fastify.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const labels = { method: request.method, route, status: reply.statusCode };
    httpSeconds.observe(labels, reply.elapsedTime / 1000);
    const level = reply.statusCode >= 500 ? 'error' : 'debug';
    logger[level]({ requestId: request.id, ...labels, ms: Math.round(reply.elapsedTime * 10) / 10 }, 'request');
  });
  return adapter;
}

/** A Nest application on Fastify with the manners that every service shares; not listening yet. */
export async function createHttpApp(module: Module, options: HttpOptions): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(module, createAdapter(options), {
    logger: new NestPinoLogger(options.logger),
    abortOnError: false,
  });
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalPipes(validationPipe());
  await app.register(helmet, {
    contentSecurityPolicy: { directives: { scriptSrc: ["'self'", "'unsafe-inline'"], upgradeInsecureRequests: null } },
  });
  const document = openApiDocument(app, options);
  SwaggerModule.setup('docs', app, document, { jsonDocumentUrl: 'openapi.json', customSiteTitle: options.title, raw: ['json'] });
  return app;
}
