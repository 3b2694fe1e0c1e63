import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { HoldScope } from './hold.dto.ts';

export interface HoldRecord {
  readonly id: string;
  readonly scope: HoldScope;
  readonly value: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly reasonSealed: Buffer;
  readonly placedBy: string;
  readonly placedAt: Date;
  readonly releaseReasonSealed: Buffer | null;
  readonly releaseAskedBy: string | null;
  readonly releaseAskedAt: Date | null;
  readonly releasedBy: string | null;
  readonly releasedAt: Date | null;
}

export type NewHold = Pick<HoldRecord, 'scope' | 'value' | 'from' | 'to' | 'reasonSealed' | 'placedBy' | 'placedAt'>;

const COLUMNS = `id, scope, value, from_on::text as "from", to_on::text as "to", reason_sealed as "reasonSealed", placed_by as "placedBy", placed_at as "placedAt",
  release_reason_sealed as "releaseReasonSealed", release_asked_by as "releaseAskedBy", release_asked_at as "releaseAskedAt", released_by as "releasedBy", released_at as "releasedAt"`;

@Injectable()
export class HoldStore {
  async insert(tx: Tx, institutionId: string, hold: NewHold): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `insert into retention_hold (institution_id, scope, value, from_on, to_on, reason_sealed, placed_by, placed_at) values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
      [institutionId, hold.scope, hold.value, hold.from, hold.to, hold.reasonSealed, hold.placedBy, hold.placedAt],
    );
    if (!row) throw new Error('the hold was not stored');
    return row.id;
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<HoldRecord | null> {
    const [row] = await tx.query<HoldRecord>(`select ${COLUMNS} from retention_hold where institution_id = $1 and id = $2`, [
      institutionId,
      id,
    ]);
    return row ?? null;
  }

  list(tx: Tx, institutionId: string, withReleased: boolean, before: string | null, limit: number): Promise<HoldRecord[]> {
    return tx.query<HoldRecord>(
      `select ${COLUMNS} from retention_hold where institution_id = $1 and ($2 or released_at is null) and ($3::uuid is null or id < $3) order by id desc limit $4`,
      [institutionId, withReleased, before, limit],
    );
  }

  /** Null: nobody asks for it any more. */
  async askRelease(
    tx: Tx,
    id: string,
    asked: { readonly by: string; readonly at: Date; readonly reasonSealed: Buffer } | null,
  ): Promise<void> {
    await tx.query('update retention_hold set release_asked_by = $2, release_asked_at = $3, release_reason_sealed = $4 where id = $1', [
      id,
      asked?.by ?? null,
      asked?.at ?? null,
      asked?.reasonSealed ?? null,
    ]);
  }

  async release(tx: Tx, id: string, by: string, at: Date): Promise<void> {
    await tx.query('update retention_hold set released_by = $2, released_at = $3 where id = $1', [id, by, at]);
  }
}
