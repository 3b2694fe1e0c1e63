import type { Policy } from '#contact-rules';

/** By which policy each attempt of a log is judged. */
export interface PolicyTimeline {
  /** Every policy that `at` can give; the first is what the log as a whole is said to be judged by where nothing was. */
  readonly policies: readonly Policy[];
  /** The policy in force at an instant for a product; null: the product is not known. */
  at(instant: number, product: string | null): Policy;
}

/** One yardstick for the whole log. */
export const always = (policy: Policy): PolicyTimeline => ({ policies: [policy], at: () => policy });

/** A version of an institution's policy. Empty product: for every product without a version of its own. */
export interface DatedPolicy {
  readonly product: string;
  readonly from: number;
  readonly number: number;
  readonly policy: Policy;
}

/**
 * The versions of an institution by date, as `policy_number` finds them: those of the product first, of these the latest that has begun.
 * What is older than every version is judged by the first of them: a look-back asks what the institution's rules would have said.
 */
export function byDate(versions: readonly DatedPolicy[], otherwise: Policy): PolicyTimeline {
  const latestFirst = versions.toSorted((a, b) => b.from - a.from || b.number - a.number);
  const products = new Map<string, readonly DatedPolicy[]>();
  for (const { product } of latestFirst)
    products.set(
      product,
      latestFirst.filter((one) => one.product === product),
    );
  const general = products.get('') ?? [];
  const first = general.at(-1)?.policy ?? otherwise;
  const begunAt = (of: readonly DatedPolicy[] | undefined, instant: number): Policy | undefined =>
    of?.find(({ from }) => from <= instant)?.policy;
  return {
    policies: [first, ...latestFirst.map(({ policy }) => policy)],
    at: (instant, product) =>
      (product === null || product === '' ? undefined : begunAt(products.get(product), instant)) ?? begunAt(general, instant) ?? first,
  };
}
