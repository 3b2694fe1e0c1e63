import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { HoldState } from '../complaint/complaint.dto.ts';

@Injectable()
export class HoldStore {
  /** Says that a request was made, with its version. */
  async request(tx: Tx, complaints: readonly { readonly id: string; readonly version: number }[]): Promise<void> {
    await tx.query(
      `update complaint c set hold_state = 'requested', hold_version = r.version from json_to_recordset($1) as r(id uuid, version integer) where c.id = r.id`,
      [JSON.stringify(complaints)],
    );
  }

  /** Takes the answer to a request, unless a later one was made meanwhile. Returns whether it was taken. */
  async answer(tx: Tx, institutionId: string, id: string, version: number, state: HoldState): Promise<boolean> {
    const taken = await tx.query(
      'update complaint set hold_state = $4 where institution_id = $1 and id = $2 and hold_version = $3 and hold_state <> $4 returning id',
      [institutionId, id, version, state],
    );
    return taken.length > 0;
  }

  async now(tx: Tx): Promise<Date> {
    const [row] = await tx.query<{ now: Date }>(`select date_trunc('milliseconds', clock_timestamp()) as now`);
    if (!row) throw new Error('no time');
    return row.now;
  }
}
