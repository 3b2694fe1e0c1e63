import { queryOptions } from '@tanstack/react-query';
import { collections, take } from '../../api/client.ts';
import type { components } from '../../api/collections.d.ts';
import type { Language } from '../../i18n/language.ts';

type Schemas = components['schemas'];
export type WorkView = Schemas['WorkView'];
export type NextView = Schemas['NextView'];
export type NextRequest = Schemas['NextRequest'];
export type SkippedView = Schemas['SkippedView'];
export type StrategyView = Schemas['StrategyView'];

export type Whose = 'mine' | 'pool' | 'any' | 'all';
export const WHOSE: readonly ('any' | 'mine' | 'pool')[] = ['any', 'mine', 'pool'];
export const WORKLIST = ['worklist'] as const;
const PAGE_SIZE = 25;

export const strategiesQuery = queryOptions({
  queryKey: [...WORKLIST, 'strategies'],
  queryFn: ({ signal }) => take(collections.GET('/v1/worklist-strategies', { signal })),
});

export const dayQuery = queryOptions({
  queryKey: [...WORKLIST, 'day'],
  queryFn: ({ signal }) => take(collections.GET('/v1/worklist/day', { signal })),
  refetchInterval: 60_000,
});

export const listWork = (strategy: string, whose: Whose, cursor: string | undefined, signal: AbortSignal) =>
  take(
    collections.GET('/v1/worklist', {
      params: { query: { strategy, whose, limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) } },
      signal,
    }),
  );

export const takeNext = (body: NextRequest, key: string): Promise<NextView> =>
  take(collections.POST('/v1/worklist/next', { body, params: { header: { 'Idempotency-Key': key } } }));

export const putBack = (caseId: string, key: string) =>
  take(collections.POST('/v1/worklist/release', { body: { caseId }, params: { header: { 'Idempotency-Key': key } } }));

export const nameOf = ({ name, strategyId }: StrategyView, language: Language): string => {
  const said = name as Readonly<Record<string, unknown>>;
  const found = said[language];
  return typeof found === 'string' ? found : strategyId;
};

/** As the services write what has no fixed keys. */
export const moneyOf = (balance: WorkView['balance']): { amount: string; currency: string } => {
  const { amount, currency } = balance as Readonly<Record<string, unknown>>;
  return { amount: String(amount), currency: String(currency) };
};

export const windowOf = (bestTime: WorkView['bestTime']): string | null => {
  if (bestTime === null) return null;
  const { from, to } = bestTime as Readonly<Record<string, unknown>>;
  return `${String(from)}–${String(to)}`;
};
