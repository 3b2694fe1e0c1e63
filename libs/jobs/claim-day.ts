import type { Tx } from '#pg';

/** Work of once a day: from this hour on, in this zone. */
export interface DailyWork {
  readonly hour: number;
  /** IANA. */
  readonly zone: string;
}

/**
 * Whether today's work of this name is the caller's to do: the local day, for one caller of any number, else null. `now` null: PostgreSQL’s. Asked often, from a job that
 * `every` wakes; what is to be done is done or enqueued in the same transaction. A night in which nothing ran is made up for, several
 * are one; a queue store that forgets changes nothing, since it is not asked.
 */
export async function claimDay(tx: Tx, name: string, now: Date | null, { hour, zone }: DailyWork): Promise<string | null> {
  const [claimed] = await tx.query<{ day: string }>(
    `insert into daily_work (name, day) values ($1, ((coalesce($2::timestamptz, clock_timestamp()) at time zone $3) - make_interval(hours => $4))::date)
     on conflict do nothing returning day`,
    [name, now, zone, hour],
  );
  return claimed?.day ?? null;
}
