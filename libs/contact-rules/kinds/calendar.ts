import { failed, type Kind } from '../kind.ts';
import type { Channel } from '../types.ts';
import { dayNumberOf } from '../zone.ts';

export interface CalendarParams {
  /** Local dates on which nobody is contacted, both included. */
  readonly dates: readonly { readonly from: string; readonly to: string }[];
  readonly channels: readonly Channel[];
  /** Codes of GB/T 2260; a code that ends in zeros covers what lies in it. Left out: everywhere. */
  readonly regions?: readonly string[];
}

/** 230000 (a province) covers 230100 (a city in it): pairs of zeros at the end stand for everything below. */
const liesIn = (region: string, code: string): boolean => region.startsWith(code.replace(/(?:00)+$/, ''));

/** No-contact dates: Spring Festival, examination days, regions struck by a disaster. No pack has any; an institution sets its own. */
export const calendar: Kind<CalendarParams> = {
  judge({ proposed, facts, zone }, params, at) {
    if (!params.channels.includes(proposed.channel)) return null;
    const today = zone.dayNumber(at);
    const hit = params.dates.find(({ from, to }) => today >= dayNumberOf(from) && today <= dayNumberOf(to));
    if (hit === undefined) return null;
    if (params.regions !== undefined) {
      const { region } = facts;
      if (region === null) return { missing: 'region' };
      if (!params.regions.some((code) => liesIn(region, code))) return null;
    }
    return failed(null, null, { from: hit.from, to: hit.to });
  },
  boundaries({ proposed, zone }, params, at) {
    if (!params.channels.includes(proposed.channel)) return [];
    return params.dates
      .flatMap(({ from, to }) => [zone.dateStart(from), zone.addDays(zone.dateStart(to), 1)])
      .filter((instant) => instant > at);
  },
};
