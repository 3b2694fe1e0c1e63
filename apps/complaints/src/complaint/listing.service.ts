import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { inTransaction, type Tx } from '#pg';
import { decodeCursor, isInstant, isUuid, toPage, type Page } from '#wire';
import { ComplaintListStore, type ComplaintFilter, type ListPosition } from './complaint-list.store.ts';
import { DUE_BUCKETS, type ComplaintFilterRequest, type ComplaintListRequest } from './complaint.dto.ts';
import { toListItem } from './complaint.mapper.ts';
import type { ComplaintRecord } from './complaint.record.ts';
import type { ComplaintCounts, ComplaintListItem } from './complaint.view.ts';
import { ReadingService } from './reading.service.ts';

export type { ListPosition };

const DEFAULT_LIMIT = 50;
const DAYS_SHOWN = 60;

const keyOf = ({ closed, dueAt, id }: ListPosition): string => [closed ? 'closed' : 'open', dueAt, id].join(' ');

function positionOf(key: string): ListPosition | null {
  const [part, dueAt = '', id = '', ...rest] = key.split(' ');
  if ((part !== 'open' && part !== 'closed') || !isInstant(dueAt) || !isUuid(id) || rest.length > 0) return null;
  return { closed: part === 'closed', dueAt, id };
}

/** Complaints by when they are due. */
@Injectable()
export class ListingService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ComplaintListStore) private readonly store: ComplaintListStore,
    @Inject(ReadingService) private readonly reading: ReadingService,
  ) {}

  /** Refuses with INVALID for a cursor that is not ours. */
  async list(principal: Principal, request: ComplaintListRequest, requestId: string): Promise<Page<ComplaintListItem>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const key = decodeCursor(request.cursor, (given) => positionOf(given) !== null);
    return inTransaction(this.database, principal, async (tx) => {
      const reading = this.reading.readingOf(principal, await this.reading.now(tx));
      const after = key === null ? null : positionOf(key);
      const records = await this.store.list(tx, toFilter(principal, request, reading.now), after, limit);
      const page = toPage(
        records,
        limit,
        ({ closedAt, dueAt, id }) => keyOf({ closed: closedAt !== null, dueAt: dueAt.toISOString(), id }),
        (record) => toListItem(record, reading),
      );
      const ids = page.items.map(({ id }) => id);
      await this.reading.noteRead(tx, principal, reading, ids, ['complainant.name', 'subject'], requestId);
      return page;
    });
  }

  /** Those that a list would show, for other rooms: at most one more than the limit, and where to go on after the last of them. */
  async select(
    tx: Tx,
    principal: Principal,
    request: ComplaintFilterRequest,
    now: Date,
    after: ListPosition | null,
    limit: number,
  ): Promise<{ readonly records: ComplaintRecord[]; readonly last: ListPosition | null }> {
    const records = await this.store.list(tx, toFilter(principal, request, now), after, limit);
    const last = records.at(Math.min(records.length, limit) - 1);
    return { records, last: last ? { closed: last.closedAt !== null, dueAt: last.dueAt.toISOString(), id: last.id } : null };
  }

  async counts(principal: Principal, request: ComplaintFilterRequest): Promise<ComplaintCounts> {
    return inTransaction(this.database, principal, async (tx) => {
      const filter = toFilter(principal, request, await this.reading.now(tx));
      const counted = new Map((await this.store.countByBucket(tx, filter)).map(({ dueBucket, count }) => [dueBucket, count]));
      const buckets = DUE_BUCKETS.map((dueBucket) => ({ dueBucket, count: counted.get(dueBucket) ?? 0 }));
      const days = await this.store.countByDay(tx, filter, DAYS_SHOWN);
      return {
        buckets,
        total: buckets.reduce((sum, { count }) => sum + count, 0),
        days: days.map(({ dueOn, count }) => ({ dueOn, count })),
      };
    });
  }
}

function toFilter(principal: Principal, request: ComplaintFilterRequest, now: Date): ComplaintFilter {
  const { handler } = request;
  const named = handler === 'me' ? principal.subject : handler === 'none' ? null : handler;
  return {
    institutionId: principal.institutionId,
    now,
    dueBucket: request.dueBucket ?? null,
    state: request.state ?? null,
    handler: named === undefined || named === '' ? null : { subject: named },
    category: request.category || null,
    channel: request.channel || null,
    agencyId: request.agencyId || null,
    externalRef: request.externalRef || null,
    account: request.account || null,
    number: request.number?.toUpperCase() || null,
    tag: request.tag || null,
    unit: request.unit || null,
  };
}
