import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { newKey } from '../../../api/client.ts';
import { useLanguage } from '../../../i18n/index.ts';
import { DataTable, MoreRows, type Column } from '../../../ui/data-table.tsx';
import { Instant } from '../../../ui/instant.tsx';
import { formatCount } from '../../../ui/numbers.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { usePages } from '../../../ui/use-pages.ts';
import { filtersOf, isBucket } from '../buckets.ts';
import { askExport, FORMATS, listExports, SUPERVISION, type Export } from './api.ts';
import { HandlingTabs } from '../handling/tabs.tsx';

const REFRESH_MS = 3000;

function useColumns(): Column<Export>[] {
  const { t } = useTranslation();
  const language = useLanguage();
  return [
    {
      key: 'created',
      title: t('supervision.export.created'),
      onCard: 'head',
      render: ({ createdAt, format, masked }) => (
        <>
          <Instant at={createdAt} /> {format.toUpperCase()} {masked && <span className="fb-soft">{t('supervision.export.masked')}</span>}
        </>
      ),
    },
    {
      key: 'state',
      title: t('supervision.export.state'),
      onCard: 'corner',
      render: ({ state, failure, progress }) =>
        failure ?? `${t(`supervision.export.states.${state}`)}${state === 'running' && progress ? ` ${progress.done}` : ''}`,
    },
    {
      key: 'rows',
      title: t('supervision.export.rows'),
      align: 'end',
      render: ({ rows }) => (rows === null ? '–' : formatCount(rows, language)),
    },
    {
      key: 'expires',
      title: t('supervision.export.expires'),
      render: ({ expiresAt }) => (expiresAt === null ? '–' : <Instant at={expiresAt} />),
    },
    {
      key: 'file',
      title: t('supervision.export.fetch'),
      render: ({ id, available, state }) =>
        available ? (
          <a href={`/api/complaints/v1/complaint-exports/${id}/file`} download>
            {t('supervision.export.fetch')}
          </a>
        ) : (
          <span className="fb-soft">{state === 'done' ? t('supervision.export.gone') : '–'}</span>
        ),
    },
  ];
}

/** Lists as files. */
export function ExportsPage(): ReactNode {
  const { t } = useTranslation();
  const [query] = useSearchParams();
  const client = useQueryClient();
  const columns = useColumns();
  const bucket = query.get('bucket');
  const filter = { ...filtersOf(query), ...(isBucket(bucket) && { dueBucket: bucket }) };
  const list = usePages([...SUPERVISION, 'exports'], listExports, { refetchInterval: REFRESH_MS });
  const asking = useMutation({
    mutationFn: (format: (typeof FORMATS)[number]) => askExport(format, filter, newKey()),
    onSuccess: () => client.invalidateQueries({ queryKey: [...SUPERVISION, 'exports'] }),
  });
  return (
    <>
      <PageHeader title={t('supervision.export.title')} lead={t('supervision.export.lead')} />
      <HandlingTabs />
      <div className="fb-row fb-list-filter">
        <span>{t('supervision.export.ask')}</span>
        {FORMATS.map((format) => (
          <Button key={format} loading={asking.isPending && asking.variables === format} onClick={() => asking.mutate(format)}>
            {format.toUpperCase()}
          </Button>
        ))}
        {Object.entries(filter).map(([name, value]) => (
          <code key={name}>
            {name}={value}
          </code>
        ))}
      </div>
      {(asking.error ?? list.error) && <ProblemAlert error={(asking.error ?? list.error) as Error} onRetry={list.retry} />}
      {!list.error && (
        <DataTable
          label={t('supervision.export.title')}
          columns={columns}
          rows={list.items}
          rowKey={({ id }) => id}
          isLoading={list.isLoading}
          empty={{ title: t('supervision.export.empty'), help: t('supervision.export.emptyHelp') }}
        />
      )}
      <MoreRows {...list.more} />
    </>
  );
}
