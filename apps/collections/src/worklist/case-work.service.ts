import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '#clock';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { databaseNow, type Tx } from '#pg';
import { StrategyStore, type StrategyInForce } from './strategy.store.ts';
import type { Moment } from './work.records.ts';
import { WorkStore } from './work.store.ts';

const zone = Zone.of(DEFAULT_TIME_ZONE);
const DUE_AT_ONCE = 200;

/** What became of a case that was worked. */
export interface Worked {
  readonly caseUuid: string;
  readonly by: string;
  /** Whether a person reported it: then the order is put right at once. */
  readonly reported: boolean;
  readonly followUpAt: Date | null;
  readonly bestTime: { readonly from: string; readonly to: string } | null;
}

/** The order of the work, and what is known of the work on each case. */
@Injectable()
export class CaseWorkService {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(StrategyStore) private readonly strategies: StrategyStore,
    @Inject(WorkStore) private readonly store: WorkStore,
  ) {}

  async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? databaseNow(tx);
  }

  momentOf(now: Date): Moment {
    return { now, today: zone.format(now.getTime()).slice(0, 10) };
  }

  /** For the outcome of a contact, in its transaction: the case is in nobody's hands, and comes back when it was agreed. */
  async worked(tx: Tx, institutionId: string, work: Worked, at: Date): Promise<void> {
    await this.store.worked(tx, institutionId, work, at);
    if (work.reported) await this.refresh(tx, institutionId, [work.caseUuid], at);
  }

  /** Brings the order up to date: of some cases, or (null) of all. Returns how many places changed. */
  async refresh(tx: Tx, institutionId: string, cases: readonly string[] | null, at: Date): Promise<number> {
    const strategies = await this.strategies.inForce(tx, institutionId);
    const changed = await this.store.refresh(tx, institutionId, strategies, this.momentOf(at), cases);
    if (cases === null) await this.store.noteRefresh(tx, institutionId, at);
    return changed;
  }

  /** Takes up the follow-ups that have just come due. */
  async noticeDue(tx: Tx, institutionId: string, at: Date): Promise<void> {
    const due = await this.store.takeDue(tx, institutionId, at, DUE_AT_ONCE);
    if (due.length > 0) await this.refresh(tx, institutionId, due, at);
  }

  /** A strategy in force; null: there is none of that name. */
  async strategy(tx: Tx, institutionId: string, strategyId: string): Promise<StrategyInForce | null> {
    return (await this.strategies.inForce(tx, institutionId)).find((one) => one.strategyId === strategyId) ?? null;
  }
}
