import { Checkbox } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay, useSession } from '../../../session/session.ts';
import { Choice } from '../../../ui/choice.tsx';
import { MoreRows } from '../../../ui/data-table.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { usePages } from '../../../ui/use-pages.ts';
import { listTasks, type Task, type TaskFilter } from './api.ts';
import './handling.css';
import { HandlingTabs } from './tabs.tsx';
import { TaskCard } from './task-card.tsx';

const FILTERS = ['open', 'overdue', 'answered', 'all'] as const;
type FilterName = (typeof FILTERS)[number];
const REFRESH_MS = 30_000;
const SUPERVISES = ['complaint-supervisor', 'head-office-approver', 'compliance', 'admin'];

const filterOf = (name: FilterName): TaskFilter => {
  if (name === 'all') return {};
  return name === 'overdue' ? { overdue: true } : { state: name };
};

function Head({ task }: { readonly task: Task }): ReactNode {
  const may = useMay('complaints.findComplaint');
  return may ? <Link to={`/complaints/${task.complaintId}`}>{task.complaintNumber}</Link> : <span>{task.complaintNumber}</span>;
}

/** What my agency or my unit is asked, and what I asked. */
export function MyTasksPage(): ReactNode {
  const { t } = useTranslation();
  const { agencyId, roles } = useSession();
  const supervises = agencyId === null && roles.some((role) => SUPERVISES.includes(role));
  const [name, setName] = useState<FilterName>('open');
  const [all, setAll] = useState(supervises);
  const filter = { ...filterOf(name), ...(supervises && all && { all }) };
  const tasks = usePages(['complaints', 'my-tasks', filter], (cursor, signal) => listTasks(filter, cursor, signal), {
    refetchInterval: REFRESH_MS,
  });
  return (
    <>
      <PageHeader
        title={t('handling.myTasks.title')}
        lead={agencyId === null ? t('handling.myTasks.lead') : t('handling.myTasks.leadAgency')}
      />
      <HandlingTabs />
      <div className="fb-row fb-list-filter">
        <Choice
          label={t('handling.myTasks.show')}
          value={name}
          onChange={setName}
          options={FILTERS.map((value) => ({ value, label: t(`handling.myTasks.filter.${value}`) }))}
        />
        {supervises && (
          <Checkbox checked={all} onChange={(event) => setAll(event.target.checked)}>
            {t('handling.myTasks.everybody')}
          </Checkbox>
        )}
      </div>
      {tasks.error && <ProblemAlert error={tasks.error} onRetry={tasks.retry} />}
      {!tasks.isLoading && !tasks.error && tasks.items.length === 0 && (
        <Empty title={t('handling.myTasks.empty')} help={t('handling.myTasks.emptyHelp')} />
      )}
      <div className="fb-section">
        {tasks.items.map((task) => (
          <TaskCard key={task.id} task={task} head={<Head task={task} />} />
        ))}
        <MoreRows {...tasks.more} />
      </div>
    </>
  );
}
