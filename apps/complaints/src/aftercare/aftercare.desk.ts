import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Zone, type Language } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { Vault } from '#vault';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { pastInstant } from '../complaint/past-instant.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { maskText, openData, type PersonalData } from '../complaint/sealing.ts';
import { TimelineService, type NewEntry } from '../timeline/timeline.service.ts';

/** How a request came. */
export interface Call {
  readonly idempotency: IdempotentRequest | null;
  readonly requestId: string;
  readonly language: Language;
}

/** A transaction in which a complaint is locked, or read alone. */
export interface At {
  readonly tx: Tx;
  readonly principal: Principal;
  readonly record: ComplaintRecord;
  readonly now: Date;
}

/** Opens what people wrote, for this reader: masked where the role sees no personal data. */
export type Open = (sealed: Buffer | null, context: string) => string | null;

export interface Reader {
  readonly masked: boolean;
  readonly open: Open;
}

/** Of which complaint; null: there is no such thing here. */
type Finding = (tx: Tx) => Promise<string | null>;

/** The one shape of every write and every look in the rooms that come after the decision. */
@Injectable()
export class AfterDesk {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ReadingService) readonly reading: ReadingService,
    @Inject(TimelineService) private readonly timeline: TimelineService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /**
   * Locks the complaint, looks for what the key has made, else does the work, which gives the id of what it made; then shows it. Refuses with
   * NOT_FOUND, IDEMPOTENCY_KEY_REUSED, and as the work does.
   */
  async change<View>(
    principal: Principal,
    find: Finding,
    call: Call,
    { work, show }: { readonly work: (at: At) => Promise<string>; readonly show: (at: At, id: string) => Promise<View> },
  ): Promise<View> {
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const record = await this.reading.lock(tx, principal, await this.complaintOf(tx, principal, find));
      const claim = await claimKey(tx, institutionId, call.idempotency);
      const now = await this.reading.now(tx);
      const at = { tx, principal, record, now };
      const id = claim?.resource ?? (await work(at));
      if (claim === null) await rememberResource(tx, institutionId, call.idempotency, id);
      return show(at, id);
    });
  }

  /** Refuses with NOT_FOUND. */
  async look<View>(principal: Principal, find: Finding, show: (at: At) => Promise<View>): Promise<View> {
    return inTransaction(this.database, principal, async (tx) => {
      const record = await this.reading.find(tx, principal, await this.complaintOf(tx, principal, find));
      return show({ tx, principal, record, now: await this.reading.now(tx) });
    });
  }

  /** What is of no one complaint: lists, figures, settings. Agencies have none of it. */
  async read<View>(principal: Principal, work: (tx: Tx, now: Date) => Promise<View>): Promise<View> {
    if (principal.agencyId !== null) throw notHere();
    return inTransaction(this.database, principal, async (tx) => work(tx, await this.reading.now(tx)));
  }

  seal(text: string, context: string): Buffer {
    return this.vault.seal(text, context);
  }

  /** What the complaint holds of people, for the work of the rooms themselves; shown to nobody. */
  personal(record: ComplaintRecord): PersonalData {
    return openData(this.vault, record);
  }

  /** Opens texts about a complaint for whoever reads. */
  readerOf(principal: Principal, record: ComplaintRecord, now: Date): Reader {
    const { masked } = this.reading.readingOf(principal, now);
    const known = masked ? openData(this.vault, record) : null;
    return {
      masked,
      open: (sealed, context) => {
        if (sealed === null) return null;
        const text = this.vault.open(sealed, context);
        return known === null ? text : maskText(text, known);
      },
    };
  }

  /** Notes that texts were shown unmasked. */
  async noteRead({ tx, principal, now }: At, complaintIds: readonly string[], fields: readonly string[], requestId: string): Promise<void> {
    await this.reading.noteRead(tx, principal, this.reading.readingOf(principal, now), complaintIds, fields, requestId);
  }

  /** One more entry of the complaint's timeline. */
  async note({ tx, record, now, principal }: At, kind: NewEntry['kind'], data: Readonly<Record<string, unknown>>): Promise<void> {
    await this.timeline.add(tx, record.institutionId, [{ complaintId: record.id, at: now, kind, actor: principal.subject, data }]);
  }

  private async complaintOf(tx: Tx, principal: Principal, find: Finding): Promise<string> {
    const id = principal.agencyId === null ? await find(tx) : null;
    if (id === null) throw notHere();
    return id;
  }
}

const notHere = (): Refusal => new Refusal(NOT_FOUND, { detail: 'There is no such thing here.' });

/** Refuses with INVALID, naming the field. */
export const wrong = (pointer: string, detail: string, source?: string): Refusal =>
  new Refusal(INVALID, { errors: [{ pointer, detail, ...(source === undefined ? {} : { source }) }] });

/** When something happened: now where it was left out, never in the future, never before something else. Refuses with INVALID. */
export function happened(
  pointer: string,
  given: string | null | undefined,
  now: Date,
  since: { readonly at: Date; readonly what: string },
): Date {
  const instant = given == null ? now : pastInstant(given, now);
  if (instant === null) throw wrong(pointer, 'is in the future');
  if (instant < since.at) throw wrong(pointer, `is before ${since.what}`);
  return instant;
}

/** The end of the local day that lies so many days after an instant, and that day. */
export function dueAfter(zone: Zone, from: Date, days: number): { readonly dueOn: string; readonly dueAt: Date } {
  const day = new Date(Date.parse(`${zone.format(from.getTime()).slice(0, 10)}T00:00:00Z`) + days * 86_400_000);
  return endOfDay(zone, day.toISOString().slice(0, 10));
}

/** The instant at which a local date is over. */
export function endOfDay(zone: Zone, dueOn: string): { readonly dueOn: string; readonly dueAt: Date } {
  // By its noon: midnight may not exist, or twice.
  const noon = Date.parse(`${dueOn}T12:00:00Z`);
  return { dueOn, dueAt: new Date(zone.nextDayStart(noon - zone.offsetAt(noon))) };
}

export const localDate = (zone: Zone, at: Date): string => zone.format(at.getTime()).slice(0, 10);
export const sayIn = (zone: Zone, at: Date): string => zone.format(at.getTime());
export const sayOrNull = (zone: Zone, at: Date | null): string | null => at && zone.format(at.getTime());
