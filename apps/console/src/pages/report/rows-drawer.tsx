import { useInfiniteQuery } from '@tanstack/react-query';
import { Drawer, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { listFigureRows, type Report } from './api.ts';
import type { Opened } from './shown-document.tsx';

// Pixels; rows are wide.
const ROWS_WIDTH = 1080;

export interface RowsDrawerProps {
  readonly report: Report;
  readonly opened: Opened;
  readonly onClose: () => void;
}

interface Row {
  readonly place: number;
  readonly cells: Readonly<Record<string, unknown>>;
}

/** The rows that a number of a report counts, from the file that the report pinned. */
export function RowsDrawer({ report, opened, onClose }: RowsDrawerProps): ReactNode {
  const { t } = useTranslation();
  const query = useInfiniteQuery({
    queryKey: ['reports', 'rows', report.service, report.id, opened.figure],
    queryFn: ({ pageParam, signal }) => listFigureRows(report, opened.figure, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    staleTime: Infinity,
  });
  const pages = query.data?.pages ?? [];
  const rows = pages.flatMap(({ items }) => items).map((cells, place): Row => ({ place, cells }));
  const columns = Object.keys(rows[0]?.cells ?? {}).map((name): Column<Row> => ({
    key: name,
    title: name,
    render: ({ cells }) => String(cells[name] ?? ''),
  }));
  const [first] = pages;
  return (
    <Drawer open size={ROWS_WIDTH} title={opened.title} onClose={onClose}>
      {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton active paragraph={{ rows: 6 }} />}
      {first && (
        <>
          <p className="fb-soft fb-first">
            {t('report.rows.from', { file: first.file })} <code className="fb-trace">{first.figure.select}</code>
          </p>
          <DataTable
            label={opened.title}
            columns={columns}
            rows={rows}
            rowKey={({ place }) => place}
            empty={{ title: t('report.rows.none') }}
          />
          <MoreRows
            count={rows.length}
            hasMore={query.hasNextPage}
            isLoading={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
        </>
      )}
    </Drawer>
  );
}
