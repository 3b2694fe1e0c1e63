import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { Band, Weights } from './weights.ts';

export const EVALUATION_STATES = ['draft', 'confirmed', 'rejected'] as const;
export type EvaluationState = (typeof EVALUATION_STATES)[number];

export interface WeightsRecord {
  readonly version: number;
  readonly weights: Weights;
  readonly note: string;
  readonly setBy: string;
  readonly setAt: Date;
}

export interface EvaluationRecord {
  readonly id: string;
  readonly agencyId: string;
  readonly from: string;
  readonly to: string;
  readonly state: EvaluationState;
  readonly asOf: Date;
  /** Canonical JSON, as are the next two. */
  readonly facts: string;
  readonly weights: string;
  readonly weightsVersion: number;
  readonly score: string;
  readonly sha256: Buffer;
  readonly noteSealed: Buffer | null;
  readonly draftedBy: string;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly evaluatedOn: string | null;
  readonly decisionNoteSealed: Buffer | null;
}

export type NewEvaluation = Omit<EvaluationRecord, 'id' | 'state' | 'decidedBy' | 'decidedAt' | 'evaluatedOn' | 'decisionNoteSealed'> & {
  readonly total: number;
  readonly band: Band;
};

const COLUMNS = `id, agency_id as "agencyId", period_from::text as "from", period_to::text as "to", state, as_of as "asOf", facts, weights, weights_version as "weightsVersion", score, sha256,
  note_sealed as "noteSealed", drafted_by as "draftedBy", decided_by as "decidedBy", decided_at as "decidedAt", evaluated_on::text as "evaluatedOn",
  decision_note_sealed as "decisionNoteSealed"`;

@Injectable()
export class EvaluationStore {
  async weights(tx: Tx, institutionId: string): Promise<WeightsRecord | null> {
    const [row] = await tx.query<WeightsRecord>(
      `select version, weights, note, set_by as "setBy", set_at as "setAt" from evaluation_weights where institution_id = $1 order by version desc limit 1`,
      [institutionId],
    );
    return row ?? null;
  }

  /** False when somebody else was first. */
  async addWeights(tx: Tx, institutionId: string, { version, weights, note, setBy, setAt }: WeightsRecord): Promise<boolean> {
    const added = await tx.query(
      `insert into evaluation_weights (institution_id, version, weights, note, set_by, set_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning version`,
      [institutionId, version, JSON.stringify(weights), note, setBy, setAt],
    );
    return added.length > 0;
  }

  async add(tx: Tx, institutionId: string, made: NewEvaluation): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `insert into agency_evaluation (institution_id, agency_id, period_from, period_to, as_of, facts, weights, weights_version, score, sha256, total, band, note_sealed, drafted_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) returning id`,
      [
        institutionId,
        made.agencyId,
        made.from,
        made.to,
        made.asOf,
        made.facts,
        made.weights,
        made.weightsVersion,
        made.score,
        made.sha256,
        made.total,
        made.band,
        made.noteSealed,
        made.draftedBy,
      ],
    );
    if (!row) throw new Error('the evaluation was not stored');
    return row.id;
  }

  async hasDraft(tx: Tx, institutionId: string, agencyId: string): Promise<boolean> {
    const [row] = await tx.query(`select from agency_evaluation where agency_id = $1 and institution_id = $2 and state = 'draft'`, [
      agencyId,
      institutionId,
    ]);
    return row !== undefined;
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<EvaluationRecord | null> {
    const [row] = await tx.query<EvaluationRecord>(`select ${COLUMNS} from agency_evaluation where id = $1 and institution_id = $2`, [
      id,
      institutionId,
    ]);
    return row ?? null;
  }

  /** The newest first; one more than the limit, if there are so many. Of an agency's own people, those that are confirmed. */
  async list(
    tx: Tx,
    filter: { institutionId: string; agencyId: string; confirmedOnly: boolean; after: string | null; limit: number },
  ): Promise<EvaluationRecord[]> {
    return tx.query(
      `select ${COLUMNS} from agency_evaluation where institution_id = $1 and agency_id = $2 and (not $3::boolean or state = 'confirmed')
         and ($4::uuid is null or id < $4) order by id desc limit $5`,
      [filter.institutionId, filter.agencyId, filter.confirmedOnly, filter.after, filter.limit + 1],
    );
  }

  async decide(
    tx: Tx,
    id: string,
    said: { state: EvaluationState; by: string; at: Date; evaluatedOn: string | null; noteSealed: Buffer | null },
  ): Promise<void> {
    await tx.query(
      `update agency_evaluation set state = $2, decided_by = $3, decided_at = $4, evaluated_on = $5, decision_note_sealed = $6 where id = $1`,
      [id, said.state, said.by, said.at, said.evaluatedOn, said.noteSealed],
    );
  }
}
