import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { Choice } from '../../../ui/choice.tsx';
import { DataTable, MoreRows, type Column } from '../../../ui/data-table.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { usePages } from '../../../ui/use-pages.ts';
import { localTime } from '../dates.ts';
import { HandlingTabs } from '../handling/tabs.tsx';
import { listAlarms, MAJOR, type AlarmItem } from './api.ts';
import { useAbout, useChance, useMajorWord } from './words.ts';

const REFRESH_MS = 30_000;
const STATES = ['open', 'confirmed', 'dismissed', 'all'] as const;
export const ALARM_TONES = { open: 'wait', confirmed: 'bad', dismissed: 'quiet' } as const;

function useColumns(): Column<AlarmItem>[] {
  const { t } = useTranslation();
  const word = useMajorWord();
  const about = useAbout();
  const chance = useChance();
  return [
    {
      key: 'about',
      title: t('major.alarm.what'),
      onCard: 'head',
      render: (alarm) => (
        <>
          <span className="fb-soft">{word('alarm.dimension', alarm.dimension)}</span>{' '}
          <Link to={`/complaints/major-alarms/${alarm.id}`}>{about(alarm)}</Link>
        </>
      ),
    },
    { key: 'window', title: t('major.alarm.window'), render: ({ windowDays }) => word('alarm.windowDays', String(windowDays)) },
    { key: 'kind', title: t('major.field.kind'), render: ({ kind }) => word('kind', kind) },
    {
      key: 'count',
      title: t('major.alarm.count'),
      align: 'end',
      render: ({ count, peak, dimension, kind }) =>
        dimension === 'complaint' && kind !== 'group' ? '–' : peak > count ? `${count} → ${peak}` : count,
    },
    {
      key: 'expected',
      title: t('major.alarm.expected'),
      align: 'end',
      render: ({ expected }) => (expected === null ? '–' : expected.toFixed(1)),
    },
    { key: 'chance', title: t('major.alarm.chance'), render: (alarm) => chance(alarm.chance) },
    { key: 'raisedAt', title: t('major.alarm.raisedAt'), render: ({ raisedAt }) => localTime(raisedAt) },
    {
      key: 'state',
      title: t('major.field.state'),
      onCard: 'corner',
      render: ({ state }) => <StateTag tone={ALARM_TONES[state]}>{word('alarm.state', state)}</StateTag>,
    },
  ];
}

/** What may be a major matter, and what people said of it. */
export function AlarmsPage(): ReactNode {
  const { t } = useTranslation();
  const [query, setQuery] = useSearchParams();
  const state = STATES.find((each) => each === query.get('state')) ?? 'open';
  const columns = useColumns();
  const pages = usePages([...MAJOR, 'alarms', state], (cursor, signal) => listAlarms(state, cursor, signal), {
    refetchInterval: REFRESH_MS,
  });
  return (
    <>
      <PageHeader
        title={t('major.alarm.title')}
        lead={t('major.alarm.lead')}
        back={{ to: '/complaints/major', label: t('major.page.back') }}
      />
      <HandlingTabs />
      <div className="fb-row fb-list-filter">
        <Choice
          label={t('major.alarm.stateLabel')}
          value={state}
          onChange={(value) => setQuery({ state: value }, { replace: true })}
          options={STATES.map((value) => ({ value, label: value === 'all' ? t('major.alarm.all') : t(`major.alarm.state.${value}`) }))}
        />
      </div>
      {pages.error && <ProblemAlert error={pages.error} onRetry={pages.retry} />}
      {!pages.error && (
        <DataTable
          label={t('major.alarm.title')}
          columns={columns}
          rows={pages.items}
          rowKey={({ id }) => id}
          isLoading={pages.isLoading}
          empty={{ title: t('major.alarm.empty'), help: t('major.alarm.emptyHelp') }}
        />
      )}
      <MoreRows {...pages.more} />
    </>
  );
}
