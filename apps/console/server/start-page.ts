import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const files = [
  { path: '/', file: 'index.html', type: 'text/html; charset=utf-8' },
  { path: '/start/style.css', file: 'style.css', type: 'text/css; charset=utf-8' },
  { path: '/start/page.js', file: 'page.js', type: 'text/javascript; charset=utf-8' },
  { path: '/start/words.js', file: 'words.js', type: 'text/javascript; charset=utf-8' },
] as const;

export interface StartPage {
  /** Without it the card that tries the gate is not in the page. */
  readonly demo: boolean;
  /** `/` of who is signed in: whether it was answered. Null where nobody signs in: neither is the button in the page. */
  readonly sendHome: ((request: FastifyRequest, reply: FastifyReply) => Promise<boolean>) | null;
}

/** The public start page: a few small files, read once. */
export async function serveStartPage(app: FastifyInstance, { demo, sendHome }: StartPage): Promise<void> {
  for (const { path, file, type } of files) {
    const text = await readFile(new URL(`start/${file}`, import.meta.url), 'utf8');
    const shown = demo ? text : text.replace(/<!-- demo only -->[^]*?<!-- end of demo only -->/g, '');
    const body = sendHome ? shown : shown.replace(/<!-- sign-in only -->[^]*?<!-- end of sign-in only -->/g, '');
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    app.get(path, async (request, reply) => {
      if (path === '/' && sendHome && (await sendHome(request, reply))) return reply;
      void reply.headers({ etag, 'cache-control': 'no-cache', 'content-security-policy': POLICY, vary: 'Cookie' });
      if (request.headers['if-none-match'] === etag) return reply.status(304).send();
      return reply.header('content-type', type).send(body);
    });
  }
}
