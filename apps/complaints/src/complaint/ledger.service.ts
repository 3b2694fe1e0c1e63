import { Inject, Injectable } from '@nestjs/common';
import type { ClockEvent } from '#clock-rules';
import { append as appendEvidence, sealPersonal, type NewRecord } from '#evidence-log';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import { SearchService } from '../search/search.service.ts';
import { TimelineService } from '../timeline/timeline.service.ts';
import type { ComplaintRecord, DueColumns } from './complaint.record.ts';
import type { Difference } from './difference.ts';
import type { clockEvidence } from './ledger.ts';
import { LedgerStore } from './ledger.store.ts';
import { OpenLedgerStore, type Meeting, type OpenLedger } from './open-ledger.store.ts';
import { clockEntry, sealNote } from './registration.service.ts';

export type { OpenLedger };

/** What a clock was asked, and what it said. */
export type ClockEvidence = ReturnType<typeof clockEvidence>;

/** An event that somebody records now. */
export interface GivenEvent {
  readonly event: ClockEvent;
  readonly more: Readonly<Record<string, unknown>>;
  readonly note: Readonly<Record<string, string>>;
  readonly recordedAt: Date;
  readonly recordedBy: string;
}

/** A clock that another calendar moves: what follows from it now, and what the timeline says of it. */
export interface Recomputed {
  readonly clock: OpenLedger;
  readonly due: DueColumns;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The ledger of clock events, and the columns that follow from it. */
@Injectable()
export class LedgerService {
  constructor(
    @Inject(LedgerStore) private readonly store: LedgerStore,
    @Inject(OpenLedgerStore) private readonly open: OpenLedgerStore,
    @Inject(TimelineService) private readonly timeline: TimelineService,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(SearchService) private readonly search: SearchService,
  ) {}

  /** The accepted events in the order in which they happened. */
  events(tx: Tx, complaintId: string): Promise<ClockEvent[]> {
    return this.store.events(tx, complaintId);
  }

  /** Open complaints with their ledgers, in order of id. */
  openAfter(tx: Tx, afterId: string | null, limit: number): Promise<OpenLedger[]> {
    return this.open.openAfter(tx, afterId, limit);
  }

  /** Those that a change of a calendar may move: not decided, and their term meets a day that is another. */
  meeting(tx: Tx, meeting: Meeting, afterId: string | null, limit: number): Promise<OpenLedger[]> {
    return this.open.meeting(tx, meeting, afterId, limit);
  }

  countMeeting(tx: Tx, meeting: Meeting): Promise<number> {
    return this.open.countMeeting(tx, meeting);
  }

  /** Those that are still open, and nobody changes them until the transaction ends. */
  lockOpen(tx: Tx, ids: readonly string[]): Promise<OpenLedger[]> {
    return this.open.lockOpen(tx, ids);
  }

  /**
   * Appends an accepted event to a complaint that is locked, with what follows from it, and with what the clock was asked as evidence. Returns the id of its
   * entry in the timeline.
   */
  async append(tx: Tx, record: ComplaintRecord, { note, ...given }: GivenEvent, due: DueColumns, clock: ClockEvidence): Promise<string> {
    const version = record.ledgerVersion + 1;
    const event = { ...given, complaintId: record.id, seq: version, noteSealed: sealNote(this.vault, note) };
    const [eventId = ''] = await this.store.append(tx, record.institutionId, [event]);
    await this.store.writeDue(tx, record.id, due, version, given.recordedAt);
    await appendEvidence(tx, record.institutionId, [this.evidenceOf(record, eventId, { note, ...given }, clock)]);
    await this.search.index(tx, record.institutionId, [{ complaintId: record.id, texts: Object.values(note) }]);
    const [entryId = ''] = await this.timeline.add(tx, record.institutionId, [clockEntry(event, eventId)]);
    return entryId;
  }

  private evidenceOf({ id, institutionId }: ComplaintRecord, eventId: string, given: GivenEvent, clock: ClockEvidence): NewRecord {
    const { event, more, note, recordedAt, recordedBy } = given;
    const personal = Object.keys(note).length === 0 ? null : sealPersonal(this.vault, institutionId, `complaint:${id}`, note);
    return { kind: 'clock-event', actor: recordedBy, body: { complaintId: id, eventId, event, more, recordedAt, clock }, personal };
  }

  /** Sets the receipt of a complaint that is locked, and what follows from it. */
  async moveReceipt(tx: Tx, { id, ledgerVersion }: ComplaintRecord, receivedAt: Date, due: DueColumns, now: Date): Promise<void> {
    await this.store.moveReceipt(tx, id, receivedAt);
    await this.store.writeDue(tx, id, due, ledgerVersion, now);
  }

  /** Keeps in the timeline that the rules refused an event. Returns the id of the entry. */
  async refuse(tx: Tx, record: ComplaintRecord, given: GivenEvent, rejected: Readonly<Record<string, unknown>>): Promise<string> {
    const { event, more, note, recordedAt, recordedBy } = given;
    const [entryId = ''] = await this.timeline.add(tx, record.institutionId, [
      {
        complaintId: record.id,
        at: recordedAt,
        kind: 'clock-event-refused',
        actor: recordedBy,
        data: { ...event, ...more, rejected },
        noteSealed: sealNote(this.vault, note),
      },
    ]);
    return entryId;
  }

  /** Writes what follows from the ledger over columns that say something else, and says so in the timeline. */
  async correct(tx: Tx, { id, institutionId, events }: OpenLedger, due: DueColumns, now: Date, difference: Difference): Promise<void> {
    await this.store.writeDue(tx, id, due, events.length, now);
    await this.timeline.add(tx, institutionId, [
      { complaintId: id, at: now, kind: 'clock-corrected', actor: 'system', data: { ...difference } },
    ]);
  }

  /** The same for clocks of one institution that are locked and whose calendar is another. */
  async recompute(tx: Tx, institutionId: string, moves: readonly Recomputed[], now: Date): Promise<void> {
    if (moves.length === 0) return;
    await this.store.writeDues(
      tx,
      moves.map(({ clock, due }) => ({ ...due, id: clock.id, ledgerVersion: clock.ledgerVersion })),
      now,
    );
    const kind = 'calendar-recomputed';
    await this.timeline.add(
      tx,
      institutionId,
      moves.map(({ clock, data }) => ({ complaintId: clock.id, at: now, kind, actor: 'system', data })),
    );
  }
}
