import { Button, Checkbox } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { collections, take } from '../../api/client.ts';
import { may, useSession } from '../../session/session.ts';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { usePerson } from '../../ui/use-person.ts';
import { useAgencyName } from '../../ui/use-agency-name.ts';
import { NoticeDrawer, PlacedTag } from './entrust-drawers.tsx';
import { PortfolioTabs } from './tabs.tsx';
import type { ProposalView } from './wire.ts';

function useColumns(chosen: ReadonlySet<string>, onChoose: (caseId: string) => void): Column<ProposalView>[] {
  const { t } = useTranslation();
  const person = usePerson();
  const nameOf = useAgencyName();
  return [
    {
      key: 'case',
      title: t('cases.column.case'),
      onCard: 'head',
      render: ({ caseId, state }) => (
        <>
          {state === 'awaiting-notice' && (
            <Checkbox checked={chosen.has(caseId)} onChange={() => onChoose(caseId)} aria-label={t('portfolio.choose', { id: caseId })} />
          )}{' '}
          <Link to={`/cases/${encodeURIComponent(caseId)}`}>{caseId}</Link>
        </>
      ),
    },
    { key: 'agency', title: t('portfolio.agency'), render: ({ agencyId }) => nameOf(agencyId) },
    { key: 'by', title: t('portfolio.proposedBy'), render: ({ proposedBy }) => person(proposedBy) },
    { key: 'at', title: t('portfolio.proposedAt'), render: ({ proposedAt }) => <Instant at={proposedAt} /> },
    {
      key: 'ready',
      title: t('portfolio.readyAt'),
      render: ({ readyAt }) => (readyAt === null ? t('common.none') : <Instant at={readyAt} />),
    },
    { key: 'state', title: t('cases.column.state'), onCard: 'corner', render: ({ state }) => <PlacedTag state={state} /> },
  ];
}

/** Cases on their way to agencies. */
export function WaitingPage(): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isTelling, setIsTelling] = useState(false);
  const choose = (caseId: string): void =>
    setChosen((before) => (before.has(caseId) ? new Set([...before].filter((one) => one !== caseId)) : new Set([...before, caseId])));
  const columns = useColumns(chosen, choose);
  const pages = usePages(['waiting'], (cursor, signal) =>
    take(
      collections.GET('/v1/entrustments/pending', { params: { query: { limit: 50, ...(cursor !== undefined && { cursor }) } }, signal }),
    ),
  );
  const mayTell = may(session, 'collections.noteReferrals');
  return (
    <>
      <PageHeader
        title={t('portfolio.tab.waiting')}
        lead={t('portfolio.waitingLead')}
        actions={
          <>
            <LinkButton to="/cases?takeBack=true">{t('portfolio.takeBack')}</LinkButton>
            {mayTell && (
              <Button type="primary" disabled={chosen.size === 0} onClick={() => setIsTelling(true)}>
                {t('portfolio.notice.title', { count: chosen.size })}
              </Button>
            )}
          </>
        }
      />
      <PortfolioTabs />
      {pages.error ? (
        <ProblemAlert error={pages.error} onRetry={pages.retry} />
      ) : (
        <>
          <DataTable
            label={t('portfolio.tab.waiting')}
            columns={columns}
            rows={pages.items}
            rowKey={({ id }) => id}
            isLoading={pages.isLoading}
            empty={{ title: t('portfolio.noneWaiting'), help: t('portfolio.noneWaitingHelp') }}
          />
          <MoreRows {...pages.more} />
        </>
      )}
      {isTelling && (
        <NoticeDrawer
          caseIds={[...chosen]}
          onClose={() => {
            setIsTelling(false);
            setChosen(new Set());
          }}
        />
      )}
    </>
  );
}
