import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StrategyRequest, StrategyView } from './api.ts';

export const KEYS = ['follow-up', 'promise-broken', 'promise-due', 'amount', 'overdue', 'since-contact', 'best-time'] as const;
export type Filter = StrategyRequest['filter'];
export type Order = StrategyRequest['order'];

/** As the service writes what has no fixed keys. */
export const filterOf = ({ filter }: StrategyView): Filter => filter as Filter;
export const orderOf = ({ order }: StrategyView): Order => order as Order;

/** Which cases a strategy looks at. */
export function FilterWords({ filter }: { readonly filter: Filter }): ReactNode {
  const { t } = useTranslation();
  const { stages = [], products = [], regions = [], minAmount, maxAmount, lastContactOlderThanHours, promise, followUpDue } = filter;
  const said = [
    ...stages,
    ...products,
    ...(regions.length === 0 ? [] : [t('collecting.setup.strategy.inRegions', { regions: regions.join(' ') })]),
    ...(minAmount === undefined ? [] : [t('collecting.setup.strategy.from', { amount: minAmount })]),
    ...(maxAmount === undefined ? [] : [t('collecting.setup.strategy.to', { amount: maxAmount })]),
    ...(lastContactOlderThanHours === undefined ? [] : [t('collecting.setup.strategy.silent', { count: lastContactOlderThanHours })]),
    ...(promise === undefined ? [] : [t(`collecting.setup.strategy.promise.${promise}`)]),
    ...(followUpDue ? [t('collecting.setup.strategy.followUpDue')] : []),
  ];
  return said.length === 0 ? t('collecting.setup.strategy.everyCase') : said.join(t('common.listSeparator'));
}

/** What comes first, the heaviest first. */
export function OrderWords({ order }: { readonly order: Order }): ReactNode {
  const { t } = useTranslation();
  return order
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ key, weight }) => `${t(`worklist.key.${key}`)} ${weight}`)
    .join(t('common.listSeparator'));
}
