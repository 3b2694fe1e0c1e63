import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { Change } from './running-share.ts';

@Injectable()
export class ShareStore {
  /** The first change; null: there is none. */
  async since(tx: Tx, institutionId: string): Promise<Date | null> {
    const [row] = await tx.query<{ at: Date | null }>('select min(at) as at from portfolio_change where institution_id = $1', [
      institutionId,
    ]);
    return row?.at ?? null;
  }

  /** By local day up to one, in order. */
  async changes(tx: Tx, institutionId: string, to: string, timeZone: string): Promise<Change[]> {
    return tx.query<Change>(
      `select (at at time zone $3)::date::text as day, agency_id as "agencyId", currency, sum(cases)::integer as cases, (sum(amount) * 100)::float8 as amount
       from portfolio_change where institution_id = $1 and at < ($2::date + 1)::timestamp at time zone $3 group by 1, 2, 3 order by 1, 2, 3`,
      [institutionId, to, timeZone],
    );
  }
}
