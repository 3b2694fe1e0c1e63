import { consentBoundaries, coversTimeOfDay, failed, hasConsent, timesOfDayAfter, type Kind } from '../kind.ts';
import type { Channel, ConsentKind, DailyWindow } from '../types.ts';

export interface TimeWindowParams {
  /** Local times in which contact is refused, [from, to). */
  readonly refused: DailyWindow;
  readonly channels: readonly Channel[];
  readonly consent: ConsentKind | null;
}

const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
const formatTimeOfDay = (ms: number): string => `${two(ms / 3_600_000)}:${two((ms % 3_600_000) / 60_000)}`;

/**
 * quiet-hours. HLJ Art. 20 (voice, visit: 22:00 to 08:00 not without consent), CBA26 (every channel that reaches a person at once),
 * GBT 5.3. The hour is the debtor's. E-mail and letters wait until they are read.
 */
export const timeWindow: Kind<TimeWindowParams> = {
  judge(asked, params, at) {
    const { channel } = asked.proposed;
    if (!params.channels.includes(channel)) return null;
    if (!coversTimeOfDay(asked.zone.timeOfDay(at), params.refused.from, params.refused.to)) return null;
    return params.consent !== null && hasConsent(asked, params.consent, channel, at)
      ? null
      : failed(null, null, { from: formatTimeOfDay(params.refused.from), to: formatTimeOfDay(params.refused.to) });
  },
  boundaries(asked, params, at) {
    if (!params.channels.includes(asked.proposed.channel)) return [];
    const times = [params.refused.from, params.refused.to];
    return params.consent === null ? timesOfDayAfter(asked.zone, at, times) : consentBoundaries(asked, params.consent, at, times);
  },
};
