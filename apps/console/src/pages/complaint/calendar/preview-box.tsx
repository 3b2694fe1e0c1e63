import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Facts } from '../../../ui/section.tsx';
import { previewQuery, type MovedClock, type Version } from './api.ts';

export function useMovedColumns(): Column<MovedClock>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'number',
      title: t('calendar.moved.number'),
      onCard: 'head',
      render: ({ complaintId, number }) => <Link to={`/complaints/${complaintId}`}>{number}</Link>,
    },
    { key: 'before', title: t('calendar.moved.before'), render: ({ dueBefore }) => dueBefore },
    { key: 'after', title: t('calendar.moved.after'), render: ({ dueAfter }) => dueAfter },
    {
      key: 'what',
      title: t('calendar.moved.what'),
      onCard: 'corner',
      render: ({ overdue, conflicts }) =>
        [overdue && t('calendar.moved.overdue'), conflicts > 0 && t('calendar.moved.conflicts', { count: conflicts })]
          .filter(Boolean)
          .join(' · ') || '–',
    },
  ];
}

/** What publishing a version would do, before anybody approves it. */
export function PreviewBox({ version }: { readonly version: Version }): ReactNode {
  const { t } = useTranslation();
  const columns = useMovedColumns();
  const { data: preview, error, refetch } = useQuery(previewQuery(version));
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!preview) return <Skeleton active paragraph={{ rows: 3 }} />;
  const counts = ['days', 'total', 'earlier', 'later', 'settled', 'overdue', 'conflicting', 'stages'] as const;
  return (
    <>
      <h3>{t('calendar.preview.title')}</h3>
      <p className="fb-soft">{t('calendar.preview.help')}</p>
      <Facts items={counts.map((name) => ({ label: t(`calendar.count.${name}`), value: preview[name] }))} />
      {preview.examined < preview.total && <p>{t('calendar.preview.part', { examined: preview.examined, total: preview.total })}</p>}
      <DataTable
        label={t('calendar.preview.title')}
        columns={columns}
        rows={preview.sample}
        rowKey={({ complaintId }) => complaintId}
        empty={{ title: t('calendar.preview.none'), help: t('calendar.preview.noneHelp') }}
      />
    </>
  );
}
