import { permitLifeMs, type PastContact } from '#contact-rules';
import { own, type LogRow } from './log-row.ts';
import { isSearch, type Trails } from './trail.ts';

/** The contacts of one debtor or contact point that may still count, oldest first. */
interface Seat {
  readonly id: string;
  readonly contacts: Held[];
  /** The debtor for whom all of them were; null where there was ever another since the seat was empty. */
  soleDebtor: Seat | null;
}

class Seats {
  private readonly seats = new Map<string, Seat>();

  get size(): number {
    return this.seats.size;
  }

  /** The seat of the id, a new one where there is none. */
  of(id: string): Seat {
    const known = this.seats.get(id);
    if (known) return known;
    const seat: Seat = { id: own(id), contacts: [], soleDebtor: null };
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

const MAX_NAMES = 20_000;

/** A contact with the places where it is held, so that it is forgotten without looking them up. */
interface Held extends PastContact {
  readonly debtor: Seat;
  readonly point: Seat | null;
}

function addTo(seat: Seat, past: Held): void {
  if (seat.contacts.length === 0) seat.soleDebtor = past.debtor;
  else if (seat.soleDebtor !== past.debtor) seat.soleDebtor = null;
  seat.contacts.push(past);
}

/** Third parties that asked to be left alone are never forgotten; only who they are is kept. */
class Refusals {
  /** Party ids are those of a debtor's file. */
  private readonly parties = new Set<string>();
  private readonly points = new Set<string>();
  private readonly pointsOfUnnamed = new Set<string>();

  get size(): number {
    return this.parties.size + this.points.size + this.pointsOfUnnamed.size;
  }

  add({ debtorId, partyId, contactPoint }: LogRow): void {
    if (partyId !== null) this.parties.add(own(partyKey(debtorId, partyId)));
    if (contactPoint !== null) this.points.add(own(contactPoint));
    if (partyId === null && contactPoint !== null) this.pointsOfUnnamed.add(own(contactPoint));
  }

  /** Whether a past refusal can concern the party; the rule itself says whether it does. */
  concern({ debtorId, partyId, contactPoint }: LogRow): 'party' | 'point' | null {
    if (partyId !== null && this.parties.has(partyKey(debtorId, partyId))) return 'party';
    if (contactPoint === null) return null;
    return (partyId === null ? this.points : this.pointsOfUnnamed).has(contactPoint) ? 'point' : null;
  }
}

const partyKey = (debtorId: string, partyId: string): string => `${debtorId}\u001F${partyId}`;

/**
 * The past that the rules can still ask for: what is younger than `windowMs`, by debtor and contact point, and refusals for ever.
 * Rows must come in the order of time; what has left the window is dropped as time moves on, so the size follows the density of the log
 * and not its length.
 */
export class RecentContacts {
  private readonly byDebtor = new Seats();
  private readonly byPoint = new Seats();
  private readonly refusals = new Refusals();
  private queue: Held[] = [];
  private head = 0;
  private readonly found: PastContact[] = [];
  /** The most contacts that were held at once. */
  peak = 0;

  private readonly names = new Map<string, string>();

  /** @param trails where a rule asks whether a debtor is lost, else null */
  constructor(
    private readonly windowMs: number,
    private readonly trails: Trails | null = null,
  ) {}

  get size(): { contacts: number; debtors: number; points: number; refusals: number } {
    return {
      contacts: this.queue.length - this.head,
      debtors: this.byDebtor.size,
      points: this.byPoint.size,
      refusals: this.refusals.size,
    };
  }

  /**
   * Gives `ask` every contact held that a rule may count against the row, then remembers the row. The array given is valid during
   * the call only. `numbers`: those known of the debtor, for who looks for the debtor.
   */
  pass(row: LogRow, ask: ((history: readonly PastContact[]) => void) | null, numbers: readonly string[] = []): void {
    const debtor = this.byDebtor.of(row.debtorId);
    const point = row.contactPoint === null ? null : this.byPoint.of(row.contactPoint);
    ask?.(this.collect(row, debtor, point, numbers));
    // Never placed: it counts nowhere (rules.md section 2).
    if (row.result !== 'cancelled') this.remember(row, debtor, point);
    // A row that was not remembered must leave no empty seat behind.
    if (row.result !== 'cancelled' && this.windowMs > 0) return;
    this.byDebtor.deleteIfEmpty(debtor);
    if (point) this.byPoint.deleteIfEmpty(point);
  }

  private collect(row: LogRow, debtor: Seat, point: Seat | null, numbers: readonly string[]): readonly PastContact[] {
    const isThird = row.partyRole !== 'debtor' && row.partyRole !== null;
    const refused = isThird ? this.refusals.concern(row) : null;
    // Nearly always the debtor's own contacts are all there is: no copy is made of them.
    const shared = point !== null && point.soleDebtor !== debtor && point.contacts.length > 0;
    const searches = this.trails !== null && isSearch(row);
    if (refused === null && !shared && !searches) return debtor.contacts;
    const { found } = this;
    found.length = 0;
    for (const past of debtor.contacts) found.push(past);
    // A number can be shared by debtors: calls to it count, whoever they were for.
    if (shared) for (const past of point.contacts) if (past.debtor !== debtor) found.push(past);
    if (refused !== null) found.push(refusalOf(row, refused));
    if (searches) found.push(...(this.trails?.before(row, row.startedAt - this.windowMs, numbers) ?? []));
    return found;
  }

  private remember(row: LogRow, debtor: Seat, point: Seat | null): void {
    const { startedAt, result, channel, mode, initiator, partyRole } = row;
    if (result === 'refused') this.refusals.add(row);
    this.trails?.remember(row);
    if (this.windowMs === 0) return;
    const past: Held = {
      at: startedAt,
      lapsesAt: result === null ? startedAt + permitLifeMs(channel) : null,
      result,
      channel,
      mode,
      initiator,
      partyRole,
      partyId: row.partyId === null ? null : own(row.partyId),
      contactPoint: point?.id ?? null,
      debtorId: debtor.id,
      debtId: row.debtId === null ? null : own(row.debtId),
      agencyId: row.agencyId === null ? null : this.nameOf(row.agencyId),
      purpose: row.purpose,
      collectorIds: row.collectorIds?.map((id) => this.nameOf(id)) ?? null,
      debtor,
      point,
    };
    debtor.contacts.push(past);
    if (point) addTo(point, past);
    this.queue.push(past);
    this.peak = Math.max(this.peak, this.queue.length - this.head);
  }

  /** One text for each of the few agencies and collectors that a log names. */
  private nameOf(text: string): string {
    const known = this.names.get(text);
    if (known !== undefined) return known;
    // A column of garbage must not fill the memory.
    if (this.names.size >= MAX_NAMES) this.names.clear();
    const name = own(text);
    this.names.set(name, name);
    return name;
  }

  /** Drops what no rule can count any more at the instant or later. */
  forgetBefore(now: number): void {
    const { queue } = this;
    for (let oldest = queue[this.head]; oldest && oldest.at + this.windowMs <= now; oldest = queue[this.head]) {
      this.byDebtor.dropOldest(oldest.debtor);
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
const refusalOf = ({ debtorId, partyId, contactPoint }: LogRow, by: 'party' | 'point'): PastContact => ({
  at: Number.NEGATIVE_INFINITY,
  lapsesAt: null,
  result: 'refused',
  channel: 'letter',
  mode: null,
  initiator: 'them',
  partyRole: null,
  partyId: by === 'party' ? partyId : null,
  contactPoint,
  debtorId: by === 'party' ? debtorId : null,
  debtId: null,
  agencyId: null,
  purpose: null,
  collectorIds: null,
});
