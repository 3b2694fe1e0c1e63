import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Clock } from '#clock';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { databaseNow, type Tx } from '#pg';
import type { Run } from '#runs';
import { PlacingService, type Capacity } from '../entrustment/placing.service.ts';
import { AllocationRuns } from './allocation.runs.ts';
import { AllocationStore } from './allocation.store.ts';
import { assign, type Assignment, type Candidate, type Limits, type Target } from './assign.ts';
import { AllocationLineStore, type MatchedCase, type NewLine } from './line.store.ts';
import type { AllocationSummary, RuleContent, ShareFigures, StayReason } from './rule.ts';

const LINES = 10_000;
const zone = Zone.of(DEFAULT_TIME_ZONE);

/** What an institution's cases and agencies are when a rule is tried. */
interface Scene {
  readonly content: RuleContent;
  readonly matched: readonly MatchedCase[];
  readonly capacities: readonly Capacity[];
  readonly targets: readonly Target[];
  readonly before: ShareFigures;
  readonly limits: Limits;
}

/** Tries a rule on the cases as they are, and keeps what it would do. A run that was cut off is begun again. */
@Injectable()
export class AllocationRunner implements BeforeApplicationShutdown {
  constructor(
    @Inject(AllocationRuns) readonly runs: AllocationRuns,
    @Inject(AllocationStore) private readonly store: AllocationStore,
    @Inject(AllocationLineStore) private readonly lines: AllocationLineStore,
    @Inject(PlacingService) private readonly placing: PlacingService,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  beforeApplicationShutdown(): void {
    this.runs.stop();
  }

  /** Twice at once does no harm: the later run takes over. */
  run(institutionId: string, id: string, isLastTry = false): Promise<void> {
    return this.runs.carryOut(institutionId, id, isLastTry, (run) => this.carryOut(run));
  }

  private async carryOut(run: Run): Promise<AllocationSummary> {
    const { institutionId, id } = run;
    const scene = await run.write((tx) => this.scene(tx, institutionId, id));
    run.progress(0, scene.matched.length);
    const { lines, assignment } = shareOut(scene);
    for (let from = 0; from < lines.length; from += LINES) {
      await run.write((tx) => this.lines.add(tx, institutionId, id, from, lines.slice(from, from + LINES)));
      run.progress(Math.min(from + LINES, lines.length), lines.length);
    }
    return summaryOf(scene, lines, assignment);
  }

  private async scene(tx: Tx, institutionId: string, id: string): Promise<Scene> {
    const record = await this.store.find(tx, institutionId, id);
    if (record === null) throw new Error('the allocation is gone');
    const { content } = record;
    const at = this.clock.override ?? (await databaseNow(tx));
    const day = zone.format(at.getTime()).slice(0, 10);
    const setting = await this.placing.settingOf(tx, institutionId);
    const agencyIds = content.targets.map(({ agencyId }) => agencyId);
    const capacities = await this.placing.capacities(tx, institutionId, agencyIds, at, content.minScore);
    const matched = await this.lines.matched(tx, institutionId, content, at, day, setting.holdKinds);
    const totals = await this.placing.totals(tx, institutionId, content.currency);
    const before = { ...totals, openAmount: totals.openAmount.toFixed(2), outsideAmount: totals.outsideAmount.toFixed(2) };
    const limits: Limits = {
      cases: roomIn(totals.open, totals.outside, least(content.maxShareNumber, setting.maxShareNumber)),
      amount: roomIn(cents(before.openAmount), cents(before.outsideAmount), least(content.maxShareAmount, setting.maxShareAmount)),
    };
    return { content, matched, capacities, targets: targetsOf(content, capacities), before, limits };
  }
}

const cents = (amount: string): number => Math.round(Math.max(Number(amount), 0) * 100);
const amountOf = (inCents: number): string => (inCents / 100).toFixed(2);
const least = (...limits: readonly (number | null)[]): number | null =>
  limits.reduce((one, other) => (one === null ? other : other === null ? one : Math.min(one, other)), null);
const roomIn = (whole: number, part: number, limit: number | null): number | null =>
  limit === null ? null : Math.max(Math.floor((whole * limit) / 100 + 1e-9) - part, 0);

/** An agency that may take nothing has room for nothing. */
const targetsOf = ({ targets }: RuleContent, capacities: readonly Capacity[]): Target[] =>
  targets.map(({ agencyId, weight, maxCases }, n) => {
    const capacity = capacities[n];
    return { agencyId, weight, room: !capacity || capacity.blocks.length > 0 ? 0 : least(capacity.room, maxCases) };
  });

function shareOut({ content, matched, capacities, targets, limits }: Scene): { lines: NewLine[]; assignment: Assignment } {
  const staysFor = ({ held, agencyId, waiting }: MatchedCase): StayReason | null =>
    agencyId !== null ? 'already-entrusted' : waiting ? 'waiting' : held ? 'held' : null;
  const free = matched.filter((one) => staysFor(one) === null);
  const candidates = free.map((one): Candidate => {
    const only = targets.flatMap((_target, n) => (capacities[n]?.covers(one) === false ? [] : [n]));
    return { id: one.id, debtorId: one.debtorId, amount: cents(one.balance), only: only.length === targets.length ? null : only };
  });
  const assignment = assign(candidates, targets, content.by, limits);
  const lines = matched.map((one) => ({
    id: one.id,
    agencyId: assignment.agencies.get(one.id) ?? null,
    stays: staysFor(one) ?? assignment.stays.get(one.id) ?? null,
    balance: one.balance,
    was: one.agencyId,
  }));
  return { lines, assignment };
}

function tally(lines: readonly NewLine[]): { readonly cases: number; readonly amount: string } {
  return { cases: lines.length, amount: amountOf(lines.reduce((all, { balance }) => all + cents(balance), 0)) };
}

function summaryOf(
  { content, capacities, targets, before }: Scene,
  lines: readonly NewLine[],
  { agencies }: Assignment,
): AllocationSummary {
  const going = lines.filter(({ agencyId }) => agencyId !== null);
  const byAgency = Map.groupBy(going, ({ agencyId }) => agencyId);
  const { cases, amount } = tally(going);
  const stays = [...Map.groupBy(lines, (line) => line.stays)].flatMap(([why, some]) =>
    why === null ? [] : [{ why: why as StayReason, ...tally(some) }],
  );
  return {
    currency: content.currency,
    matched: lines.length,
    assigned: agencies.size,
    amount,
    agencies: targets.map(({ agencyId, room }, n) => ({
      agencyId,
      ...tally(byAgency.get(agencyId) ?? []),
      room,
      blocks: capacities[n]?.blocks.map(({ code, names }) => [code, ...names].join(': ')) ?? [],
    })),
    stays: stays.toSorted((one, other) => other.cases - one.cases || (one.why < other.why ? -1 : 1)),
    before,
    after: {
      ...before,
      outside: before.outside + cases,
      outsideAmount: amountOf(cents(before.outsideAmount) + cents(amount)),
    },
  };
}
