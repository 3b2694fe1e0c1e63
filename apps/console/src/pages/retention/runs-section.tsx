import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { usePages } from '../../ui/use-pages.ts';
import { usePerson } from '../../ui/use-person.ts';
import { listRuns, lookWhatMayGo, type Run } from './api.ts';
import { RunState } from './run-state.tsx';
import { useAct, useChanges } from './use-retention.ts';
import type { Service } from '../../api/service.ts';

const REFRESH_MS = 5000;

/** Dry runs and destructions; who may, begins a dry run. */
export function RunsSection({ service }: { readonly service: Service }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const navigate = useNavigate();
  const mayChange = useChanges(service);
  const runs = usePages(['retention', 'runs', service], (cursor, signal) => listRuns(service, cursor, signal), {
    refetchInterval: REFRESH_MS,
  });
  const look = useAct(
    (_: null, key) => lookWhatMayGo(service, key),
    ({ id }) => void navigate(`/retention/${service}/${id}`),
  );
  const columns: Column<Run>[] = [
    {
      key: 'mode',
      title: t('retention.runs'),
      onCard: 'head',
      render: ({ id, mode }) => <Link to={`/retention/${service}/${id}`}>{t(`retention.mode.${mode}`)}</Link>,
    },
    { key: 'state', title: t('retention.state'), onCard: 'corner', render: (run) => <RunState run={run} /> },
    { key: 'asOf', title: t('retention.asOf'), render: ({ asOf }) => asOf },
    {
      key: 'asked',
      title: t('retention.asked'),
      render: ({ askedBy, askedAt }) => (
        <>
          <Instant at={askedAt} timeZone={READER_ZONE} /> <span className="fb-soft">{person(askedBy)}</span>
        </>
      ),
    },
    {
      key: 'decided',
      title: t('retention.decided'),
      render: ({ decidedBy }) => (decidedBy === null ? t('retention.none') : person(decidedBy)),
    },
  ];
  return (
    <Section
      title={t('retention.runs')}
      aside={
        mayChange && (
          <Button type="primary" loading={look.isPending} onClick={() => look.mutate(null)}>
            {t('retention.look')}
          </Button>
        )
      }
    >
      {look.error && <ProblemAlert error={look.error} />}
      {runs.error && <ProblemAlert error={runs.error} onRetry={runs.retry} />}
      <DataTable
        label={t('retention.runs')}
        columns={columns}
        rows={runs.items}
        rowKey={({ id }) => id}
        isLoading={runs.isLoading}
        empty={{ title: t('retention.runsEmpty'), help: t('retention.runsEmptyHelp') }}
      />
      <MoreRows {...runs.more} />
    </Section>
  );
}
