const MINUTES_PER_DAY = 1440;

/**
 * A fixed-offset IANA zone (`Etc/GMT±N`) in which `now` lies between 11:30 and 12:30. A test of the live gate that uses it never falls
 * into quiet hours or across midnight, at whatever hour it runs.
 */
export function zoneWhereItIsNoon(now: Date): string {
  const minutes = now.getUTCHours() * 60 + now.getUTCMinutes();
  const ahead = Math.round((((MINUTES_PER_DAY / 2 - minutes) % MINUTES_PER_DAY) + MINUTES_PER_DAY) / 60) % 24;
  // The zones reach from 12 hours behind to 14 ahead. Their signs are POSIX's: Etc/GMT-8 is eight hours ahead.
  const offset = ahead > 12 ? ahead - 24 : ahead;
  return offset === 0 ? 'Etc/GMT' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}
