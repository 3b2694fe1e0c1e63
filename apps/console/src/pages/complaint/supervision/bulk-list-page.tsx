import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLanguage } from '../../../i18n/index.ts';
import { useMay } from '../../../session/session.ts';
import { DataTable, MoreRows, type Column } from '../../../ui/data-table.tsx';
import { formatCount } from '../../../ui/numbers.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { usePages } from '../../../ui/use-pages.ts';
import { usePerson } from '../../../ui/use-person.ts';
import { listBulks, SUPERVISION, type Bulk } from './api.ts';
import { ProposeBulk } from './propose-bulk.tsx';
import { HandlingTabs } from '../handling/tabs.tsx';

const REFRESH_MS = 15_000;

/** What is done to many at once. */
export function BulkListPage(): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const person = usePerson();
  const mayPropose = useMay('complaints.proposeBulk');
  const [isOpen, setOpen] = useState(false);
  const list = usePages([...SUPERVISION, 'bulks'], listBulks, { refetchInterval: REFRESH_MS });
  const columns: Column<Bulk>[] = [
    {
      key: 'action',
      title: t('supervision.bulk.action'),
      onCard: 'head',
      render: ({ id, action }) => <Link to={`/complaints/bulks/${id}`}>{t(`supervision.bulk.actions.${action}`)}</Link>,
    },
    { key: 'count', title: t('supervision.bulk.count'), align: 'end', render: ({ count }) => formatCount(count, language) },
    { key: 'by', title: t('supervision.bulk.proposedBy'), render: ({ proposedBy }) => person(proposedBy) },
    { key: 'note', title: t('supervision.bulk.note'), render: ({ note }) => note ?? '–' },
    { key: 'state', title: t('supervision.bulk.state'), onCard: 'corner', render: ({ state }) => t(`supervision.bulk.states.${state}`) },
  ];
  return (
    <>
      <PageHeader
        title={t('supervision.bulk.title')}
        lead={t('supervision.bulk.lead')}
        actions={
          mayPropose && (
            <Button type="primary" onClick={() => setOpen(true)}>
              {t('supervision.bulk.propose')}
            </Button>
          )
        }
      />
      <HandlingTabs />
      {list.error && <ProblemAlert error={list.error} onRetry={list.retry} />}
      {!list.error && (
        <DataTable
          label={t('supervision.bulk.title')}
          columns={columns}
          rows={list.items}
          rowKey={({ id }) => id}
          isLoading={list.isLoading}
          empty={{ title: t('supervision.bulk.empty'), help: t('supervision.bulk.emptyHelp') }}
        />
      )}
      <MoreRows {...list.more} />
      {isOpen && <ProposeBulk onClose={() => setOpen(false)} />}
    </>
  );
}
