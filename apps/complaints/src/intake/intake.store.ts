import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { ComplainantKind } from './complainant-kinds.ts';

export interface IntakeRecord {
  readonly kind: ComplainantKind;
  readonly peopleSealed: Buffer | null;
  readonly regulator: string | null;
  readonly reference: string | null;
  readonly forwardedOn: string | null;
}

export interface NewProof {
  readonly institutionId: string;
  readonly complaintId: string;
  readonly fileId: string;
  readonly sufficient: boolean;
  readonly noteSealed: Buffer | null;
  readonly examinedBy: string;
  readonly examinedAt: Date;
}

export interface ProofRecord extends Omit<NewProof, 'institutionId' | 'complaintId'> {
  readonly id: string;
}

@Injectable()
export class IntakeStore {
  async find(tx: Tx, complaintId: string): Promise<IntakeRecord | null> {
    const [row] = await tx.query<IntakeRecord>(
      `select kind, people_sealed as "peopleSealed", regulator, regulator_reference as reference, forwarded_on as "forwardedOn" from complaint_intake where complaint = $1`,
      [complaintId],
    );
    return row ?? null;
  }

  /** The newest first. */
  async proofs(tx: Tx, complaintId: string): Promise<ProofRecord[]> {
    return tx.query<ProofRecord>(
      `select id, file as "fileId", sufficient, note_sealed as "noteSealed", examined_by as "examinedBy", examined_at as "examinedAt"
       from complaint_proof where complaint = $1 order by id desc limit 100`,
      [complaintId],
    );
  }

  async addProof(tx: Tx, proof: NewProof): Promise<string> {
    const { institutionId, complaintId, fileId, sufficient, noteSealed, examinedBy, examinedAt } = proof;
    const [row] = await tx.query<{ id: string }>(
      `insert into complaint_proof (institution_id, complaint, file, sufficient, note_sealed, examined_by, examined_at)
       values ($1, $2, $3, $4, $5, $6, $7) returning id`,
      [institutionId, complaintId, fileId, sufficient, noteSealed, examinedBy, examinedAt],
    );
    return row?.id ?? '';
  }
}
