import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { isUuid } from '#wire';
import type { CauseKind, CauseState } from './attribution.dto.ts';

export interface AttributionRecord {
  readonly id: string;
  readonly kind: CauseKind;
  readonly target: string | null;
  readonly targetVersion: number | null;
  readonly agencyId: string | null;
  readonly itemId: string | null;
  /** What the item is in collections. */
  readonly restsOn: string | null;
  readonly reasonSealed: Buffer;
  readonly state: CauseState;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly settledBy: string | null;
  readonly settledAt: Date | null;
}

export type NewAttribution = Omit<AttributionRecord, 'id' | 'restsOn'>;

const COLUMNS = `a.id, a.kind, a.target, a.target_version as "targetVersion", a.agency_id as "agencyId", a.item as "itemId",
  (select i.ref from dossier_item i where i.id = a.item and i.kind <> 'attached') as "restsOn", a.reason_sealed as "reasonSealed", a.state, a.proposed_by as "proposedBy",
  a.proposed_at as "proposedAt", a.settled_by as "settledBy", a.settled_at as "settledAt"`;

@Injectable()
export class AttributionStore {
  async list(tx: Tx, complaintId: string): Promise<AttributionRecord[]> {
    return tx.query<AttributionRecord>(`select ${COLUMNS} from complaint_attribution a where a.complaint = $1 order by a.id`, [
      complaintId,
    ]);
  }

  async find(tx: Tx, complaintId: string, id: string): Promise<AttributionRecord | null> {
    if (!isUuid(id)) return null;
    const [row] = await tx.query<AttributionRecord>(
      `select ${COLUMNS} from complaint_attribution a where a.complaint = $1 and a.id = $2 for update of a`,
      [complaintId, id],
    );
    return row ?? null;
  }

  /** Null: the complaint has this cause already. */
  async insert(tx: Tx, institutionId: string, complaintId: string, given: NewAttribution): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>(
      `insert into complaint_attribution (institution_id, complaint, kind, target, target_version, agency_id, item, reason_sealed, state, proposed_by, proposed_at, settled_by, settled_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
       on conflict (complaint, kind, coalesce(target, ''), coalesce(target_version, 0)) where state in ('proposed', 'confirmed') do nothing returning id`,
      [
        institutionId,
        complaintId,
        given.kind,
        given.target,
        given.targetVersion,
        given.agencyId,
        given.itemId,
        given.reasonSealed,
        given.state,
        given.proposedBy,
        given.proposedAt,
        given.settledBy,
        given.settledAt,
      ],
    );
    return row?.id ?? null;
  }

  async settle(tx: Tx, id: string, state: CauseState, by: string, at: Date): Promise<void> {
    await tx.query('update complaint_attribution set state = $2, settled_by = $3, settled_at = $4 where id = $1', [id, state, by, at]);
  }

  /** The version of what collections is told next. */
  async nextVersion(tx: Tx, institutionId: string, complaintId: string): Promise<number> {
    const [row] = await tx.query<{ version: number }>(
      `insert into attribution_told (complaint, institution_id, version) values ($2, $1, 1)
       on conflict (complaint) do update set version = attribution_told.version + 1 returning version`,
      [institutionId, complaintId],
    );
    if (!row) throw new Error('no version was given');
    return row.version;
  }
}
