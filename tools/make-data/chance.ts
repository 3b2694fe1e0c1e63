import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Chance that comes out the same for the same seed, on every machine. */
export class Chance {
  private readonly generator;

  constructor(seed: number) {
    this.generator = xoroshiro128plus(seed);
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return uniformInt(this.generator, least, most);
  }

  /** True `perMille` times in a thousand. */
  hits(perMille: number): boolean {
    return this.between(1, 1000) <= perMille;
  }

  pick<T>(from: readonly T[]): T {
    const found = from[this.between(0, from.length - 1)];
    if (found === undefined) throw new RangeError('nothing to pick from');
    return found;
  }
}

/** A list in which each item stands as often as it weighs, to pick from. */
export const weighted = <T>(weights: readonly (readonly [item: T, weight: number])[]): readonly T[] =>
  weights.flatMap(([item, weight]) => Array.from({ length: weight }, () => item));
