import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { Zone } from '#contact-rules';
import { FORBIDDEN, Refusal } from '#problem';
import { isUuid } from '#wire';
import { AfterDesk, happened, wrong, type At, type Call } from '../aftercare/aftercare.desk.ts';
import { AfterDeadlineService } from '../aftercare/after-deadline.service.ts';
import { NOT_IN_THIS_STATE } from '../aftercare/aftercare.refusals.ts';
import { ownFiles } from '../file/own-files.ts';
import { ReopeningService } from '../reopening/reopening.service.ts';
import { reviewDue, reviewWindow } from './review-clock.ts';
import { judgeRequest, REVIEW_ARTICLE, REVIEW_REJECTIONS, rejectionOf, type ReviewRejection } from './review-judgement.ts';
import type { ReviewAnswer, ReviewDecisionRequest, ReviewRequest, ReviewTellingRequest, ReviewView } from './review.dto.ts';
import { ReviewReading } from './review.reading.ts';
import { ReviewStore, type ReviewRecord } from './review.store.ts';

// What the key of a refused request stands for.
const REFUSED = 'refused ';
const SUPERIOR: readonly string[] = ['complaint-supervisor', 'head-office-approver'];

/** The review of a decision by the superior unit (CMP20 20): one a decision, asked for in time, judged by nobody who had a part in it. */
@Injectable()
export class ReviewService {
  constructor(
    @Inject(AfterDesk) private readonly desk: AfterDesk,
    @Inject(ReviewStore) private readonly store: ReviewStore,
    @Inject(ReviewReading) private readonly readings: ReviewReading,
    @Inject(AfterDeadlineService) private readonly deadlines: AfterDeadlineService,
    @Inject(ReopeningService) private readonly reopenings: ReopeningService,
  ) {}

  /**
   * Takes the complainant's request. What the rules refuse is an answer as well, kept in the timeline. Refuses with NOT_FOUND, INVALID, FORBIDDEN
   * where a handler takes what is late, IDEMPOTENCY_KEY_REUSED.
   */
  async request(principal: Principal, complaintId: string, request: ReviewRequest, call: Call): Promise<ReviewAnswer> {
    if (request.graceReason && !principal.roles.some((role) => SUPERIOR.includes(role)))
      throw new Refusal(FORBIDDEN, { detail: 'A supervisor takes a late request out of grace.' });
    return this.desk.change(principal, async () => complaintId, call, {
      work: (at) => this.ask(at, request),
      show: async (at, made) => {
        const code = REVIEW_REJECTIONS.find((one) => made === REFUSED + one);
        if (code !== undefined) return { accepted: false, rejected: rejectionOf(code, call.language), review: null };
        return { accepted: true, rejected: null, review: await this.readings.view(at, made, call.requestId) };
      },
    });
  }

  private async ask(at: At, request: ReviewRequest): Promise<string> {
    const { tx, record, now, principal } = at;
    const since = { at: record.receivedAt, what: 'the complaint was received' };
    const requestedAt = happened('/requestedAt', request.requestedAt, now, since);
    const receivedAt = happened('/receivedAt', request.receivedAt, now, { at: requestedAt, what: 'it was asked for' });
    const rejection = judgeRequest(record, requestedAt, await this.store.isReviewed(tx, record.id));
    const isGrace = rejection === 'too-late' && Boolean(request.graceReason);
    if ((rejection !== null && !isGrace) || record.toldAt === null) return this.refuse(at, rejection ?? 'not-told', requestedAt);
    if (request.graceReason && !isGrace) throw wrong('/graceReason', 'is for late requests alone; this one is in time', REVIEW_ARTICLE);
    const zone = Zone.of(record.timeZone);
    const due = reviewDue(zone, receivedAt);
    const id = await this.store.add(tx, {
      institutionId: record.institutionId,
      complaintId: record.id,
      toldAt: record.toldAt,
      windowEndsOn: reviewWindow(zone, record.toldAt).endsOn,
      requestedAt,
      receivedAt,
      requester: request.requester,
      reasonsSealed: this.desk.seal(request.reasons, 'review.reasons'),
      files: await ownFiles(tx, [record.id], '/files', request.files),
      late: isGrace,
      graceSealed: isGrace ? this.desk.seal(request.graceReason ?? '', 'review.grace') : null,
      ...due,
      timeZone: record.timeZone,
      askedBy: principal.subject,
      askedAt: now,
    });
    await this.setDue(at, { id, ...due, reviewer: null });
    await this.desk.note(at, 'review-asked', { reviewId: id, at: requestedAt.toISOString(), late: isGrace, dueOn: due.dueOn });
    return id;
  }

  private async refuse(at: At, code: ReviewRejection, requestedAt: Date): Promise<string> {
    await this.desk.note(at, 'review-refused', { at: requestedAt.toISOString(), refused: code, source: REVIEW_ARTICLE });
    return REFUSED + code;
  }

  /** A superior who had no part takes it on; another may take it over. Refuses with NOT_FOUND, TOOK_PART, NOT_IN_THIS_STATE, IDEMPOTENCY_KEY_REUSED. */
  take(principal: Principal, id: string, call: Call): Promise<ReviewView> {
    return this.change(principal, id, call, async (at, review) => {
      if (review.state !== 'asked' && review.state !== 'taken') throw notNow(review, 'is taken on before it is decided');
      const unit = await this.readings.refuseUnfit(at);
      await this.store.take(at.tx, review.id, { reviewer: principal.subject, unit, at: at.now });
      await this.setDue(at, { ...review, reviewer: principal.subject });
      await this.desk.note(at, 'review-taken', { reviewId: review.id, unit });
    });
  }

  /**
   * Whoever took it decides on process, time limit and result. What is sent back is handled anew as a complaint that follows this one. Refuses with
   * NOT_FOUND, INVALID, TOOK_PART, NOT_IN_THIS_STATE, REOPENED_ALREADY, IDEMPOTENCY_KEY_REUSED.
   */
  async decide(principal: Principal, id: string, request: ReviewDecisionRequest, call: Call): Promise<ReviewView> {
    const { outcome, process, term, result } = request;
    if (outcome === 'upheld' && !result.proper)
      throw wrong('/outcome', 'a result that is not as it should be is not upheld', REVIEW_ARTICLE);
    if (outcome !== 'upheld' && process.proper && term.proper && result.proper)
      throw wrong('/outcome', 'is upheld where process, time limit and result are as they should be', REVIEW_ARTICLE);
    return this.change(principal, id, call, async (at, review) => {
      if (review.state !== 'taken' || review.reviewer !== principal.subject) throw notNow(review, 'is decided by whoever has taken it on');
      await this.readings.refuseUnfit(at);
      const { record, tx, now } = at;
      const successorId =
        outcome === 'sent-back'
          ? await this.reopenings.reopenIn(at, {
              basis: 'review-sent-back',
              reasons: request.text,
              receivedAt: now,
              review: review.id,
              files: review.files,
            })
          : null;
      const sealed = (given: { readonly proper: boolean; readonly basis: string }, context: string) => ({
        proper: given.proper,
        sealed: this.desk.seal(given.basis, context),
      });
      await this.store.decide(tx, review.id, {
        findings: {
          process: sealed(process, 'review.process'),
          term: sealed(term, 'review.term'),
          result: sealed(result, 'review.result'),
        },
        outcome,
        decisionSealed: this.desk.seal(request.text, 'review.decision'),
        by: principal.subject,
        at: now,
        successorId,
      });
      const proper = { process: process.proper, term: term.proper, result: result.proper };
      await this.desk.note(at, 'review-decided', { reviewId: review.id, outcome, proper, successorId, complaint: record.number });
    });
  }

  /** The complainant has been told of the result. Refuses with NOT_FOUND, INVALID, NOT_IN_THIS_STATE, IDEMPOTENCY_KEY_REUSED. */
  tell(principal: Principal, id: string, { at: toldAt, form, proof }: ReviewTellingRequest, call: Call): Promise<ReviewView> {
    return this.change(principal, id, call, async (at, review) => {
      if (review.state !== 'decided' || review.decidedAt === null) throw notNow(review, 'is told once it is decided');
      const { now, tx } = at;
      const told = happened('/at', toldAt, now, { at: review.decidedAt, what: 'the review was decided' });
      const proofSealed = this.desk.seal(proof, 'review.toldProof');
      await this.store.tell(tx, review.id, { form, proofSealed, at: told, by: principal.subject });
      await this.deadlines.end(tx, 'review', [review.id], now);
      await this.desk.note(at, 'review-told', { reviewId: review.id, at: told.toISOString(), form, inTime: told < review.dueAt });
    });
  }

  /** The complainant takes the request back; it may be made again in the window. Refuses with NOT_FOUND, NOT_IN_THIS_STATE, IDEMPOTENCY_KEY_REUSED. */
  withdraw(principal: Principal, id: string, evidence: string, call: Call): Promise<ReviewView> {
    return this.change(principal, id, call, async (at, review) => {
      if (review.state !== 'asked' && review.state !== 'taken') throw notNow(review, 'is taken back before it is decided');
      await this.store.withdraw(at.tx, review.id, at.now, this.desk.seal(evidence, 'review.withdrawal'));
      await this.deadlines.end(at.tx, 'review', [review.id], at.now);
      await this.desk.note(at, 'review-withdrawn', { reviewId: review.id });
    });
  }

  private change(principal: Principal, id: string, call: Call, work: (at: At, review: ReviewRecord) => Promise<void>): Promise<ReviewView> {
    const find = async (tx: At['tx']) => (isUuid(id) ? this.store.complaintOf(tx, principal.institutionId, id) : null);
    return this.desk.change(principal, find, call, {
      work: async (at) => {
        // The complaint is locked: the review does not change any more.
        const review = await this.store.find(at.tx, id);
        if (review === null) throw new Error('a review went while its complaint was locked');
        await work(at, review);
        return review.id;
      },
      show: (at, made) => this.readings.view(at, made, call.requestId),
    });
  }

  private setDue(at: At, { id, dueOn, dueAt, reviewer }: Pick<ReviewRecord, 'id' | 'dueOn' | 'dueAt' | 'reviewer'>): Promise<void> {
    return this.deadlines.set(at, {
      kind: 'review',
      ref: id,
      dueOn,
      dueAt,
      person: reviewer,
      role: 'complaint-supervisor',
      escalateRole: 'complaint-supervisor',
    });
  }
}

const notNow = ({ state, reviewer }: ReviewRecord, detail: string): Refusal =>
  new Refusal(NOT_IN_THIS_STATE, { detail: `It ${detail}; it is ${state}${reviewer === null ? '' : `, taken by ${reviewer}`}.` });
