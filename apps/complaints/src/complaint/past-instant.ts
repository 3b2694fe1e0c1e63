// Other systems' clocks are not ours: what they call now may lie a little ahead.
const SKEW_MS = 60_000;

/** The instant; now where it lies a moment ahead; null when it lies in the future. */
export function pastInstant(text: string, now: Date): Date | null {
  const ms = Date.parse(text);
  return ms > now.getTime() + SKEW_MS ? null : new Date(Math.min(ms, now.getTime()));
}
