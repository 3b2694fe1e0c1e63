import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import type { TaskKindName } from '../task/kinds.ts';
import { AGENCY_ROLES } from '../task/superiors.ts';
import type { NoticeItem, NoticeListRequest, UnreadNotices } from './notice.dto.ts';
import { NoticeStore, type NewNotice, type NoticeRecord, type Recipient } from './notice.store.ts';

const DEFAULT_LIMIT = 50;
const MOST_COUNTED = 1000;
const zone = Zone.of(DEFAULT_TIME_ZONE);

/** What the bell of the console shows: reminders, what is late, what was handed over. */
@Injectable()
export class NoticeService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(NoticeStore) private readonly store: NoticeStore,
  ) {}

  /** Tells people, in the transaction of what it is about; of one due time once. */
  async raise(tx: Tx, notices: readonly NewNotice[], at: Date): Promise<void> {
    if (notices.length > 0) await this.store.add(tx, notices, at);
  }

  /** Refuses with INVALID for a cursor that is not ours. */
  async list(principal: Principal, request: NoticeListRequest): Promise<Page<NoticeItem>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const before = decodeCursor(request.cursor, isUuid);
    const records = await inTransaction(this.database, principal, (tx) =>
      this.store.list(tx, recipientOf(principal), request.unread ?? false, before, limit),
    );
    return toPage(records, limit, ({ id }) => id, toItem);
  }

  async countUnread(principal: Principal): Promise<UnreadNotices> {
    return inTransaction(this.database, principal, async (tx) => ({
      count: await this.store.countUnread(tx, recipientOf(principal), MOST_COUNTED),
    }));
  }

  /** Refuses with NOT_FOUND, also for what is another's. */
  async read(principal: Principal, id: string): Promise<NoticeItem> {
    return inTransaction(this.database, principal, async (tx) => {
      const recipient = recipientOf(principal);
      const mine = isUuid(id) ? await this.store.read(tx, recipient, [id], this.clock.override ?? (await databaseNow(tx))) : [];
      const record = mine.length > 0 ? await this.store.find(tx, recipient, id) : null;
      if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such notice for you.' });
      return toItem(record);
    });
  }
}

const recipientOf = ({ institutionId, subject, agencyId, roles }: Principal): Recipient => ({
  institutionId,
  subject,
  agencyId,
  roles,
  agencyRoles: AGENCY_ROLES,
});

function toItem(record: NoticeRecord): NoticeItem {
  const { dueAt, createdAt, readAt, taskKind, ...rest } = record;
  return {
    ...rest,
    taskKind: taskKind as TaskKindName,
    dueAt: zone.format(dueAt.getTime()),
    createdAt: zone.format(createdAt.getTime()),
    readAt: readAt && zone.format(readAt.getTime()),
  };
}
