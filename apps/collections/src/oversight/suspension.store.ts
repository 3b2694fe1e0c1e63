import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

export const SUSPENSION_CAUSES = ['sanction', 'rectification-overdue', 'evaluation-overdue', 'licence-expired'] as const;
export type SuspensionCause = (typeof SUSPENSION_CAUSES)[number];

export interface SuspensionRecord {
  readonly id: string;
  readonly agencyId: string;
  readonly cause: SuspensionCause;
  readonly resource: string;
  readonly since: Date;
  readonly statusBefore: string;
}

const COLUMNS = `id, agency_id as "agencyId", cause, resource, since, status_before as "statusBefore"`;

@Injectable()
export class SuspensionStore {
  /** False when it is open already. */
  async add(tx: Tx, institutionId: string, made: Omit<SuspensionRecord, 'id'>): Promise<boolean> {
    const added = await tx.query(
      `insert into agency_suspension (institution_id, agency_id, cause, resource, since, status_before) values ($1, $2, $3, $4, $5, $6)
       on conflict (resource, cause, institution_id) where lifted_at is null do nothing returning id`,
      [institutionId, made.agencyId, made.cause, made.resource, made.since, made.statusBefore],
    );
    return added.length > 0;
  }

  async open(tx: Tx, institutionId: string, agencyId: string): Promise<SuspensionRecord[]> {
    return tx.query(
      `select ${COLUMNS} from agency_suspension where agency_id = $1 and institution_id = $2 and lifted_at is null order by since, id`,
      [agencyId, institutionId],
    );
  }

  async lift(tx: Tx, id: string, { by, at }: { by: string; at: Date }): Promise<void> {
    await tx.query('update agency_suspension set lifted_at = $2, lifted_by = $3 where id = $1', [id, at, by]);
  }

  /** Whether somebody has suspended it since by hand: from good to suspended, by nobody here. */
  async byHandSince(tx: Tx, institutionId: string, agencyId: string, since: Date): Promise<boolean> {
    const [row] = await tx.query<{ found: boolean }>(
      `select exists (select from (
         select detail->>'status' as status, detail->>'suspension' as ours, lag(detail->>'status') over (order by at, id) as before, at
         from register_act where resource = 'agency/' || $1::text and institution_id = $2 and action = 'agency-standing' and at >= $3) a
       where a.status = 'suspended' and a.before is not null and a.before <> 'suspended' and a.ours is null) as found`,
      [agencyId, institutionId, since],
    );
    return row?.found ?? false;
  }
}
