const BACKOFF_MS = [30_000, 120_000, 600_000, 1_800_000, 3_600_000] as const;

/** How long to wait after so many tries that failed, in milliseconds; longer where the other side asks for it. */
export const waitAfter = (tries: number, askedMs: number | null = null): number =>
  Math.max(BACKOFF_MS[Math.min(tries, BACKOFF_MS.length) - 1] ?? BACKOFF_MS[0], askedMs ?? 0);

/** Longer than any way takes: whoever comes later may take the one at work for dead. */
export const busyMsOf = ({ smsTimeoutMs, smtpTimeoutMs }: { readonly smsTimeoutMs: number; readonly smtpTimeoutMs: number }): number =>
  2 * Math.max(smsTimeoutMs, 4 * smtpTimeoutMs);
