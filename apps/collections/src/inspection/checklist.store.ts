import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { Checklist, InspectionKind } from './checklist.ts';

export interface ChecklistRecord extends Checklist {
  readonly author: string | null;
  readonly createdAt: Date | null;
}

const COLUMNS = 'kind, version, title, items, author, created_at as "createdAt"';

@Injectable()
export class ChecklistStore {
  async list(tx: Tx, institutionId: string): Promise<ChecklistRecord[]> {
    return tx.query(`select ${COLUMNS} from inspection_checklist where institution_id = $1 order by kind, version`, [institutionId]);
  }

  async newest(tx: Tx, institutionId: string, kind: InspectionKind): Promise<ChecklistRecord | null> {
    const [row] = await tx.query<ChecklistRecord>(
      `select ${COLUMNS} from inspection_checklist where institution_id = $1 and kind = $2 order by version desc limit 1`,
      [institutionId, kind],
    );
    return row ?? null;
  }

  async find(tx: Tx, institutionId: string, kind: InspectionKind, version: number): Promise<ChecklistRecord | null> {
    const [row] = await tx.query<ChecklistRecord>(
      `select ${COLUMNS} from inspection_checklist where institution_id = $1 and kind = $2 and version = $3`,
      [institutionId, kind, version],
    );
    return row ?? null;
  }

  /** Until the transaction ends nobody else makes a version of the kind. */
  async lock(tx: Tx, institutionId: string, kind: InspectionKind): Promise<void> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1 || chr(31) || $2, 10404))', [institutionId, kind]);
  }

  async add(tx: Tx, institutionId: string, made: ChecklistRecord): Promise<void> {
    await tx.query(
      `insert into inspection_checklist (institution_id, kind, version, title, items, author, created_at) values ($1, $2, $3, $4, $5, $6, $7)`,
      [institutionId, made.kind, made.version, JSON.stringify(made.title), JSON.stringify(made.items), made.author, made.createdAt],
    );
  }
}
