import { createHash, randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { TokenVerifier, type Principal } from '#auth';
import { createDataSource, EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { FORBIDDEN, Refusal } from '#problem';
import type { Logger } from '#telemetry';
import type { Vault } from '#vault';
import { openVault, type Config } from '../config.ts';
import { Issuer, IssuerRefused, type Secrets } from './issuer.ts';
import { SessionStore, type Person, type Session } from './session.store.ts';

const CLEAN_MS = 600_000;
// Longer than a request takes from here to the service that looks at the token.
const RENEW_EARLY_SECONDS = 60;

const hashOf = (id: string): Buffer => createHash('sha256').update(id).digest();

function personOf({ subject, institutionId, agencyId, roles }: Principal, name: string): Person {
  return { subject, name: name === '' ? subject : name, institutionId, agencyId, roles };
}

/** A session is found by a secret that only the browser has; the tokens never leave this server but to a service. */
export class Sessions {
  readonly issuer: Issuer;
  private readonly store: SessionStore;
  private readonly verifier: TokenVerifier;
  private readonly renewing = new Map<string, Promise<Session | null>>();

  constructor(
    private readonly source: DataSource,
    private readonly config: Config,
    readonly vault: Vault,
    private readonly logger: Logger,
  ) {
    this.issuer = new Issuer(config);
    this.store = new SessionStore(vault, config.sessionIdleMinutes);
    this.verifier = new TokenVerifier(config);
  }

  /**
   * Begins a session with the answer that the browser brought from the issuer; its id. Throws IssuerRefused, and Refusal: UNAUTHENTICATED
   * or FORBIDDEN when the services would not take the person’s token, UNAVAILABLE (503).
   */
  async begin(search: string, secrets: Secrets): Promise<string> {
    const { tokens, name } = await this.issuer.exchange(search, secrets);
    const person = personOf(await this.verifier.verify(tokens.accessToken), name);
    if (person.roles.length === 0) throw new Refusal(FORBIDDEN, { detail: 'The token names no role of ours.' });
    const id = randomBytes(32).toString('base64url');
    await this.inTransaction((tx) => this.store.insert(tx, hashOf(id), person, tokens, this.config.sessionMinutes));
    return id;
  }

  /** Whether the session lasts. Throws Refusal UNAVAILABLE (503). */
  async lasts(id: string): Promise<boolean> {
    return (await this.inTransaction((tx) => this.store.find(tx, hashOf(id), true))) !== null;
  }

  /**
   * The session with an access token that is good for a minute and more; null when it is over, also because the issuer no longer renews
   * it. Throws Refusal UNAVAILABLE (503) when the issuer would have to and is away.
   */
  async resume(id: string, isUse = true): Promise<Session | null> {
    const hash = hashOf(id);
    const found = await this.inTransaction((tx) => this.store.find(tx, hash, isUse));
    if (found === null || found.accessSecondsLeft > RENEW_EARLY_SECONDS) return found;
    const key = hash.toString('hex');
    // Once per process, so that the requests of one page do not hold a connection each; once at all by the lock on the row.
    const renewal = this.renewing.get(key) ?? this.renew(hash).finally(() => this.renewing.delete(key));
    this.renewing.set(key, renewal);
    return await renewal;
  }

  /** Ends the session here and makes its tokens useless; where the browser goes to end it at the issuer, null for nowhere. */
  async end(id: string): Promise<string | null> {
    const ended = await this.inTransaction((tx) => this.store.remove(tx, hashOf(id)));
    if (ended?.tokens.refreshToken) await this.revoke(ended.tokens.refreshToken);
    return await this.issuer.signOutUrl(ended?.tokens.idToken ?? null);
  }

  /** Ends a session that another one takes the place of. */
  async replace(id: string): Promise<void> {
    await this.inTransaction((tx) => this.store.remove(tx, hashOf(id)));
  }

  /** Throws when the store does not answer. */
  async check(): Promise<void> {
    await this.source.query('select 1');
  }

  async clean(): Promise<void> {
    await this.inTransaction((tx) => this.store.removeOver(tx));
  }

  async close(): Promise<void> {
    await this.source.destroy();
  }

  private async revoke(refreshToken: string): Promise<void> {
    try {
      await this.issuer.revoke(refreshToken);
    } catch (error) {
      // They end by themselves; the session here is over in any case.
      this.logger.warn({ reason: error instanceof Error ? error.message : '' }, 'the tokens of an ended session were not revoked');
    }
  }

  private async renew(hash: Buffer): Promise<Session | null> {
    return await this.inTransaction(async (tx) => {
      const session = await this.store.lock(tx, hash);
      if (session === null || session.accessSecondsLeft > RENEW_EARLY_SECONDS) return session;
      const { refreshToken } = session.tokens;
      if (refreshToken === null) return session.accessSecondsLeft > 0 ? session : await this.over(tx, hash, 'no refresh token');
      try {
        const { tokens, name } = await this.issuer.refresh({ ...session.tokens, refreshToken });
        const person = personOf(await this.verifier.verify(tokens.accessToken), name === '' ? session.person.name : name);
        await this.store.replaceTokens(tx, hash, person, tokens);
        return { person, tokens, accessSecondsLeft: tokens.accessSeconds };
      } catch (error) {
        if (error instanceof IssuerRefused) return await this.over(tx, hash, error.reason);
        if (error instanceof Refusal && error.kind.status < 500) return await this.over(tx, hash, error.kind.code);
        // The token at hand is good while the issuer restarts.
        if (error instanceof Refusal && session.accessSecondsLeft > 0) return session;
        throw error;
      }
    });
  }

  private async over(tx: Tx, hash: Buffer, reason: string): Promise<null> {
    await this.store.remove(tx, hash);
    this.logger.info({ reason }, 'a session ended: its token was not renewed');
    return null;
  }

  private async inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return await inTransaction(this.source, { institutionId: EVERY_INSTITUTION }, work);
  }
}

/** The sessions of this server, cleaned from time to time; null where it has no database: nobody signs in then. */
export async function openSessions(config: Config, logger: Logger): Promise<Sessions | null> {
  if (config.databaseUrl === '') return null;
  const vault = openVault(config);
  const source = await createDataSource({ url: config.databaseUrl, poolSize: config.databasePool, applicationName: 'forbear console' });
  const sessions = new Sessions(source, config, vault, logger);
  setInterval(() => {
    sessions.clean().catch((error: unknown) => {
      logger.warn({ reason: error instanceof Error ? error.message : '' }, 'old sessions were not removed; it will be tried again');
    });
  }, CLEAN_MS).unref();
  return sessions;
}
