import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '#clock';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { databaseNow, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { standingOn, type StandingFacts, type StandingReason } from '../agency/standing.ts';
import { ActService } from '../act/act.service.ts';
import { holdGates } from '../gates.ts';
import { ConsequenceService } from './consequence.service.ts';
import { StandingStore, type AgencyStanding, type NewStanding, type Turned } from './standing.store.ts';

/** Who changes it: a subject of a token, or `system:<what>`. */
export interface StandingActor {
  readonly institutionId: string;
  readonly by: string;
  readonly clientId?: string | null;
}

/** What is left out stays; null says that there is none. */
export type StandingChanges = Partial<StandingFacts>;

export interface StandingEntry {
  readonly agencyId: string;
  readonly changes: StandingChanges;
  /** It has just been registered: how it stands is kept even where it stands as an agency does of which nothing is said. */
  readonly isNew?: boolean;
  /** Since when it holds, where that is earlier than now, as the end of a contract is that nobody was awake at; left out: now. */
  readonly at?: Date | null;
}

/** Of whom something is kept: of all; of those who stand otherwise now, by what is said or only by time. */
type Keep = 'all' | 'changed' | 'turned';

export interface StandingOptions {
  /** In the words of who does it; kept sealed. */
  readonly reason: string | null;
  /** Since when it holds, where that is earlier than now; left out: now. */
  readonly at?: Date;
  /** Also kept with the act, without personal data. */
  readonly detail?: Readonly<Record<string, unknown>>;
  /** Left out: all. */
  readonly keep?: Keep;
}

export interface StandingChanged {
  readonly agencyId: string;
  readonly at: Date;
  readonly before: StandingFacts;
  readonly after: StandingFacts;
  /** What stands in the way of contacts now; empty: nothing. */
  readonly bars: readonly StandingReason[];
  /** Permits that were taken back. */
  readonly revoked: number;
}

const WARNINGS: readonly StandingReason[] = ['never-evaluated', 'evaluation-old'];
const zone = Zone.of(DEFAULT_TIME_ZONE);

/** The local day of the institution. */
export const dayOf = (at: Date): string => zone.format(at.getTime()).slice(0, 10);

const barsOn = (day: string, facts: StandingFacts): StandingReason[] =>
  standingOn(day, facts).reasons.filter((reason) => !WARNINGS.includes(reason));

/**
 * The only writer of how agencies stand. It waits for the gates in flight before it reads the clock: no permit to an agency that may not contact any
 * more is dated after the change, in whatever process, and those that were given before are taken back with it.
 */
@Injectable()
export class StandingService {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(StandingStore) private readonly store: StandingStore,
    @Inject(ConsequenceService) private readonly consequences: ConsequenceService,
    @Inject(ActService) private readonly acts: ActService,
  ) {}

  /**
   * Changes how one agency stands; the gate finds it for the very next request. To be called before rows are locked that gates need, and near the end
   * of the transaction: gates wait until it commits. Refuses with NOT_FOUND, INVALID (a contract that ends before it begins), UNAVAILABLE.
   */
  async change(
    tx: Tx,
    actor: StandingActor,
    agencyId: string,
    changes: StandingChanges,
    options: StandingOptions,
  ): Promise<StandingChanged> {
    const [changed] = await this.changeAll(tx, actor, [{ agencyId, changes }], { ...options, keep: 'all' });
    if (!changed) throw new Refusal(NOT_FOUND, { detail: 'There is no such agency here.' });
    return changed;
  }

  /** Of many at once, in as many statements as of one; what is not registered is left out. Refuses as `change` does. */
  async changeAll(tx: Tx, actor: StandingActor, entries: readonly StandingEntry[], options: StandingOptions): Promise<StandingChanged[]> {
    const { institutionId, by } = actor;
    if (entries.length === 0) return [];
    await holdGates(tx, institutionId);
    const now = await this.now(tx);
    const byId = new Map(entries.map((entry) => [entry.agencyId, entry]));
    const known = await this.store.lock(tx, institutionId, [...byId.keys()]);
    const decided = known.flatMap((before) => {
      const entry = byId.get(before.agencyId);
      const one = decide(before, merged(before, entry?.changes ?? {}), now, entry?.at ?? options.at ?? now);
      return entry?.isNew === true || isKept(before, one, options.keep ?? 'all') ? [one] : [];
    });
    const revoked = await this.consequences.revoke(tx, institutionId, decided, now);
    const written = decided.map((one) => ({ ...one, revoked: revoked.get(one.agencyId) ?? 0 }));
    await this.write(tx, actor, written, options);
    await this.consequences.draw(tx, institutionId, written, { by, day: dayOf(now), now });
    return written.map(({ agencyId, at, before, standing, bars, revoked: count }) => ({
      agencyId,
      at,
      before,
      after: standing,
      bars,
      revoked: count,
    }));
  }

  /** Agencies of all institutions that time has stopped or let begin since anybody looked. */
  async turned(tx: Tx, now: Date): Promise<Turned[]> {
    return this.store.turned(tx, dayOf(now), DEFAULT_TIME_ZONE);
  }

  /** Waits for every gate in flight, then says what time it is: for changes of staff, work tools and cases that permits hang on. */
  async holdGates(tx: Tx, institutionId: string): Promise<Date> {
    await holdGates(tx, institutionId);
    return this.now(tx);
  }

  private async write(tx: Tx, actor: StandingActor, written: readonly NewStanding[], { reason, detail }: StandingOptions): Promise<void> {
    const { institutionId, by, clientId = null } = actor;
    if (written.length === 0) return;
    await this.store.write(tx, institutionId, by, written);
    await this.acts.noteAll(
      tx,
      { institutionId, subject: by, clientId },
      written.map(({ agencyId, standing, revoked, at }) => ({
        act: {
          action: 'agency-standing' as const,
          resource: `agency/${agencyId}`,
          detail: { ...standing, ...detail, ...(revoked > 0 && { revoked }) },
          ...(reason !== null && { reason }),
        },
        at,
      })),
    );
  }

  /** The one clock for all machines. */
  async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? databaseNow(tx);
  }
}

interface Decided extends Omit<NewStanding, 'revoked'> {
  readonly before: StandingFacts;
}

function decide({ barredSince, agencyId, ...before }: AgencyStanding, after: StandingFacts, now: Date, at: Date): Decided {
  if (after.contractFrom !== null && after.contractTo !== null && after.contractTo < after.contractFrom)
    throw new Refusal(INVALID, { errors: [{ pointer: '/contractTo', detail: `is before the contract begins (${after.contractFrom})` }] });
  const bars = barsOn(dayOf(now), after);
  return { agencyId, at, before, standing: after, bars, barredSince: bars.length === 0 ? null : (barredSince ?? at) };
}

function merged(before: StandingFacts, changes: StandingChanges): StandingFacts {
  const { status, published, contractFrom, contractTo, lastEvaluatedOn } = changes;
  return {
    status: status ?? before.status,
    published: published ?? before.published,
    contractFrom: contractFrom === undefined ? before.contractFrom : contractFrom,
    contractTo: contractTo === undefined ? before.contractTo : contractTo,
    lastEvaluatedOn: lastEvaluatedOn === undefined ? before.lastEvaluatedOn : lastEvaluatedOn,
  };
}

function isKept(before: AgencyStanding, { standing, barredSince }: Decided, keep: Keep): boolean {
  if (keep === 'turned') return (before.barredSince === null) !== (barredSince === null);
  return keep === 'all' || !same(before, standing);
}

const same = (a: StandingFacts, b: StandingFacts): boolean =>
  a.status === b.status &&
  a.published === b.published &&
  a.contractFrom === b.contractFrom &&
  a.contractTo === b.contractTo &&
  a.lastEvaluatedOn === b.lastEvaluatedOn;
