import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useSession } from '../../session/session.ts';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { Failed } from './failed.tsx';
import './report.css';
import { ChangeScheduleDrawer, EndScheduleDrawer, NewScheduleDrawer, ResumeScheduleDrawer } from './schedule-drawer.tsx';
import { listSchedules, pauseSchedule, type Schedule } from './schedule-api.ts';
import { ReportTabs } from './tabs.tsx';
import { useBoth } from './use-both.ts';

type Act = 'change' | 'resume' | 'end';

function Acts({ of, onAct }: { readonly of: Schedule; readonly onAct: (act: Act) => void }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const pause = useMutation({
    mutationFn: () => pauseSchedule(of),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['reports'] }),
  });
  return (
    <>
      <Space wrap size="small">
        <Button size="small" onClick={() => onAct('change')}>
          {t('report.schedule.change')}
        </Button>
        {of.pausedAt === null ? (
          <Button size="small" loading={pause.isPending} onClick={() => pause.mutate()}>
            {t('report.schedule.pause')}
          </Button>
        ) : (
          <Button size="small" onClick={() => onAct('resume')}>
            {t('report.schedule.resume')}
          </Button>
        )}
        <Button size="small" onClick={() => onAct('end')}>
          {t('report.schedule.end')}
        </Button>
      </Space>
      {pause.error && <ProblemAlert error={pause.error} />}
    </>
  );
}

function useColumns(): Column<Schedule>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'kind',
      title: t('report.kind'),
      onCard: 'head',
      render: ({ kind, frequency, audience }) => (
        <>
          <strong>{t(`report.kindName.${kind}`)}</strong>{' '}
          <span className="fb-soft">
            {t(`report.schedule.frequency.${frequency}`)}
            {audience === 'public' && ` · ${t('report.audience.public')}`}
          </span>
        </>
      ),
    },
    {
      key: 'state',
      title: t('report.stateTitle'),
      onCard: 'corner',
      render: ({ pausedAt }) => (
        <StateTag tone={pausedAt === null ? 'good' : 'quiet'}>
          {t(pausedAt === null ? 'report.schedule.running' : 'report.schedule.paused')}
        </StateTag>
      ),
    },
    {
      key: 'next',
      title: t('report.schedule.next'),
      render: ({ nextPeriod, nextRunAt, timeZone }) => (
        <>
          <div>
            {nextPeriod.from} – {nextPeriod.to}
          </div>
          {nextRunAt !== null && <Instant at={nextRunAt} timeZone={timeZone} />}
        </>
      ),
    },
    {
      key: 'formats',
      title: t('report.formats'),
      render: ({ formats }) => formats.map((format) => t(`report.format.${format}`)).join(t('common.listSeparator')),
    },
  ];
}

/** What is reported by itself, and when. */
export function SchedulesPage(): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const schedules = useBoth('listReportSchedules', [], listSchedules);
  const [isNew, setIsNew] = useState(false);
  const [asked, setAsked] = useState<{ readonly act: Act; readonly of: Schedule } | null>(null);
  const mayMake = (['collections', 'complaints'] as const).some((service) => may(session, `${service}.createReportSchedule`));
  const columns = useColumns();
  const acts: Column<Schedule> = {
    key: 'act',
    title: t('report.act'),
    render: (of) => may(session, `${of.service}.changeReportSchedule`) && <Acts of={of} onAct={(act) => setAsked({ act, of })} />,
  };
  const create = mayMake && (
    <Button type="primary" onClick={() => setIsNew(true)}>
      {t('report.schedule.create')}
    </Button>
  );
  const close = (): void => setAsked(null);
  return (
    <>
      <PageHeader title={t('report.title')} lead={t('report.schedule.lead')} actions={create} />
      <ReportTabs />
      <Failed of={schedules} />
      <DataTable
        label={t('report.tab.schedules')}
        columns={mayMake ? [...columns, acts] : columns}
        rows={schedules.items}
        rowKey={({ id }) => id}
        isLoading={schedules.isLoading}
        empty={{ title: t('report.schedule.empty'), help: t('report.schedule.emptyHelp'), action: create }}
      />
      <MoreRows {...schedules.more} />
      {isNew && <NewScheduleDrawer onClose={() => setIsNew(false)} />}
      {asked?.act === 'change' && <ChangeScheduleDrawer of={asked.of} onClose={close} />}
      {asked?.act === 'resume' && <ResumeScheduleDrawer of={asked.of} onClose={close} />}
      {asked?.act === 'end' && <EndScheduleDrawer of={asked.of} onClose={close} />}
    </>
  );
}
