import { consentBoundaries, coversTimeOfDay, failed, hasConsent, timesOfDayAfter, type Asked, type Kind } from '../kind.ts';
import type { Channel, ConsentKind, DailyWindow } from '../types.ts';
import { Zone } from '../zone.ts';

export interface TimeWindowParams {
  /** Local times in which contact is refused, [from, to). */
  readonly refused: DailyWindow;
  readonly channels: readonly Channel[];
  readonly consent: ConsentKind | null;
  readonly zones?: 'stated' | 'all-known';
}

const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
const formatTimeOfDay = (ms: number): string => `${two(ms / 3_600_000)}:${two((ms % 3_600_000) / 60_000)}`;

const otherZones = ({ facts }: Asked, { zones }: TimeWindowParams): readonly string[] =>
  zones === 'all-known' && facts.timeZones !== null ? facts.timeZones : none;
const none: readonly string[] = [];

/** The first zone, the stated one before the others, in which the hour is refused. */
function refusingZone(asked: Asked, params: TimeWindowParams, at: number): Zone | null {
  const { from, to } = params.refused;
  if (coversTimeOfDay(asked.zone.timeOfDay(at), from, to)) return asked.zone;
  for (const id of otherZones(asked, params)) {
    const zone = Zone.of(id);
    if (coversTimeOfDay(zone.timeOfDay(at), from, to)) return zone;
  }
  return null;
}

/**
 * quiet-hours. HLJ Art. 20 (voice, visit: 22:00 to 08:00 not without consent), CBA26 (every channel that reaches a person at once),
 * GBT 5.3; 12 CFR 1006.6(b)(1) (inconvenient before 8 a.m. and after 9 p.m. at the consumer's location). The hour is the debtor's.
 * Where it is not certain in which zone the debtor is, `all-known` leaves the hours that are quiet in none of them.
 */
export const timeWindow: Kind<TimeWindowParams> = {
  judge(asked, params, at) {
    const { channel } = asked.proposed;
    if (!params.channels.includes(channel)) return null;
    const zone = refusingZone(asked, params, at);
    if (zone === null) return null;
    if (params.consent !== null && hasConsent(asked, params.consent, channel, at)) return null;
    const hours = { from: formatTimeOfDay(params.refused.from), to: formatTimeOfDay(params.refused.to) };
    return failed(null, null, {
      ...hours,
      ...(zone === asked.zone ? {} : { zone: zone.id }),
      ...(params.consent === null ? { consent: 'none' } : {}),
    });
  },
  boundaries(asked, params, at) {
    if (!params.channels.includes(asked.proposed.channel)) return [];
    const times = [params.refused.from, params.refused.to];
    const { consent } = params;
    const consents = consent === null ? timesOfDayAfter(asked.zone, at, times) : consentBoundaries(asked, consent, at, times);
    const zones = [asked.zone, ...otherZones(asked, params).map((id) => Zone.of(id))];
    if (zones.length === 1) return consents;
    // Hours that are quiet in one zone or the other all day may leave a gap when one of them changes its clock.
    const changes = zones.flatMap((zone) => zone.changesAfter(at));
    const days = [at, ...consents, ...changes];
    return [...consents, ...changes, ...days.flatMap((day) => zones.flatMap((zone) => timesOfDayAfter(zone, day, times)))];
  },
};
