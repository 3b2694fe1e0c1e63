/** A case that a rule takes, in the order in which it is shared out. */
export interface Candidate {
  readonly id: string;
  readonly debtorId: string;
  /** In hundredths. */
  readonly amount: number;
  /** The targets that may have it, by their place; null: all. */
  readonly only: readonly number[] | null;
}

/** An agency that a rule names, with what it has room for. */
export interface Target {
  readonly agencyId: string;
  /** Its part in proportion to the others'; with priorities, its turn (1 first). */
  readonly weight: number;
  /** Cases that it can still take; null: any number. */
  readonly room: number | null;
}

export interface Limits {
  /** Cases that may still go outside, and their amount in hundredths; null: no limit. */
  readonly cases: number | null;
  readonly amount: number | null;
}

export type Stay = 'no-capacity' | 'share-limit' | 'out-of-scope';

export interface Assignment {
  /** By case: the agency, or why it stays. */
  readonly agencies: ReadonlyMap<string, string>;
  readonly stays: ReadonlyMap<string, Stay>;
}

/**
 * Whole numbers in proportion to the weights, by the largest remainder; nobody gets more than there is room for, and what does not fit is shared out
 * among the others in the same way. Of equal remainders the earlier target gets it.
 */
export function quotasOf(total: number, targets: readonly Target[]): number[] {
  const quotas = targets.map(() => 0);
  const open = new Set(targets.flatMap(({ weight, room }, n) => (weight > 0 && room !== 0 ? [n] : [])));
  let left = total;
  while (left > 0 && open.size > 0) {
    const parts = shareOut(left, targets, open);
    let given = 0;
    for (const n of open) {
      const room = targets[n]?.room ?? null;
      const part = parts.get(n) ?? 0;
      const fits = room === null ? part : Math.min(part, room - (quotas[n] ?? 0));
      quotas[n] = (quotas[n] ?? 0) + fits;
      given += fits;
      if (room !== null && quotas[n] === room) open.delete(n);
    }
    left -= given;
    if (given === 0) break;
  }
  return quotas;
}

function shareOut(total: number, targets: readonly Target[], open: ReadonlySet<number>): Map<number, number> {
  const weights = [...open].map((n) => ({ n, weight: targets[n]?.weight ?? 0 }));
  const sum = weights.reduce((all, { weight }) => all + weight, 0);
  const parts = weights.map(({ n, weight }) => ({ n, whole: Math.floor((total * weight) / sum), rest: (total * weight) % sum }));
  let left = total - parts.reduce((all, { whole }) => all + whole, 0);
  const byRest = parts.toSorted((one, other) => other.rest - one.rest || one.n - other.n);
  const more = new Set<number>();
  for (const { n } of byRest) {
    if (left === 0) break;
    more.add(n);
    left -= 1;
  }
  return new Map(parts.map(({ n, whole }) => [n, whole + (more.has(n) ? 1 : 0)]));
}

/** With priorities: the first takes what it has room for, then the next. */
function filledInTurn(total: number, targets: readonly Target[]): number[] {
  let left = total;
  const quotas = targets.map(() => 0);
  const inTurn = targets.map((target, n) => ({ ...target, n })).toSorted((one, other) => one.weight - other.weight || one.n - other.n);
  for (const { n, room } of inTurn) {
    const fits = Math.min(left, room ?? left);
    quotas[n] = fits;
    left -= fits;
  }
  return quotas;
}

/**
 * Who gets which case: the same of the same. Cases go in their order until a limit of the share is reached; those of one debtor go to one agency
 * where it has room for them, so that not two agencies speak with one person. Each goes to whoever has got least of its part so far.
 */
export function assign(candidates: readonly Candidate[], targets: readonly Target[], by: 'share' | 'priority', limits: Limits): Assignment {
  const stays = new Map<string, Stay>();
  const going = withinLimits(candidates, limits, stays);
  const quotas = by === 'share' ? quotasOf(going.length, targets) : filledInTurn(going.length, targets);
  const taken = targets.map(() => 0);
  const agencies = new Map<string, string>();
  for (const group of Map.groupBy(going, ({ debtorId }) => debtorId).values()) {
    const whole = best(group.length, { targets, quotas, taken, by, only: commonOf(group) });
    for (const one of group) {
      const n = whole ?? best(1, { targets, quotas, taken, by, only: one.only });
      const target = n === null ? undefined : targets[n];
      if (n === null || !target) {
        stays.set(one.id, one.only?.length === 0 ? 'out-of-scope' : 'no-capacity');
        continue;
      }
      agencies.set(one.id, target.agencyId);
      taken[n] = (taken[n] ?? 0) + 1;
    }
  }
  return { agencies, stays };
}

function withinLimits(candidates: readonly Candidate[], limits: Limits, stays: Map<string, Stay>): Candidate[] {
  let [cases, amount] = [0, 0];
  const going: Candidate[] = [];
  for (const one of candidates) {
    const fits = (limits.cases === null || cases + 1 <= limits.cases) && (limits.amount === null || amount + one.amount <= limits.amount);
    if (!fits) {
      stays.set(one.id, 'share-limit');
      continue;
    }
    cases += 1;
    amount += one.amount;
    going.push(one);
  }
  return going;
}

interface Standing {
  readonly targets: readonly Target[];
  readonly quotas: readonly number[];
  readonly taken: readonly number[];
  readonly by: 'share' | 'priority';
  readonly only: readonly number[] | null;
}

/** The targets that may have every one of them. */
function commonOf(group: readonly Candidate[]): readonly number[] | null {
  return group.reduce<readonly number[] | null>((common, { only }) => {
    if (only === null || common === null) return only ?? common;
    return common.filter((n) => only.includes(n));
  }, null);
}

/** The target that is furthest from its part and has room for so many; parts are kept where they can be. */
function best(many: number, { targets, quotas, taken, by, only }: Standing): number | null {
  let found: number | null = null;
  let foundRank: readonly [number, number] = [0, 0];
  for (const [n, { room, weight }] of targets.entries()) {
    const [quota, has] = [quotas[n] ?? 0, taken[n] ?? 0];
    if (quota === 0 || only?.includes(n) === false || (room !== null && has + many > room)) continue;
    // First those whose part has room for all of them, then by how much of it is left.
    const rank: readonly [number, number] = [
      has + many <= quota ? 1 : has < quota ? 0 : -1,
      by === 'share' ? (quota - has) / quota : -weight,
    ];
    if (found === null || rank[0] > foundRank[0] || (rank[0] === foundRank[0] && rank[1] > foundRank[1])) [found, foundRank] = [n, rank];
  }
  return found;
}
