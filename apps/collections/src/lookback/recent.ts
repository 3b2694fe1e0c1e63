import { permitLifeMs, type PastContact } from '#contact-rules';
import type { LogRow } from './log-row.ts';

/** The contacts of one debtor, party or contact point that may still count, oldest first. */
interface Seat {
  readonly id: string;
  readonly contacts: Held[];
}

// V8 keeps the whole text from which a piece was cut; what is kept for long must stand alone.
const own = (text: string): string => (text.length < 13 ? text : ` ${text}`.slice(1));

class Seats {
  private readonly seats = new Map<string, Seat>();

  get size(): number {
    return this.seats.size;
  }

  /** The seat of the id, a new one where there is none. */
  of(id: string): Seat {
    const known = this.seats.get(id);
    if (known) return known;
    const seat = { id: own(id), contacts: [] };
    this.seats.set(seat.id, seat);
    return seat;
  }

  /** Drops the oldest contact of the seat: contacts leave in the order in which they came. */
  dropOldest(seat: Seat): void {
    seat.contacts.shift();
    this.deleteIfEmpty(seat);
  }

  deleteIfEmpty({ id, contacts }: Seat): void {
    if (contacts.length === 0) this.seats.delete(id);
  }
}

/** A contact with the places where it is held, so that it is forgotten without looking them up. */
interface Held extends PastContact {
  readonly debtor: Seat;
  readonly party: Seat | null;
  readonly point: Seat | null;
}

/** Third parties that asked to be left alone are never forgotten; only who they are is kept. */
class Refusals {
  private readonly parties = new Set<string>();
  private readonly points = new Set<string>();
  private readonly pointsOfUnnamed = new Set<string>();

  get size(): number {
    return this.parties.size + this.points.size + this.pointsOfUnnamed.size;
  }

  add(partyId: string | null, contactPoint: string | null): void {
    if (partyId !== null) this.parties.add(own(partyId));
    if (contactPoint !== null) this.points.add(own(contactPoint));
    if (partyId === null && contactPoint !== null) this.pointsOfUnnamed.add(own(contactPoint));
  }

  /** Whether a past refusal can concern the party; the rule itself says whether it does. */
  concern(partyId: string | null, contactPoint: string | null): 'party' | 'point' | null {
    if (partyId !== null && this.parties.has(partyId)) return 'party';
    if (contactPoint === null) return null;
    return (partyId === null ? this.points : this.pointsOfUnnamed).has(contactPoint) ? 'point' : null;
  }
}

/**
 * The past that the rules can still ask for: what is younger than `windowMs`, by debtor, party and contact point, and refusals for ever.
 * Rows must come in the order of time; what has left the window is dropped as time moves on, so the size follows the density of the log
 * and not its length.
 */
export class RecentContacts {
  private readonly byDebtor = new Seats();
  private readonly byParty = new Seats();
  private readonly byPoint = new Seats();
  private readonly refusals = new Refusals();
  private queue: Held[] = [];
  private head = 0;
  private readonly found: PastContact[] = [];
  /** The most contacts that were held at once. */
  peak = 0;

  constructor(private readonly windowMs: number) {}

  get size(): { contacts: number; debtors: number; parties: number; points: number; refusals: number } {
    return {
      contacts: this.queue.length - this.head,
      debtors: this.byDebtor.size,
      parties: this.byParty.size,
      points: this.byPoint.size,
      refusals: this.refusals.size,
    };
  }

  /**
   * Gives `ask` every contact held that a rule may count against the row, then remembers the row. The array given is used again by the
   * next call.
   */
  pass(row: LogRow, ask: ((history: readonly PastContact[]) => void) | null): void {
    const debtor = this.byDebtor.of(row.debtorId);
    const party = row.partyId === null ? null : this.byParty.of(row.partyId);
    const point = row.contactPoint === null ? null : this.byPoint.of(row.contactPoint);
    ask?.(this.collect(row, debtor, party, point));
    // Never placed: it counts nowhere (rules.md section 2).
    if (row.result !== 'cancelled') this.remember(row, debtor, party, point);
    // A row that was not remembered must leave no empty seat behind.
    if (row.result !== 'cancelled' && this.windowMs > 0) return;
    this.byDebtor.deleteIfEmpty(debtor);
    if (party) this.byParty.deleteIfEmpty(party);
    if (point) this.byPoint.deleteIfEmpty(point);
  }

  private collect(
    { partyRole, partyId, contactPoint }: LogRow,
    debtor: Seat,
    party: Seat | null,
    point: Seat | null,
  ): readonly PastContact[] {
    const { found } = this;
    found.length = 0;
    for (const past of debtor.contacts) found.push(past);
    // A number can be shared by debtors: calls to it count, whoever they were for.
    if (point) for (const past of point.contacts) if (past.debtor !== debtor) found.push(past);
    if (partyRole === 'debtor' || partyRole === null) return found;
    // A guarantor of two debtors is one person.
    if (party) for (const past of party.contacts) if (past.debtor !== debtor && (point === null || past.point !== point)) found.push(past);
    const refused = this.refusals.concern(partyId, contactPoint);
    if (refused !== null) found.push(refusalOf(refused === 'party' ? partyId : null, contactPoint));
    return found;
  }

  private remember(row: LogRow, debtor: Seat, party: Seat | null, point: Seat | null): void {
    const { startedAt, result, channel, mode, initiator, partyRole } = row;
    if (result === 'refused') this.refusals.add(row.partyId, row.contactPoint);
    if (this.windowMs === 0) return;
    const past: Held = {
      at: startedAt,
      lapsesAt: result === null ? startedAt + permitLifeMs(channel) : null,
      result,
      channel,
      mode,
      initiator,
      partyRole,
      partyId: party?.id ?? null,
      contactPoint: point?.id ?? null,
      debtorId: debtor.id,
      debtor,
      party,
      point,
    };
    debtor.contacts.push(past);
    party?.contacts.push(past);
    point?.contacts.push(past);
    this.queue.push(past);
    this.peak = Math.max(this.peak, this.queue.length - this.head);
  }

  /** Drops what no rule can count any more at the instant or later. */
  forgetBefore(now: number): void {
    const { queue } = this;
    for (let oldest = queue[this.head]; oldest && oldest.at + this.windowMs <= now; oldest = queue[this.head]) {
      this.byDebtor.dropOldest(oldest.debtor);
      if (oldest.party) this.byParty.dropOldest(oldest.party);
      if (oldest.point) this.byPoint.dropOldest(oldest.point);
      this.head += 1;
    }
    // Half of it is behind: give the room back.
    if (this.head > 1024 && this.head * 2 > queue.length) {
      this.queue = queue.slice(this.head);
      this.head = 0;
    }
  }
}

// Of a refusal only who asked is kept. It stands as an inbound contact, which no counter counts.
const refusalOf = (partyId: string | null, contactPoint: string | null): PastContact => ({
  at: Number.NEGATIVE_INFINITY,
  lapsesAt: null,
  result: 'refused',
  channel: 'letter',
  mode: null,
  initiator: 'them',
  partyRole: null,
  partyId,
  contactPoint,
  debtorId: null,
});
