import type { Result } from '#contact-rules';

export const FINDINGS = ['no-permit', 'outside-permit', 'other-number', 'outcome-missing', 'outcome-differs'] as const;
export type FindingKind = (typeof FINDINGS)[number];

/** Why there is no permit for a call. */
export type NoPermitWhy = 'none' | 'used' | 'unknown-attempt' | 'refused';

/** A call of a file; the number as its keyed hash. */
export interface PlacedCall {
  readonly row: number;
  readonly valueIndex: string;
  readonly startedAt: number;
  readonly result: Result | null;
  readonly agencyId: string | null;
  readonly collectorId: string | null;
  readonly attemptId: string | null;
}

/** A decision of the gate and what was reported of it. Times in epoch milliseconds. */
export interface Permit {
  readonly id: string;
  readonly valueIndex: string;
  readonly agencyId: string | null;
  readonly collectorIds: readonly string[];
  readonly decidedAt: number;
  /** Null: the contact was refused. */
  readonly expiresAt: number | null;
  readonly result: Result | null;
  /** As reported with the outcome. */
  readonly reportedAt: number | null;
}

export interface Matched {
  readonly kind: FindingKind | null;
  readonly why: NoPermitWhy | null;
  readonly permit: Permit | null;
}

const CONNECTED: readonly Result[] = ['answered', 'conversation', 'refused', 'delivered'];

/** Whether what was reported can be what the network saw: a switch knows that a call was answered, not who spoke. */
export function agrees(reported: Result, recorded: Result): boolean {
  if (reported === 'cancelled') return recorded === 'cancelled';
  // A machine answers: the network sees a connected call, who listens hears that nobody is there.
  if (reported === 'voicemail' || recorded === 'voicemail') return recorded !== 'cancelled';
  return CONNECTED.includes(reported) === CONNECTED.includes(recorded);
}

const NEAR_MS = 24 * 3_600_000;

/**
 * Gives each call the permit that it was made under: a permit is for one call to one number by one agency, in its time. Calls come in the order
 * of time; a permit that one call has used is not there for the next.
 */
export class Matcher {
  private readonly used = new Map<string, number>();

  /** `nowMs`: a permit whose time is not over yet may still get its outcome. */
  constructor(
    private readonly toleranceMs: number,
    private readonly nowMs: number,
  ) {}

  /** `permits`: those to the call's number, those of its collector at the time, and the one that it names. */
  match(call: PlacedCall, permits: readonly Permit[]): Matched {
    this.forgetBefore(call.startedAt - 2 * NEAR_MS);
    const named = call.attemptId === null ? null : permits.find(({ id }) => id === call.attemptId?.toLowerCase());
    if (named === undefined) return none('unknown-attempt');
    if (named !== null) return this.matchNamed(call, named);
    const own = permits.filter((permit) => permit.expiresAt !== null && permit.agencyId === call.agencyId);
    const toNumber = own.filter(({ valueIndex }) => valueIndex === call.valueIndex);
    const inTime = toNumber.filter((permit) => this.covers(permit, call));
    const free = nearest(
      call,
      inTime.filter(({ id }) => !this.used.has(id)),
    );
    if (free) return this.use(call, free);
    if (inTime.length > 0) return { ...none('used'), permit: nearest(call, inTime) };
    const late = nearest(
      call,
      toNumber.filter((permit) => !this.used.has(permit.id) && distance(call, permit) <= NEAR_MS),
    );
    if (late) return this.spend(call, late, 'outside-permit');
    const elsewhere = own.filter((permit) => call.collectorId !== null && permit.collectorIds.includes(call.collectorId));
    const other = nearest(
      call,
      elsewhere.filter((permit) => !this.used.has(permit.id) && this.covers(permit, call)),
    );
    return other ? this.spend(call, other, 'other-number') : none('none');
  }

  private matchNamed(call: PlacedCall, permit: Permit): Matched {
    if (permit.expiresAt === null) return { ...none('refused'), permit };
    if (permit.agencyId !== call.agencyId) return none('unknown-attempt');
    if (this.used.has(permit.id)) return { ...none('used'), permit };
    if (permit.valueIndex !== call.valueIndex) return this.spend(call, permit, 'other-number');
    return this.covers(permit, call) ? this.use(call, permit) : this.spend(call, permit, 'outside-permit');
  }

  private covers({ decidedAt, expiresAt }: Permit, { startedAt }: PlacedCall): boolean {
    return expiresAt !== null && startedAt >= decidedAt - this.toleranceMs && startedAt < expiresAt + this.toleranceMs;
  }

  private use(call: PlacedCall, permit: Permit): Matched {
    const { result, expiresAt } = permit;
    if (result === null) return this.spend(call, permit, (expiresAt ?? 0) <= this.nowMs ? 'outcome-missing' : null);
    return this.spend(call, permit, call.result !== null && !agrees(result, call.result) ? 'outcome-differs' : null);
  }

  private spend(call: PlacedCall, permit: Permit, kind: FindingKind | null): Matched {
    this.used.set(permit.id, call.startedAt);
    return { kind, why: null, permit };
  }

  /** Entries stand in the order of time: what no later call can ask for is at the front. */
  private forgetBefore(instant: number): void {
    for (const [id, at] of this.used) {
      if (at >= instant) return;
      this.used.delete(id);
    }
  }
}

const none = (why: NoPermitWhy): Matched => ({ kind: 'no-permit', why, permit: null });

const distance = ({ startedAt }: PlacedCall, { reportedAt, decidedAt }: Permit): number => Math.abs((reportedAt ?? decidedAt) - startedAt);

/** Two permits at one distance: the older, by id. */
function nearest(call: PlacedCall, permits: readonly Permit[]): Permit | null {
  let best: Permit | null = null;
  for (const permit of permits) {
    const further = best === null ? -1 : distance(call, permit) - distance(call, best);
    if (further < 0 || (further === 0 && best !== null && permit.id < best.id)) best = permit;
  }
  return best;
}
