import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { TimelineStore, type Entry, type NewEntry } from './timeline.store.ts';

export type { Entry, NewEntry };

/** What happened to a complaint, in the order in which it was recorded. */
@Injectable()
export class TimelineService {
  constructor(@Inject(TimelineStore) private readonly store: TimelineStore) {}

  add(tx: Tx, institutionId: string, entries: readonly NewEntry[]): Promise<string[]> {
    return this.store.add(tx, institutionId, entries);
  }

  /** One more than the limit, if there are so many. */
  list(tx: Tx, complaintId: string, after: string | null, limit: number): Promise<Entry[]> {
    return this.store.list(tx, complaintId, after, limit);
  }

  find(tx: Tx, id: string): Promise<Entry | null> {
    return this.store.find(tx, id);
  }
}
