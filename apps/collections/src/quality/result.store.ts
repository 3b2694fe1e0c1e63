import { Injectable } from '@nestjs/common';
import { recordRead } from '#evidence-log';
import type { Tx } from '#pg';
import type { Result } from './review.store.ts';

export interface ResultRecord {
  readonly id: string;
  readonly caseId: string | null;
  readonly caseUuid: string | null;
  readonly agencyId: string | null;
  readonly collectorIds: readonly string[];
  readonly askedBy: string | null;
  readonly recordedAt: Date;
  readonly finishedAt: Date;
  readonly score: number;
  readonly fatal: boolean;
  readonly passScore: number;
  readonly sheetVersion: number;
  readonly finalReview: string;
  readonly disputedAt: Date | null;
  readonly disputeSealed: Buffer | null;
  readonly answeredAt: Date | null;
  readonly answerSealed: Buffer | null;
  readonly changed: boolean | null;
}

export interface ResultFilter {
  readonly institutionId: string;
  /** Only those of this agency. */
  readonly agencyId: string | null;
  readonly passed: boolean | null;
  readonly productPassScore: number;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}

// $2: what the product's own sheet asks for.
const PASS = `coalesce((select h.pass_score from quality_sheet h where h.institution_id = s.institution_id and h.version = p.sheet_version), $2::integer)`;
const COLUMNS = `s.id, c.case_id as "caseId", s.collection_case as "caseUuid", s.agency_id as "agencyId", s.collector_ids as "collectorIds", s.asked_by as "askedBy",
  s.recorded_at as "recordedAt", s.finished_at as "finishedAt", s.score, s.fatal, ${PASS} as "passScore", p.sheet_version as "sheetVersion", s.final_review as "finalReview",
  s.disputed_at as "disputedAt", s.dispute_sealed as "disputeSealed", s.answered_at as "answeredAt", s.answer_sealed as "answerSealed", s.changed`;
const FROM = 'quality_sample s join quality_plan p on p.id = s.plan left join collection_case c on c.id = s.collection_case';

@Injectable()
export class ResultStore {
  /** The latest first; one more than the limit, if there are so many. */
  async list(tx: Tx, { institutionId, agencyId, passed, productPassScore, before, limit }: ResultFilter): Promise<ResultRecord[]> {
    return tx.query<ResultRecord>(
      `select ${COLUMNS} from ${FROM} where s.institution_id = $1 and s.finished_at is not null and ($3::text is null or s.agency_id = $3)
         and ($4::boolean is null or (not s.fatal and s.score >= ${PASS}) = $4)
         and ($5::timestamptz is null or (s.finished_at, s.id) < ($5, $6::uuid)) order by s.finished_at desc, s.id desc limit $7`,
      [institutionId, productPassScore, agencyId, passed, before?.at ?? null, before?.id ?? null, limit + 1],
    );
  }

  async find(tx: Tx, institutionId: string, id: string, productPassScore: number): Promise<ResultRecord | null> {
    const [row] = await tx.query<ResultRecord>(
      `select ${COLUMNS} from ${FROM} where s.institution_id = $1 and s.id = $3 and s.finished_at is not null`,
      [institutionId, productPassScore, id],
    );
    return row ?? null;
  }

  async lock(tx: Tx, institutionId: string, id: string): Promise<void> {
    await tx.query('select from quality_sample where institution_id = $1 and id = $2 for update', [institutionId, id]);
  }

  async dispute(
    tx: Tx,
    id: string,
    { by, at, sealed }: { readonly by: string; readonly at: Date; readonly sealed: Buffer | null },
  ): Promise<void> {
    await tx.query('update quality_sample set disputed_at = $2, disputed_by = $3, dispute_sealed = $4 where id = $1', [id, at, by, sealed]);
  }

  async answer(
    tx: Tx,
    id: string,
    { by, at, sealed, changed }: { readonly by: string; readonly at: Date; readonly sealed: Buffer | null; readonly changed: boolean },
  ): Promise<void> {
    await tx.query('update quality_sample set answered_at = $2, answered_by = $3, answer_sealed = $4, changed = $5 where id = $1', [
      id,
      at,
      by,
      sealed,
      changed,
    ]);
  }

  /** The marks of whoever answered the dispute; its id. */
  async addReview(tx: Tx, institutionId: string, sampleId: string, by: string, { marks, score, fatal }: Result, at: Date): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `insert into quality_review (institution_id, sample, position, reviewer, opened_at, marks, score, fatal, done_at) values ($1, $2, 4, $3, $4, $5, $6, $7, $4) returning id`,
      [institutionId, sampleId, by, at, JSON.stringify(marks), score, fatal],
    );
    if (!row) throw new Error('the review was not kept');
    return row.id;
  }

  async noteRead(
    tx: Tx,
    read: {
      readonly institutionId: string;
      readonly subject: string;
      readonly clientId: string | null;
      readonly id: string;
      readonly requestId: string;
    },
  ): Promise<void> {
    await recordRead(tx, { ...read, resource: 'quality-result', resourceIds: [read.id], fields: ['comment', 'dispute', 'answer'] });
  }
}
