import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink } from 'react-router';
import { useMay } from '../../session/session.ts';
import { Countdown, Instant } from '../../ui/instant.tsx';
import { StateTag, type Tone } from '../../ui/state-tag.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import type { Task } from './api.ts';
import './task.css';

type About = Pick<Task, 'resource' | 'caseId'>;

// The pages of what a task may be about, by the first part of its name; a room whose tasks lead somewhere adds a line.
const PLACES: Readonly<Record<string, (id: string) => string>> = {
  agency: (id) => `/agencies/${encodeURIComponent(id)}`,
  case: (id) => `/cases/${encodeURIComponent(id)}`,
  'quality-review': (id) => `/quality/reviews/${id}`,
  'quality-sample': (id) => `/quality/results/${id}`,
};

/** Where the work of a task is done, if there is a page for it. */
export function placeOf({ resource, caseId }: About): string | null {
  const cut = resource.indexOf('/');
  const place = PLACES[resource.slice(0, cut)];
  if (place) return place(resource.slice(cut + 1));
  return caseId === null ? null : `/cases/${encodeURIComponent(caseId)}`;
}

/** What it is about, as a link where there is a page. */
export function Matter({ task }: { readonly task: About }): ReactNode {
  const to = placeOf(task);
  const name = task.caseId ?? task.resource.slice(task.resource.indexOf('/') + 1);
  return to === null ? <span className="fb-task-matter">{name}</span> : <Link to={to}>{name}</Link>;
}

const TONES: Readonly<Record<NonNullable<Task['due']>, Tone>> = { overdue: 'bad', day: 'wait', week: 'busy', later: 'quiet' };

/** How much time is left; of one that is done, whether it was in time. */
export function DueTag({ task }: { readonly task: Task }): ReactNode {
  const { t } = useTranslation();
  if (task.due) return <StateTag tone={TONES[task.due]}>{t(`task.bucket.${task.due}`)}</StateTag>;
  return <StateTag tone={task.late ? 'bad' : 'good'}>{task.late ? t('task.doneLate') : t('task.doneInTime')}</StateTag>;
}

export function Due({ task }: { readonly task: Task }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Instant at={task.dueAt} timeZone={READER_ZONE} withRelative={task.due !== null && task.due !== 'day'} />
      {task.due === 'day' && (
        <div>
          <Countdown until={task.dueAt} over={t('task.bucket.overdue')} />
        </div>
      )}
      {task.firstDueAt && <div className="fb-soft">{t('task.wasMoved')}</div>}
    </>
  );
}

/** The pages of the room. */
export function TaskTabs(): ReactNode {
  const { t } = useTranslation();
  const maySet = useMay('collections.setTaskLimits');
  const tabs = [
    { to: '/tasks', label: t('task.tab.list') },
    { to: '/tasks/punctuality', label: t('task.tab.punctuality') },
    { to: '/tasks/limits', label: maySet ? t('task.tab.setLimits') : t('task.tab.limits') },
  ];
  return (
    <nav className="fb-room-tabs" aria-label={t('task.tab.label')}>
      {tabs.map(({ to, label }) => (
        <NavLink key={to} to={to} end>
          {label}
        </NavLink>
      ))}
    </nav>
  );
}
