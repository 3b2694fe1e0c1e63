import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../../../session/session.ts';
import { Loaded } from '../after/after-bits.tsx';
import { localTime } from '../dates.ts';
import type { Complaint } from '../wire.ts';
import { listMailsOf } from './api.ts';

/** The mails of a complaint, where there are any. */
export function MailSection({ complaint }: { readonly complaint: Complaint }): ReactNode {
  const { t } = useTranslation();
  const isRead = useMay('complaints.listMails');
  const query = useQuery({
    queryKey: ['complaints', 'mails-of', complaint.id],
    queryFn: ({ signal }) => listMailsOf(complaint.id, signal),
    enabled: isRead,
  });
  if (!isRead || (query.data?.items.length === 0 && !query.error)) return null;
  return (
    <Loaded title={t('publicPage.mails.ofComplaint')} query={query}>
      {({ items }) => (
        <ul className="fb-plain">
          {items.map(({ id, subject, from, receivedAt }) => (
            <li key={id}>
              <Link to={`/complaints/mails/${id}`}>{subject || t('publicPage.mails.unknown')}</Link>{' '}
              <span className="fb-soft">{`${from ?? ''} · ${localTime(receivedAt)}`}</span>
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  );
}
