import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useName } from '../../i18n/use-name.ts';
import { PageLoading } from '../../shell/page-loading.tsx';
import { Instant } from '../../ui/instant.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { usePerson } from '../../ui/use-person.ts';
import { useAgencyName } from '../../ui/use-agency-name.ts';
import { taskQuery, type TaskWithHistory } from './api.ts';
import { Due, DueTag, Matter, placeOf } from './task-bits.tsx';
import { TaskMoves } from './task-moves.tsx';

interface Props {
  readonly task: TaskWithHistory;
}

const isPlain = (value: unknown): value is string | number | boolean => ['string', 'number', 'boolean'].includes(typeof value);

function About({ task }: Props): ReactNode {
  const { t } = useTranslation();
  const name = useName();
  const person = usePerson();
  const nameOf = useAgencyName();
  const details = Object.entries(task.detail).flatMap(([field, value]) =>
    isPlain(value) ? [{ label: name('task.detail', field), value: String(value) }] : [],
  );
  return (
    <Section title={t('task.page.about')}>
      <Facts
        items={[
          { label: t('task.column.matter'), value: <Matter task={task} /> },
          ...(task.agencyId === null ? [] : [{ label: t('task.column.agency'), value: nameOf(task.agencyId) }]),
          ...details,
          { label: t('task.page.role'), value: name('shell.role', task.role) },
          { label: t('task.column.person'), value: task.person === null ? t('task.page.nobody') : person(task.person) },
          { label: t('task.page.openedAt'), value: <Instant at={task.openedAt} timeZone={READER_ZONE} /> },
          { label: t('task.column.dueAt'), value: <Due task={task} /> },
          ...(task.firstDueAt === null
            ? []
            : [{ label: t('task.page.firstDueAt'), value: <Instant at={task.firstDueAt} timeZone={READER_ZONE} /> }]),
          ...(task.doneAt === null
            ? []
            : [
                { label: t('task.page.doneAt'), value: <Instant at={task.doneAt} timeZone={READER_ZONE} /> },
                { label: t('task.page.doneBy'), value: task.doneBy === null ? '–' : person(task.doneBy) },
              ]),
        ]}
      />
    </Section>
  );
}

function History({ task }: Props): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const said = ({ action, detail }: TaskWithHistory['history'][number]): string | null => {
    if (action === 'task-extended')
      return t('task.history.extended', { from: String(detail.from ?? '').slice(0, 16), to: String(detail.to ?? '').slice(0, 16) });
    if (action === 'task-handed-over' && typeof detail.toPerson === 'string')
      return t('task.history.to', { person: person(detail.toPerson) });
    return null;
  };
  return (
    <Section title={t('task.history.title')}>
      <ul className="fb-history">
        {task.history.map((act) => (
          <li key={`${act.at} ${act.action}`}>
            <strong>{t(`task.action.${act.action}`)}</strong>
            <p>
              {person(act.by)} · <Instant at={act.at} timeZone={READER_ZONE} />
            </p>
            {said(act) && <p>{said(act)}</p>}
            {act.reason !== null && <p className="fb-soft">{act.reason}</p>}
          </li>
        ))}
        <li>
          <strong>{t('task.history.opened')}</strong>
          <p>
            <Instant at={task.openedAt} timeZone={READER_ZONE} />
          </p>
        </li>
      </ul>
      {task.remindedAt && (
        <p className="fb-soft">
          {t('task.history.reminded')} <Instant at={task.remindedAt} timeZone={READER_ZONE} />
        </p>
      )}
      {task.escalatedAt && (
        <p className="fb-soft">
          {t('task.history.escalated')} <Instant at={task.escalatedAt} timeZone={READER_ZONE} />
        </p>
      )}
    </Section>
  );
}

/** One task: what it is about, who has it, until when, and what was done with it. */
export function TaskPage(): ReactNode {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data: task, error, refetch } = useQuery(taskQuery(id));
  const back = { to: '/tasks', label: t('task.title') };
  if (error) {
    return (
      <>
        <PageHeader title={t('task.title')} back={back} />
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  if (!task) return <PageLoading />;
  const place = placeOf(task);
  return (
    <>
      <PageHeader
        title={t(`task.kind.${task.kind}`)}
        back={back}
        aside={<DueTag task={task} />}
        actions={
          <>
            {place !== null && (
              <LinkButton to={place} type="primary">
                {t('task.page.go')}
              </LinkButton>
            )}
            <TaskMoves task={task} />
          </>
        }
      />
      <div className="fb-columns">
        <About task={task} />
        <History task={task} />
      </div>
    </>
  );
}
