import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Zone } from '#contact-rules';
import { inTransaction, type Tx } from '#pg';
import { INVALID, Refusal } from '#problem';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { TimelineService } from '../timeline/timeline.service.ts';
import type { TagList, TagUses } from './tag.dto.ts';
import { TagStore } from './tag.store.ts';

const MOST_SHOWN = 200;
const ALLOWED = /^[\p{L}\p{N}][\p{L}\p{N} _-]*$/u;
// Of a person, a card or a phone: it would stand open.
const NUMBER = /\d{6,}/;

/** A tag as it is kept. Refuses with INVALID. */
export function toTag(given: string, pointer = '/tag'): string {
  const tag = given.normalize('NFKC').trim().replaceAll(/\s+/g, ' ');
  if (!ALLOWED.test(tag))
    throw new Refusal(INVALID, { errors: [{ pointer, detail: 'takes letters, characters, digits, spaces, - and _' }] });
  if (NUMBER.test(tag))
    throw new Refusal(INVALID, {
      errors: [{ pointer, detail: 'looks like the number of a person or an account, which a tag must not hold' }],
    });
  return tag;
}

/** Short words by which complaints are grouped. */
@Injectable()
export class TagService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(TagStore) private readonly store: TagStore,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(TimelineService) private readonly timeline: TimelineService,
  ) {}

  /** Adding it again changes nothing. Refuses with NOT_FOUND, RECUSED, INVALID. */
  async add(principal: Principal, id: string, given: string): Promise<TagList> {
    const tag = toTag(given);
    return inTransaction(this.database, principal, async (tx) => {
      const record = await this.reading.lock(tx, principal, id);
      await this.addIn(tx, principal, record, tag, await this.reading.now(tx));
      return this.listIn(tx, record);
    });
  }

  /** The same on a complaint that the caller has locked; false: it has it already. */
  async addIn(tx: Tx, { subject }: Principal, { id, institutionId }: ComplaintRecord, tag: string, now: Date): Promise<boolean> {
    if (!(await this.store.add(tx, institutionId, id, tag, subject, now))) return false;
    await this.timeline.add(tx, institutionId, [{ complaintId: id, at: now, kind: 'tag-added', actor: subject, data: { tag } }]);
    return true;
  }

  /** Refuses with NOT_FOUND, RECUSED. */
  async remove(principal: Principal, id: string, given: string): Promise<TagList> {
    const tag = toTag(given);
    return inTransaction(this.database, principal, async (tx) => {
      const record = await this.reading.lock(tx, principal, id);
      const now = await this.reading.now(tx);
      if (await this.store.remove(tx, id, tag))
        await this.timeline.add(tx, record.institutionId, [
          { complaintId: id, at: now, kind: 'tag-removed', actor: principal.subject, data: { tag } },
        ]);
      return this.listIn(tx, record);
    });
  }

  /** Refuses with NOT_FOUND. */
  list(principal: Principal, id: string): Promise<TagList> {
    return inTransaction(this.database, principal, async (tx) => this.listIn(tx, await this.reading.find(tx, principal, id)));
  }

  async ofMany(tx: Tx, complaintIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = complaintIds.length === 0 ? [] : await this.store.ofMany(tx, complaintIds);
    return new Map(rows.map(({ complaintId, tags }) => [complaintId, tags]));
  }

  async uses({ institutionId }: Principal): Promise<TagUses> {
    return inTransaction(this.database, { institutionId }, async (tx) => ({ items: await this.store.uses(tx, institutionId, MOST_SHOWN) }));
  }

  private async listIn(tx: Tx, { id, timeZone }: ComplaintRecord): Promise<TagList> {
    const zone = Zone.of(timeZone);
    const tags = await this.store.list(tx, id);
    return { items: tags.map(({ tag, addedBy, addedAt }) => ({ tag, addedBy, addedAt: zone.format(addedAt.getTime()) })) };
  }
}
