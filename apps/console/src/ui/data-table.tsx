import { Button, Skeleton } from 'antd';
import type { Key, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty, type EmptyProps } from './empty.tsx';
import { useNarrow } from './use-narrow.ts';

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly render: (row: Row) => ReactNode;
  readonly align?: 'start' | 'end';
  readonly width?: number | string;
  /** On a card: the head of the card, its corner, or not there at all. Otherwise a line with the title. */
  readonly onCard?: 'head' | 'corner' | 'hidden';
}

export interface DataTableProps<Row> {
  /** What the rows are, for screen readers. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => Key;
  readonly isLoading?: boolean;
  readonly empty: EmptyProps;
}

const SKELETON_ROWS = 6;

function Cards<Row>({ label, columns, rows, rowKey }: DataTableProps<Row>): ReactNode {
  const head = columns.filter((column) => column.onCard === 'head');
  const corner = columns.filter((column) => column.onCard === 'corner');
  const lines = columns.filter((column) => column.onCard === undefined);
  return (
    <ul className="fb-cards" aria-label={label}>
      {rows.map((row) => (
        <li key={rowKey(row)} className="fb-card">
          <div className="fb-card-head">
            {head.map((column) => (
              <div key={column.key}>{column.render(row)}</div>
            ))}
            {corner.map((column) => (
              <div key={column.key} className="fb-card-corner">
                {column.render(row)}
              </div>
            ))}
          </div>
          <dl>
            {lines.map((column) => (
              <div key={column.key}>
                <dt>{column.title}</dt>
                <dd>{column.render(row)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}

function Wide<Row>({ label, columns, rows, rowKey }: DataTableProps<Row>): ReactNode {
  return (
    // Scrolls within itself when the window is between phone and desk; reachable by keyboard for that.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="fb-table-frame" tabIndex={0} role="group" aria-label={label}>
      <table className="fb-table">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" style={{ width: column.width }} className={column.align === 'end' ? 'fb-end' : undefined}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => (
                <td key={column.key} className={column.align === 'end' ? 'fb-end' : undefined}>
                  {column.render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A table; at the width of a phone a list of cards. */
export function DataTable<Row>(props: DataTableProps<Row>): ReactNode {
  const { t } = useTranslation();
  const isNarrow = useNarrow();
  if (props.isLoading) {
    return (
      <div className="fb-table-frame fb-loading" role="status" aria-label={t('shell.loading')}>
        <Skeleton active title={false} paragraph={{ rows: SKELETON_ROWS, width: '100%' }} />
      </div>
    );
  }
  if (props.rows.length === 0) return <Empty {...props.empty} />;
  return isNarrow ? <Cards {...props} /> : <Wide {...props} />;
}

export interface MoreRowsProps {
  readonly count: number;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly onMore: () => void;
}

/** Below a table that is read page by page. */
export function MoreRows({ count, hasMore, isLoading, onMore }: MoreRowsProps): ReactNode {
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <div className="fb-more-rows">
      <span role="status">{hasMore ? t('common.loaded', { count }) : t('common.loadedAll', { count })}</span>
      {hasMore && (
        <Button onClick={onMore} loading={isLoading}>
          {t('common.more')}
        </Button>
      )}
    </div>
  );
}
