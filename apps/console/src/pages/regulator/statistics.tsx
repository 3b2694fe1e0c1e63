import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useName } from '../../i18n/use-name.ts';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Field } from '../../ui/field.tsx';
import { Instant } from '../../ui/instant.tsx';
import { MomentInput } from '../../ui/moment-input.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { complaintStatistics, contactStatistics, type Days } from './api.ts';

interface Series {
  readonly name: string;
  readonly data: readonly number[];
}

const stacked = (months: readonly string[], series: readonly Series[]): ChartOption => ({
  legend: { top: 0 },
  tooltip: { trigger: 'axis' },
  xAxis: { type: 'category', data: [...months] },
  yAxis: { type: 'value', minInterval: 1 },
  series: series.map(({ name, data }) => ({ type: 'bar', stack: 'all', name, data: [...data] })),
});

function Contacts({ days }: { readonly days: Days }): ReactNode {
  const { t } = useTranslation();
  const nameOf = useName();
  const { data, error, refetch } = useQuery({
    queryKey: ['statistics', 'collections', days],
    queryFn: ({ signal }) => contactStatistics(days, signal),
  });
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 6 }} />;
  const { months, rules, standings } = data;
  const names = months.map(({ month }) => month);
  const option = stacked(names, [
    { name: t('regulator.permitted'), data: months.map(({ permitted }) => permitted) },
    { name: t('regulator.refused'), data: months.map(({ refused }) => refused) },
  ]);
  const table = {
    head: [t('regulator.month'), t('regulator.asked'), t('regulator.permitted'), t('regulator.refused')],
    rows: months.map(({ month, asked, permitted, refused }) => [month, asked, permitted, refused]),
  };
  return (
    <>
      {months.length > 0 && <Chart heading="h3" title={t('regulator.contacts')} option={option} table={table} />}
      <h3>{t('regulator.rules')}</h3>
      <DataTable
        label={t('regulator.rules')}
        rows={rules}
        rowKey={({ ruleId }) => ruleId}
        empty={{ title: t('regulator.noFigures') }}
        columns={[
          { key: 'rule', title: t('regulator.rule'), onCard: 'head', render: ({ ruleId }) => nameOf('rules', ruleId) },
          { key: 'all', title: t('regulator.all'), align: 'end', render: ({ all }) => all },
          { key: 'first', title: t('regulator.first'), align: 'end', render: ({ first }) => first },
        ]}
      />
      <h3>{t('regulator.standings')}</h3>
      <DataTable
        label={t('regulator.standings')}
        rows={standings}
        rowKey={({ status }) => status}
        empty={{ title: t('regulator.noAgencies') }}
        columns={[
          { key: 'status', title: t('regulator.state'), onCard: 'head', render: ({ status }) => <Standing status={status} /> },
          { key: 'agencies', title: t('regulator.agencies'), align: 'end', render: ({ agencies }) => agencies },
          { key: 'published', title: t('regulator.published'), align: 'end', render: ({ published }) => published },
        ]}
      />
      <p className="fb-soft">
        {t('regulator.asOf')} <Instant at={data.asOf} timeZone={READER_ZONE} withRelative={false} />
      </p>
    </>
  );
}

const STATUSES = ['candidate', 'approved', 'active', 'suspended', 'exited'] as const;

/** How an agency stands, in words. */
export function Standing({ status }: { readonly status: string }): ReactNode {
  const { t } = useTranslation();
  const known = STATUSES.find((one) => one === status);
  return known ? t(`regulator.status.${known}`) : status;
}

function Complaints({ days }: { readonly days: Days }): ReactNode {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({
    queryKey: ['statistics', 'complaints', days],
    queryFn: ({ signal }) => complaintStatistics(days, signal),
  });
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 4 }} />;
  const { months } = data;
  if (months.length === 0) return <Empty title={t('regulator.noFigures')} />;
  const names = months.map(({ month }) => month);
  const option = stacked(names, [
    { name: t('regulator.onTime'), data: months.map(({ onTime }) => onTime) },
    { name: t('regulator.late'), data: months.map(({ late }) => late) },
    { name: t('regulator.open'), data: months.map(({ open }) => open) },
  ]);
  const table = {
    head: [t('regulator.month'), t('regulator.received'), t('regulator.onTime'), t('regulator.late'), t('regulator.open')],
    rows: months.map(({ month, received, onTime, late, open }) => [month, received, onTime, late, open]),
  };
  return <Chart heading="h3" title={t('regulator.complaints')} option={option} table={table} />;
}

/** Figures of both services over days that are chosen. */
export function Statistics({ today }: { readonly today: string }): ReactNode {
  const { t } = useTranslation();
  const [days, setDays] = useState<Days>({ from: `${today.slice(0, 4)}-01-01`, to: today });
  const isWhole = days.from !== '' && days.to !== '';
  return (
    <Section title={t('regulator.statistics')}>
      <div className="fb-regulator-days">
        {(['from', 'to'] as const).map((end) => (
          <Field key={end} label={t(`regulator.${end}`)}>
            {({ id }) => <MomentInput id={id} value={days[end]} onChange={(day) => setDays({ ...days, [end]: day ?? days[end] })} />}
          </Field>
        ))}
      </div>
      {isWhole && <Contacts days={days} />}
      {isWhole && <Complaints days={days} />}
    </Section>
  );
}
