import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { notice } from './notice.ts';

const YEAR_SECONDS = 31_536_000;
// Ant Design writes its styles into the page; scripts come from our files alone.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/** The pages that people work in: one document for every address, and the files that it loads. */
export class AppPages {
  private readonly document: string;

  /** @param folder what the build of the console wrote. */
  constructor(private readonly folder: string) {
    this.document = join(folder, 'index.html');
  }

  get areBuilt(): boolean {
    return existsSync(this.document);
  }

  /** The files beside the document, each at its own path. Those under /assets/ carry a hash of what they hold in their name. */
  async serveFiles(app: FastifyInstance): Promise<void> {
    if (!this.areBuilt) return;
    await app.register(staticFiles, {
      root: this.folder,
      prefix: '/',
      // A route for each file there is: any other address is a page.
      wildcard: false,
      index: false,
      decorateReply: false,
      globIgnore: ['index.html', '**/*.{br,gz,map}'],
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const isHashed = path.includes('/assets/');
        void reply.header('cache-control', isHashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'public, no-cache');
      },
    });
  }

  async send(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const document = await readFile(this.document).catch(() => null);
    if (document === null) return notice(request, reply, 503, 'not-built', '/');
    const etag = `"${createHash('sha256').update(document).digest('base64url').slice(0, 22)}"`;
    // The same address shows other things to who is signed out.
    void reply.headers({ etag, 'cache-control': 'private, no-cache', vary: 'Cookie', 'content-security-policy': POLICY });
    if (request.headers['if-none-match'] === etag) return reply.status(304).send();
    return reply.header('content-type', 'text/html; charset=utf-8').send(document);
  }
}
