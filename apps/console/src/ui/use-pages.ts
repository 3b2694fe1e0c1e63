import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query';
import type { MoreRowsProps } from './data-table.tsx';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

export interface Pages<Item> {
  readonly items: readonly Item[];
  readonly isLoading: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
  /** For MoreRows. */
  readonly more: MoreRowsProps;
}

/** A list that is read page by page with the services' cursors. */
export function usePages<Item>(
  queryKey: QueryKey,
  read: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Item>>,
  options: { readonly refetchInterval?: number; readonly enabled?: boolean } = {},
): Pages<Item> {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    ...options,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return {
    items,
    isLoading: query.isPending && options.enabled !== false,
    error: query.error,
    retry: () => void query.refetch(),
    more: {
      count: items.length,
      hasMore: query.hasNextPage,
      isLoading: query.isFetchingNextPage,
      onMore: () => void query.fetchNextPage(),
    },
  };
}
