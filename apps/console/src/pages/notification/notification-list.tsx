import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from 'antd';
import { Instant } from '../../ui/instant.tsx';
import { StateTag, type Tone } from '../../ui/state-tag.tsx';
import type { Notification } from './api.ts';
import './notification.css';

export interface NotificationListProps {
  readonly items: readonly Notification[];
  readonly onRead: (ids: readonly string[]) => void;
  /** Where it stands in the bell: no buttons, a step leads to the complaint. */
  readonly onGo?: () => void;
}

const TONES: Readonly<Record<Notification['kind'], Tone>> = {
  'due-in-5': 'busy',
  'due-in-3': 'wait',
  'due-in-1': 'wait',
  'due-today': 'wait',
  'overdue-supervisor': 'bad',
  'overdue-head-office': 'bad',
};

/** Notifications, newest first; each leads to its complaint and is read by that. */
export function NotificationList({ items, onRead, onGo }: NotificationListProps): ReactNode {
  const { t } = useTranslation();
  return (
    <ul className="fb-notices" aria-label={t('notification.title')}>
      {items.map(({ id, kind, complaintId, complaintNumber, subject, dueOn, createdAt, readAt }) => (
        <li key={id} className={readAt === null ? 'fb-notice fb-notice-unread' : 'fb-notice'}>
          <div className="fb-notice-head">
            <StateTag tone={TONES[kind]}>{t(`clock.milestone.${kind}`)}</StateTag>
            {readAt === null && <span className="fb-notice-new">{t('notification.isUnread')}</span>}
            {!onGo && readAt === null && (
              <Button size="small" className="fb-notice-read" onClick={() => onRead([id])}>
                {t('notification.read')}
              </Button>
            )}
          </div>
          <Link
            to={`/complaints/${complaintId}`}
            onClick={() => {
              if (readAt === null) onRead([id]);
              onGo?.();
            }}
          >
            {subject}
          </Link>
          <p className="fb-soft">
            {complaintNumber} · {t('notification.due', { date: dueOn })} · <Instant at={createdAt} timeZone="Asia/Shanghai" />
          </p>
        </li>
      ))}
    </ul>
  );
}
