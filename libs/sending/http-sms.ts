import { SendError, type Sent, type SmsPort, type TextMessage } from './port.ts';
import type { SendingConfig } from './settings.ts';
import { sign } from './signature.ts';

const MOST_REPLY_BYTES = 64 * 1024;
const LONGEST_ID = 200;
// Who is asked to wait longer tries again of their own.
const LONGEST_WAIT_MS = 3_600_000;

// The connection did not come about: nobody can have read anything.
const NOT_REACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);
// A wrong address or token is mended by the operator, and the message is none the worse.
const OUR_FAULT = new Set([401, 403, 404, 405, 407]);
const TRY_AGAIN = new Set([408, 423, 425, 429]);

const codeOf = (error: unknown): string => at(error, 'cause.code') ?? '';

/** The answer's text up to a limit: a gateway gone mad must not fill our memory. */
async function readSome(reply: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of reply.body ?? []) {
    length += part.length;
    if (length > MOST_REPLY_BYTES) throw new SendError('reply-too-long', { again: true, mayHaveArrived: true });
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function at(value: unknown, path: string): string | null {
  let found = value;
  for (const name of path.split('.'))
    found = typeof found === 'object' && found !== null && Object.hasOwn(found, name) ? Reflect.get(found, name) : undefined;
  if (typeof found === 'boolean' || typeof found === 'number') return String(found);
  return typeof found === 'string' ? found : null;
}

function waitOf(reply: Response): number | undefined {
  const seconds = reply.headers.get('retry-after') ?? '';
  return /^\d{1,6}$/.test(seconds) ? Math.min(Number(seconds) * 1000, LONGEST_WAIT_MS) : undefined;
}

/** A gateway for text messages that takes JSON by POST. It is told the id, and is expected to send one id once. */
export class HttpSms implements SmsPort {
  constructor(
    private readonly config: SendingConfig,
    private readonly now: () => Date,
  ) {}

  async send(message: TextMessage): Promise<Sent> {
    const { smsUrl, smsTimeoutMs } = this.config;
    const body = JSON.stringify({ id: message.id, to: message.to, text: message.text });
    const signal = AbortSignal.timeout(smsTimeoutMs);
    let reply: Response;
    let text: string;
    try {
      reply = await fetch(smsUrl, { method: 'POST', body, headers: this.headers(message.id, body), redirect: 'manual', signal });
      text = await readSome(reply);
    } catch (error) {
      if (error instanceof SendError) throw error;
      const code = codeOf(error);
      const away = NOT_REACHED.has(code);
      throw new SendError(signal.aborted ? 'timeout' : away ? 'unreachable' : 'connection-lost', { again: true, mayHaveArrived: !away });
    }
    return this.read(reply, text);
  }

  private headers(id: string, body: string): Record<string, string> {
    const { smsAuthHeader, smsToken, smsSecret } = this.config;
    const headers: Record<string, string> = { 'content-type': 'application/json', accept: 'application/json', 'idempotency-key': id };
    if (smsToken !== '') headers[smsAuthHeader] = smsToken;
    if (smsSecret !== '') {
      const { timestamp, signature } = sign(smsSecret, body, this.now());
      headers['x-forbear-timestamp'] = timestamp;
      headers['x-forbear-signature'] = signature;
    }
    return headers;
  }

  private read(reply: Response, text: string): Sent {
    const { status } = reply;
    const value = parsed(text);
    const providerId = at(value, this.config.smsReplyId)?.slice(0, LONGEST_ID) ?? null;
    // The gateway has this id already: an earlier try of ours arrived.
    if (status === 409) return { providerId };
    if (status >= 200 && status < 300) {
      const [field, good] = splitOnce(this.config.smsReplyGood);
      if (field === '') return { providerId };
      const said = at(value, field);
      if (said === good) return { providerId };
      if (said === null) throw new SendError('reply-unreadable', { again: true, mayHaveArrived: true });
      throw new SendError(`rejected:${wordOf(said)}`, { again: false, mayHaveArrived: false });
    }
    const again = status >= 500 || status < 400 || OUR_FAULT.has(status) || TRY_AGAIN.has(status);
    throw new SendError(`http-${status}`, { again, mayHaveArrived: status >= 500, afterMs: waitOf(reply) });
  }
}

function splitOnce(text: string): readonly [string, string] {
  const cut = text.indexOf('=');
  return cut < 0 ? ['', ''] : [text.slice(0, cut), text.slice(cut + 1)];
}

// A gateway's code, and nothing that could hold a number or a text.
const wordOf = (said: string): string => (/^[A-Za-z][A-Za-z0-9._-]{0,63}$/.test(said) ? said : 'other');
