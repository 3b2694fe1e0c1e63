import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { NOT_FOUND, ProblemFilter, Refusal, renderProblem, toRefusal, validationPipe } from '#problem';
import { httpSeconds, NestPinoLogger, type Logger } from '#telemetry';
import { CleanInput } from './clean-input.ts';
import { keepRawBody } from './raw-body.ts';
import { openApiDocument, type ApiDescription } from './openapi.ts';

export interface HttpOptions extends ApiDescription {
  readonly logger: Logger;
  /** For JSON bodies; files are streamed past this. */
  readonly bodyLimitBytes: number;
}

type Module = Parameters<typeof NestFactory.create>[0];

// Swagger UI starts itself with a script in the page. Constant headers, not a plugin: the gate answers thousands of times a second.
const DOCS_POLICY = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

// How long the rest of a body is read and thrown away once it is answered, so that its sender gets to read the answer.
const LINGER_MS = 30_000;

const REQUEST_ID = /^[A-Za-z0-9_.-]{1,64}$/;

function discardRest(request: IncomingMessage): void {
  request.unpipe();
  request.resume();
  const timer = setTimeout(() => request.socket.destroy(), LINGER_MS);
  // Nobody waits for this to end the process.
  timer.unref();
  for (const event of ['end', 'close']) request.once(event, () => clearTimeout(timer));
}

function createAdapter(options: HttpOptions): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: options.bodyLimitBytes,
    logger: false,
    trustProxy: 'loopback,linklocal,uniquelocal',
    // The idle connections of a front server must not be what a shutdown waits for.
    forceCloseConnections: 'idle',
    // What arrives on an open connection while we drain is still answered; Fastify would send a 503 of its own.
    return503OnClosing: false,
    // Ids have up to 200 characters of any script; the router counts them percent-encoded.
    routerOptions: { maxParamLength: 2400 },
    // What fails before any route is found never reaches the filter.
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      const refusal = error.statusCode === 414 ? new Refusal(NOT_FOUND, { detail: 'No id is that long.' }) : toRefusal(error);
      const problem = renderProblem(refusal, request.id);
      void reply
        .status(problem.status)
        .headers({ 'x-request-id': request.id, 'content-type': 'application/problem+json; charset=utf-8' })
        .send(JSON.stringify(problem));
    },
    genReqId: (request: IncomingMessage) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
  });
  const { logger } = options;
  const fastify = adapter.getInstance();
  fastify.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff').header('cache-control', 'no-store');
    if (request.url.startsWith('/docs')) reply.header('content-security-policy', DOCS_POLICY).header('x-frame-options', 'DENY');
  });
  fastify.addHook('preParsing', keepRawBody);
  // A sender that asked to close is cut off with the answer's last byte; one that is still sending would lose the answer with it.
  fastify.addHook('onSend', (request, reply, payload, done) => {
    if (!request.raw.complete && request.raw.httpVersion === '1.1') reply.raw.shouldKeepAlive = true;
    done(null, payload);
  });
  fastify.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const labels = { method: request.method, route, status: reply.statusCode };
    httpSeconds.observe(labels, reply.elapsedTime / 1000);
    const level = reply.statusCode >= 500 ? 'error' : 'debug';
    if (!request.raw.complete) discardRest(request.raw);
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
  app.useGlobalInterceptors(new CleanInput());
  app.useGlobalPipes(validationPipe());
  // Made when somebody first asks for it: it takes a tenth of the time that a service needs to start.
  SwaggerModule.setup('docs', app, () => openApiDocument(app, options), {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: options.title,
    raw: ['json'],
  });
  return app;
}
