import type { Channel, OwnRow } from '../wire.ts';
import { freshId, type DraftForm } from './form.ts';
import type { DateRange } from './presets.ts';

// Own rules as their forms see them. What a form does not know of a row stays in it.

export const CHANNELS: readonly Channel[] = ['voice', 'sms', 'im', 'email', 'letter', 'visit'];
const AT_ONCE: readonly Channel[] = ['voice', 'visit', 'sms', 'im'];

export const isCode = (code: string): boolean => /^\d{6}$/.test(code);
export const isRange = ({ from, to }: Partial<DateRange>): boolean => Boolean(from) && Boolean(to) && (from ?? '') <= (to ?? '');

export const withParams = (row: OwnRow, params: Readonly<Record<string, unknown>>): OwnRow => ({
  ...row,
  params: { ...row.params, ...params },
});

const isChannel = (value: unknown): value is Channel => CHANNELS.some((channel) => channel === value);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export interface DateParams {
  readonly dates: readonly DateRange[];
  readonly channels: readonly Channel[];
  readonly regions: readonly string[];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

export function datesOf({ params }: OwnRow): DateParams {
  return {
    dates: list(params['dates'])
      .filter(isObject)
      .map(({ from, to }) => ({ from: text(from), to: text(to) })),
    channels: list(params['channels']).filter(isChannel),
    regions: list(params['regions']).filter((code) => typeof code === 'string'),
  };
}

/** No regions is everywhere, which is said by leaving them out. */
export function mayBeRegions(row: OwnRow, regions: readonly string[]): OwnRow {
  const { regions: _, ...params } = row.params;
  return { ...row, params: regions.length === 0 ? params : { ...params, regions } };
}

const ownRow = (
  rules: readonly OwnRow[],
  stem: string,
  today: string,
  rest: Pick<OwnRow, 'kind' | 'params'> & { readonly name: string },
): OwnRow => ({
  ruleId: freshId(rules, stem),
  kind: rest.kind,
  params: rest.params,
  severity: 'block',
  source: 'institution',
  article: '',
  grade: 'C',
  effectiveFrom: today,
  title: { zh: rest.name, en: rest.name },
});

interface NewDates {
  readonly name: string;
  readonly range: DateRange | null;
  readonly today: string;
}

export const dateRule = (rules: readonly OwnRow[], { name, range, today }: NewDates): OwnRow =>
  ownRow(rules, 'dates', today, { kind: 'calendar', name, params: { dates: [range ?? { from: '', to: '' }], channels: AT_ONCE } });

export const counterRule = (rules: readonly OwnRow[], today: string): OwnRow =>
  ownRow(rules, 'limit', today, {
    kind: 'counter',
    name: '',
    params: {
      channel: 'sms',
      mode: null,
      results: 'placed',
      seat: 'debtor',
      scope: 'all-actors',
      window: 'local-day',
      cap: 1,
      consent: null,
    },
  });

export const windowRule = (rules: readonly OwnRow[], today: string): OwnRow =>
  ownRow(rules, 'hours', today, {
    kind: 'time-window',
    name: '',
    params: { refused: { from: '12:00', to: '14:00' }, channels: ['voice'], consent: 'out-of-hours' },
  });

export type Span = 'local-day' | 'minutes' | 'days';

/** A counter's window as two fields: what it is, and how many of it. */
export function spanOf({ params }: OwnRow): { readonly span: Span; readonly amount: number } {
  const { window } = params;
  if (isObject(window) && typeof window['rollingMinutes'] === 'number') return { span: 'minutes', amount: window['rollingMinutes'] };
  if (isObject(window) && typeof window['localDays'] === 'number') return { span: 'days', amount: window['localDays'] };
  return { span: 'local-day', amount: 1 };
}

export function windowParam(span: Span, amount: number): unknown {
  if (span === 'minutes') return { rollingMinutes: amount };
  return span === 'days' ? { localDays: amount } : 'local-day';
}

const isNamed = ({ title }: OwnRow): boolean => Boolean(title?.zh.trim() || title?.en.trim());

function isWhole(row: OwnRow): boolean {
  if (row.kind === 'calendar') {
    const { dates, channels, regions } = datesOf(row);
    return isNamed(row) && dates.every(isRange) && channels.length > 0 && regions.every(isCode);
  }
  if (row.kind === 'counter') return isNamed(row) && typeof row.params['cap'] === 'number';
  if (row.kind === 'time-window') return isNamed(row) && list(row.params['channels']).length > 0;
  return true;
}

/** Whether nothing is left that the form itself can see to be missing. */
export const isReady = ({ note, packs, rules }: DraftForm): boolean => note.trim() !== '' && packs.length > 0 && rules.every(isWhole);

/** One name stands for both languages where only one was given. */
export const named = (row: OwnRow): OwnRow => {
  if (!row.title) return row;
  const { zh, en } = row.title;
  return { ...row, title: { zh: zh.trim() || en.trim(), en: en.trim() || zh.trim() } };
};
