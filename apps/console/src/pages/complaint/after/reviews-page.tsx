import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Choice } from '../../../ui/choice.tsx';
import { DataTable, MoreRows } from '../../../ui/data-table.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { usePages } from '../../../ui/use-pages.ts';
import { usePerson } from '../../../ui/use-person.ts';
import { HandlingTabs } from '../handling/tabs.tsx';
import { useAfterWord } from './after-bits.tsx';
import { listReviews, type ReviewItem } from './api.ts';

/** Reviews by when they are due. */
export function ReviewsPage(): ReactNode {
  const { t } = useTranslation();
  const word = useAfterWord();
  const person = usePerson();
  const [which, setWhich] = useState<'open' | 'over'>('open');
  const pages = usePages(['after', 'reviews', which], (cursor, signal) => listReviews(which === 'open', cursor, signal));
  return (
    <>
      <PageHeader title={t('after.tab.reviews')} lead={t('after.reviewsLead')} />
      <HandlingTabs />
      <Choice
        label={t('after.which')}
        value={which}
        onChange={setWhich}
        options={[
          { value: 'open', label: t('after.open') },
          { value: 'over', label: t('after.over') },
        ]}
      />
      {pages.error && <ProblemAlert error={pages.error} onRetry={pages.retry} />}
      <DataTable<ReviewItem>
        label={t('after.tab.reviews')}
        rows={pages.items}
        rowKey={({ id }) => id}
        isLoading={pages.isLoading}
        empty={{ title: t('after.noReviews'), help: t('after.noReviewsHelp') }}
        columns={[
          {
            key: 'number',
            title: t('after.number'),
            onCard: 'head',
            render: (row) => <Link to={`/complaints/${row.complaintId}`}>{row.complaintNumber}</Link>,
          },
          { key: 'subject', title: t('after.subject'), render: ({ subject }) => subject || '–' },
          { key: 'due', title: t('after.due'), render: ({ dueOn }) => dueOn },
          { key: 'reviewer', title: t('after.reviewer'), render: ({ reviewer }) => (reviewer === null ? '–' : person(reviewer)) },
          {
            key: 'state',
            title: t('after.state'),
            onCard: 'corner',
            render: (row) => (
              <StateTag tone={row.overdue ? 'bad' : row.state === 'told' ? 'good' : 'busy'}>{word('reviewState', row.state)}</StateTag>
            ),
          },
        ]}
      />
      <MoreRows {...pages.more} />
    </>
  );
}
