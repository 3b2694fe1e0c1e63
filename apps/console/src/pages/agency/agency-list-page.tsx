import { Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { AgencyItem } from '../../api/models.ts';
import { useLanguage } from '../../i18n/index.ts';
import { useMay } from '../../session/session.ts';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { formatCount } from '../../ui/numbers.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { Contract, Evaluated, Reasons, StandingTag } from './agency-bits.tsx';
import { AGENCIES, listAgencies, STATUSES, type AgencyFilter } from './api.ts';

function readFilter(search: URLSearchParams): AgencyFilter {
  const status = STATUSES.find((each) => each === search.get('status'));
  const published = search.get('published');
  return { ...(status && { status }), ...(published !== null && { published: published === 'true' }) };
}

function Filters({ filter }: { readonly filter: AgencyFilter }): ReactNode {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const set = (name: string, value: string): void => {
    const next = new URLSearchParams(search);
    if (value === '') next.delete(name);
    else next.set(name, value);
    setSearch(next, { replace: true });
  };
  return (
    <div className="fb-row fb-list-filter">
      <Select
        className="fb-select"
        aria-label={t('agency.filter.status')}
        value={filter.status ?? ''}
        onChange={(value: string) => set('status', value)}
        options={[
          { value: '', label: `${t('agency.filter.status')}: ${t('common.all')}` },
          ...STATUSES.map((value) => ({ value, label: t(`agency.status.${value}`) })),
        ]}
      />
      <Select
        className="fb-select"
        aria-label={t('agency.filter.published')}
        value={filter.published === undefined ? '' : String(filter.published)}
        onChange={(value: string) => set('published', value)}
        options={[
          { value: '', label: `${t('agency.filter.published')}: ${t('common.all')}` },
          { value: 'true', label: t('agency.filter.yes') },
          { value: 'false', label: t('agency.filter.no') },
        ]}
      />
    </div>
  );
}

function useColumns(): Column<AgencyItem>[] {
  const { t } = useTranslation();
  const language = useLanguage();
  return [
    {
      key: 'name',
      title: t('agency.column.name'),
      onCard: 'head',
      render: ({ agencyId, name }) => (
        <>
          <Link to={`/agencies/${encodeURIComponent(agencyId)}`}>{name}</Link> <span className="fb-soft">{agencyId}</span>
        </>
      ),
    },
    {
      key: 'standing',
      title: t('agency.column.standing'),
      render: ({ standing }) => (
        <div className="fb-standing">
          <StandingTag standing={standing} />
          {standing.reasons.length > 0 && (
            <span className="fb-soft">
              <Reasons reasons={standing.reasons} />
            </span>
          )}
        </div>
      ),
    },
    { key: 'status', title: t('agency.column.status'), render: ({ status }) => t(`agency.status.${status}`) },
    { key: 'contract', title: t('agency.column.contract'), render: ({ contract }) => <Contract contract={contract} /> },
    { key: 'evaluated', title: t('agency.column.evaluated'), render: ({ lastEvaluatedOn }) => <Evaluated on={lastEvaluatedOn} /> },
    { key: 'staff', title: t('agency.column.staff'), align: 'end', render: ({ staffCount }) => formatCount(staffCount, language) },
    { key: 'cases', title: t('agency.column.cases'), align: 'end', render: ({ openCases }) => formatCount(openCases, language) },
  ];
}

/** The agencies on record, and how each stands today. */
export function AgencyListPage(): ReactNode {
  const { t } = useTranslation();
  const filter = readFilter(useSearchParams()[0]);
  const mayRegister = useMay('collections.registerAgency');
  const mayImport = useMay('collections.createImport');
  const columns = useColumns();
  const pages = usePages([...AGENCIES, 'list', filter], (cursor, signal) => listAgencies(filter, cursor, signal));
  const empty =
    Object.keys(filter).length > 0
      ? { title: t('agency.noMatch') }
      : {
          title: t('agency.empty'),
          help: t('agency.emptyHelp'),
          action: mayImport && <LinkButton to="/imports">{t('agency.emptyAction')}</LinkButton>,
        };
  return (
    <>
      <PageHeader
        title={t('agency.title')}
        lead={t('agency.lead')}
        actions={mayRegister && <LinkButton to="/agencies/new">{t('registry.new.open')}</LinkButton>}
      />
      <Filters filter={filter} />
      {pages.error ? (
        <ProblemAlert error={pages.error} onRetry={pages.retry} />
      ) : (
        <>
          <DataTable
            label={t('agency.list')}
            columns={columns}
            rows={pages.items}
            rowKey={({ agencyId }) => agencyId}
            isLoading={pages.isLoading}
            empty={empty}
          />
          <MoreRows {...pages.more} />
        </>
      )}
    </>
  );
}
