import type { DataSource } from 'typeorm';
import { EVERY_INSTITUTION, inTransaction } from '#pg';
import type { Vault } from '#vault';

export const WINDOW_SECONDS = 15 * 60;
export const ATTEMPTS_PER_ACCOUNT = 5;
/** An office shares an address, so it gets more than one person does. */
export const ATTEMPTS_PER_ADDRESS = 30;

interface Count {
  key: Buffer;
  attempts: number;
  seconds_left: number;
}

const CONTEXT = 'login-attempt';

/** Counts login attempts per account and address, before the password is looked at: guesses sent at once do not slip past. */
export class LoginThrottle {
  constructor(
    private readonly source: DataSource,
    private readonly vault: Vault,
  ) {}

  /** Counts an attempt. The seconds to wait when it must not be made, else 0. */
  async enter(login: string, address: string): Promise<number> {
    const limits = new Map([
      [this.account(login).toString('hex'), ATTEMPTS_PER_ACCOUNT],
      [this.address(address).toString('hex'), ATTEMPTS_PER_ADDRESS],
    ]);
    // Locked in one order by everybody, or two attempts could wait for each other.
    const keys = [...limits.keys()].toSorted().map((key) => Buffer.from(key, 'hex'));
    const counts = await inTransaction(this.source, { institutionId: EVERY_INSTITUTION }, (tx) =>
      tx.query<Count>(
        `insert into login_attempt as kept (key, attempts, window_ends_at)
         select key, 1, now() + make_interval(secs => $2) from unnest($1::bytea[]) with ordinality as given (key, at) order by at
         on conflict (key) do update set
           attempts = case when kept.window_ends_at <= now() then 1 else kept.attempts + 1 end,
           window_ends_at = case when kept.window_ends_at <= now() then excluded.window_ends_at else kept.window_ends_at end
         returning key, attempts, ceil(extract(epoch from window_ends_at - now()))::integer as seconds_left`,
        [keys, WINDOW_SECONDS],
      ),
    );
    const over = counts.filter((count) => count.attempts > (limits.get(count.key.toString('hex')) ?? 0));
    return Math.max(0, ...over.map((count) => count.seconds_left));
  }

  /** The attempt was right: the account starts anew, and the address is not charged for it. */
  async succeed(login: string, address: string): Promise<void> {
    await this.source.query(`delete from login_attempt where key = $1`, [this.account(login)]);
    await this.source.query(`update login_attempt set attempts = greatest(attempts - 1, 0) where key = $1`, [this.address(address)]);
  }

  private account(login: string): Buffer {
    return this.vault.index(`account ${login.toLowerCase()}`, CONTEXT);
  }

  private address(address: string): Buffer {
    return this.vault.index(`address ${address}`, CONTEXT);
  }
}
