import type { Tx } from '#pg';
import type { Vault } from '#vault';

/** Who is signed in, as the services see it. */
export interface Person {
  readonly subject: string;
  readonly name: string;
  readonly institutionId: string;
  readonly agencyId: string | null;
  readonly roles: readonly string[];
}

export interface Tokens {
  readonly accessToken: string;
  /** Null where the issuer gives none: the session then ends with the access token. */
  readonly refreshToken: string | null;
  /** A hint for the issuer when the session ends. */
  readonly idToken: string | null;
  readonly accessSeconds: number;
}

export interface Session {
  readonly person: Person;
  readonly tokens: Omit<Tokens, 'accessSeconds'>;
  /** Negative when it is over. */
  readonly accessSecondsLeft: number;
}

interface Row {
  sealed: Buffer;
  seconds_left: string;
}

const CLEANED_AT_ONCE = 10_000;
// Not every request writes: a session is known to be in use to this precision.
const USE_NOTED_SECONDS = 30;
const LEFT = `extract(epoch from access_ends_at - now()) as seconds_left`;

/** Sessions by the hash of their id; what they hold is sealed for that very row. */
export class SessionStore {
  /** @param idleMinutes a session unused for longer is not found. */
  constructor(
    private readonly vault: Vault,
    private readonly idleMinutes: number,
  ) {}

  async insert(tx: Tx, idHash: Buffer, person: Person, tokens: Tokens, lastsMinutes: number): Promise<void> {
    await tx.query(
      `insert into session (id_hash, sealed, access_ends_at, ends_at)
       values ($1, $2, now() + make_interval(secs => $3), now() + make_interval(mins => $4))`,
      [idHash, this.seal(idHash, person, tokens), tokens.accessSeconds, lastsMinutes],
    );
  }

  /** With `isUse` the idle time begins anew. */
  async find(tx: Tx, idHash: Buffer, isUse: boolean): Promise<Session | null> {
    const rows = await tx.query<Row>(
      `with noted as (
         update session set used_at = now() where id_hash = $1 and $3 and used_at < now() - make_interval(secs => ${USE_NOTED_SECONDS})
           and ends_at > now() and used_at > now() - make_interval(mins => $2))
       select sealed, ${LEFT} from session where id_hash = $1 and ends_at > now() and used_at > now() - make_interval(mins => $2)`,
      [idHash, this.idleMinutes, isUse],
      'find-session',
    );
    return this.toSession(idHash, rows[0]);
  }

  async lock(tx: Tx, idHash: Buffer): Promise<Session | null> {
    const rows = await tx.query<Row>(`select sealed, ${LEFT} from session where id_hash = $1 and ends_at > now() for update`, [idHash]);
    return this.toSession(idHash, rows[0]);
  }

  async replaceTokens(tx: Tx, idHash: Buffer, person: Person, tokens: Tokens): Promise<void> {
    await tx.query(`update session set sealed = $2, access_ends_at = now() + make_interval(secs => $3) where id_hash = $1`, [
      idHash,
      this.seal(idHash, person, tokens),
      tokens.accessSeconds,
    ]);
  }

  /** What the session held, whether or not it was over; null when there is none. */
  async remove(tx: Tx, idHash: Buffer): Promise<Session | null> {
    const rows = await tx.query<Row>(`delete from session where id_hash = $1 returning sealed, ${LEFT}`, [idHash]);
    return this.toSession(idHash, rows[0]);
  }

  /** Removes sessions that are over, some at a time so that no sweep holds many locks. */
  async removeOver(tx: Tx): Promise<void> {
    for (const over of ['ends_at <= now()', 'used_at <= now() - make_interval(mins => $1)'] as const) {
      await tx.query(
        `delete from session where id_hash in (select id_hash from session where ${over} limit ${CLEANED_AT_ONCE} for update skip locked)`,
        over.includes('$1') ? [this.idleMinutes] : [],
      );
    }
  }

  private contextOf(idHash: Buffer): string {
    return `session/${idHash.toString('hex')}`;
  }

  private seal(idHash: Buffer, person: Person, { accessToken, refreshToken, idToken }: Tokens): Buffer {
    return this.vault.seal(JSON.stringify({ person, tokens: { accessToken, refreshToken, idToken } }), this.contextOf(idHash));
  }

  private toSession(idHash: Buffer, row: Row | undefined): Session | null {
    if (!row) return null;
    try {
      const held = JSON.parse(this.vault.open(row.sealed, this.contextOf(idHash))) as Pick<Session, 'person' | 'tokens'>;
      return { ...held, accessSecondsLeft: Number(row.seconds_left) };
    } catch {
      // Sealed under a key that has left the ring: the person signs in again.
      return null;
    }
  }
}
