import { Zone, type Language } from '#contact-rules';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { reviewWindow } from './review-clock.ts';

export const REVIEW_REJECTIONS = ['no-decision', 'no-decision-to-review', 'not-told', 'reviewed-already', 'too-late'] as const;
export type ReviewRejection = (typeof REVIEW_REJECTIONS)[number];

/** The article on which a review rests. */
export const REVIEW_ARTICLE = 'CMP20 20';

type Standing = Pick<ComplaintRecord, 'state' | 'decidedAt' | 'toldAt' | 'timeZone'>;

/** Why a review cannot be asked for at an instant; null: it can. `hasReview`: of this decision there is one that nobody took back. */
export function judgeRequest(complaint: Standing, requestedAt: Date, hasReview: boolean): ReviewRejection | null {
  const { state, decidedAt, toldAt, timeZone } = complaint;
  // What was withdrawn, declined or merged has no decision of its own that a superior could look at.
  if (state === 'withdrawn' || state === 'declined' || state === 'merged') return 'no-decision-to-review';
  if (decidedAt === null) return 'no-decision';
  if (toldAt === null) return 'not-told';
  if (hasReview) return 'reviewed-already';
  return requestedAt >= reviewWindow(Zone.of(timeZone), toldAt).endsAt ? 'too-late' : null;
}

const WORDS: Readonly<Record<ReviewRejection, Readonly<Record<Language, string>>>> = {
  'no-decision': { zh: '投诉尚未作出处理决定，无从核查。', en: 'There is no decision yet that could be reviewed.' },
  'no-decision-to-review': {
    zh: '投诉已撤回、未予受理或已并案，没有可供核查的处理决定。',
    en: 'The complaint was withdrawn, declined or merged: there is no decision to review.',
  },
  'not-told': {
    zh: '处理决定尚未告知投诉人；三十日自其收到决定时起算。',
    en: 'The complainant has not been told of the decision: the 30 days begin when he is.',
  },
  'reviewed-already': {
    zh: '该处理决定已有核查申请，一个决定只核查一次。',
    en: 'There is a review of this decision already: one decision, one review.',
  },
  'too-late': {
    zh: '自投诉人收到处理决定之日起已超过三十日。',
    en: 'More than 30 days have passed since the complainant received the decision.',
  },
};

/** What is said of a refused request, in the reader's language. */
export const rejectionOf = (code: ReviewRejection, language: Language) => ({ code, detail: WORDS[code][language], source: REVIEW_ARTICLE });
