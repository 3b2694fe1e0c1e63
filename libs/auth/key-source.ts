import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import { setTimeout as pause } from 'node:timers/promises';

const TIMEOUT_MS = 5000;
const KEEP_KEYS_MS = 600_000;
const TRIES = 3;
const PAUSE_MS = 100;

/** The issuer did not answer, or not with what OpenID Connect promises. The message names no address: it may be internal. */
export class IssuerUnreachable extends Error {
  constructor(cause: unknown) {
    super('the issuer’s keys cannot be reached', { cause });
    this.name = 'IssuerUnreachable';
  }
}

async function discover(issuer: string): Promise<URL> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`discovery answered ${response.status}`);
  const document: unknown = await response.json();
  const field = (name: string): unknown => (typeof document === 'object' && document !== null ? Reflect.get(document, name) : undefined);
  // OpenID Connect Discovery 4.3: another issuer in the document means that somebody else answered.
  if (field('issuer') !== issuer) throw new Error('discovery names another issuer');
  const address = field('jwks_uri');
  if (typeof address !== 'string' || !URL.canParse(address)) throw new Error('discovery names no jwks_uri');
  return new URL(address);
}

/** The keys of an issuer, found at first use, and looked for again after a failure. */
export class KeySource {
  private keys: JWTVerifyGetKey | null = null;
  private finding: Promise<JWTVerifyGetKey> | null = null;

  constructor(
    private readonly issuer: string,
    private readonly jwksUrl: string,
  ) {}

  /** Throws IssuerUnreachable. */
  async get(): Promise<JWTVerifyGetKey> {
    if (this.keys) return this.keys;
    this.finding ??= this.find().finally(() => (this.finding = null));
    return await this.finding;
  }

  private async find(): Promise<JWTVerifyGetKey> {
    for (let tried = 1; ; tried += 1) {
      try {
        const address = this.jwksUrl === '' ? await discover(this.issuer) : new URL(this.jwksUrl);
        return (this.keys = createRemoteJWKSet(address, { timeoutDuration: TIMEOUT_MS, cacheMaxAge: KEEP_KEYS_MS }));
      } catch (cause) {
        if (tried >= TRIES) throw new IssuerUnreachable(cause);
        await pause(PAUSE_MS * tried);
      }
    }
  }
}
