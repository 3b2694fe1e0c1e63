import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Choice } from '../../../ui/choice.tsx';
import { DataTable, MoreRows } from '../../../ui/data-table.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { usePages } from '../../../ui/use-pages.ts';
import { localTime } from '../dates.ts';
import { HandlingTabs } from '../handling/tabs.tsx';
import { AddressSection } from './address-section.tsx';
import { listMails, type MailItem, type Which } from './api.ts';
import { MailState } from './mail-bits.tsx';

const REFRESH_MS = 15_000;
const LISTS: readonly Which[] = ['waiting', 'settled', 'all'];

/** Mails that came in, those that wait for a person first. */
export function MailsPage(): ReactNode {
  const { t } = useTranslation();
  const [which, setWhich] = useState<Which>('waiting');
  const pages = usePages(['complaints', 'mails', which], (cursor, signal) => listMails(which, cursor, signal), {
    refetchInterval: REFRESH_MS,
  });
  return (
    <>
      <PageHeader title={t('publicPage.mails.title')} lead={t('publicPage.mails.lead')} />
      <HandlingTabs />
      <Choice
        label={t('publicPage.mails.which')}
        value={which}
        onChange={setWhich}
        options={LISTS.map((value) => ({ value, label: t(`publicPage.mails.lists.${value}`) }))}
      />
      {pages.error && <ProblemAlert error={pages.error} onRetry={pages.retry} />}
      <DataTable<MailItem>
        label={t('publicPage.mails.title')}
        rows={pages.items}
        rowKey={({ id }) => id}
        isLoading={pages.isLoading}
        empty={{ title: t('publicPage.mails.empty'), help: t('publicPage.mails.emptyHelp') }}
        columns={[
          {
            key: 'subject',
            title: t('publicPage.mails.subject'),
            onCard: 'head',
            render: ({ id, subject }) => <Link to={`/complaints/mails/${id}`}>{subject || t('publicPage.mails.unknown')}</Link>,
          },
          { key: 'from', title: t('publicPage.mails.from'), render: ({ from }) => from ?? '–' },
          { key: 'received', title: t('publicPage.mails.receivedAt'), render: ({ receivedAt }) => localTime(receivedAt) },
          { key: 'files', title: t('publicPage.mails.files'), render: ({ attachments }) => attachments },
          {
            key: 'complaint',
            title: t('publicPage.mails.complaint'),
            render: ({ complaintId, complaintNumber }) =>
              complaintId === null ? '–' : <Link to={`/complaints/${complaintId}`}>{complaintNumber}</Link>,
          },
          { key: 'state', title: t('publicPage.mails.state'), onCard: 'corner', render: (mail) => <MailState mail={mail} /> },
        ]}
      />
      <MoreRows {...pages.more} />
      <AddressSection />
    </>
  );
}
