import { Temporal } from 'temporal-polyfill';

/** No recording is kept for less: the instruments ask for two years (CBA26, GBT). */
export const SHORTEST_YEARS = 2;
/** Where the institution has said nothing. */
export const USUAL_YEARS = 5;
export const LONGEST_YEARS = 30;

/** The last local day on which a recording is kept, that day included. One made on 29 February is kept to 28 February of a year without. */
export function keepUntil(recordedOn: string, years: number): string {
  if (years < SHORTEST_YEARS) throw new RangeError(`a recording is kept for ${SHORTEST_YEARS} years at least, not ${years}`);
  return Temporal.PlainDate.from(recordedOn).add({ years }).toString();
}

export interface Keeping {
  /** Local date, included. */
  readonly keepUntil: string;
  /** Of the debt that it is bound to; null: to none. */
  readonly debtCleared: boolean | null;
  readonly held: boolean;
}

/** Why a recording is kept on a local day, the most binding first; null: it may be destroyed. */
export function keptFor({ keepUntil: last, debtCleared, held }: Keeping, today: string): 'legal-hold' | 'debt' | 'term' | null {
  if (held) return 'legal-hold';
  if (debtCleared === false) return 'debt';
  return Temporal.PlainDate.compare(today, last) <= 0 ? 'term' : null;
}
