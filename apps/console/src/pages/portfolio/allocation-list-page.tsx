import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { collections, newKey, take } from '../../api/client.ts';
import { useLanguage } from '../../i18n/index.ts';
import { may, useSession } from '../../session/session.ts';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Instant } from '../../ui/instant.tsx';
import { formatCount } from '../../ui/numbers.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { useAgencyName } from '../../ui/use-agency-name.ts';
import { AllocationState } from './allocation-bits.tsx';
import { RuleDrawer } from './rule-drawer.tsx';
import { PortfolioTabs } from './tabs.tsx';
import { header, type AllocationRuleView, type AllocationSummary, type AllocationView } from './wire.ts';

interface Targeted {
  readonly by: 'share' | 'priority';
  readonly targets: readonly { readonly agencyId: string; readonly weight: number }[];
}

function Rule({ rule, onChange }: { readonly rule: AllocationRuleView; readonly onChange: () => void }): ReactNode {
  const { t } = useTranslation();
  const go = useNavigate();
  const session = useSession();
  const queries = useQueryClient();
  const [key] = useState(newKey);
  const simulate = useMutation({
    mutationFn: () => take(collections.POST('/v1/allocations', { params: { header: header(key) }, body: { ruleId: rule.id } })),
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['allocations'] });
      void go(`/portfolio/allocations/${id}`);
    },
  });
  const nameOf = useAgencyName();
  const { by, targets } = rule.content as unknown as Targeted;
  return (
    <li>
      <p className="fb-row">
        <strong>{rule.name}</strong> <span className="fb-soft">{t('portfolio.rule.version', { version: rule.version })}</span>
      </p>
      <p className="fb-soft">
        {t(`portfolio.rule.by.${by}`)}:{' '}
        {targets.map(({ agencyId, weight }) => `${nameOf(agencyId)} ${weight}`).join(t('common.listSeparator'))}
      </p>
      {may(session, 'collections.createAllocation') && (
        <p className="fb-row">
          <Button size="small" type="primary" loading={simulate.isPending} onClick={() => simulate.mutate()}>
            {t('portfolio.rule.simulate')}
          </Button>
          <Button size="small" onClick={onChange}>
            {t('portfolio.rule.change')}
          </Button>
        </p>
      )}
      {simulate.error && <ProblemAlert error={simulate.error} />}
    </li>
  );
}

function Rules(): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const [edited, setEdited] = useState<AllocationRuleView | 'new' | null>(null);
  const { data, error } = useQuery({
    queryKey: ['allocation-rules'],
    queryFn: ({ signal }) => take(collections.GET('/v1/allocation-rules', { signal })),
  });
  const mayWrite = may(session, 'collections.setAllocationRule');
  const create = mayWrite && <Button onClick={() => setEdited('new')}>{t('portfolio.rule.new')}</Button>;
  const rules = data?.items.filter(({ retiredAt }) => retiredAt === null) ?? [];
  return (
    <Section title={t('portfolio.rule.title')} aside={rules.length > 0 && create}>
      {error && <ProblemAlert error={error} />}
      {data && rules.length === 0 && <Empty title={t('portfolio.rule.none')} help={t('portfolio.rule.noneHelp')} action={create} />}
      <ul className="fb-lines">
        {rules.map((rule) => (
          <Rule key={rule.id} rule={rule} onChange={() => setEdited(rule)} />
        ))}
      </ul>
      {edited !== null && <RuleDrawer rule={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Section>
  );
}

function useColumns(): Column<AllocationView>[] {
  const { t } = useTranslation();
  const language = useLanguage();
  return [
    {
      key: 'rule',
      title: t('portfolio.rule.one'),
      onCard: 'head',
      render: ({ id, ruleName, ruleVersion }) => (
        <Link to={`/portfolio/allocations/${id}`}>
          {ruleName} · {ruleVersion}
        </Link>
      ),
    },
    { key: 'at', title: t('portfolio.allocation.at'), render: ({ createdAt }) => <Instant at={createdAt} withRelative={false} /> },
    {
      key: 'assigned',
      title: t('portfolio.allocation.assigned'),
      align: 'end',
      render: ({ summary }) => (summary ? formatCount((summary as unknown as AllocationSummary).assigned, language) : t('common.none')),
    },
    { key: 'state', title: t('cases.column.state'), onCard: 'corner', render: (row) => <AllocationState of={row} /> },
  ];
}

/** Rules by which cases are shared out, and what they did or would do. */
export function AllocationListPage(): ReactNode {
  const { t } = useTranslation();
  const columns = useColumns();
  const pages = usePages(['allocations'], (cursor, signal) =>
    take(collections.GET('/v1/allocations', { params: { query: { limit: 50, ...(cursor !== undefined && { cursor }) } }, signal })),
  );
  return (
    <>
      <PageHeader title={t('portfolio.tab.allocations')} lead={t('portfolio.allocation.lead')} />
      <PortfolioTabs />
      <Rules />
      {pages.error ? (
        <ProblemAlert error={pages.error} onRetry={pages.retry} />
      ) : (
        <>
          <DataTable
            label={t('portfolio.allocation.list')}
            columns={columns}
            rows={pages.items}
            rowKey={({ id }) => id}
            isLoading={pages.isLoading}
            empty={{ title: t('portfolio.allocation.none'), help: t('portfolio.allocation.noneHelp') }}
          />
          <MoreRows {...pages.more} />
        </>
      )}
    </>
  );
}
