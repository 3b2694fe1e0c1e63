import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

/** An agency whose task to have its cases taken back is not as its cases are. */
export interface TakeBackGap {
  readonly institutionId: string;
  readonly agencyId: string;
  /** True: cases are to be taken back, and no task says so; false: the task is done. */
  readonly owes: boolean;
  /** The bank's responsible person; null: nobody is named. */
  readonly responsible: string | null;
}

@Injectable()
export class TakeBackStore {
  /** Null: of every agency; of the institutions that the transaction sees. */
  async gaps(tx: Tx, agencyIds: readonly string[] | null, day: string): Promise<TakeBackGap[]> {
    return tx.query<TakeBackGap>(
      `select * from (
         select a.institution_id as "institutionId", a.agency_id as "agencyId",
           (select f.responsible from agency_profile f where f.agency_id = a.agency_id and f.institution_id = a.institution_id) as responsible,
           agency_barred(a.status, a.published, a.contract_from, a.contract_to, $2) and exists (
             select from collection_case c where c.agency_id = a.agency_id and c.institution_id = a.institution_id and c.state = 'open') as owes,
           exists (select from task t where t.resource = 'agency/' || a.agency_id and t.kind = 'take-back-case' and t.institution_id = a.institution_id
             and t.done_at is null) as open
         from agency a where $1::text[] is null or a.agency_id = any($1)) a
       where owes <> open order by "institutionId", "agencyId"`,
      [agencyIds, day],
    );
  }
}
