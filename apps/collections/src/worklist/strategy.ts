/** Stages by full or begun months overdue, as the trade names them; the last is open. */
export const STAGES = ['M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M6+'] as const;
export type Stage = (typeof STAGES)[number];
const STAGE_DAYS = 30;

/** 1 to 30 days are M1, 31 to 60 M2, beyond 180 M6+; null: not overdue. */
export const stageOf = (days: number): Stage | null =>
  days <= 0 ? null : (STAGES[Math.min(Math.ceil(days / STAGE_DAYS), STAGES.length) - 1] ?? null);

/** What raises a case in the order of the work. Each is from 0 to 1 and counts by its weight. */
export const ORDER_KEYS = ['follow-up', 'promise-broken', 'promise-due', 'amount', 'overdue', 'since-contact', 'best-time'] as const;
export type OrderKey = (typeof ORDER_KEYS)[number];

export const PROMISE_STATES = ['due', 'broken'] as const;
export type PromiseState = (typeof PROMISE_STATES)[number];

export interface StrategyFilter {
  readonly stages?: readonly Stage[];
  readonly products?: readonly string[];
  /** Beginnings of GB/T 2260 codes: 23 is Heilongjiang, 2301 Harbin. */
  readonly regions?: readonly string[];
  /** Decimal text, both included. */
  readonly minAmount?: string;
  readonly maxAmount?: string;
  readonly lastContactOlderThanHours?: number;
  readonly promise?: PromiseState;
  readonly followUpDue?: boolean;
}

export interface StrategyContent {
  readonly name: { readonly zh: string; readonly en: string };
  readonly filter: StrategyFilter;
  readonly order: readonly { readonly key: OrderKey; readonly weight: number }[];
  /** For how long a case is in the hands of who took it. */
  readonly leaseMinutes: number;
  /** How long a case that was just worked rests before it is offered again. */
  readonly restMinutes: number;
}

/** What the order of the work looks at. */
export interface WorkFacts {
  readonly days: number;
  /** Decimal text. */
  readonly balance: string;
  /** Since our last contact; null: there was none. */
  readonly hours: number | null;
  /** Of the last promise; `due`: today or tomorrow, or past and in its grace. */
  readonly promise: PromiseState | null;
  readonly followUpDue: boolean;
}

// Beyond these everything counts as much: half a year overdue, thirty days of silence, a million owed.
export const FULL = { days: 180, hours: 720, amountLog10: 6 } as const;
/** Silence is counted in steps, so that the order stays as it is between two looks. */
export const HOURS_STEP = 6;

const steps = (hours: number): number => Math.min(Math.floor(hours / HOURS_STEP) * HOURS_STEP, FULL.hours);

/** How much of a key a case has, from 0 to 1. `best-time` depends on the hour and is not of the order that is made ahead. */
export function shareOf(key: Exclude<OrderKey, 'best-time'>, facts: WorkFacts): number {
  switch (key) {
    case 'follow-up':
      return facts.followUpDue ? 1 : 0;
    case 'promise-broken':
      return facts.promise === 'broken' ? 1 : 0;
    case 'promise-due':
      return facts.promise === 'due' ? 1 : 0;
    case 'amount':
      return Math.min(Math.log10(1 + Math.max(0, Number(facts.balance))) / FULL.amountLog10, 1);
    case 'overdue':
      return Math.min(Math.max(facts.days, 0) / FULL.days, 1);
    case 'since-contact':
      return facts.hours === null ? 1 : steps(facts.hours) / FULL.hours;
  }
}

/** Why a case stands where it stands: what counted, the most first. */
export interface Why {
  readonly key: OrderKey;
  readonly weight: number;
  readonly points: number;
}

const rounded = (points: number): number => Math.round(points * 1000) / 1000;

export function whyOf(order: StrategyContent['order'], facts: WorkFacts, bestTimeNow: boolean): Why[] {
  return order
    .map(({ key, weight }) => {
      const share = key === 'best-time' ? Number(bestTimeNow) : shareOf(key, facts);
      return { key, weight, points: rounded(share * weight) };
    })
    .filter(({ points }) => points > 0)
    .toSorted((a, b) => b.points - a.points);
}

/** Whether a local time of day, as HH:MM, lies in [from, to), which may cross midnight. */
export const isWithin = (time: string, { from, to }: { readonly from: string; readonly to: string }): boolean =>
  from <= to ? time >= from && time < to : time >= from || time < to;
