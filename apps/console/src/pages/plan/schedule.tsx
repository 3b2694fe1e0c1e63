import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { DataTable, type Column } from '../../ui/data-table.tsx';
import { formatMoney } from '../../ui/numbers.ts';
import { StateTag } from '../../ui/state-tag.tsx';
import type { Instalment } from './api.ts';

interface ScheduleProps {
  readonly instalments: readonly Instalment[];
  readonly currency: string;
  /** The one to be met next; left out: nothing has been paid yet. */
  readonly next?: number | null;
  readonly broken?: boolean;
}

const isMet = ({ paid, amount }: Instalment): boolean => paid === amount;

/** The instalments of a plan, and what was paid of each. */
export function Schedule({ instalments, currency, next, broken = false }: ScheduleProps): ReactNode {
  const { t } = useTranslation();
  const money = (amount: string): string => formatMoney({ amount, currency });
  const stateOf = (row: Instalment): ReactNode => {
    if (isMet(row)) return <StateTag tone="good">{t('plan.schedule.met')}</StateTag>;
    if (row.n !== next) return null;
    return <StateTag tone={broken ? 'bad' : 'wait'}>{t(broken ? 'plan.schedule.missed' : 'plan.schedule.next')}</StateTag>;
  };
  const all: Column<Instalment>[] = [
    { key: 'n', title: t('plan.schedule.n'), onCard: 'head', render: ({ n, dueOn }) => `${n} · ${dueOn}` },
    { key: 'amount', title: t('plan.schedule.amount'), align: 'end', onCard: 'corner', render: ({ amount }) => money(amount) },
    { key: 'principal', title: t('plan.schedule.principal'), align: 'end', render: ({ principal }) => money(principal) },
    {
      key: 'charges',
      title: t('plan.schedule.charges'),
      align: 'end',
      render: ({ interest, fee }) => (fee === '0.00' ? money(interest) : `${money(interest)} + ${money(fee)}`),
    },
  ];
  const paid: Column<Instalment>[] = [
    { key: 'paid', title: t('plan.schedule.paid'), align: 'end', render: (row) => money(row.paid) },
    { key: 'state', title: t('plan.column.state'), render: stateOf },
  ];
  return (
    <DataTable
      label={t('plan.schedule.title')}
      columns={next === undefined ? all : [...all, ...paid]}
      rows={instalments}
      rowKey={({ n }) => n}
      empty={{ title: t('plan.schedule.none') }}
    />
  );
}

/** What falls due over time, and what has been paid. */
export function PaidChart({ instalments, currency }: Pick<ScheduleProps, 'instalments' | 'currency'>): ReactNode {
  const { t } = useTranslation();
  const option = useMemo((): ChartOption => {
    const days = instalments.map(({ dueOn }) => dueOn);
    // Only for drawing: sums are the service's.
    const values = (of: (row: Instalment) => number): number[] => instalments.map(of);
    return {
      tooltip: { trigger: 'axis' },
      legend: { bottom: 0 },
      grid: { left: 8, right: 16, top: 16, bottom: 36, outerBoundsMode: 'same' },
      xAxis: { type: 'category', data: days },
      yAxis: { type: 'value' },
      series: [
        { type: 'bar', name: t('plan.schedule.paid'), stack: 'due', data: values(({ paid }) => Number(paid)) },
        {
          type: 'bar',
          name: t('plan.chart.left'),
          stack: 'due',
          data: values(({ paid, amount }) => Math.round((Number(amount) - Number(paid)) * 100) / 100),
        },
      ],
    };
  }, [instalments, t]);
  return (
    <Chart
      title={t('plan.chart.title')}
      summary={t('plan.chart.summary', { met: instalments.filter(isMet).length, count: instalments.length })}
      option={option}
      heightPx={220}
      table={{
        head: [t('plan.schedule.n'), t('plan.schedule.amount'), t('plan.schedule.paid')],
        rows: instalments.map(({ dueOn, amount, paid }) => [
          dueOn,
          formatMoney({ amount, currency }),
          formatMoney({ amount: paid, currency }),
        ]),
      }}
    />
  );
}
