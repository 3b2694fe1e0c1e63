import { useMay } from '../../session/session.ts';
import type { MoreRowsProps } from '../../ui/data-table.tsx';
import { usePages, type Pages } from '../../ui/use-pages.ts';
import { type PageOf } from './api.ts';
import { SERVICES, type Service } from '../../api/service.ts';

const REFRESH_MS = 5000;

/** What of both services is listed here, under one name in each. */
type Listed = 'listReports' | 'listReportSchedules' | 'listReportTargets' | 'listReportDeliveries';

export interface Both<Item> {
  readonly items: readonly Item[];
  readonly isLoading: boolean;
  readonly failed: readonly { readonly service: Service; readonly error: Error; readonly retry: () => void }[];
  readonly more: MoreRowsProps;
}

type Read<Item> = (service: Service, cursor: string | undefined, signal: AbortSignal) => Promise<PageOf<Item>>;

function useOne<Item>(service: Service, operation: Listed, key: readonly unknown[], read: Read<Item>): Pages<Item> {
  const enabled = useMay(`${service}.${operation}`);
  const queryKey = ['reports', operation, ...key, service];
  return usePages(queryKey, (cursor, signal) => read(service, cursor, signal), { refetchInterval: REFRESH_MS, enabled });
}

/** The lists of both services as one, the newest first, as far as the role may read them. `key`: what tells this list from others. */
export function useBoth<Item extends { readonly createdAt: string }>(
  operation: Listed,
  key: readonly unknown[],
  read: Read<Item>,
): Both<Item> {
  const collections = useOne('collections', operation, key, read);
  const complaints = useOne('complaints', operation, key, read);
  const lists = [collections, complaints];
  const items = lists.flatMap((list) => list.items).toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  const open = lists.filter((list) => list.more.hasMore);
  return {
    items,
    isLoading: lists.some((list) => list.isLoading),
    failed: lists.flatMap(({ error, retry }, at) => (error ? [{ service: SERVICES[at] ?? 'collections', error, retry }] : [])),
    more: {
      count: items.length,
      hasMore: open.length > 0,
      isLoading: lists.some((list) => list.more.isLoading),
      onMore: () => {
        for (const list of open) list.more.onMore();
      },
    },
  };
}
