import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Progress } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useSession } from '../../../session/session.ts';
import { DataTable, MoreRows, type Column } from '../../../ui/data-table.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { ReasonDialog } from '../../../ui/reason-dialog.tsx';
import { Facts, Section } from '../../../ui/section.tsx';
import { usePages } from '../../../ui/use-pages.ts';
import { usePerson } from '../../../ui/use-person.ts';
import { approveBulk, bulkQuery, cancelBulk, listBulkItems, refuseBulk, SUPERVISION, type Bulk, type BulkItem } from './api.ts';
import { HandlingTabs } from '../handling/tabs.tsx';

const REFRESH_MS = 5000;
const HASH_SHOWN = 16;
const WHOLE = 100;

function Acts({ bulk }: { readonly bulk: Bulk }): ReactNode {
  const { t } = useTranslation();
  const { subject, roles } = useSession();
  const client = useQueryClient();
  const [isRefusing, setRefusing] = useState(false);
  const done = async (): Promise<void> => {
    setRefusing(false);
    await client.invalidateQueries({ queryKey: SUPERVISION });
  };
  const approving = useMutation({ mutationFn: () => approveBulk(bulk), onSuccess: done });
  const refusing = useMutation({ mutationFn: (reason: string) => refuseBulk(bulk.id, reason), onSuccess: done });
  const stopping = useMutation({ mutationFn: () => cancelBulk(bulk.id), onSuccess: done });
  const isOpen = ['proposed', 'queued', 'running'].includes(bulk.state);
  const mayStop = isOpen && (bulk.proposedBy === subject || roles.includes('complaint-supervisor'));
  const error = approving.error ?? stopping.error;
  return (
    <>
      <div className="fb-row">
        {bulk.awaitsMe && (
          <>
            <Button type="primary" loading={approving.isPending} onClick={() => approving.mutate()}>
              {t('supervision.bulk.approve')}
            </Button>
            <Button onClick={() => setRefusing(true)}>{t('supervision.bulk.refuse')}</Button>
          </>
        )}
        {mayStop && (
          <Button danger loading={stopping.isPending} onClick={() => stopping.mutate()}>
            {t('supervision.bulk.cancel')}
          </Button>
        )}
      </div>
      {error && <ProblemAlert error={error} />}
      {isRefusing && (
        <ReasonDialog
          title={t('supervision.bulk.refuse')}
          label={t('supervision.bulk.reason')}
          needed={t('supervision.bulk.needed')}
          confirm={t('supervision.bulk.refuse')}
          isDanger
          isSending={refusing.isPending}
          error={refusing.error}
          onSend={(reason) => refusing.mutate(reason)}
          onClose={() => setRefusing(false)}
        />
      )}
    </>
  );
}

function Items({ id }: { readonly id: string }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const list = usePages([...SUPERVISION, 'bulk-items', id], (cursor, signal) => listBulkItems(id, cursor, signal), {
    refetchInterval: REFRESH_MS,
  });
  const columns: Column<BulkItem>[] = [
    {
      key: 'complaint',
      title: t('supervision.bulk.complaint'),
      onCard: 'head',
      render: ({ complaintId, complaintNumber }) => <Link to={`/complaints/${complaintId}`}>{complaintNumber}</Link>,
    },
    { key: 'handler', title: t('supervision.forecast.handler'), render: ({ handler }) => (handler === null ? '–' : person(handler)) },
    { key: 'due', title: t('supervision.forecast.due'), render: ({ dueOn }) => dueOn },
    { key: 'state', title: t('supervision.bulk.result'), onCard: 'corner', render: ({ state }) => t(`supervision.bulk.item.${state}`) },
    {
      key: 'why',
      title: t('supervision.bulk.why'),
      render: ({ code, source, detail }) => [code, source, detail].filter((text) => text !== null).join(' · ') || '–',
    },
  ];
  return (
    <Section title={t('supervision.bulk.items')}>
      {list.error && <ProblemAlert error={list.error} onRetry={list.retry} />}
      <DataTable
        label={t('supervision.bulk.items')}
        columns={columns}
        rows={list.items}
        rowKey={({ seq }) => seq}
        isLoading={list.isLoading}
        empty={{ title: t('supervision.bulk.empty') }}
      />
      <MoreRows {...list.more} />
    </Section>
  );
}

/** One bulk act: what is proposed, how far it is, what became of each. */
export function BulkPage(): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const { id = '' } = useParams();
  const { data: bulk, error, refetch } = useQuery(bulkQuery(id));
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!bulk) return null;
  const waiting = bulk.counts.filter(({ state }) => state === 'waiting').reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      <PageHeader title={t(`supervision.bulk.actions.${bulk.action}`)} lead={bulk.note ?? ''} />
      <HandlingTabs />
      <Section title={t(`supervision.bulk.states.${bulk.state}`)}>
        <Facts
          items={[
            { label: t('supervision.bulk.count'), value: bulk.count },
            { label: t('supervision.bulk.proposedBy'), value: person(bulk.proposedBy) },
            ...(bulk.handler === null ? [] : [{ label: t('supervision.bulk.handler'), value: person(bulk.handler) }]),
            ...(bulk.tag === null ? [] : [{ label: t('supervision.bulk.tag'), value: bulk.tag }]),
            ...(bulk.refusal === null ? [] : [{ label: t('supervision.bulk.reason'), value: bulk.refusal }]),
            { label: t('supervision.bulk.hash'), value: <code>{bulk.hash.slice(0, HASH_SHOWN)}</code> },
          ]}
        />
        {bulk.state !== 'proposed' && (
          <Progress aria-label={t('supervision.bulk.state')} percent={Math.floor(((bulk.count - waiting) / bulk.count) * WHOLE)} />
        )}
        <Acts bulk={bulk} />
      </Section>
      <Items id={id} />
    </>
  );
}
