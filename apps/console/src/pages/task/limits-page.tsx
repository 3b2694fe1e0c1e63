import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, InputNumber } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useName } from '../../i18n/use-name.ts';
import { useMay } from '../../session/session.ts';
import { PageLoading } from '../../shell/page-loading.tsx';
import { DataTable, type Column } from '../../ui/data-table.tsx';
import { Field } from '../../ui/field.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { limitsQuery, setLimits, type TaskLimit } from './api.ts';
import { TaskTabs } from './task-bits.tsx';

const YEAR_HOURS = 8784;
type Draft = Readonly<Record<string, number | null>>;

interface ColumnsProps {
  readonly draft: Draft;
  readonly onChange: ((kind: string, hours: number | null) => void) | null;
}

function useColumns({ draft, onChange }: ColumnsProps): Column<TaskLimit>[] {
  const { t } = useTranslation();
  const name = useName();
  return [
    { key: 'kind', title: t('task.column.kind'), onCard: 'head', render: ({ kind }) => t(`task.kind.${kind}`) },
    { key: 'role', title: t('task.page.role'), render: ({ role }) => name('shell.role', role) },
    { key: 'closedBy', title: t('task.limits.closedBy'), render: ({ closedBy }) => t(`task.limits.by.${closedBy}`) },
    { key: 'product', title: t('task.limits.product'), align: 'end', render: ({ productHours }) => productHours },
    {
      key: 'most',
      title: t('task.limits.most'),
      align: 'end',
      render: ({ mostHours, source }) => (mostHours === null ? <span className="fb-soft">–</span> : `${mostHours} (${source})`),
    },
    {
      key: 'hours',
      title: t('task.limits.hours'),
      align: 'end',
      render: ({ kind, limitHours, mostHours, setBy }) => {
        if (onChange === null) return setBy === null ? limitHours : <strong>{limitHours}</strong>;
        return (
          <InputNumber
            aria-label={`${t('task.limits.hours')}: ${t(`task.kind.${kind}`)}`}
            min={1}
            max={mostHours ?? YEAR_HOURS}
            precision={0}
            value={kind in draft ? (draft[kind] ?? null) : limitHours}
            onChange={(value) => onChange(kind, value)}
          />
        );
      },
    },
  ];
}

/** Within how many hours each kind of task is done here. */
export function LimitsPage(): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const maySet = useMay('collections.setTaskLimits');
  const { data, error, refetch } = useQuery(limitsQuery);
  const [draft, setDraft] = useState<Draft>({});
  const [percent, setPercent] = useState<number | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const columns = useColumns({ draft, onChange: maySet ? (kind, hours) => setDraft({ ...draft, [kind]: hours }) : null });
  const changed = (data?.limits ?? []).filter(({ kind, limitHours }) => kind in draft && draft[kind] !== limitHours);
  const isNewPercent = percent !== null && percent !== data?.remindPercent;
  const save = useMutation({
    mutationFn: (reason: string) =>
      setLimits({
        limits: changed.map(({ kind }) => ({ kind, limitHours: draft[kind] ?? null })),
        ...(isNewPercent && { remindPercent: percent }),
        reason,
      }),
    onSuccess: (saved) => {
      queries.setQueryData(limitsQuery.queryKey, saved);
      setDraft({});
      setPercent(null);
      setIsAsking(false);
    },
  });
  return (
    <>
      <PageHeader
        title={t('task.limits.title')}
        lead={t('task.limits.lead')}
        actions={
          maySet && (
            <Button type="primary" disabled={changed.length === 0 && !isNewPercent} onClick={() => setIsAsking(true)}>
              {t('task.limits.save')}
            </Button>
          )
        }
      />
      <TaskTabs />
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!data && !error && <PageLoading />}
      {data && (
        <>
          <Field label={t('task.limits.remind')} help={t('task.limits.remindHelp')}>
            {(ids) => (
              <InputNumber
                {...ids}
                min={1}
                max={90}
                precision={0}
                suffix="%"
                disabled={!maySet}
                value={percent ?? data.remindPercent}
                onChange={(value) => setPercent(value)}
              />
            )}
          </Field>
          <DataTable
            label={t('task.limits.title')}
            columns={columns}
            rows={data.limits}
            rowKey={({ kind }) => kind}
            empty={{ title: t('task.empty') }}
          />
        </>
      )}
      {isAsking && (
        <ReasonDialog
          title={t('task.limits.save')}
          help={t('task.limits.saveHelp')}
          label={t('task.move.reason')}
          needed={t('task.move.needReason')}
          confirm={t('task.limits.save')}
          isSending={save.isPending}
          error={save.error}
          onSend={save.mutate}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  );
}
