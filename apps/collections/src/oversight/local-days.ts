import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';

const DAY_MS = 86_400_000;
const zone = Zone.of(DEFAULT_TIME_ZONE);

/** The institution's local day of an instant. */
export const localDay = (at: Date): string => zone.format(at.getTime()).slice(0, 10);

/** With the offset of the institution's zone. */
export const localInstant = (at: Date): string => zone.format(at.getTime());
export const localInstantOrNull = (at: Date | null): string | null => (at === null ? null : localInstant(at));

/** The first instant of a local day. */
export const dayStart = (day: string): Date => new Date(zone.dateStart(day));

export const addDays = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** The first instant after a local day: when what is due on it is late. */
export const dayEnd = (day: string): Date => dayStart(addDays(day, 1));

/** How many days `to` lies after `from`; negative where before. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

export const earlier = (a: string, b: string): string => (a < b ? a : b);
export const later = (a: string, b: string): string => (a > b ? a : b);
