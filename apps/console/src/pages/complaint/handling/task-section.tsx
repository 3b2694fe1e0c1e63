import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../../session/session.ts';
import { Empty } from '../../../ui/empty.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Section } from '../../../ui/section.tsx';
import type { Complaint } from '../wire.ts';
import { tasksQuery } from './api.ts';
import { TaskCard } from './task-card.tsx';
import { AskDialog } from './task-dialogs.tsx';

/** What branches and agencies are asked about a complaint. */
export function TaskSection({ complaint }: { readonly complaint: Complaint }): ReactNode {
  const { t } = useTranslation();
  const [isAsking, setIsAsking] = useState(false);
  const mayAsk = useMay('complaints.askTask') && complaint.closedAt === null;
  const { data, error, refetch } = useQuery(tasksQuery(complaint.id));
  const ask = mayAsk && <Button onClick={() => setIsAsking(true)}>{t('handling.task.ask')}</Button>;
  return (
    <Section title={t('handling.task.title')} aside={ask}>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <Empty title={t('handling.task.empty')} help={t('handling.task.emptyHelp')} />}
      {data?.items.map((task) => (
        <TaskCard key={task.id} task={task} />
      ))}
      {isAsking && <AskDialog complaintId={complaint.id} agencyId={complaint.against.agencyId} onClose={() => setIsAsking(false)} />}
    </Section>
  );
}
