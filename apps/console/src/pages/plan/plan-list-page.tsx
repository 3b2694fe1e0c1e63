import { Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { formatMoney } from '../../ui/numbers.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useNow } from '../../ui/use-now.ts';
import { usePages } from '../../ui/use-pages.ts';
import { listPlans, PLAN_STATES, REPAYMENT, type Plan } from './api.ts';
import { PlanTag, stateNow } from './plan-bits.tsx';

const MINUTE_MS = 60_000;

function useColumns(): Column<Plan>[] {
  const { t } = useTranslation();
  const now = useNow(MINUTE_MS);
  return [
    { key: 'case', title: t('plan.column.case'), onCard: 'head', render: ({ id, caseId }) => <Link to={`/plans/${id}`}>{caseId}</Link> },
    { key: 'state', title: t('plan.column.state'), onCard: 'corner', render: (plan) => <PlanTag state={stateNow(plan, now)} /> },
    { key: 'total', title: t('plan.column.total'), align: 'end', render: ({ total }) => formatMoney(total) },
    { key: 'paid', title: t('plan.column.paid'), align: 'end', render: ({ paid }) => formatMoney(paid) },
    { key: 'months', title: t('plan.column.months'), align: 'end', render: ({ months }) => months },
    {
      key: 'next',
      title: t('plan.column.next'),
      render: ({ nextDueOn, nextInstalment, state, lastDueOn }) =>
        nextDueOn === null
          ? ['draft', 'proposed', 'approved'].includes(state)
            ? t('plan.until', { date: lastDueOn })
            : t('common.none')
          : t('plan.nextDue', { n: nextInstalment, date: nextDueOn }),
    },
  ];
}

/** Repayment plans: what waits for approval, what runs, what was broken. */
export function PlanListPage(): ReactNode {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const state = PLAN_STATES.find((each) => each === search.get('state'));
  const columns = useColumns();
  const pages = usePages([...REPAYMENT, 'list', state ?? ''], (cursor, signal) => listPlans(state, cursor, signal));
  const empty = state
    ? { title: t('plan.noMatch'), help: t('plan.noMatchHelp') }
    : { title: t('plan.empty'), help: t('plan.emptyHelp'), action: <LinkButton to="/cases">{t('plan.emptyAction')}</LinkButton> };
  return (
    <>
      <PageHeader
        title={t('plan.title')}
        lead={t('plan.lead')}
        actions={<LinkButton to="/plans/settings">{t('plan.settings.open')}</LinkButton>}
      />
      <div className="fb-row fb-list-filter">
        <Select
          className="fb-select"
          aria-label={t('plan.column.state')}
          value={state ?? ''}
          onChange={(value: string) => setSearch(value === '' ? {} : { state: value }, { replace: true })}
          options={[
            { value: '', label: `${t('plan.column.state')}: ${t('common.all')}` },
            ...PLAN_STATES.map((value) => ({ value, label: t(`plan.state.${value}`) })),
          ]}
        />
      </div>
      {pages.error ? (
        <ProblemAlert error={pages.error} onRetry={pages.retry} />
      ) : (
        <>
          <DataTable
            label={t('plan.list')}
            columns={columns}
            rows={pages.items}
            rowKey={({ id }) => id}
            isLoading={pages.isLoading}
            empty={empty}
          />
          <MoreRows {...pages.more} />
        </>
      )}
    </>
  );
}
