import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

export interface FoundCase {
  readonly caseId: string;
  readonly debtId: string;
  readonly debtorId: string;
  readonly debtorNameSealed: Buffer;
  readonly product: string;
  readonly state: string;
  readonly balance: string;
  readonly currency: string;
  readonly overdueSince: string | null;
  readonly agencyId: string | null;
  readonly agencyName: string | null;
  readonly matchedBy: 'id-number' | 'phone' | 'account';
}

export interface LookupKeys {
  readonly idNumberIndex: Buffer | null;
  readonly valueIndexes: readonly Buffer[];
  readonly account: string | null;
}

@Injectable()
export class LookupStore {
  /** Cases by the keyed hash of an id number, of a telephone number or address, or by an account; the best match of each first. */
  async cases(tx: Tx, institutionId: string, { idNumberIndex, valueIndexes, account }: LookupKeys, limit: number): Promise<FoundCase[]> {
    return tx.query<FoundCase>(
      `with hit as (
         select c.id, 1 as rank, 'id-number' as by from debtor d join collection_case c on c.debtor = coalesce(d.merged_into, d.id) where d.id_number_index = $2 and d.institution_id = $1
         union all select c.id, 2, 'account' from collection_case c where c.case_id = $4 and c.institution_id = $1
         union all select c.id, 2, 'account' from collection_case c where c.debt_id = $4 and c.institution_id = $1
         union all select c.id, 2, 'account' from debtor d join collection_case c on c.debtor = coalesce(d.merged_into, d.id) where d.debtor_id = $4 and d.institution_id = $1
         union all select p.collection_case, 3, 'phone' from contact_point t join party p on p.id = t.party where t.value_index = any($3) and t.institution_id = $1
       ), best as (select distinct on (id) id, rank, by from hit order by id, rank)
       select c.case_id as "caseId", c.debt_id as "debtId", d.debtor_id as "debtorId", d.name_sealed as "debtorNameSealed", c.product, c.state, c.balance::text as balance, c.currency,
         c.overdue_since::text as "overdueSince", c.agency_id as "agencyId", a.name as "agencyName", b.by as "matchedBy"
       from best b join collection_case c on c.id = b.id join debtor d on d.id = c.debtor left join agency a on a.agency_id = c.agency_id and a.institution_id = c.institution_id
       order by b.rank, c.state <> 'open', c.case_id limit $5`,
      [institutionId, idNumberIndex, valueIndexes, account, limit],
    );
  }
}
