import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { Vault } from '#vault';
import { isUuid } from '#wire';
import { announce } from '../complaint/announce.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { ownFiles } from '../file/own-files.ts';
import { SortingDesk } from '../sorting/sorting.desk.ts';
import { TimelineService, type NewEntry } from '../timeline/timeline.service.ts';
import { MAJOR_CHANGED } from './major-among.ts';
import type { MajorView } from './major.view.ts';
import { MATTER_ENDED } from './major.refusals.ts';
import { MajorReading, MajorStores, SEALED } from './major.reading.ts';
import type { MatterRecord } from './major.store.ts';

/** How a request came. */
export interface Call {
  readonly principal: Principal;
  readonly idempotency: IdempotentRequest | null;
  readonly requestId: string;
}

export interface Acting {
  readonly tx: Tx;
  readonly principal: Principal;
  readonly matter: MatterRecord;
  readonly now: Date;
}

/** What is written with. */
@Injectable()
export class MajorPens {
  constructor(
    @Inject(Vault) readonly vault: Vault,
    @Inject(TimelineService) readonly timeline: TimelineService,
    @Inject(ReadingService) readonly reading: ReadingService,
  ) {}
}

const LOCK = 'major';

/** The one shape of what is done about a major matter: one act of an institution at a time, for there are few. */
@Injectable()
export class MajorDesk {
  constructor(
    @Inject(SortingDesk) private readonly desk: SortingDesk,
    @Inject(MajorStores) private readonly stores: MajorStores,
    @Inject(MajorReading) private readonly readings: MajorReading,
    @Inject(MajorPens) readonly pens: MajorPens,
  ) {}

  /** Work that gives the id of a matter, which is shown. Refuses with IDEMPOTENCY_KEY_REUSED, and as the work does. */
  make(call: Call, work: (tx: Tx, now: Date) => Promise<string>): Promise<MajorView> {
    return this.alone(call, work, (tx, id) => this.show(tx, call.principal, id, call.requestId));
  }

  /** Work that gives the id of anything else. Refuses with IDEMPOTENCY_KEY_REUSED, and as the work does. */
  alone<T>(
    { principal, idempotency }: Call,
    work: (tx: Tx, now: Date) => Promise<string>,
    show: (tx: Tx, id: string) => Promise<T>,
  ): Promise<T> {
    return this.desk.alone({ principal, lock: LOCK, idempotency }, work, show);
  }

  /** An act on an open matter. Refuses with NOT_FOUND, RECUSED, MATTER_ENDED, IDEMPOTENCY_KEY_REUSED, and as the work does. */
  act(call: Call, matterId: string, work: (acting: Acting) => Promise<void>): Promise<MajorView> {
    const { principal } = call;
    return this.make(call, async (tx, now) => {
      const matter = await this.find(tx, principal, matterId, now);
      await this.refuseRecused(tx, principal, matter.id);
      if (matter.state !== 'open') throw new Refusal(MATTER_ENDED, { detail: `${matter.number} is ${matter.state}.` });
      await work({ tx, principal, matter, now });
      return matter.id;
    });
  }

  read<T>(principal: Principal, work: (tx: Tx, now: Date) => Promise<T>): Promise<T> {
    return this.desk.read(principal, async (tx) => work(tx, await this.desk.now(tx)));
  }

  /** Refuses with NOT_FOUND. */
  async show(tx: Tx, principal: Principal, id: string, requestId: string): Promise<MajorView> {
    const now = await this.desk.now(tx);
    return this.readings.view(tx, principal, await this.find(tx, principal, id, now), now, requestId);
  }

  /** Refuses with NOT_FOUND. */
  async find(tx: Tx, { institutionId }: Principal, id: string, now: Date): Promise<MatterRecord> {
    const matter = isUuid(id) ? await this.stores.matters.find(tx, institutionId, id, now) : null;
    if (matter === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such matter here.' });
    return matter;
  }

  /** Refuses with RECUSED whoever any of its complaints is about, or who stands near to it (CMP20 17). */
  async refuseRecused(tx: Tx, principal: Principal, matter: string): Promise<void> {
    const { reading } = this.pens;
    for (const { complaintId } of await this.stores.matters.abouts(tx, matter))
      await reading.refuseRecused(tx, principal.subject, await reading.find(tx, principal, complaintId), '');
  }

  seal(text: string, context: string): Buffer {
    return this.pens.vault.seal(text, context);
  }

  /** What was done, in the matter's own book. */
  async enter(
    { tx, principal, matter, now }: Acting,
    kind: string,
    data: Readonly<Record<string, unknown>>,
    note: string | null,
  ): Promise<void> {
    const noteSealed = note ? this.seal(note, SEALED.note) : null;
    const entry = { institutionId: matter.institutionId, matter: matter.id, at: now, kind, actor: principal.subject, data, noteSealed };
    await this.stores.parts.note(tx, entry);
  }

  /** The same in the timelines of complaints; those of a drill are none. */
  async tell({ tx, principal, matter, now }: Acting, complaints: readonly string[], kind: NewEntry['kind']): Promise<void> {
    const data = { matterId: matter.id, number: matter.number, kind: matter.kind };
    const entries = complaints.map((complaintId) => ({ complaintId, at: now, kind, actor: principal.subject, data }));
    await this.pens.timeline.add(tx, matter.institutionId, entries);
  }

  /** Files that prove something are those of its complaints. Refuses with INVALID. */
  async proofFiles({ tx, matter }: Acting, given: readonly string[] | undefined): Promise<readonly string[]> {
    if (!given?.length) return [];
    return ownFiles(tx, await this.stores.matters.complaintIds(tx, matter.id), '/files', given);
  }

  /** Complaints that became part of a matter that is no drill, or are no longer: whoever counts by how grave one is looks again. */
  async changed({ tx, matter }: Acting, complaints: readonly string[]): Promise<void> {
    await announce(tx, matter.institutionId, MAJOR_CHANGED, complaints);
  }
}

/** Refuses with INVALID, naming the field. */
export const wrong = (pointer: string, detail: string, source?: string): Refusal =>
  new Refusal(INVALID, { errors: [{ pointer, detail, ...(source === undefined ? {} : { source }) }] });
