import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { ScoredSignal } from './signals.ts';

export const DECISIONS = ['suspected', 'not-suspected', 'open'] as const;
export type Decision = (typeof DECISIONS)[number];

/** `waiting`: a second person has still to say whether it is suspected. */
export const STANDINGS = ['open', 'waiting', 'suspected', 'not-suspected'] as const;
export type Standing = (typeof STANDINGS)[number];

export interface FlagRecord {
  readonly id: string;
  readonly noteSealed: Buffer;
  readonly flaggedBy: string;
  readonly flaggedAt: Date;
  readonly withdrawnBy: string | null;
  readonly withdrawnAt: Date | null;
}

export interface DecisionRecord {
  readonly id: string;
  readonly decision: Decision;
  readonly reasonSealed: Buffer;
  readonly score: number;
  readonly decidedBy: string;
  readonly decidedAt: Date;
  readonly secondBy: string | null;
  readonly secondAt: Date | null;
  readonly secondAgrees: boolean | null;
  readonly secondNoteSealed: Buffer | null;
}

export interface ScoreRecord {
  readonly score: number;
  readonly signals: readonly ScoredSignal[];
  readonly settingsVersion: number;
  readonly computedAt: Date;
}

export interface ListedScore {
  readonly complaintId: string;
  readonly number: string;
  readonly receivedAt: Date;
  readonly score: number;
  readonly signals: readonly ScoredSignal[];
  readonly standing: Standing;
}

const FLAG = `id, note_sealed as "noteSealed", flagged_by as "flaggedBy", flagged_at as "flaggedAt", withdrawn_by as "withdrawnBy", withdrawn_at as "withdrawnAt"`;
const DECISION = `d.id, d.decision, d.reason_sealed as "reasonSealed", d.score, d.decided_by as "decidedBy", d.decided_at as "decidedAt", d.second_by as "secondBy", d.second_at as "secondAt",
  d.second_agrees as "secondAgrees", d.second_note_sealed as "secondNoteSealed"`;

// The last word; what a second person does not share is open again.
const STANDING = `
  coalesce((select case when d.decision <> 'suspected' then d.decision when d.second_at is null then 'waiting' when d.second_agrees then 'suspected' else 'open' end
   from bad_faith_decision d where d.complaint = c.id order by d.id desc limit 1), 'open')`;

@Injectable()
export class JudgementStore {
  async score(tx: Tx, complaintId: string): Promise<ScoreRecord | null> {
    const [row] = await tx.query<ScoreRecord>(
      `select score, signals, settings_version as "settingsVersion", computed_at as "computedAt" from bad_faith_score where complaint = $1`,
      [complaintId],
    );
    return row ?? null;
  }

  async standing(tx: Tx, complaintId: string): Promise<Standing> {
    const [row] = await tx.query<{ standing: Standing }>(`select ${STANDING} as standing from complaint c where c.id = $1`, [complaintId]);
    return row?.standing ?? 'open';
  }

  async addFlag(tx: Tx, flag: { institutionId: string; complaintId: string; noteSealed: Buffer; by: string; at: Date }): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `insert into bad_faith_flag (institution_id, complaint, note_sealed, flagged_by, flagged_at) values ($1, $2, $3, $4, $5) returning id`,
      [flag.institutionId, flag.complaintId, flag.noteSealed, flag.by, flag.at],
    );
    if (!row) throw new Error('the flag was not stored');
    return row.id;
  }

  async flags(tx: Tx, complaintId: string): Promise<FlagRecord[]> {
    return tx.query(`select ${FLAG} from bad_faith_flag where complaint = $1 order by id desc limit 100`, [complaintId]);
  }

  async withdrawFlag(tx: Tx, id: string, by: string, at: Date): Promise<void> {
    await tx.query('update bad_faith_flag set withdrawn_by = $2, withdrawn_at = $3 where id = $1', [id, by, at]);
  }

  async addDecision(
    tx: Tx,
    decision: { institutionId: string; complaintId: string; decision: Decision; reasonSealed: Buffer; score: number; by: string; at: Date },
  ): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `insert into bad_faith_decision (institution_id, complaint, decision, reason_sealed, score, decided_by, decided_at) values ($1, $2, $3, $4, $5, $6, $7) returning id`,
      [decision.institutionId, decision.complaintId, decision.decision, decision.reasonSealed, decision.score, decision.by, decision.at],
    );
    if (!row) throw new Error('the decision was not stored');
    return row.id;
  }

  /** The newest first. */
  async decisions(tx: Tx, complaintId: string): Promise<DecisionRecord[]> {
    return tx.query(`select ${DECISION} from bad_faith_decision d where d.complaint = $1 order by d.id desc limit 50`, [complaintId]);
  }

  async second(tx: Tx, id: string, word: { by: string; at: Date; agrees: boolean; noteSealed: Buffer | null }): Promise<void> {
    await tx.query(
      'update bad_faith_decision set second_by = $2, second_at = $3, second_agrees = $4, second_note_sealed = $5 where id = $1',
      [id, word.by, word.at, word.agrees, word.noteSealed],
    );
  }

  async numbers(tx: Tx, institutionId: string, complaintIds: readonly string[]): Promise<{ id: string; number: string }[]> {
    return tx.query('select id, number from complaint where institution_id = $1 and id = any($2) order by number', [
      institutionId,
      complaintIds,
    ]);
  }

  /** The highest score first; one more than the limit, if there are so many. */
  async list(
    tx: Tx,
    filter: {
      institutionId: string;
      lookFrom: number;
      standing: Standing | null;
      after: { score: number; id: string } | null;
      limit: number;
    },
  ): Promise<ListedScore[]> {
    return tx.query(
      `select * from (
         select c.id as "complaintId", c.number, c.received_at as "receivedAt", s.score, s.signals, ${STANDING} as standing
         from bad_faith_score s join complaint c on c.id = s.complaint
         where s.institution_id = $1 and ($4::int is null or (s.score, s.complaint) < ($4, $5::uuid))
           and (s.score >= $2 or exists (select from bad_faith_decision d where d.complaint = s.complaint))) l
       where $3::text is null or l.standing = $3 order by l.score desc, l."complaintId" desc limit $6`,
      [filter.institutionId, filter.lookFrom, filter.standing, filter.after?.score ?? null, filter.after?.id ?? null, filter.limit + 1],
    );
  }
}
