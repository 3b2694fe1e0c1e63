import { INVALID, Refusal } from '#problem';

// Other systems' clocks are not ours.
const SKEW_MS = 60_000;

const invalid = (pointer: string, detail: string): Refusal => new Refusal(INVALID, { errors: [{ pointer, detail }] });

/** An instant that has come, `now` where none is given. Refuses with INVALID for one in the future. */
export function happened(pointer: string, given: string | null | undefined, now: Date): Date {
  const at = given ? new Date(given) : now;
  if (at.getTime() > now.getTime() + SKEW_MS) throw invalid(pointer, 'is in the future');
  return at;
}

/** The same, not before another. Refuses with INVALID. */
export function happenedSince(pointer: string, given: string | null | undefined, { now, since }: { now: Date; since: Date }): Date {
  const at = happened(pointer, given, now);
  // What was given a moment ahead of our clock and is withdrawn at once ends where it began.
  if (at < since && !given) return since;
  if (at < since) throw invalid(pointer, `is before ${since.toISOString()}, when it began`);
  return at;
}

/** When a hold begins and ends. Refuses with INVALID for an end that is not after the beginning, or that has passed. */
export function spanOf(
  request: { readonly from?: string | null; readonly until?: string | null },
  now: Date,
): { from: Date; until: Date | null } {
  const from = request.from ? new Date(request.from) : now;
  const until = request.until ? new Date(request.until) : null;
  if (until && until <= from) throw invalid('/until', 'must be after `from`');
  if (until && until <= now) throw invalid('/until', 'has passed; a hold that is over holds nothing');
  return { from, until };
}
