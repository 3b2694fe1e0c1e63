import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

export interface TagRecord {
  readonly tag: string;
  readonly addedBy: string;
  readonly addedAt: Date;
}

@Injectable()
export class TagStore {
  /** False: it has it already. */
  async add(tx: Tx, institutionId: string, complaintId: string, tag: string, by: string, now: Date): Promise<boolean> {
    const rows = await tx.query(
      'insert into complaint_tag (institution_id, complaint, tag, added_by, added_at) values ($1, $2, $3, $4, $5) on conflict do nothing returning tag',
      [institutionId, complaintId, tag, by, now],
    );
    return rows.length > 0;
  }

  /** False: it has it not. */
  async remove(tx: Tx, complaintId: string, tag: string): Promise<boolean> {
    const rows = await tx.query('delete from complaint_tag where complaint = $1 and tag = $2 returning tag', [complaintId, tag]);
    return rows.length > 0;
  }

  async list(tx: Tx, complaintId: string): Promise<TagRecord[]> {
    return tx.query(
      'select tag, added_by as "addedBy", added_at as "addedAt" from complaint_tag where complaint = $1 order by added_at, tag',
      [complaintId],
    );
  }

  /** Of many complaints at once. */
  async ofMany(tx: Tx, complaintIds: readonly string[]): Promise<{ complaintId: string; tags: string[] }[]> {
    return tx.query(
      'select complaint as "complaintId", array_agg(tag order by tag) as tags from complaint_tag where complaint = any($1) group by 1',
      [complaintIds],
    );
  }

  async uses(tx: Tx, institutionId: string, most: number): Promise<{ tag: string; count: number }[]> {
    return tx.query(
      'select tag, count(*)::int as count from complaint_tag where institution_id = $1 group by tag order by count(*) desc, tag limit $2',
      [institutionId, most],
    );
  }
}
