import type { DailyWindow } from './types.ts';
import { DAY_MS } from './zone.ts';

/** The stretches of one day that a window covers; one that crosses midnight covers two, one whose ends are equal the whole day. */
const stretches = ({ from, to }: DailyWindow): (readonly [number, number])[] =>
  (from < to ? [[from, to] as const] : [[0, to] as const, [from, DAY_MS] as const]).filter(([start, end]) => start < end);

/** Whether every time of the day that the inner window holds is in the outer one. */
export function coversWindow(outer: DailyWindow, inner: DailyWindow): boolean {
  const wide = stretches(outer);
  // Stretches of one window never touch, except that of the whole day with itself.
  const joined = wide.length === 2 && outer.from <= outer.to ? [[0, DAY_MS] as const] : wide;
  return stretches(inner).every(([from, to]) => joined.some(([start, end]) => start <= from && to <= end));
}

export const isTimeOfDay = (value: string): boolean => /^(([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?|24:00(:00)?)$/.test(value);
