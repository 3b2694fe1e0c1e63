import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { MatrixRow } from './matrix.ts';

export interface MatrixRecord {
  readonly id: string;
  readonly institutionId: string;
  readonly version: number;
  readonly rows: readonly MatrixRow[];
  readonly note: string;
  readonly author: string;
  readonly createdAt: Date;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
}

const SELECT = `select id, institution_id as "institutionId", version, rows, note, author, created_at as "createdAt", approved_by as "approvedBy", approved_at as "approvedAt"
  from approval_matrix`;

@Injectable()
export class MatrixStore {
  /** The newest first. */
  async list(tx: Tx, institutionId: string): Promise<MatrixRecord[]> {
    return tx.query(`${SELECT} where institution_id = $1 order by version desc limit 200`, [institutionId]);
  }

  async find(tx: Tx, institutionId: string, version: number): Promise<MatrixRecord | null> {
    const [row] = await tx.query<MatrixRecord>(`${SELECT} where institution_id = $1 and version = $2`, [institutionId, version]);
    return row ?? null;
  }

  /** Whether it is part of an open major matter. */
  async isMajor(tx: Tx, complaintId: string): Promise<boolean> {
    return (await tx.query('select from major_complaint where complaint = $1 and active', [complaintId])).length > 0;
  }

  async inForce(tx: Tx, institutionId: string): Promise<MatrixRecord | null> {
    const [row] = await tx.query<MatrixRecord>(
      `${SELECT} where institution_id = $1 and approved_at is not null order by version desc limit 1`,
      [institutionId],
    );
    return row ?? null;
  }

  /** Nobody else makes or settles a version until the transaction ends. */
  async lock(tx: Tx, institutionId: string): Promise<void> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`approval_matrix ${institutionId}`]);
  }

  async add(
    tx: Tx,
    { institutionId, rows, note, author, createdAt }: Pick<MatrixRecord, 'institutionId' | 'rows' | 'note' | 'author' | 'createdAt'>,
  ): Promise<{ readonly id: string; readonly version: number }> {
    const [made] = await tx.query<{ id: string; version: number }>(
      `insert into approval_matrix (institution_id, version, rows, note, author, created_at)
       values ($1, (select coalesce(max(version), 0) + 1 from approval_matrix where institution_id = $1), $2, $3, $4, $5) returning id, version`,
      [institutionId, JSON.stringify(rows), note, author, createdAt],
    );
    if (!made) throw new Error('the matrix was not stored');
    return made;
  }

  async approve(tx: Tx, id: string, by: string, at: Date): Promise<void> {
    await tx.query('update approval_matrix set approved_by = $2, approved_at = $3 where id = $1', [id, by, at]);
  }
}
