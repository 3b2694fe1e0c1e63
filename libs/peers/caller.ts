import { randomUUID } from 'node:crypto';
import type { PeerKey } from './settings.ts';
import { signedHeaders } from './signature.ts';

const TIMEOUT_MS = 20_000;
// Enough for the largest page that a service gives.
const MOST_BYTES = 32 * 1024 * 1024;

/** The other service did not answer, or not with what was asked for. The code is fit to be shown. */
export class PeerFailure extends Error {
  override readonly name = 'PeerFailure';

  constructor(
    readonly code: 'not-configured' | 'unreachable' | 'refused' | 'unreadable',
    cause?: unknown,
  ) {
    super(`the other service: ${code}`, { cause });
  }

  /** Whether the same request may be answered later. */
  get isPassing(): boolean {
    return this.code === 'unreachable';
  }
}

/** Asks another service, signed. */
export class PeerCaller {
  /** @param url its inner address; empty: it is no part of this installation. */
  constructor(
    private readonly url: string,
    private readonly keys: readonly PeerKey[],
  ) {}

  get isConfigured(): boolean {
    return this.url !== '' && this.keys.length > 0;
  }

  /** Posts a question and gives the answer. Throws PeerFailure. */
  async ask(path: string, institutionId: string, question: object, signal?: AbortSignal): Promise<unknown> {
    const [key] = this.keys;
    if (this.url === '' || key === undefined) throw new PeerFailure('not-configured');
    const body = Buffer.from(JSON.stringify(question));
    const parts = { method: 'POST', path, institutionId, at: String(Date.now()), nonce: randomUUID(), body };
    const headers = { 'content-type': 'application/json', ...signedHeaders(key, parts) };
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    let response: Response;
    let text: string;
    try {
      response = await fetch(this.url.replace(/\/$/, '') + path, {
        method: 'POST',
        headers,
        body,
        redirect: 'error',
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      text = await readAll(response);
    } catch (cause) {
      throw cause instanceof PeerFailure ? cause : new PeerFailure('unreachable', cause);
    }
    if (response.status >= 500) throw new PeerFailure('unreachable', new Error(`answered ${response.status}`));
    if (!response.ok) throw new PeerFailure('refused', new Error(`answered ${response.status}`));
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new PeerFailure('unreadable', cause);
    }
  }
}

async function readAll({ body }: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body ?? []) {
    length += part.length;
    if (length > MOST_BYTES) throw new PeerFailure('unreadable');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
