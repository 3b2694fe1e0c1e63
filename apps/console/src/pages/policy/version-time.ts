import type { PolicyVersion } from './wire.ts';

export type Standing = 'coming' | 'inForce' | 'past';

type Timed = Pick<PolicyVersion, 'number' | 'product' | 'effectiveFrom'>;

const atOf = ({ effectiveFrom }: Timed): number => Date.parse(effectiveFrom);

/** A version is in force until one for the same product takes effect after it; of those that begin together the highest number counts. */
export function standingOf(version: Timed, all: readonly Timed[], nowMs: number): Standing {
  if (atOf(version) > nowMs) return 'coming';
  const isOver = all.some(
    (other) =>
      (other.product ?? '') === (version.product ?? '') &&
      atOf(other) <= nowMs &&
      (atOf(other) > atOf(version) || (atOf(other) === atOf(version) && other.number > version.number)),
  );
  return isOver ? 'past' : 'inForce';
}
