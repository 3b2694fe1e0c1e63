import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { inTransaction, type Tx } from '#pg';
import { append } from './append.ts';

const REMEMBERED = 20_000;
// Longer than sessions last; one that lasts longer is recorded once more.
const KEPT = '40 days';

/** The first request of each sign-in at this service; of a machine, the first of each day (UTC). */
@Injectable()
export class SignInService {
  private readonly known = new Set<string>();
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Whether this process knows that it is recorded: the way of nearly every request. */
  isKnown(principal: Principal): boolean {
    return this.known.has(this.keyOf(principal));
  }

  /** Records it once, whatever other processes do meanwhile; requests that come at once wait for the same writing. */
  async record(principal: Principal): Promise<void> {
    const key = this.keyOf(principal);
    const writing = this.underWay.get(key) ?? this.write(principal, key).finally(() => this.underWay.delete(key));
    this.underWay.set(key, writing);
    await writing;
  }

  private async write(principal: Principal, key: string): Promise<void> {
    await inTransaction(this.database, principal, (tx) => this.note(tx, principal, key));
    if (this.known.size >= REMEMBERED) {
      const [oldest] = this.known;
      if (oldest !== undefined) this.known.delete(oldest);
    }
    this.known.add(key);
  }

  private async note(tx: Tx, principal: Principal, key: string): Promise<void> {
    const { institutionId, subject, clientId, agencyId, roles, session, homeInstitutionId } = principal;
    const hash = createHash('sha256').update(key).digest();
    const noted = await tx.query(
      'insert into sign_in (institution_id, subject, session) values ($1, $2, $3) on conflict do nothing returning subject',
      [institutionId, subject, hash],
    );
    if (noted.length === 0) return;
    const home = homeInstitutionId === undefined ? {} : { homeInstitution: homeInstitutionId };
    const body = { clientId, agencyId, roles, by: session === undefined ? 'day' : 'session', session: hash.toString('hex'), ...home };
    await append(tx, institutionId, [{ kind: 'sign-in', actor: subject, body }]);
  }

  private keyOf({ institutionId, subject, clientId, session }: Principal): string {
    const sign = session ?? `day:${(this.clock.override ?? new Date()).toISOString().slice(0, 10)} ${clientId ?? ''}`;
    return JSON.stringify([institutionId, subject, sign]);
  }
}

/** Forgets what no session can be of any more; for the sweep. */
export async function forgetSignIns(tx: Tx): Promise<void> {
  await tx.query(`delete from sign_in where at < clock_timestamp() - interval '${KEPT}'`);
}
