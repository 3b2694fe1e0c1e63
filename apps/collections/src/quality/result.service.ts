import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { FORBIDDEN, NOT_FOUND, Refusal } from '#problem';
import { decodeCursor, isInstant, isUuid, toPage, type Page } from '#wire';
import { PlanService } from './plan.service.ts';
import { QualityDesk } from './quality.desk.ts';
import type { DisputeAnswerRequest, DisputeRequest, ResultDetail, ResultListRequest, ResultView } from './review.dto.ts';
import { DISPUTED_ALREADY, NOT_DISPUTED } from './quality.refusals.ts';
import { local, toEarlier, toMarks } from './quality.view.ts';
import { ResultStore, type ResultRecord } from './result.store.ts';
import { marksOf, requireApart } from './review.service.ts';
import { ReviewStore, type DoneReview } from './review.store.ts';
import { PRODUCT_SHEET, scoreOf } from './sheet.ts';

const DEFAULT_LIMIT = 50;
const SEPARATOR = ' ';
const isPosition = (key: string): boolean => {
  const [at = '', id = ''] = key.split(SEPARATOR);
  return isInstant(at) && isUuid(id);
};

/** What came of the reviews; an agency reads its own and may dispute each once. */
@Injectable()
export class ResultService {
  constructor(
    @Inject(QualityDesk) private readonly desk: QualityDesk,
    @Inject(ResultStore) private readonly store: ResultStore,
    @Inject(ReviewStore) private readonly reviews: ReviewStore,
    @Inject(PlanService) private readonly planning: PlanService,
  ) {}

  /** Refuses with INVALID for a cursor that is not ours. */
  async list(principal: Principal, request: ResultListRequest): Promise<Page<ResultView>> {
    const { institutionId, agencyId: own } = principal;
    const limit = request.limit ?? DEFAULT_LIMIT;
    const key = decodeCursor(request.cursor, isPosition);
    const [at = '', id = ''] = key?.split(SEPARATOR) ?? [];
    const { agencyId = null, passed = null } = request;
    if (own !== null && agencyId !== null && agencyId !== own) return { items: [], nextCursor: null };
    const records = await this.desk.read(principal, (tx) =>
      this.store.list(tx, {
        institutionId,
        agencyId: own ?? agencyId,
        passed,
        productPassScore: PRODUCT_SHEET.passScore,
        before: key === null ? null : { at: new Date(at), id },
        limit,
      }),
    );
    return toPage(records, limit, (record) => [record.finishedAt.toISOString(), record.id].join(SEPARATOR), toView);
  }

  /** Refuses with NOT_FOUND, also for another agency's. */
  async find(principal: Principal, id: string, requestId: string): Promise<ResultDetail> {
    return this.desk.read(principal, (tx) => this.show(tx, principal, id, requestId));
  }

  /** By the agency itself, once. Refuses with FORBIDDEN, NOT_FOUND, DISPUTED_ALREADY, IDEMPOTENCY_KEY_REUSED. */
  async dispute(principal: Principal, id: string, { reason }: DisputeRequest, how: How): Promise<ResultDetail> {
    const { institutionId, subject, agencyId } = principal;
    if (agencyId === null) throw new Refusal(FORBIDDEN, { detail: 'Only the agency itself disputes its results.' });
    return this.desk.change(principal, how.idempotency, {
      show: (tx) => this.show(tx, principal, id, how.requestId),
      work: async (tx) => {
        const result = await this.locked(tx, principal, id);
        if (result.disputedAt !== null) throw new Refusal(DISPUTED_ALREADY, { detail: 'What was answered stands.' });
        const at = await this.desk.now(tx);
        await this.store.dispute(tx, id, { by: subject, at, sealed: this.desk.seal(reason, 'dispute') });
        const task = { kind: 'answer-quality-dispute' as const, resource: `quality-sample/${id}`, agencyId: result.agencyId };
        await this.desk.tasks.open(tx, institutionId, { ...task, ...(result.caseUuid !== null && { caseUuid: result.caseUuid }) }, at);
        return id;
      },
    });
  }

  /** By somebody who did not review it. Refuses with NOT_FOUND, NOT_DISPUTED, TOOK_PART, INVALID, IDEMPOTENCY_KEY_REUSED. */
  async answer(principal: Principal, id: string, request: DisputeAnswerRequest, how: How): Promise<ResultDetail> {
    const { institutionId, subject } = principal;
    return this.desk.change(principal, how.idempotency, {
      show: (tx) => this.show(tx, principal, id, how.requestId),
      work: async (tx) => {
        const result = await this.locked(tx, principal, id);
        if (result.disputedAt === null || result.answeredAt !== null)
          throw new Refusal(NOT_DISPUTED, { detail: 'Nobody disputes it, or it has been answered.' });
        requireApart(subject, result, await this.reviews.done(tx, id));
        const at = await this.desk.now(tx);
        const changed = request.marks.length > 0;
        if (changed) await this.markAnew(tx, principal, result, request, at);
        await this.store.answer(tx, id, { by: subject, at, sealed: this.desk.seal(request.answer, 'answer'), changed });
        await this.desk.tasks.close(
          tx,
          institutionId,
          { kind: 'answer-quality-dispute', resource: `quality-sample/${id}` },
          { by: subject, outcome: changed ? 'changed' : 'upheld', at },
        );
        return id;
      },
    });
  }

  private async markAnew(
    tx: Tx,
    { institutionId, subject }: Principal,
    result: ResultRecord,
    request: DisputeAnswerRequest,
    at: Date,
  ): Promise<void> {
    const sheet = await this.planning.sheet(tx, institutionId, result.sheetVersion);
    const marks = marksOf(sheet, request.marks);
    const score = { marks, ...scoreOf(sheet, marks), commentSealed: null };
    const review = await this.store.addReview(tx, institutionId, result.id, subject, score, at);
    await this.reviews.finishSample(tx, result.id, { id: review, ...score }, at);
    // What was to follow from the result before does not, where it is good now.
    if (score.fatal || score.score < sheet.passScore) return;
    for (const kind of ['coach-collector', 'judge-quality-finding'] as const)
      await this.desk.tasks.close(
        tx,
        institutionId,
        { kind, resource: `quality-sample/${result.id}` },
        { by: 'system:dispute', outcome: 'not-needed', at },
      );
  }

  /** For a change: nobody else changes it meanwhile. */
  private async locked(tx: Tx, principal: Principal, id: string): Promise<ResultRecord> {
    if (isUuid(id)) await this.store.lock(tx, principal.institutionId, id);
    return this.reached(tx, principal, id);
  }

  private async reached(tx: Tx, { institutionId, agencyId }: Principal, id: string): Promise<ResultRecord> {
    const record = isUuid(id) ? await this.store.find(tx, institutionId, id, PRODUCT_SHEET.passScore) : null;
    if (record === null || (agencyId !== null && record.agencyId !== agencyId))
      throw new Refusal(NOT_FOUND, { detail: 'There is no such result here.' });
    return record;
  }

  private async show(tx: Tx, principal: Principal, id: string, requestId: string): Promise<ResultDetail> {
    const { institutionId, subject, clientId, agencyId, roles } = principal;
    const record = await this.reached(tx, principal, id);
    const done = await this.reviews.done(tx, id);
    const final = done.find((each) => each.id === record.finalReview) ?? null;
    await this.store.noteRead(tx, { institutionId, subject, clientId, id, requestId });
    const isOpen = record.disputedAt !== null && record.answeredAt === null;
    return {
      ...toView(record),
      sheet: await this.planning.sheet(tx, institutionId, record.sheetVersion),
      marks: toMarks(final?.marks ?? null),
      comment: this.desk.open(final?.commentSealed ?? null, 'comment'),
      // An agency is told what counts, not who said what.
      reviews: agencyId === null ? done.map((each) => toEarlier(each, this.desk.open(each.commentSealed, 'comment'))) : [],
      dispute: this.desk.open(record.disputeSealed, 'dispute'),
      answer: this.desk.open(record.answerSealed, 'answer'),
      mayDispute: agencyId !== null && roles.includes('agency-supervisor') && record.disputedAt === null,
      mayAnswer: agencyId === null && roles.includes('compliance') && isOpen && isApart(subject, record, done),
    };
  }
}

interface How {
  readonly idempotency: IdempotentRequest | null;
  readonly requestId: string;
}

const isApart = (person: string, { askedBy, collectorIds }: ResultRecord, done: readonly DoneReview[]): boolean =>
  person !== askedBy && !collectorIds.includes(person) && !done.some(({ reviewer }) => reviewer === person);

const toView = (record: ResultRecord): ResultView => ({
  id: record.id,
  caseId: record.caseId,
  agencyId: record.agencyId,
  collectorIds: record.collectorIds,
  recordedAt: local(record.recordedAt),
  finishedAt: local(record.finishedAt),
  score: record.score,
  fatal: record.fatal,
  passed: !record.fatal && record.score >= record.passScore,
  state: record.answeredAt !== null ? 'answered' : record.disputedAt !== null ? 'disputed' : 'finished',
  changed: record.changed,
});
