import { calendarOf, workingDaysAfter, type Calendar } from '#clock-rules';
import type { Zone } from '#contact-rules';

/** In the order in which they follow each other. */
export const STAGES = ['first-contact', 'investigation', 'draft', 'approval'] as const;
export type Stage = (typeof STAGES)[number];

export const LIMIT_UNITS = ['hours', 'working-days'] as const;
export type LimitUnit = (typeof LIMIT_UNITS)[number];

export const SEVERITIES = ['normal', 'major'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** How long a stage may take; null: of every area, of every severity. */
export interface Limit {
  readonly stage: Stage;
  readonly area: string | null;
  readonly severity: Severity | null;
  readonly amount: number;
  readonly unit: LimitUnit;
}

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
// Five working days are a week.
const DAYS_PER_WORKING_DAY = 7 / 5;
/** CMP20 18: decided and told within 15 days of the receipt. The stages together have to fit in. */
export const TERM_DAYS = 15;
export const TERM_SOURCE = 'CMP20 18';
/** CMP20: twenty people or more make a complaint major. */
const MAJOR_GROUP = 20;
/** Whose working days stages count. */
export const STAGE_COUNTRY = 'CN';

const limit = (stage: Stage, amount: number, unit: LimitUnit, severity: Severity | null = null): Limit => ({
  stage,
  area: null,
  severity,
  amount,
  unit,
});

/** What the product says until an institution says something else. */
export const DEFAULT_LIMITS: readonly Limit[] = [
  limit('first-contact', 24, 'hours'),
  limit('investigation', 5, 'working-days'),
  limit('draft', 2, 'working-days'),
  limit('approval', 1, 'working-days'),
  limit('first-contact', 2, 'hours', 'major'),
  limit('investigation', 3, 'working-days', 'major'),
];

/** Causes that the product takes for grave: whoever is threatened, or whose money or data is not safe, does not wait like others. */
export const DEFAULT_SEVERE_CAUSES: readonly string[] = ['collection-threat', 'funds-safety', 'information-safety'];

export const severityOf = (groupSize: number, isMajor = false): Severity => (isMajor || groupSize >= MAJOR_GROUP ? 'major' : 'normal');

/** What limits look at. */
export interface Weighed {
  readonly areas: readonly string[];
  readonly severity: Severity;
}

/**
 * What a person has confirmed counts, in place of the category that it was registered with. What rules suggest is nobody's word and counts for nothing. What
 * is part of an open major matter is grave whatever it is about.
 */
export function weigh(
  { category, groupSize, isMajor }: { readonly category: string | null; readonly groupSize: number; readonly isMajor: boolean },
  classified:
    | { readonly confirmed: boolean; readonly area: string | null; readonly business: readonly string[]; readonly cause: readonly string[] }
    | undefined,
  severeCauses: readonly string[],
): Weighed {
  const told = category === null ? [] : [category, category.split(/[-.]/)[0] ?? category];
  if (!classified?.confirmed) return { areas: told, severity: severityOf(groupSize, isMajor) };
  const { area, business, cause } = classified;
  // `collection-night` says more than `collection`, and stays true where the area is.
  const areas = [...(area === null ? [] : [area]), ...business, ...(area !== null && told.includes(area) ? told : [])];
  return {
    areas: [...new Set(areas)],
    severity: severityOf(groupSize, isMajor || cause.some((code) => severeCauses.includes(code))),
  };
}

/** From when, and by how much, a stage's time counts. */
export interface Counted extends Pick<Limit, 'amount' | 'unit'> {
  readonly from: Date;
}

/**
 * When a stage is due after its limit has changed: more time counts from when it was entered; less from now on, and never later than before, so that
 * nobody is late because of what was said a moment ago.
 */
export function countAgain(
  entry: { readonly enteredAt: Date; readonly baseDueAt: Date; readonly counted: Counted },
  { amount, unit }: Pick<Limit, 'amount' | 'unit'>,
  dueFrom: (from: Date) => Date,
  now: Date,
): { readonly baseDueAt: Date; readonly counted: Counted } {
  const whole = dueFrom(entry.enteredAt);
  if (whole >= entry.baseDueAt) return { baseDueAt: whole, counted: { from: entry.enteredAt, amount, unit } };
  const fromNow = dueFrom(now);
  return fromNow < entry.baseDueAt
    ? { baseDueAt: fromNow, counted: { from: now, amount, unit } }
    : { baseDueAt: entry.baseDueAt, counted: entry.counted };
}

/** The limit that counts: the more it says of the complaint the better; severity before area. Throws Error where none says anything of the stage. */
export function limitFor(limits: readonly Limit[], stage: Stage, areas: readonly string[], severity: Severity): Limit {
  const fitting = limits.filter(
    (one) => one.stage === stage && (one.area === null || areas.includes(one.area)) && (one.severity === null || one.severity === severity),
  );
  const weight = ({ area, severity: of }: Limit): number => (of === null ? 0 : 2) + (area === null ? 0 : 1);
  const [best] = fitting.toSorted((a, b) => weight(b) - weight(a));
  if (!best) throw new Error(`no limit says how long ${stage} may take`);
  return best;
}

export const hoursOf = ({ amount, unit }: Pick<Limit, 'amount' | 'unit'>): number =>
  unit === 'hours' ? amount : amount * DAY_HOURS * DAYS_PER_WORKING_DAY;

/** When a stage that is entered at the instant is due by its limit alone: working days end with the day. */
export function baseDue(
  enteredAt: Date,
  { amount, unit }: Pick<Limit, 'amount' | 'unit'>,
  zone: Zone,
  calendar: Calendar = calendarOf(STAGE_COUNTRY),
): Date {
  if (unit === 'hours') return new Date(enteredAt.getTime() + amount * HOUR_MS);
  const today = zone.format(enteredAt.getTime()).slice(0, 10);
  const { date } = workingDaysAfter(today, amount, calendar);
  return new Date(zone.nextDayStart(zone.dateStart(date)));
}

/** How long before it is due its handler is reminded: a quarter of the time, a day at most. */
export const remindHours = (given: Pick<Limit, 'amount' | 'unit'>): number => Math.min(DAY_HOURS, hoursOf(given) / 4);

/** What is wrong with limits: a stage without one, one that is said twice, or stages that together do not fit into the term. */
export function faultOf(limits: readonly Limit[]): { pointer: string; detail: string; source?: string } | null {
  const keyOf = ({ stage, area, severity }: Limit): string => JSON.stringify([stage, area, severity]);
  const keys = limits.map(keyOf);
  const twice = keys.findIndex((key, index) => keys.indexOf(key) !== index);
  if (twice >= 0) return { pointer: `/limits/${twice}`, detail: 'says again what another limit says' };
  const missing = STAGES.find((stage) => !limits.some((one) => one.stage === stage && one.area === null && one.severity === null));
  if (missing) return { pointer: '/limits', detail: `must say how long ${missing} takes, whatever the area and severity` };
  const areas = [...new Set(limits.flatMap(({ area }) => (area === null ? [] : [area]))), null];
  for (const area of areas)
    for (const severity of SEVERITIES) {
      const hours = STAGES.reduce((sum, stage) => sum + hoursOf(limitFor(limits, stage, area === null ? [] : [area], severity)), 0);
      if (hours > TERM_DAYS * DAY_HOURS)
        return {
          pointer: '/limits',
          detail: `the stages of a ${severity} complaint${area === null ? '' : ` of ${area}`} take ${Math.ceil(hours / DAY_HOURS)} days, the term is ${TERM_DAYS}`,
          source: TERM_SOURCE,
        };
    }
  return null;
}
