import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { Marks } from './sheet.ts';

export interface ReviewRecord {
  readonly id: string;
  readonly sampleId: string;
  readonly position: number;
  readonly reviewer: string | null;
  readonly caseId: string | null;
  readonly agencyId: string | null;
  readonly collectorIds: readonly string[];
  readonly askedBy: string | null;
  readonly recordedAt: Date;
  readonly recordingId: string | null;
  readonly reference: string | null;
  readonly sheetVersion: number;
  readonly second: boolean;
  readonly openedAt: Date;
  readonly dueAt: Date | null;
  readonly doneAt: Date | null;
  readonly marks: Marks | null;
  readonly score: number | null;
  readonly fatal: boolean | null;
  readonly commentSealed: Buffer | null;
  readonly caseUuid: string | null;
}

export interface DoneReview {
  readonly id: string;
  readonly position: number;
  readonly reviewer: string;
  readonly marks: Marks;
  readonly score: number;
  readonly fatal: boolean;
  readonly commentSealed: Buffer | null;
}

export interface Result {
  readonly marks: Marks;
  readonly score: number;
  readonly fatal: boolean;
  readonly commentSealed: Buffer | null;
}

const COLUMNS = `r.id, r.sample as "sampleId", r.position, r.reviewer, c.case_id as "caseId", s.agency_id as "agencyId", s.collector_ids as "collectorIds", s.asked_by as "askedBy",
  s.recorded_at as "recordedAt", kept.id as "recordingId", (select k.recording from contact k where k.id = s.contact and kept.id is null) as reference,
  p.sheet_version as "sheetVersion", s.second, r.opened_at as "openedAt", r.done_at as "doneAt", r.marks, r.score, r.fatal, r.comment_sealed as "commentSealed", s.collection_case as "caseUuid",
  (select t.due_at from task t where t.institution_id = r.institution_id and t.resource = 'quality-review/' || r.id and t.kind = 'review-recording' order by t.id desc limit 1) as "dueAt"`;
// What came to be kept since it was drawn is heard rather than looked for by its name.
const FROM = `quality_review r join quality_sample s on s.id = r.sample join quality_plan p on p.id = s.plan left join collection_case c on c.id = s.collection_case
  left join lateral (select coalesce(s.recording,
    (select k.id from recording k where k.attempt = s.contact and k.destroyed_at is null order by k.recorded_at, k.id limit 1)) as id) kept on true`;

@Injectable()
export class ReviewStore {
  /** Mine, and those that nobody was named for; the latest last. One more than the limit, if there are so many. */
  async list(tx: Tx, institutionId: string, person: string, isDone: boolean, after: string | null, limit: number): Promise<ReviewRecord[]> {
    const whose = isDone ? 'r.reviewer = $2' : '(r.reviewer = $2 or r.reviewer is null)';
    return tx.query<ReviewRecord>(
      `select ${COLUMNS} from ${FROM} where r.institution_id = $1 and ${whose} and r.done_at is ${isDone ? 'not null' : 'null'} and r.position < 4
         and ($3::uuid is null or r.id > $3) order by r.id limit $4`,
      [institutionId, person, after, limit + 1],
    );
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<ReviewRecord | null> {
    const [row] = await tx.query<ReviewRecord>(`select ${COLUMNS} from ${FROM} where r.institution_id = $1 and r.id = $2`, [
      institutionId,
      id,
    ]);
    return row ?? null;
  }

  /** Nobody else changes what belongs to the sample of this review until the transaction ends. */
  async lockSampleOf(tx: Tx, institutionId: string, id: string): Promise<void> {
    await tx.query(
      'select from quality_sample where id = (select sample from quality_review where institution_id = $1 and id = $2) for update',
      [institutionId, id],
    );
  }

  /** Those that are done of a sample, in their order. */
  async done(tx: Tx, sampleId: string): Promise<DoneReview[]> {
    return tx.query<DoneReview>(
      `select id, position, reviewer, marks, score, fatal, comment_sealed as "commentSealed" from quality_review where sample = $1 and done_at is not null order by position`,
      [sampleId],
    );
  }

  async finishReview(tx: Tx, id: string, by: string, { marks, score, fatal, commentSealed }: Result, at: Date): Promise<void> {
    await tx.query(
      'update quality_review set reviewer = $2, marks = $3, score = $4, fatal = $5, comment_sealed = $6, done_at = $7 where id = $1',
      [id, by, JSON.stringify(marks), score, fatal, commentSealed, at],
    );
  }

  /** The marks of this review count. */
  async finishSample(
    tx: Tx,
    sampleId: string,
    review: { readonly id: string; readonly score: number; readonly fatal: boolean },
    at: Date,
  ): Promise<void> {
    await tx.query(
      'update quality_sample set final_review = $2, score = $3, fatal = $4, finished_at = coalesce(finished_at, $5) where id = $1',
      [sampleId, review.id, review.score, review.fatal, at],
    );
  }
}
