import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

export interface Indexed {
  readonly complaintId: string;
  readonly tokens: readonly bigint[];
}

const incoming = (rows: readonly Indexed[]): string =>
  JSON.stringify(rows.map(({ complaintId, tokens }) => ({ complaint: complaintId, tokens: `{${tokens.join(',')}}` })));
const ROWS = `json_to_recordset($2) as r(complaint uuid, tokens text)`;

@Injectable()
export class SearchStore {
  /** Adds to what complaints are found by. */
  async add(tx: Tx, institutionId: string, rows: readonly Indexed[]): Promise<void> {
    await tx.query(
      `insert into complaint_search as s (complaint, institution_id, tokens) select r.complaint, $1, r.tokens::bigint[] from ${ROWS}
       on conflict (complaint) do update set tokens = (select array_agg(distinct t) from unnest(s.tokens || excluded.tokens) t) where not s.tokens @> excluded.tokens`,
      [institutionId, incoming(rows)],
    );
  }

  /** What complaints are found by from now on, whatever it was. */
  async replace(tx: Tx, institutionId: string, rows: readonly Indexed[]): Promise<void> {
    await tx.query(
      `update complaint_search s set tokens = r.tokens::bigint[] from ${ROWS} where s.complaint = r.complaint and s.institution_id = $1`,
      [institutionId, incoming(rows)],
    );
  }

  /** Nobody else adds to these until the transaction ends. */
  async hold(tx: Tx, institutionId: string, complaintIds: readonly string[]): Promise<void> {
    await tx.query(
      `insert into complaint_search (complaint, institution_id, tokens) select id, $1, '{}' from unnest($2::uuid[]) id order by id on conflict do nothing`,
      [institutionId, complaintIds],
    );
    await tx.query('select from complaint_search where complaint = any($1) order by complaint for update', [complaintIds]);
  }

  async institutionOf(tx: Tx, complaintId: string): Promise<string | null> {
    const [row] = await tx.query<{ institutionId: string }>('select institution_id as "institutionId" from complaint where id = $1', [
      complaintId,
    ]);
    return row?.institutionId ?? null;
  }

  /** The text of a part, instead of what it was. */
  async putText(tx: Tx, institutionId: string, complaintId: string, part: string, textSealed: Buffer): Promise<void> {
    await tx.query(
      `insert into complaint_text (institution_id, complaint, part, text_sealed) values ($1, $2, $3, $4)
       on conflict on constraint complaint_text_part do update set text_sealed = excluded.text_sealed`,
      [institutionId, complaintId, part, textSealed],
    );
  }

  async removeText(tx: Tx, complaintId: string, part: string): Promise<void> {
    await tx.query('delete from complaint_text where complaint = $1 and part = $2', [complaintId, part]);
  }
}
