import type { DataSource } from 'typeorm';
import { EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { Refusal, UNAUTHENTICATED } from '#problem';
import type { PeerKey } from './settings.ts';
import { HEADERS, isSignedBy } from './signature.ts';

/** How far the clocks of two machines may be apart, and how long a request may be under way. */
const WINDOW_MS = 60_000;

/** For the migration of a service that is asked: a nonce is taken once. */
export const peerTable = `
create table peer_nonce (
  nonce uuid primary key,
  institution_id text not null,
  seen_at timestamptz not null
);
create index peer_nonce_seen on peer_nonce (seen_at);
`;

export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The bytes of the body as they came; null: none were kept, so nothing is signed. */
  readonly body: Buffer | null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Takes requests of other services. */
export class PeerVerifier {
  constructor(
    private readonly database: DataSource,
    private readonly keys: readonly PeerKey[],
  ) {}

  /** The institution that the request is for. Refuses with UNAUTHENTICATED, always in the same words but for a request that came late. */
  async verify({ method, path, headers, body }: SignedRequest, nowMs = Date.now()): Promise<string> {
    const header = (name: string): string => {
      const value = headers[name];
      return typeof value === 'string' ? value : '';
    };
    const key = this.keys.find(({ id }) => id === header(HEADERS.key));
    const [at, nonce] = [header(HEADERS.at), header(HEADERS.nonce)];
    const institutionId = decoded(header(HEADERS.institution));
    const isWhole = /^\d{1,15}$/.test(at) && UUID.test(nonce) && institutionId !== '' && institutionId !== EVERY_INSTITUTION;
    if (!key || !isWhole || body === null) throw refusal('Send a request that is signed with a key of PEER_KEYS.');
    if (!isSignedBy(key, { method, path, institutionId, at, nonce, body }, header(HEADERS.signature)))
      throw refusal('Send a request that is signed with a key of PEER_KEYS.');
    if (Math.abs(nowMs - Number(at)) > WINDOW_MS) throw refusal('The request is too old, or the clocks of the machines differ.');
    const fresh = await inTransaction(this.database, { institutionId }, (tx) =>
      tx.query('insert into peer_nonce (nonce, institution_id, seen_at) values ($1, $2, $3) on conflict do nothing returning nonce', [
        nonce,
        institutionId,
        new Date(nowMs),
      ]),
    );
    if (fresh.length === 0) throw refusal('The request was made before: sign each anew.');
    return institutionId;
  }
}

/** Removes nonces that no request could use any more; for the sweep. */
export async function forgetNonces(tx: Tx): Promise<void> {
  await tx.query(`delete from peer_nonce where seen_at < clock_timestamp() - interval '10 minutes'`);
}

const refusal = (detail: string): Refusal => new Refusal(UNAUTHENTICATED, { detail });

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
