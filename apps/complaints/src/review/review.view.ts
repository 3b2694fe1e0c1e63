import { Zone } from '#contact-rules';
import { sayIn, sayOrNull, type Reader } from '../aftercare/aftercare.desk.ts';
import { NOTICE_FORMS } from '../clock/event.dto.ts';
import type { FindingView, ReviewItem, ReviewView } from './review.dto.ts';
import type { ReviewRecord } from './review.store.ts';

const OPEN: readonly string[] = ['asked', 'taken', 'decided'];

/** Told too late, or not told and its time is over. */
function isOverdue({ state, dueAt, reviewToldAt }: ReviewRecord, now: Date): boolean {
  if (state === 'withdrawn') return false;
  return (reviewToldAt ?? now) >= dueAt;
}

export function toReviewItem(record: ReviewRecord, subject: string, now: Date): ReviewItem {
  const zone = Zone.of(record.timeZone);
  return {
    id: record.id,
    complaintId: record.complaintId,
    complaintNumber: record.number,
    subject,
    state: record.state,
    requestedAt: sayIn(zone, record.requestedAt),
    late: record.late,
    dueOn: record.dueOn,
    dueAt: sayIn(zone, record.dueAt),
    overdue: isOverdue(record, now),
    reviewer: record.reviewer,
    unit: record.unit,
    outcome: record.outcome,
    decidedAt: sayOrNull(zone, record.decidedAt),
    toldAt: sayOrNull(zone, record.reviewToldAt),
  };
}

export const isOpen = ({ state }: Pick<ReviewRecord, 'state'>): boolean => OPEN.includes(state);

export function toReviewView(
  record: ReviewRecord,
  { reader, subject, recused, now }: { readonly reader: Reader; readonly subject: string; readonly recused: boolean; readonly now: Date },
): ReviewView {
  const { open, masked } = reader;
  const zone = Zone.of(record.timeZone);
  const finding = (proper: boolean | null, sealed: Buffer | null, context: string): FindingView | null =>
    proper === null ? null : { proper, basis: open(sealed, context) ?? '' };
  return {
    ...toReviewItem(record, subject, now),
    requester: record.requester,
    windowEndsOn: record.windowEndsOn,
    receivedAt: sayIn(zone, record.receivedAt),
    reasons: open(record.reasonsSealed, 'review.reasons') ?? '',
    files: record.files,
    graceReason: open(record.graceSealed, 'review.grace'),
    askedBy: record.askedBy,
    process: finding(record.processProper, record.processSealed, 'review.process'),
    term: finding(record.termProper, record.termSealed, 'review.term'),
    result: finding(record.resultProper, record.resultSealed, 'review.result'),
    text: open(record.decisionSealed, 'review.decision'),
    decidedBy: record.decidedBy,
    toldForm: NOTICE_FORMS.find((form) => form === record.toldForm) ?? null,
    toldProof: open(record.toldProofSealed, 'review.toldProof'),
    withdrawnAt: sayOrNull(zone, record.withdrawnAt),
    withdrawalEvidence: open(record.withdrawalSealed, 'review.withdrawal'),
    successorId: record.successorId,
    masked,
    recused,
  };
}
