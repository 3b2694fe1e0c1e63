import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/index.ts';
import { DataTable, type Column } from '../../ui/data-table.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { packsQuery, SCHEMA_ADDRESS } from './api.ts';
import { PackLinks } from './pack-links.tsx';
import { PolicyTabs } from './policy-tabs.tsx';
import type { PackTitle } from './wire.ts';

/** The packs that there are, each as a page to read, print or hand out. */
export function PackListPage(): ReactNode {
  const { t } = useTranslation();
  const { data, error, refetch, isPending } = useQuery(packsQuery(useLanguage()));
  const [chosen, setChosen] = useState<Readonly<Record<string, number>>>({});
  const versionOf = ({ pack, versions }: PackTitle): number => chosen[pack] ?? Math.max(...versions);
  const columns: Column<PackTitle>[] = [
    { key: 'title', title: t('policy.filter.pack'), onCard: 'head', render: ({ title }) => <strong>{title}</strong> },
    { key: 'pack', title: t('policy.rule.id'), render: ({ pack }) => <code>{pack}</code> },
    {
      key: 'version',
      title: t('policy.packs.version'),
      render: (row) => (
        <Select
          aria-label={`${row.title} ${t('policy.packs.version')}`}
          value={versionOf(row)}
          onChange={(version) => setChosen({ ...chosen, [row.pack]: version })}
          options={row.versions
            .toSorted((one, other) => other - one)
            .map((version, index) => ({
              value: version,
              label: `${version} ${index === 0 ? t('policy.packs.latest') : ''}`.trim(),
            }))}
        />
      ),
    },
    { key: 'links', title: t('policy.packs.read'), render: (row) => <PackLinks pack={row.pack} version={versionOf(row)} /> },
  ];
  return (
    <>
      <PageHeader title={t('policy.title')} lead={t('policy.packs.help')} />
      <PolicyTabs />
      {error ? (
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label={t('policy.tab.packs')}
          columns={columns}
          rows={data?.items ?? []}
          rowKey={({ pack }) => pack}
          isLoading={isPending}
          empty={{ title: t('policy.packs.empty'), help: t('policy.packs.emptyHelp') }}
        />
      )}
      <p className="fb-soft fb-below">
        <a href={SCHEMA_ADDRESS} target="_blank" rel="noreferrer">
          {t('policy.packs.schema')}
          <span className="fb-unseen"> {t('policy.packs.newTab')}</span>
        </a>
      </p>
    </>
  );
}
