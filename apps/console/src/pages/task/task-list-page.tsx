import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useLanguage } from '../../i18n/index.ts';
import { useSession } from '../../session/session.ts';
import { Choice } from '../../ui/choice.tsx';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { formatCount } from '../../ui/numbers.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { usePerson } from '../../ui/use-person.ts';
import { useAgencyName } from '../../ui/use-agency-name.ts';
import { BUCKETS, countsQuery, listTasks, TASKS, WHOSE, type Task, type TaskFilter } from './api.ts';
import { Due, DueTag, Matter, TaskTabs } from './task-bits.tsx';
import { useKinds } from './use-kinds.ts';

const REFRESH_MS = 30_000;
const STATES = ['open', 'done'] as const;

function readFilter(search: URLSearchParams): TaskFilter {
  const [whose, due, state] = [
    WHOSE.find((each) => each === search.get('whose')),
    BUCKETS.find((each) => each === search.get('due')),
    STATES.find((each) => each === search.get('state')),
  ];
  const kind = search.get('kind') as TaskFilter['kind'] | null;
  const agencyId = search.get('agencyId');
  return { ...(whose && { whose }), ...(due && { due }), ...(state && { state }), ...(kind && { kind }), ...(agencyId && { agencyId }) };
}

interface FilterProps {
  readonly filter: TaskFilter;
  readonly set: (name: string, value: string) => void;
}

/** Who has nobody below sees no team. */
const useWhose = (): readonly (typeof WHOSE)[number][] => {
  const { roles } = useSession();
  return roles.every((role) => ['agent', 'complaint-handler', 'integration'].includes(role)) ? ['role', 'mine'] : WHOSE;
};

function Buckets({ filter, set }: FilterProps): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const { due: _due, state: _state, ...of } = filter;
  const { data } = useQuery({ ...countsQuery(of), refetchInterval: REFRESH_MS });
  if (filter.state === 'done') return null;
  return (
    <div className="fb-task-buckets" role="group" aria-label={t('task.bucketsLabel')}>
      {BUCKETS.map((bucket) => (
        <button
          key={bucket}
          type="button"
          className={`fb-task-bucket${bucket === 'overdue' && data?.overdue ? ' fb-task-bucket-overdue' : ''}`}
          aria-pressed={filter.due === bucket}
          onClick={() => set('due', filter.due === bucket ? '' : bucket)}
        >
          <span>{t(`task.bucket.${bucket}`)}</span>
          <strong>{data ? formatCount(data[bucket], language) : '–'}</strong>
        </button>
      ))}
    </div>
  );
}

function Filters({ filter, set }: FilterProps): ReactNode {
  const { t } = useTranslation();
  const whose = useWhose();
  const kinds = useKinds();
  return (
    <div className="fb-row fb-list-filter">
      <Choice
        label={t('task.whoseLabel')}
        value={filter.whose ?? 'role'}
        onChange={(value) => set('whose', value)}
        options={whose.map((value) => ({ value, label: t(`task.whose.${value}`) }))}
      />
      <Choice
        label={t('task.stateLabel')}
        value={filter.state ?? 'open'}
        onChange={(value) => set('state', value)}
        options={STATES.map((value) => ({ value, label: t(`task.state.${value}`) }))}
      />
      <Select
        className="fb-select"
        aria-label={t('task.kindLabel')}
        value={filter.kind ?? ''}
        onChange={(value: string) => set('kind', value)}
        options={[{ value: '', label: `${t('task.kindLabel')}: ${t('common.all')}` }, ...kinds]}
      />
    </div>
  );
}

function useColumns(): Column<Task>[] {
  const { t } = useTranslation();
  const person = usePerson();
  const nameOf = useAgencyName();
  return [
    {
      key: 'kind',
      title: t('task.column.kind'),
      onCard: 'head',
      render: ({ id, kind }) => <Link to={`/tasks/${id}`}>{t(`task.kind.${kind}`)}</Link>,
    },
    { key: 'due', title: t('task.column.state'), onCard: 'corner', render: (task) => <DueTag task={task} /> },
    { key: 'matter', title: t('task.column.matter'), render: (task) => <Matter task={task} /> },
    { key: 'dueAt', title: t('task.column.dueAt'), render: (task) => <Due task={task} /> },
    {
      key: 'person',
      title: t('task.column.person'),
      render: (task) => {
        const who = task.doneBy ?? task.person;
        return who === null ? (
          <span className="fb-soft">{t('task.nobody', { role: t(`shell.role.${task.role as 'agent'}`) })}</span>
        ) : (
          person(who)
        );
      },
    },
    {
      key: 'agency',
      title: t('task.column.agency'),
      render: ({ agencyId }) => (agencyId === null ? <span className="fb-soft">–</span> : nameOf(agencyId)),
    },
  ];
}

/** What is to be done, the most urgent first. */
export function TaskListPage(): ReactNode {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const filter = readFilter(search);
  const columns = useColumns();
  const list = usePages([...TASKS, 'list', filter], (cursor, signal) => listTasks(filter, cursor, signal), { refetchInterval: REFRESH_MS });
  const set = (name: string, value: string): void => {
    const next = new URLSearchParams(search);
    if (value === '') next.delete(name);
    else next.set(name, value);
    if (name === 'state') next.delete('due');
    setSearch(next, { replace: true });
  };
  return (
    <>
      <PageHeader title={t('task.title')} lead={t('task.lead')} />
      <TaskTabs />
      <Buckets filter={filter} set={set} />
      <Filters filter={filter} set={set} />
      {list.error && <ProblemAlert error={list.error} onRetry={list.retry} />}
      {!list.error && (
        <DataTable
          label={t('task.title')}
          columns={columns}
          rows={list.items}
          rowKey={({ id }) => id}
          isLoading={list.isLoading}
          empty={filter.state === 'done' ? { title: t('task.emptyDone') } : { title: t('task.empty'), help: t('task.emptyHelp') }}
        />
      )}
      <MoreRows {...list.more} />
    </>
  );
}
