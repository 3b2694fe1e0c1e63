export interface Period {
  readonly from: string;
  readonly to: string;
}

export const PRESETS = ['last-month', 'this-month', 'last-30', 'last-quarter', 'this-year'] as const;
export type Preset = (typeof PRESETS)[number];

const dateOf = (year: number, month: number, day: number): string => new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);

/** The local dates that a preset stands for, both inclusive; nothing after today. */
export function periodOf(preset: Preset, today: string): Period {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7)) - 1;
  const day = Number(today.slice(8, 10));
  const quarter = month - (month % 3);
  switch (preset) {
    case 'last-month':
      return { from: dateOf(year, month - 1, 1), to: dateOf(year, month, 0) };
    case 'this-month':
      return { from: dateOf(year, month, 1), to: today };
    case 'last-30':
      return { from: dateOf(year, month, day - 29), to: today };
    case 'last-quarter':
      return { from: dateOf(year, quarter - 3, 1), to: dateOf(year, quarter, 0) };
    case 'this-year':
      return { from: dateOf(year, 0, 1), to: today };
  }
}
