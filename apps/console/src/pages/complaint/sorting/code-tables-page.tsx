import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLanguage } from '../../../i18n/index.ts';
import { useMay } from '../../../session/session.ts';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { formatCount } from '../../../ui/numbers.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { StateTag, type Tone } from '../../../ui/state-tag.tsx';
import { usePerson } from '../../../ui/use-person.ts';
import { localTime } from '../dates.ts';
import { HandlingTabs } from '../handling/tabs.tsx';
import { tablesQuery, type CodeTableItem } from './api.ts';
import { LoadCodes } from './load-codes.tsx';

const TONES: Readonly<Record<CodeTableItem['state'], Tone>> = {
  draft: 'busy',
  proposed: 'wait',
  published: 'quiet',
  replaced: 'quiet',
  'built-in': 'quiet',
};

export function TableState({ table: { state, isInForce } }: { readonly table: Pick<CodeTableItem, 'state' | 'isInForce'> }): ReactNode {
  const { t } = useTranslation();
  return (
    <StateTag tone={isInForce ? 'good' : TONES[state]}>{t(isInForce ? 'sorting.codes.inForce' : `sorting.codes.state.${state}`)}</StateTag>
  );
}

function useColumns(): Column<CodeTableItem>[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const person = usePerson();
  return [
    {
      key: 'version',
      title: t('sorting.codes.version'),
      onCard: 'head',
      render: ({ version }) => <Link to={`/complaints/code-tables/${version}`}>{version === 0 ? t('sorting.codes.own') : version}</Link>,
    },
    { key: 'state', title: t('sorting.codes.stateLabel'), onCard: 'corner', render: (table) => <TableState table={table} /> },
    { key: 'codes', title: t('sorting.codes.count'), align: 'end', render: ({ codes }) => formatCount(codes, language) },
    { key: 'from', title: t('sorting.codes.validFrom'), render: ({ validFrom }) => validFrom ?? '–' },
    { key: 'note', title: t('sorting.codes.note'), render: ({ note }) => note ?? '–' },
    {
      key: 'by',
      title: t('sorting.codes.loadedBy'),
      render: ({ loadedBy, loadedAt }) => (loadedBy === null ? '–' : `${person(loadedBy)} · ${localTime(loadedAt ?? '')}`),
    },
    { key: 'approved', title: t('sorting.codes.approvedBy'), render: ({ approvedBy }) => (approvedBy === null ? '–' : person(approvedBy)) },
  ];
}

/** The tables that complaints are classified by, and a place to load the next. */
export function CodeTablesPage(): ReactNode {
  const { t } = useTranslation();
  const mayLoad = useMay('complaints.putCodeTableDraft');
  const columns = useColumns();
  const { data, error, isPending, refetch } = useQuery(tablesQuery);
  return (
    <>
      <PageHeader title={t('sorting.codes.title')} lead={t('sorting.codes.lead')} />
      <HandlingTabs />
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!error && (
        <DataTable
          label={t('sorting.codes.versions')}
          columns={columns}
          rows={data?.items ?? []}
          rowKey={({ version }) => version}
          isLoading={isPending}
          empty={{ title: t('sorting.codes.empty') }}
        />
      )}
      {mayLoad && <LoadCodes />}
    </>
  );
}
