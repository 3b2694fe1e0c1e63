import type { PackRow } from '../pack.ts';
import { text, type Text } from './text.ts';

/** What a debtor asks first, in that order. */
const groups = {
  when: text('什么时间可以联系您', 'When you may be contacted'),
  often: text('多久可以联系您一次', 'How often you may be contacted'),
  whom: text('可以联系谁、用什么联系方式', 'Who may be contacted, and where'),
  stop: text('什么情况下不催收', 'When nobody collects'),
  who: text('谁来联系您、怎么说', 'Who contacts you, and what they may say'),
} as const satisfies Record<string, Text>;

const groupOfKind: Readonly<Record<PackRow['kind'], keyof typeof groups>> = {
  'time-window': 'when',
  calendar: 'when',
  counter: 'often',
  'third-party': 'whom',
  'contact-point': 'whom',
  preference: 'whom',
  standing: 'stop',
  hold: 'stop',
  agency: 'who',
  device: 'who',
  visit: 'who',
  content: 'who',
};

/** Rows as a debtor reads them: by question, within each in the order given. Questions that no row answers are left out. */
export function grouped<Row extends { readonly kind: PackRow['kind'] }>(
  rows: readonly Row[],
): { readonly title: Text; readonly rows: readonly Row[] }[] {
  return Object.entries(groups)
    .map(([key, title]) => ({ title, rows: rows.filter(({ kind }) => groupOfKind[kind] === key) }))
    .filter((group) => group.rows.length > 0);
}
