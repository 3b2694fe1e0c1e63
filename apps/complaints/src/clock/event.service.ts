import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import type { ClockEvent } from '#clock-rules';
import type { Language } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { enqueue } from '#outbox';
import { inTransaction, type Tx } from '#pg';
import { INVALID, Refusal } from '#problem';
import { calendarsToWrite } from '../calendar/stored-calendars.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { OWN_COMPLAINT } from '../complaint/complaint.refusals.ts';
import { clockEvidence, dueColumns, isWritable, judgeEvent, type Verdict } from '../complaint/ledger.ts';
import { LedgerService, type GivenEvent } from '../complaint/ledger.service.ts';
import { pastInstant } from '../complaint/past-instant.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { refuseUnproved } from '../intake/representation.ts';
import { HoldService } from '../hold/hold.service.ts';
import { TimelineService } from '../timeline/timeline.service.ts';
import type { EventCommand } from './event-command.ts';
import type { ClockEventAnswer } from './event.dto.ts';
import { toOutcome } from './event-outcome.ts';
import { COMPLAINT_TOLD } from './told.ts';

/** How the request came. */
export interface Asked {
  readonly principal: Principal;
  readonly complaintId: string;
  readonly idempotency: IdempotentRequest | null;
  readonly requestId: string;
  readonly language: Language;
}

/** What came of an event that another room recorded. */
export interface RecordedEvent {
  readonly entryId: string;
  /** Null: the rules refused it. */
  readonly eventId: string | null;
  readonly rejected: { readonly code: string; readonly source: string } | null;
}

// With these the matter is no longer open, and collectors may go on.
// What was merged keeps them away until that with which it goes on is settled.
const ENDS_HOLD: ReadonlySet<ClockEvent['type']> = new Set(['decided', 'withdrawn', 'declined']);

/** The one write of a clock: what happened to a complaint goes into its ledger, or is refused by the rules. */
@Injectable()
export class EventService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(LedgerService) private readonly ledger: LedgerService,
    @Inject(HoldService) private readonly holds: HoldService,
    @Inject(TimelineService) private readonly timeline: TimelineService,
  ) {}

  /**
   * Takes an event in. What the rules refuse is an answer as well, kept in the timeline, and changes nothing else. Refuses with NOT_FOUND,
   * RECUSED, OWN_COMPLAINT, NOT_PROVED (CMP20 14), IDEMPOTENCY_KEY_REUSED, and with INVALID for an instant before the receipt or in the future.
   */
  async record(asked: Asked, command: EventCommand): Promise<ClockEventAnswer> {
    const { principal, complaintId, idempotency, requestId, language } = asked;
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const record = await this.reading.lock(tx, principal, complaintId);
      refuseUnfit(principal, record, command);
      // Heirs show first that they are; others are told what is theirs, and a proxy by the form of telling that says so.
      if (command.facts.type === 'told' && record.decidedAt !== null) await refuseUnproved(tx, record.id, 'complainant');
      const claim = await claimKey(tx, institutionId, idempotency);
      const entryId = claim?.resource ?? (await this.write(tx, principal, record, command));
      if (!claim) await rememberResource(tx, institutionId, idempotency, entryId);
      const entry = await this.timeline.find(tx, entryId);
      if (!entry) throw new Error('what was recorded is not in the timeline');
      return { ...toOutcome(entry, language), complaint: await this.reading.view(tx, principal, record.id, requestId) };
    });
  }

  /**
   * The same in the transaction of another room, on a complaint that it has locked; of several events the complaint is read again after each. What the
   * rules refuse is in the answer. Refuses with RECUSED, OWN_COMPLAINT, and with INVALID for an instant before the receipt or in the future.
   */
  async recordIn(tx: Tx, principal: Principal, record: ComplaintRecord, command: EventCommand): Promise<RecordedEvent> {
    refuseUnfit(principal, record, command);
    const entryId = await this.write(tx, principal, record, command);
    const entry = await this.timeline.find(tx, entryId);
    if (!entry) throw new Error('what was recorded is not in the timeline');
    const { eventId, rejected } = entry.data as { eventId?: string; rejected?: RecordedEvent['rejected'] };
    return { entryId, eventId: eventId ?? null, rejected: rejected ?? null };
  }

  private async write(tx: Tx, principal: Principal, record: ComplaintRecord, command: EventCommand): Promise<string> {
    const now = await this.reading.now(tx);
    const { facts, more, note } = command;
    const at = instantOf(command, record, now);
    const event = { ...facts, at: at.toISOString() };
    const given: GivenEvent = { event, more, note, recordedAt: now, recordedBy: principal.subject };
    const events = await this.ledger.events(tx, record.id);
    const calendars = await calendarsToWrite(tx, record.institutionId, [record.pack]);
    const verdict: Verdict = judgeEvent(record, events, event, now, calendars);
    if ('rejected' in verdict) return this.ledger.refuse(tx, record, given, verdict.rejected);
    if (!isWritable(verdict.answer))
      throw new Refusal(INVALID, { errors: [{ pointer: '/dueOn', detail: 'is after the last year that can be written' }] });
    const all = [...events, event];
    const clock = clockEvidence(record, all, now, calendars);
    const entryId = await this.ledger.append(tx, record, given, dueColumns(record, all, verdict.answer), clock);
    if (ENDS_HOLD.has(event.type) || (event.type === 'merged' && more.isSettled === true)) {
      const ending = [record, ...(await this.reading.mergedInto(tx, record.id))].filter(({ holdVersion }) => holdVersion > 0);
      await this.holds.request(tx, record.institutionId, ending, now, now);
    }
    if (event.type === 'told')
      await enqueue(tx, record.institutionId, COMPLAINT_TOLD, { institutionId: record.institutionId, complaintId: record.id });
    return entryId;
  }
}

/** Nobody gives himself more time. Refuses with OWN_COMPLAINT. */
function refuseUnfit({ subject }: Principal, record: ComplaintRecord, { facts, note }: EventCommand): void {
  // CMP20 15: the complainant withdraws. What an employee alone says is confirmed by a call first: withdrawal-reports.
  if (facts.type === 'withdrawn' && !note.evidence)
    throw new Refusal(INVALID, {
      errors: [
        {
          pointer: '/evidence',
          detail: 'is needed: what the complainant wrote or said; else report it to be confirmed',
          source: 'CMP20 15',
        },
      ],
    });
  if (facts.type !== 'extended') return;
  if (record.handler === subject) throw new Refusal(OWN_COMPLAINT, { detail: `${subject} handles the complaint.` });
  if (record.registeredByHandler && record.registeredBy === subject)
    throw new Refusal(OWN_COMPLAINT, { detail: `${subject} registered the complaint as its handler.` });
}

function instantOf({ at }: EventCommand, { receivedAt }: ComplaintRecord, now: Date): Date {
  const instant = at === null ? now : pastInstant(at, now);
  if (instant === null) throw new Refusal(INVALID, { errors: [{ pointer: '/at', detail: 'is in the future' }] });
  if (instant < receivedAt) throw new Refusal(INVALID, { errors: [{ pointer: '/at', detail: 'is before the complaint was received' }] });
  return instant;
}
