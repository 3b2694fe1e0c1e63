import type { Tx } from '#pg';
import type { Look } from './read.look.ts';

export interface ReadRow extends Look {
  readonly id: string;
  readonly institutionId: string;
  readonly subject: string;
  readonly clientId: string | null;
  readonly status: number;
  readonly times: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

export interface NewRead {
  readonly institutionId: string;
  readonly subject: string;
  readonly clientId: string | null;
  readonly look: Look;
  readonly status: number;
  readonly now: Date;
}

export interface ReadSelection {
  readonly subject: string | null;
  readonly resource: string | null;
  readonly route: string | null;
  /** Local dates, both inclusive. */
  readonly from: string | null;
  readonly to: string | null;
  readonly timeZone: string;
  readonly before: string | null;
}

const COLUMNS = `id, institution_id as "institutionId", subject, client_id as "clientId", method, route, resource, query, status, times,
  first_at as "firstAt", last_at as "lastAt"`;

export class ReadStore {
  /** One row for the same look of the same person in the same minute; the id of a row that is new, null where it was counted on. */
  async note(tx: Tx, { institutionId, subject, clientId, look, status, now }: NewRead): Promise<string | null> {
    const { method, route, resource, query } = look;
    const [row] = await tx.query<{ id: string; times: number }>(
      `insert into regulator_read as r (institution_id, subject, client_id, method, route, resource, query, status, minute, first_at, last_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, date_trunc('minute', $9::timestamptz), $9, $9)
       on conflict (institution_id, subject, minute, route, resource, query, method, status)
       do update set times = r.times + 1, last_at = greatest(r.last_at, excluded.last_at) returning id, times`,
      [institutionId, subject, clientId, method, route, resource, query, status, now],
      'regulator-read',
    );
    if (!row) throw new Error('the read was not noted');
    return row.times === 1 ? row.id : null;
  }

  /** The newest first. */
  list(
    tx: Tx,
    institutionId: string,
    { subject, resource, route, from, to, timeZone, before }: ReadSelection,
    limit: number,
  ): Promise<ReadRow[]> {
    return tx.query<ReadRow>(
      `select ${COLUMNS} from regulator_read where institution_id = $1 and ($2::text is null or subject = $2) and ($3::text is null or resource = $3)
         and ($4::text is null or route = $4) and ($5::date is null or last_at >= $5::date::timestamp at time zone $7)
         and ($6::date is null or first_at < ($6::date + 1)::timestamp at time zone $7) and ($8::uuid is null or id < $8) order by id desc limit $9`,
      [institutionId, subject, resource, route, from, to, timeZone, before, limit],
    );
  }
}
