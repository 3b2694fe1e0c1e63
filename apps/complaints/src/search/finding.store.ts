import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { COMPLAINT_COLUMNS } from '../complaint/complaint.columns.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import type { ExactField, SearchState } from './finding.dto.ts';

/** What was asked for as the columns that hold it whole; null where the reader may not ask by it. */
export interface ExactQuery {
  readonly text: string;
  readonly contactIndexes: readonly Buffer[] | null;
  readonly idNumberIndex: Buffer | null;
}

/** A sealed text of a complaint that stands outside of its row. */
export interface OtherText {
  readonly complaintId: string;
  readonly part: string;
  readonly sealed: Buffer;
}

const OPEN: Readonly<Record<SearchState, string>> = { open: 'and c.closed_at is null', closed: 'and c.closed_at is not null' };
const stateOf = (state: SearchState | null): string => (state === null ? '' : OPEN[state]);

const MOST_EXACT = 20;

@Injectable()
export class FindingStore {
  /** Complaints that have all the tokens, the latest first, from before the given one. */
  async candidates(tx: Tx, tokens: readonly bigint[], before: string | null, limit: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }>('select id from search_complaints($1::bigint[], $2::uuid, $3) as found(id)', [
      `{${tokens.join(',')}}`,
      before,
      limit,
    ]);
    return rows.map(({ id }) => id);
  }

  async records(tx: Tx, institutionId: string, ids: readonly string[], state: SearchState | null): Promise<ComplaintRecord[]> {
    return tx.query<ComplaintRecord>(
      `select ${COMPLAINT_COLUMNS} from complaint c where c.institution_id = $1 and c.id = any($2) ${stateOf(state)} order by c.id desc`,
      [institutionId, ids],
    );
  }

  /** What was written with clock events. */
  async ledgerTexts(tx: Tx, ids: readonly string[]): Promise<OtherText[]> {
    return tx.query(
      `select complaint as "complaintId", 'ledger' as part, note_sealed as sealed from clock_event where complaint = any($1) and note_sealed is not null order by complaint, seq`,
      [ids],
    );
  }

  /** What other rooms wrote. */
  async roomTexts(tx: Tx, ids: readonly string[]): Promise<OtherText[]> {
    return tx.query(
      `select complaint as "complaintId", part, text_sealed as sealed from complaint_text where complaint = any($1) order by complaint, part`,
      [ids],
    );
  }

  /** Complaints that the text names whole; each way by an index of its own. */
  async exact(tx: Tx, institutionId: string, query: ExactQuery): Promise<{ id: string; field: ExactField }[]> {
    const { text, contactIndexes, idNumberIndex } = query;
    return tx.query(
      `select distinct on (id) id, field from (
         (select id, 'number' as field, 1 as place from complaint where institution_id = $1 and number = upper($2))
         union all (select id, 'externalRef', 2 from complaint where institution_id = $1 and external_ref = $2)
         union all (select id, 'account', 3 from complaint where institution_id = $1 and account = $2 order by id desc limit $5)
         union all (select id, 'contact', 4 from complaint where institution_id = $1 and contact_index = any($3) order by id desc limit $5)
         union all (select id, 'idNumber', 5 from complaint where institution_id = $1 and id_number_index = $4 order by id desc limit $5)
       ) found order by id desc, place limit $5`,
      [institutionId, text, contactIndexes, idNumberIndex, MOST_EXACT],
    );
  }
}
