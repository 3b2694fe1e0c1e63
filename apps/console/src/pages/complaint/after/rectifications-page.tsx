import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Choice } from '../../../ui/choice.tsx';
import { DataTable, MoreRows } from '../../../ui/data-table.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { usePages } from '../../../ui/use-pages.ts';
import { HandlingTabs } from '../handling/tabs.tsx';
import { useAfterWord } from './after-bits.tsx';
import { listRectifications, type RectificationItem } from './api.ts';

/** Measures by when they are due. */
export function RectificationsPage(): ReactNode {
  const { t } = useTranslation();
  const word = useAfterWord();
  const [which, setWhich] = useState<'open' | 'over'>('open');
  const pages = usePages(['after', 'rectifications', which], (cursor, signal) => listRectifications(which === 'open', cursor, signal));
  return (
    <>
      <PageHeader title={t('after.tab.rectifications')} lead={t('after.rectificationsLead')} />
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
      <DataTable<RectificationItem>
        label={t('after.tab.rectifications')}
        rows={pages.items}
        rowKey={({ id }) => id}
        isLoading={pages.isLoading}
        empty={{ title: t('after.noRectifications'), help: t('after.noRectificationsHelp') }}
        columns={[
          {
            key: 'title',
            title: t('after.field.title'),
            onCard: 'head',
            render: (row) => <Link to={`/complaints/rectifications/${row.id}`}>{row.title}</Link>,
          },
          { key: 'cause', title: t('after.field.cause'), render: (row) => `${word('cause', row.causeKind)} ${row.objectRef ?? ''}` },
          { key: 'owner', title: t('after.field.owner'), render: ({ owner }) => owner },
          { key: 'steps', title: t('after.field.steps'), render: (row) => `${row.stepsDone} / ${row.steps}` },
          { key: 'due', title: t('after.due'), render: ({ dueOn }) => dueOn },
          {
            key: 'state',
            title: t('after.state'),
            onCard: 'corner',
            render: (row) => (
              <StateTag tone={row.overdue ? 'bad' : row.state === 'effective' ? 'good' : 'busy'}>
                {word('rectification', row.state)}
              </StateTag>
            ),
          },
        ]}
      />
      <MoreRows {...pages.more} />
    </>
  );
}
