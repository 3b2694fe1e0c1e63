import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { readConfig } from '#config';
import { createLogger } from '#telemetry';
import { settings } from './config.ts';
import { createFront } from './front.ts';

// For the tests of this server: real services behind it, on loopback.
const opened: (() => Promise<unknown>)[] = [];
/** Call after each test. */
export async function closeAll(): Promise<void> {
  for (const close of opened.splice(0).toReversed()) await close();
}

export async function upstream(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  opened.push(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export const textOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
};

/** Tells what it was asked. */
export const echo: RequestListener = (request, response) => {
  void textOf(request).then((body) =>
    response.end(JSON.stringify({ url: request.url, method: request.method, headers: request.headers, body })),
  );
};

// Nothing listens on port 1.
export const DOWN = 'http://127.0.0.1:1';

export async function start(env: Record<string, string>): Promise<{ app: FastifyInstance; url: string }> {
  const config = readConfig(settings, {
    COLLECTIONS_URL: DOWN,
    IDENTITY_URL: DOWN,
    PUBLIC_URL: 'https://collect.example',
    PORT: '0',
    ...env,
  });
  const app = await createFront({ config, logger: createLogger('front-test', 'silent'), sessions: null });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  opened.push(() => {
    app.server.closeAllConnections();
    return app.close();
  });
  return { app, url };
}
