import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const files = [
  { path: '/', file: 'index.html', type: 'text/html; charset=utf-8' },
  { path: '/start/style.css', file: 'style.css', type: 'text/css; charset=utf-8' },
  { path: '/start/page.js', file: 'page.js', type: 'text/javascript; charset=utf-8' },
  { path: '/start/words.js', file: 'words.js', type: 'text/javascript; charset=utf-8' },
] as const;

/** The public start page: a few small files, read once. Without a demo the card that tries the gate is not in it. */
export async function serveStartPage(app: FastifyInstance, demo: boolean): Promise<void> {
  for (const { path, file, type } of files) {
    const text = await readFile(new URL(`start/${file}`, import.meta.url), 'utf8');
    const body = demo ? text : text.replace(/<!-- demo only -->[^]*?<!-- end of demo only -->/g, '');
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    app.get(path, (request, reply) => {
      void reply.header('etag', etag).header('cache-control', 'no-cache').header('content-security-policy', POLICY);
      if (request.headers['if-none-match'] === etag) return reply.status(304).send();
      return reply.header('content-type', type).send(body);
    });
  }
}
