import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

export interface NewBonds {
  readonly institutionId: string;
  readonly complaintId: string;
  readonly number: string;
  readonly debtor: string;
  readonly from: Date;
  readonly at: Date;
}

@Injectable()
export class BondStore {
  async bind(tx: Tx, { institutionId, complaintId, number, debtor, from, at }: NewBonds): Promise<void> {
    await tx.query(
      `insert into recording_bond (recording, complaint_id, institution_id, number, bound_at)
       select r.id, $2, $1, $3, $6 from collection_case c join recording r on r.collection_case = c.id
       where c.debtor = $4 and c.institution_id = $1 and r.recorded_at >= $5 and r.destroyed_at is null order by r.id
       on conflict (recording, complaint_id) do update set released_at = null, bound_at = excluded.bound_at where recording_bond.released_at is not null`,
      [institutionId, complaintId, number, debtor, from, at],
    );
  }

  async release(tx: Tx, institutionId: string, complaintId: string, at: Date): Promise<void> {
    await tx.query('update recording_bond set released_at = $3 where institution_id = $1 and complaint_id = $2 and released_at is null', [
      institutionId,
      complaintId,
      at,
    ]);
  }
}
