import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

export interface ListedRecord {
  readonly id: string;
  readonly agencyId: string;
  readonly name: string;
  readonly licence: string | null;
  readonly phone: string | null;
  readonly address: string | null;
  readonly since: Date;
}

export interface SpellRecord extends ListedRecord {
  readonly from: Date;
  readonly until: Date | null;
  readonly left: boolean;
}

const COLUMNS = `id, agency_id as "agencyId", name, licence, phone, address, since`;
// Whoever has looked by then: the end of a contract is in the row from the beginning.
const END = 'least(until_at, expires_at)';

@Injectable()
export class PublicationStore {
  async listAt(tx: Tx, institutionId: string, at: Date): Promise<ListedRecord[]> {
    return tx.query<ListedRecord>(
      `select ${COLUMNS} from agency_publication where institution_id = $1 and from_at <= $2 and coalesce(${END} > $2, true) order by name, agency_id`,
      [institutionId, at],
    );
  }

  /** What the list has said by the instant, the newest first; one more than the limit, if there is so much. */
  async history(
    tx: Tx,
    filter: {
      readonly institutionId: string;
      readonly agencyId: string | null;
      readonly at: Date;
      readonly before: string | null;
      readonly limit: number;
    },
  ): Promise<SpellRecord[]> {
    return tx.query<SpellRecord>(
      `select ${COLUMNS}, from_at as from, case when ${END} <= $3 then ${END} end as until,
         coalesce(${END} <= $3 and (left_because is not null or expires_at <= least(until_at, $3)), false) as left
       from agency_publication p where institution_id = $1 and ($2::text is null or agency_id = $2) and from_at <= $3 and (until_at is null or until_at > from_at)
         and ($4::uuid is null or id < $4) order by id desc limit $5`,
      [filter.institutionId, filter.agencyId, filter.at, filter.before, filter.limit + 1],
    );
  }
}
