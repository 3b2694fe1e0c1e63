import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { Zone } from '#contact-rules';
import { Vault } from '#vault';
import { decodeCursor, isInstant, isUuid, toPage, type Page } from '#wire';
import { AfterDesk, type At } from '../aftercare/aftercare.desk.ts';
import { InvolvementService } from '../aftercare/involvement.service.ts';
import { openSubject } from '../complaint/sealing.ts';
import { reviewWindow } from './review-clock.ts';
import { judgeRequest, REVIEW_ARTICLE, rejectionOf } from './review-judgement.ts';
import type { ReviewItem, ReviewListRequest, ReviewStanding, ReviewView } from './review.dto.ts';
import { ReviewStore, type ReviewRecord } from './review.store.ts';
import { toReviewItem, toReviewView } from './review.view.ts';

const DEFAULT_LIMIT = 50;
const FIELDS = ['subject', 'review'];

/** Reviews as their readers may see them, and who may judge them. */
@Injectable()
export class ReviewReading {
  constructor(
    @Inject(AfterDesk) private readonly desk: AfterDesk,
    @Inject(ReviewStore) private readonly store: ReviewStore,
    @Inject(InvolvementService) private readonly involvement: InvolvementService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Refuses with TOOK_PART whoever had a part in the matter, and whoever is of the unit that decided or below it; gives the reviewer's unit. */
  async refuseUnfit(at: At): Promise<string | null> {
    await this.involvement.refuseInvolved(at, REVIEW_ARTICLE);
    return this.involvement.superiorUnit(at, REVIEW_ARTICLE);
  }

  /** Refuses with NOT_FOUND. */
  async find(principal: Principal, id: string, requestId: string): Promise<ReviewView> {
    const find = async (tx: At['tx']) => (isUuid(id) ? this.store.complaintOf(tx, principal.institutionId, id) : null);
    return this.desk.look(principal, find, (at) => this.view(at, id, requestId));
  }

  /** Whether a review of a complaint's decision may be asked for now, and those there are. Refuses with NOT_FOUND. */
  async standing(
    principal: Principal,
    complaintId: string,
    { requestId, language }: { requestId: string; language: 'zh' | 'en' },
  ): Promise<ReviewStanding> {
    return this.desk.look(
      principal,
      async () => complaintId,
      async (at) => {
        const { tx, record, now } = at;
        const reviews = await this.store.ofComplaint(tx, record.id);
        const rejection = judgeRequest(record, now, await this.store.isReviewed(tx, record.id));
        await this.desk.noteRead(at, reviews.length === 0 ? [] : [record.id], FIELDS, requestId);
        const views = await Promise.all(reviews.map((review) => this.toView(at, review)));
        return {
          windowEndsOn: record.toldAt && reviewWindow(Zone.of(record.timeZone), record.toldAt).endsOn,
          rejected: rejection && rejectionOf(rejection, language),
          items: views,
        };
      },
    );
  }

  /** By when they are due. Refuses with INVALID for a cursor that is not ours. */
  async list(principal: Principal, request: ReviewListRequest, requestId: string): Promise<Page<ReviewItem>> {
    const { limit = DEFAULT_LIMIT, cursor, open, overdue, state, reviewer } = request;
    const key = decodeCursor(cursor, (given) => positionOf(given) !== null);
    return this.desk.read(principal, async (tx, now) => {
      const reading = this.desk.reading.readingOf(principal, now);
      const records = await this.store.list(tx, {
        institutionId: principal.institutionId,
        open: open ?? null,
        state: state ?? null,
        overdueAt: overdue ? now : null,
        reviewer: reviewer === 'me' ? principal.subject : reviewer || null,
        after: key === null ? null : positionOf(key),
        limit,
      });
      const page = toPage(
        records,
        limit,
        ({ dueAt, id }) => `${dueAt.toISOString()} ${id}`,
        (record) => toReviewItem(record, reading.masked ? '' : openSubject(this.vault, record), now),
      );
      await this.desk.reading.noteRead(
        tx,
        principal,
        reading,
        page.items.map(({ complaintId }) => complaintId),
        ['subject'],
        requestId,
      );
      return page;
    });
  }

  /** Of a complaint that is locked or looked at. */
  async view(at: At, id: string, requestId: string): Promise<ReviewView> {
    const record = await this.store.find(at.tx, id);
    if (record === null) throw new Error('a review went while its complaint was locked');
    await this.desk.noteRead(at, [record.complaintId], FIELDS, requestId);
    return this.toView(at, record);
  }

  private async toView(at: At, record: ReviewRecord): Promise<ReviewView> {
    const { principal, now } = at;
    const reader = this.desk.readerOf(principal, at.record, now);
    const subject = reader.masked ? '' : openSubject(this.vault, record);
    return toReviewView(record, { reader, subject, recused: await this.involvement.isInvolved(at), now });
  }
}

function positionOf(key: string): { readonly dueAt: string; readonly id: string } | null {
  const [dueAt = '', id = '', ...rest] = key.split(' ');
  return isInstant(dueAt) && isUuid(id) && rest.length === 0 ? { dueAt, id } : null;
}
