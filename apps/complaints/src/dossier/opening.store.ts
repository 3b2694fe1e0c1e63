import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

export interface OpenedComplaint {
  readonly id: string;
  readonly account: string | null;
}

@Injectable()
export class OpeningStore {
  /** The period begins 180 days before the complaint was received: a debt goes from hand to hand in less. */
  async open(tx: Tx, institutionId: string, complaints: readonly OpenedComplaint[], by: string, now: Date): Promise<void> {
    if (complaints.length === 0) return;
    await tx.query(
      `insert into dossier (complaint, institution_id, account, from_at, state, state_since, opened_by, opened_at)
       select c.id, $1, r.account, c.received_at - interval '180 days', 'waiting', $3, $4, $3 from json_to_recordset($2) as r(id uuid, account text) join complaint c on c.id = r.id
       on conflict (complaint) do nothing`,
      [institutionId, JSON.stringify(complaints.map(({ id, account }) => ({ id, account }))), now, by],
    );
  }
}
