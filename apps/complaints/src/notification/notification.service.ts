import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Zone } from '#contact-rules';
import { inTransaction, type Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import type { Reading } from '../complaint/complaint.mapper.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { openSubject } from '../complaint/sealing.ts';
import type { NotificationItem, NotificationListRequest, UnreadCount } from './notification.dto.ts';
import { NotificationStore, type NotificationRecord } from './notification.store.ts';

const DEFAULT_LIMIT = 50;
const MOST_COUNTED = 1000;

/** Reminders and escalations, for those whom they are for. */
@Injectable()
export class NotificationService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(NotificationStore) private readonly store: NotificationStore,
    @Inject(ReadingService) private readonly reading: ReadingService,
  ) {}

  /** Refuses with INVALID for a cursor that is not ours. */
  async list(principal: Principal, request: NotificationListRequest, requestId: string): Promise<Page<NotificationItem>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const before = decodeCursor(request.cursor, isUuid);
    return inTransaction(this.database, principal, async (tx) => {
      const records = await this.store.list(tx, principal, request.unread ?? false, before, limit);
      const reading = this.reading.readingOf(principal, await this.reading.now(tx));
      const page = toPage(
        records,
        limit,
        ({ id }) => id,
        (record) => record,
      );
      return { items: await this.show(tx, principal, reading, page.items, requestId), nextCursor: page.nextCursor };
    });
  }

  async countUnread(principal: Principal): Promise<UnreadCount> {
    return inTransaction(this.database, principal, async (tx) => ({ count: await this.store.countUnread(tx, principal, MOST_COUNTED) }));
  }

  /** Refuses with NOT_FOUND, also for what is another's. */
  async read(principal: Principal, id: string, requestId: string): Promise<NotificationItem> {
    return inTransaction(this.database, principal, async (tx) => {
      const isMine = isUuid(id) && (await this.store.read(tx, principal, id));
      const record = isMine ? await this.store.find(tx, principal, id) : null;
      const reading = this.reading.readingOf(principal, await this.reading.now(tx));
      const [item] = record ? await this.show(tx, principal, reading, [record], requestId) : [];
      if (!item) throw new Refusal(NOT_FOUND, { detail: 'There is no such notification for you.' });
      return item;
    });
  }

  private async show(
    tx: Tx,
    principal: Principal,
    reading: Reading,
    records: readonly NotificationRecord[],
    requestId: string,
  ): Promise<NotificationItem[]> {
    const complaints = [...new Set(records.map(({ complaintId }) => complaintId))];
    await this.reading.noteRead(tx, principal, reading, complaints, ['subject'], requestId);
    return records.map((record) => toItem(record, reading));
  }
}

function toItem(record: NotificationRecord, { vault, masked }: Reading): NotificationItem {
  const zone = Zone.of(record.timeZone);
  const { id, kind, complaintId, complaintNumber, dueOn, createdAt, readAt } = record;
  return {
    id,
    kind,
    complaintId,
    complaintNumber,
    // Who is not to see personal data is told of a number alone: a subject may name people.
    subject: masked ? '' : openSubject(vault, record),
    dueOn,
    createdAt: zone.format(createdAt.getTime()),
    readAt: readAt && zone.format(readAt.getTime()),
  };
}
