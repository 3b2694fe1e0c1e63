import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import type { EarlierReview, MarkView, ReviewView } from './review.dto.ts';
import type { DoneReview, ReviewRecord } from './review.store.ts';
import type { Marks } from './sheet.ts';

const zone = Zone.of(DEFAULT_TIME_ZONE);
export const local = (at: Date): string => zone.format(at.getTime());
const localOrNull = (at: Date | null): string | null => at && local(at);

export const toMarks = (marks: Marks | null): MarkView[] => Object.entries(marks ?? {}).map(([item, mark]) => ({ item, mark }));

export const toReviewView = (review: ReviewRecord): ReviewView => ({
  id: review.id,
  sampleId: review.sampleId,
  position: review.position,
  reviewer: review.reviewer,
  caseId: review.caseId,
  agencyId: review.agencyId,
  collectorIds: review.collectorIds,
  recordedAt: local(review.recordedAt),
  recordingId: review.recordingId,
  reference: review.reference,
  dueAt: localOrNull(review.dueAt),
  doneAt: localOrNull(review.doneAt),
  score: review.score,
  fatal: review.fatal,
});

export const toEarlier = ({ position, reviewer, marks, score }: DoneReview, comment: string | null): EarlierReview => ({
  position,
  reviewer,
  marks: toMarks(marks),
  score,
  comment,
});
