import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal, type FieldError } from '#problem';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { assign } from './assign.ts';
import { PlanStore } from './plan.store.ts';
import { PlanService } from './plan.service.ts';
import { QualityDesk } from './quality.desk.ts';
import type { MarkDto, ReviewListRequest, ReviewResultRequest, ReviewView, ReviewWithSheet } from './review.dto.ts';
import { REVIEW_DONE, TOOK_PART } from './quality.refusals.ts';
import { ReviewStore, type DoneReview, type ReviewRecord } from './review.store.ts';
import { toEarlier, toMarks, toReviewView } from './quality.view.ts';
import { differing, scoreOf, type Marks, type Sheet } from './sheet.ts';

const DEFAULT_LIMIT = 50;
const THIRD = 3;

/** What reviewers have to hear, and what they say of it. */
@Injectable()
export class ReviewService {
  constructor(
    @Inject(QualityDesk) private readonly desk: QualityDesk,
    @Inject(ReviewStore) private readonly store: ReviewStore,
    @Inject(PlanStore) private readonly plans: PlanStore,
    @Inject(PlanService) private readonly planning: PlanService,
  ) {}

  /** Mine, and those that nobody was named for. Refuses with INVALID for a cursor that is not ours. */
  async list(principal: Principal, request: ReviewListRequest): Promise<Page<ReviewView>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(request.cursor, isUuid);
    const { institutionId, subject } = principal;
    // People of an agency mark nobody's recordings, least of all their own.
    if (principal.agencyId !== null) return { items: [], nextCursor: null };
    const records = await this.desk.read(principal, (tx) =>
      this.store.list(tx, institutionId, subject, request.done ?? false, after, limit),
    );
    return toPage(records, limit, ({ id }) => id, toReviewView);
  }

  /** Refuses with NOT_FOUND, also for another's that is not done. */
  async find(principal: Principal, id: string): Promise<ReviewWithSheet> {
    return this.desk.read(principal, (tx) => this.show(tx, principal, id));
  }

  /**
   * Marks a recording, once. Where two marked it otherwise, a third is asked. Refuses with NOT_FOUND, REVIEW_DONE, TOOK_PART, INVALID,
   * IDEMPOTENCY_KEY_REUSED.
   */
  async finish(
    principal: Principal,
    id: string,
    request: ReviewResultRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<ReviewWithSheet> {
    const { institutionId, subject } = principal;
    return this.desk.change(principal, idempotency, {
      show: (tx) => this.show(tx, principal, id),
      work: async (tx) => {
        if (isUuid(id)) await this.store.lockSampleOf(tx, institutionId, id);
        const at = await this.desk.now(tx);
        const review = await this.reached(tx, principal, id);
        if (review.doneAt !== null)
          throw new Refusal(REVIEW_DONE, { detail: 'What was marked stands; a dispute or a third review changes a result.' });
        const before = await this.store.done(tx, review.sampleId);
        requireApart(subject, review, before);
        const sheet = await this.planning.sheet(tx, institutionId, review.sheetVersion);
        const marks = marksOf(sheet, request.marks);
        const result = { marks, ...scoreOf(sheet, marks), commentSealed: this.desk.seal(request.comment, 'comment') };
        await this.store.finishReview(tx, id, subject, result, at);
        await this.desk.tasks.close(
          tx,
          institutionId,
          { kind: 'review-recording', resource: `quality-review/${id}` },
          { by: subject, outcome: 'reviewed', at },
        );
        const mine = { id, position: review.position, reviewer: subject, ...result };
        await this.settle(tx, institutionId, review, { sheet, done: [...before, mine], at });
        return review.id;
      },
    });
  }

  /** One reviewer decides alone, two who agree decide, a third decides where they do not. */
  private async settle(
    tx: Tx,
    institutionId: string,
    review: ReviewRecord,
    { sheet, done, at }: { readonly sheet: Sheet; readonly done: readonly DoneReview[]; readonly at: Date },
  ): Promise<void> {
    const [first, second, third] = [1, 2, THIRD].map((position) => done.find((each) => each.position === position));
    if (!first || (review.second && !second)) return;
    const final = !second || differing(sheet, first.marks, second.marks).length === 0 ? first : third;
    if (final) {
      await this.store.finishSample(tx, review.sampleId, final, at);
      await this.desk.followUp(tx, institutionId, review, { ...final, passScore: sheet.passScore }, at);
    } else await this.askThird(tx, institutionId, review, [first.reviewer, second?.reviewer ?? ''], at);
  }

  private async askThird(tx: Tx, institutionId: string, review: ReviewRecord, apart: readonly string[], at: Date): Promise<void> {
    const reviewers = (await this.plans.setting(tx, institutionId))?.reviewers ?? [];
    const others = reviewers.filter(({ person }) => !apart.includes(person));
    const unit = { id: review.sampleId, second: false, collectorIds: review.collectorIds, askedBy: review.askedBy };
    const [chosen] = assign([unit], others, await this.plans.load(tx, institutionId));
    const asked = { id: review.sampleId, position: THIRD, reviewer: chosen?.reviewer ?? null } as const;
    const [added] = await this.plans.addReviews(tx, institutionId, [asked], at);
    if (!added) throw new Error('the third review was not kept');
    await this.desk.openReview(tx, institutionId, added, at);
  }

  private async reached(tx: Tx, { institutionId, subject, agencyId }: Principal, id: string): Promise<ReviewRecord> {
    const review = isUuid(id) && agencyId === null ? await this.store.find(tx, institutionId, id) : null;
    if (review === null || (review.reviewer !== null && review.reviewer !== subject))
      throw new Refusal(NOT_FOUND, { detail: 'There is no such review for you.' });
    return review;
  }

  private async show(tx: Tx, principal: Principal, id: string): Promise<ReviewWithSheet> {
    const review = await this.reached(tx, principal, id);
    const sheet = await this.planning.sheet(tx, principal.institutionId, review.sheetVersion);
    // Whoever decides between two sees both; the two see nothing of each other.
    const earlier = review.position >= THIRD ? await this.store.done(tx, review.sampleId) : [];
    return {
      ...toReviewView(review),
      sheet,
      marks: toMarks(review.marks),
      comment: this.desk.open(review.commentSealed, 'comment'),
      earlier: earlier
        .filter(({ position }) => position < review.position)
        .map((each) => toEarlier(each, this.desk.open(each.commentSealed, 'comment'))),
    };
  }
}

/** Whoever collected, asked for the contact or reviewed it before does not review it. */
export function requireApart(
  person: string,
  unit: { readonly collectorIds: readonly string[]; readonly askedBy: string | null },
  done: readonly DoneReview[],
): void {
  if (person === unit.askedBy || unit.collectorIds.includes(person))
    throw new Refusal(TOOK_PART, { detail: 'You collected here; somebody else reviews it.' });
  if (done.some(({ reviewer }) => reviewer === person))
    throw new Refusal(TOOK_PART, { detail: 'You have reviewed it before; somebody else has to.' });
}

/** A mark for each item of the sheet, no more and no less. */
export function marksOf({ items }: Sheet, given: readonly MarkDto[]): Marks {
  const errors: FieldError[] = given.flatMap(({ item }, index) => {
    if (!items.some(({ id }) => id === item)) return [{ pointer: `/marks/${index}/item`, detail: 'is not on the sheet' }];
    if (given.findIndex((each) => each.item === item) < index) return [{ pointer: `/marks/${index}/item`, detail: 'is there twice' }];
    return [];
  });
  for (const { id } of items)
    if (!given.some(({ item }) => item === id)) errors.push({ pointer: '/marks', detail: `lacks the item ${id}` });
  if (errors.length > 0) throw new Refusal(INVALID, { errors });
  return Object.fromEntries(given.map(({ item, mark }) => [item, mark]));
}
