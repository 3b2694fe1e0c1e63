import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useMay } from '../../../session/session.ts';
import { Choice } from '../../../ui/choice.tsx';
import { DataTable, MoreRows, type Column } from '../../../ui/data-table.tsx';
import { LinkButton } from '../../../ui/link-button.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { usePages } from '../../../ui/use-pages.ts';
import { localTime } from '../dates.ts';
import { HandlingTabs } from '../handling/tabs.tsx';
import { listSuspected, SORTING, STANDINGS, type BadFaithItem } from './api.ts';
import { TONE_OF } from './bad-faith-section.tsx';

/** Complaints that people are asked to look at, the highest score first. */
export function SuspectedPage(): ReactNode {
  const { t } = useTranslation();
  const [query, setQuery] = useSearchParams();
  const maySeeSettings = useMay('complaints.findBadFaithSettings');
  const standing = STANDINGS.find((each) => each === query.get('standing'));
  const list = usePages([...SORTING, 'suspected', standing], (cursor, signal) => listSuspected(standing, cursor, signal));
  const columns: Column<BadFaithItem>[] = [
    {
      key: 'number',
      title: t('sorting.suspected.number'),
      onCard: 'head',
      render: ({ complaintId, number }) => <Link to={`/complaints/${complaintId}`}>{number}</Link>,
    },
    { key: 'score', title: t('sorting.suspected.score'), align: 'end', render: ({ score }) => <strong>{score}</strong> },
    {
      key: 'signals',
      title: t('sorting.suspected.signals'),
      render: ({ signals }) =>
        signals.map(({ signal, points }) => `${t(`sorting.badFaith.signal.${signal}`)} ${points}`).join(t('common.listSeparator')) || '–',
    },
    { key: 'received', title: t('sorting.suspected.received'), render: ({ receivedAt }) => localTime(receivedAt) },
    {
      key: 'state',
      title: t('sorting.suspected.state'),
      onCard: 'corner',
      render: (item) => <StateTag tone={TONE_OF[item.standing]}>{t(`sorting.badFaith.standing.${item.standing}`)}</StateTag>,
    },
  ];
  return (
    <>
      <PageHeader
        title={t('sorting.suspected.title')}
        lead={t('sorting.suspected.lead')}
        actions={maySeeSettings && <LinkButton to="/complaints/bad-faith-signals">{t('sorting.suspected.settings')}</LinkButton>}
      />
      <HandlingTabs />
      <Alert className="fb-problem" type="info" showIcon title={t('sorting.badFaith.right')} />
      <div className="fb-row fb-list-filter">
        <Choice
          label={t('sorting.suspected.standing')}
          value={standing ?? 'all'}
          onChange={(value) => setQuery(value === 'all' ? {} : { standing: value }, { replace: true })}
          options={[
            { value: 'all', label: t('sorting.suspected.all') },
            ...STANDINGS.map((value) => ({ value, label: t(`sorting.badFaith.standing.${value}`) })),
          ]}
        />
      </div>
      {list.error && <ProblemAlert error={list.error} onRetry={list.retry} />}
      {!list.error && (
        <DataTable
          label={t('sorting.suspected.title')}
          columns={columns}
          rows={list.items}
          rowKey={({ complaintId }) => complaintId}
          isLoading={list.isLoading}
          empty={{ title: t('sorting.suspected.empty'), help: t('sorting.suspected.emptyHelp') }}
        />
      )}
      <MoreRows {...list.more} />
    </>
  );
}
