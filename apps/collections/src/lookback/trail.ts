import type { PastContact, Result } from '#contact-rules';
import { own, type LogRow } from './log-row.ts';

// Of rules.md, Lost: three attempts in a row, or on three days in a row. Whoever is lost by later ones is lost by the first three already:
// before the local day of the third is over only three days in a row can tell, and those are the first three then.
const KEPT_ATTEMPTS = 3;
const CONNECTED: readonly (Result | null)[] = ['answered', 'conversation', 'refused'];
const UNANSWERED: readonly (Result | null)[] = ['busy', 'no-answer', 'voicemail', 'not-in-service', 'invalid-number', 'failed'];
const DEAD: readonly (Result | null)[] = ['invalid-number', 'not-in-service'];

interface Trail {
  /** The last contact that connected; -Infinity: none ever did. */
  connectedAt: number;
  /** The first calls after it that nobody answered. */
  readonly attempts: number[];
}

const past = (at: number, result: Result, more: Partial<PastContact>): PastContact => ({
  at,
  lapsesAt: null,
  result,
  channel: 'voice',
  mode: null,
  initiator: 'us',
  partyRole: 'debtor',
  partyId: null,
  contactPoint: null,
  debtorId: null,
  debtId: null,
  agencyId: null,
  purpose: null,
  collectorIds: null,
  ...more,
});

/** Who is called at a number that debtors share is told by the debtor. Joined, it is a text of its own. */
const keyOf = (debtorId: string, number: string): string => `${debtorId}\u001F${number}`;

/** Whether the row looks for a debtor through somebody else: only then it matters whether the debtor is lost. */
export const isSearch = ({ partyRole, purpose }: Pick<LogRow, 'partyRole' | 'purpose'>): boolean =>
  (purpose === 'locate' || purpose === 'relay') && (partyRole === 'related' || partyRole === 'unrelated' || partyRole === 'representative');

/**
 * What of the past, however old, says whether a debtor is lost: the last contact that connected and the first three calls since then that
 * nobody answered; and of numbers, which of them were dead when they were last called. A few numbers for each debtor who is ever looked
 * for, nothing for the others.
 */
export class Trails {
  private readonly debtors = new Map<string, Trail>();
  /** The instant of the last call to a number that found it dead; numbers of which the last call said otherwise are not held. */
  private readonly dead = new Map<string, number>();
  /** Numbers that were found alive at the instant that is heard now: of several calls at one instant all must find it dead. */
  private readonly alive = new Set<string>();
  private now = Number.NEGATIVE_INFINITY;

  /** @param searched the debtors who are looked for anywhere in the log; null: not known, any may be */
  constructor(private readonly searched: ReadonlySet<string> | null) {}

  get size(): { debtors: number; numbers: number } {
    return { debtors: this.debtors.size, numbers: this.dead.size };
  }

  remember(row: LogRow): void {
    if (this.searched !== null && !this.searched.has(row.debtorId)) return;
    if (row.partyRole !== 'debtor' && row.partyRole !== null) return;
    if (row.channel === 'voice' && row.initiator === 'us') this.rememberNumber(row);
    const connected = CONNECTED.includes(row.result);
    const unanswered = row.channel === 'voice' && row.initiator === 'us' && UNANSWERED.includes(row.result);
    if (!connected && !unanswered) return;
    const trail = this.trailOf(row.debtorId);
    if (connected) {
      trail.connectedAt = row.startedAt;
      trail.attempts.length = 0;
    } else if (row.startedAt > trail.connectedAt && trail.attempts.length < KEPT_ATTEMPTS) {
      trail.attempts.push(row.startedAt);
    }
  }

  private trailOf(debtorId: string): Trail {
    const known = this.debtors.get(debtorId);
    if (known) return known;
    const trail: Trail = { connectedAt: Number.NEGATIVE_INFINITY, attempts: [] };
    this.debtors.set(own(debtorId), trail);
    return trail;
  }

  private rememberNumber({ debtorId, contactPoint, result, startedAt }: LogRow): void {
    if (startedAt !== this.now) this.alive.clear();
    this.now = startedAt;
    if (contactPoint === null || result === null || result === 'cancelled') return;
    const key = keyOf(debtorId, contactPoint);
    if (!DEAD.includes(result)) {
      this.alive.add(key);
      this.dead.delete(key);
    } else if (!this.alive.has(key)) {
      this.dead.set(key, startedAt);
    }
  }

  /** What the row must know of older days than those held elsewhere: contacts at or before `until`. */
  before(row: LogRow, until: number, numbers: readonly string[]): PastContact[] {
    const { debtorId } = row;
    const trail = this.debtors.get(debtorId);
    const found: PastContact[] = [];
    if (trail && trail.connectedAt <= until && trail.connectedAt > Number.NEGATIVE_INFINITY)
      found.push(past(trail.connectedAt, 'answered', { debtorId, channel: 'letter' }));
    for (const at of trail?.attempts ?? []) if (at <= until) found.push(past(at, 'no-answer', { debtorId }));
    for (const number of numbers) {
      const at = this.dead.get(keyOf(debtorId, number));
      // Not with the debtor: it says something of the number alone.
      if (at !== undefined && at <= until)
        found.push(past(at, 'invalid-number', { partyRole: 'unrelated', contactPoint: number, debtorId }));
    }
    return found;
  }
}
