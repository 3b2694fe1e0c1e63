import { SendError, sign } from '#sending';
import { smallFiles, type Parcel } from './parcel.ts';

export interface WebhookAddress {
  readonly url: string;
  readonly secret: string;
}

const TIMEOUT_MS = 60_000;
const MOST_INLINE_BYTES = 20 * 1024 * 1024;
const LONGEST_WAIT_MS = 3_600_000;
// The connection did not come about: nobody can have read anything.
const NOT_REACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);
// Mended by whoever keeps the other side or the address: the parcel is none the worse.
const TRY_AGAIN = new Set([401, 403, 404, 405, 407, 408, 423, 425, 429]);

function codeOf(error: unknown): string {
  const { cause }: { cause?: unknown } = typeof error === 'object' && error !== null ? error : {};
  const { code }: { code?: unknown } = typeof cause === 'object' && cause !== null ? cause : {};
  return typeof code === 'string' ? code : '';
}

/** Posts the manifest with the files in it, signed; 409 says that it is there already. Returns what the other side calls it. Throws SendError. */
export async function postParcel({ url, secret }: WebhookAddress, parcel: Parcel, now: Date): Promise<string | null> {
  const content = await smallFiles(parcel, MOST_INLINE_BYTES);
  const files = parcel.files.map(({ name, type, bytes, sha256 }) => ({
    name,
    type,
    bytes,
    sha256,
    contentBase64: content.get(name)?.toString('base64') ?? null,
  }));
  const body = JSON.stringify({ ...parcel.manifest, files });
  const { timestamp, signature } = sign(secret, body, now);
  const headers = {
    'content-type': 'application/json',
    'idempotency-key': parcel.id,
    'x-forbear-timestamp': timestamp,
    'x-forbear-signature': signature,
  };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let reply: Response;
  try {
    reply = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal });
    await reply.body?.cancel();
  } catch (error) {
    const away = NOT_REACHED.has(codeOf(error));
    throw new SendError(signal.aborted ? 'timeout' : away ? 'unreachable' : 'connection-lost', { again: true, mayHaveArrived: !away });
  }
  const { status } = reply;
  if ((status >= 200 && status < 300) || status === 409) return `http-${status}`;
  const again = status >= 500 || status < 400 || TRY_AGAIN.has(status);
  throw new SendError(`http-${status}`, { again, mayHaveArrived: status >= 500, afterMs: waitOf(reply) });
}

function waitOf(reply: Response): number | undefined {
  const seconds = reply.headers.get('retry-after') ?? '';
  return /^\d{1,6}$/.test(seconds) ? Math.min(Number(seconds) * 1000, LONGEST_WAIT_MS) : undefined;
}
