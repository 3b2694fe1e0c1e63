import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../api/client.ts';
import { useLanguage } from '../../i18n/index.ts';
import { useMay } from '../../session/session.ts';
import { DataTable, type Column } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { usePerson } from '../../ui/use-person.ts';
import { nameOf, strategiesQuery, WORKLIST } from '../worklist/api.ts';
import { retireStrategy, type StrategyView } from './api.ts';
import { filterOf, FilterWords, orderOf, OrderWords } from './strategy-words.tsx';
import { CollectingTabs } from './tabs.tsx';

function Actions({ strategy }: { readonly strategy: StrategyView }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [key] = useState(newKey);
  const retire = useMutation({
    mutationFn: () => retireStrategy(strategy.strategyId, key),
    onSuccess: () => void queries.invalidateQueries({ queryKey: WORKLIST }),
  });
  return (
    <>
      <div className="fb-row">
        <LinkButton size="small" to={`/collecting/strategies/new?from=${encodeURIComponent(strategy.strategyId)}`}>
          {t('collecting.setup.newVersion')}
        </LinkButton>
        {!strategy.retired && (
          <Popconfirm
            title={t('collecting.setup.strategy.retireHelp')}
            okText={t('common.confirm')}
            cancelText={t('common.cancel')}
            onConfirm={() => retire.mutate()}
          >
            <Button size="small" danger loading={retire.isPending}>
              {t('collecting.setup.retire')}
            </Button>
          </Popconfirm>
        )}
      </div>
      {retire.error && <ProblemAlert error={retire.error} />}
    </>
  );
}

function useColumns(mayPut: boolean): Column<StrategyView>[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const person = usePerson();
  return [
    {
      key: 'name',
      title: t('collecting.setup.strategy.name'),
      onCard: 'head',
      render: (one) => (
        <>
          <strong>{nameOf(one, language)}</strong>{' '}
          <span className="fb-soft">{t('collecting.setup.version', { id: one.strategyId, version: one.version })}</span>
        </>
      ),
    },
    {
      key: 'state',
      title: t('collecting.setup.script.state'),
      onCard: 'corner',
      render: ({ retired }) => (
        <StateTag tone={retired ? 'quiet' : 'good'}>{t(`collecting.setup.strategy.${retired ? 'retired' : 'inForce'}`)}</StateTag>
      ),
    },
    { key: 'filter', title: t('collecting.setup.strategy.filter'), render: (one) => <FilterWords filter={filterOf(one)} /> },
    { key: 'order', title: t('collecting.setup.strategy.order'), render: (one) => <OrderWords order={orderOf(one)} /> },
    {
      key: 'times',
      title: t('collecting.setup.strategy.times'),
      render: ({ leaseMinutes, restMinutes }) => t('collecting.setup.strategy.timesOf', { lease: leaseMinutes, rest: restMinutes }),
    },
    {
      key: 'author',
      title: t('collecting.setup.script.author'),
      render: ({ author, createdAt }) =>
        author === null || createdAt === null ? (
          t('collecting.setup.strategy.own')
        ) : (
          <>
            {person(author)} <Instant at={createdAt} withRelative={false} />
          </>
        ),
    },
    ...(mayPut ? [{ key: 'act', title: t('collecting.setup.act'), render: (one: StrategyView) => <Actions strategy={one} /> }] : []),
  ];
}

/** Ways to order the work: the product's own and the institution's. */
export function StrategyListPage(): ReactNode {
  const { t } = useTranslation();
  const mayPut = useMay('collections.putStrategy');
  const columns = useColumns(mayPut);
  const { data, error, isPending, refetch } = useQuery(strategiesQuery);
  return (
    <>
      <PageHeader
        title={t('shell.nav.collecting')}
        lead={t('collecting.setup.strategy.lead')}
        actions={
          mayPut && (
            <LinkButton to="/collecting/strategies/new" type="primary">
              {t('collecting.setup.strategy.new')}
            </LinkButton>
          )
        }
      />
      <CollectingTabs />
      {error ? (
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label={t('collecting.setup.tab.strategies')}
          columns={columns}
          rows={data?.items ?? []}
          rowKey={({ strategyId }) => strategyId}
          isLoading={isPending}
          empty={{ title: t('collecting.setup.strategy.empty'), help: t('collecting.setup.strategy.emptyHelp') }}
        />
      )}
    </>
  );
}
