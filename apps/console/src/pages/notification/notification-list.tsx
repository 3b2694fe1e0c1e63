import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from 'antd';
import { Instant } from '../../ui/instant.tsx';
import { StateTag, type Tone } from '../../ui/state-tag.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import type { Notice, Notification, Told } from './api.ts';
import './notification.css';

export interface NotificationListProps {
  readonly items: readonly Told[];
  readonly onRead: (items: readonly Told[]) => void;
  /** Where it stands in the bell: no buttons, a step leads to what it is about. */
  readonly onGo?: () => void;
}

const TONES: Readonly<Record<Notification['kind'] | Notice['kind'], Tone>> = {
  'due-in-5': 'busy',
  'due-in-3': 'wait',
  'due-in-1': 'wait',
  'due-today': 'wait',
  'overdue-supervisor': 'bad',
  'overdue-head-office': 'bad',
  'review-due-in-3': 'wait',
  'review-overdue': 'bad',
  'review-overdue-head-office': 'bad',
  'rectification-due-in-3': 'wait',
  'rectification-overdue': 'bad',
  'rectification-overdue-head-office': 'bad',
  'callback-due-in-3': 'wait',
  'callback-overdue': 'bad',
  'callback-overdue-head-office': 'bad',
  'low-score-due-in-3': 'wait',
  'low-score-overdue': 'bad',
  'low-score-overdue-head-office': 'bad',
  'stage-reminder': 'wait',
  'stage-overdue': 'bad',
  'work-reminder': 'wait',
  'work-overdue': 'bad',
  'note-mention': 'busy',
  'complainant-added': 'busy',
  'major-alarm': 'wait',
  'major-report-due': 'wait',
  'major-report-overdue': 'bad',
  'major-step-overdue': 'bad',
  'task-due-soon': 'wait',
  'task-overdue': 'bad',
  'task-escalated': 'bad',
  'task-handed-over': 'busy',
};

interface Words {
  readonly kind: string;
  readonly title: string;
  readonly about: ReactNode;
  readonly to: string;
}

function useWords(): (item: Told) => Words {
  const { t } = useTranslation();
  return (item) => {
    if (item.source === 'complaints') {
      const { kind, subject, complaintId, complaintNumber, dueOn } = item;
      return {
        kind: t(`clock.milestone.${kind}`),
        title: subject,
        about: `${complaintNumber} · ${t('notification.due', { date: dueOn })}`,
        to: `/complaints/${complaintId}`,
      };
    }
    const { kind, taskKind, taskId, caseId, resource, dueAt } = item;
    return {
      kind: t(`notification.kind.${kind}`),
      title: t(`task.kind.${taskKind}`),
      about: (
        <>
          {caseId ?? resource.slice(resource.indexOf('/') + 1)} · {t('notification.dueAt')}{' '}
          <Instant at={dueAt} timeZone={READER_ZONE} withRelative={false} />
        </>
      ),
      to: `/tasks/${taskId}`,
    };
  };
}

/** Notifications, newest first; each leads to what it is about and is read by that. */
export function NotificationList({ items, onRead, onGo }: NotificationListProps): ReactNode {
  const { t } = useTranslation();
  const wordsOf = useWords();
  return (
    <ul className="fb-notices" aria-label={t('notification.title')}>
      {items.map((item) => {
        const { kind, title, about, to } = wordsOf(item);
        return (
          <li key={item.id} className={item.readAt === null ? 'fb-notice fb-notice-unread' : 'fb-notice'}>
            <div className="fb-notice-head">
              <StateTag tone={TONES[item.kind]}>{kind}</StateTag>
              {item.readAt === null && <span className="fb-notice-new">{t('notification.isUnread')}</span>}
              {!onGo && item.readAt === null && (
                <Button size="small" className="fb-notice-read" onClick={() => onRead([item])}>
                  {t('notification.read')}
                </Button>
              )}
            </div>
            <Link
              to={to}
              onClick={() => {
                if (item.readAt === null) onRead([item]);
                onGo?.();
              }}
            >
              {title}
            </Link>
            <p className="fb-soft">
              {about} · <Instant at={item.createdAt} timeZone={READER_ZONE} />
            </p>
          </li>
        );
      })}
    </ul>
  );
}
