import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useLanguage } from '../../i18n/index.ts';
import { useName } from '../../i18n/use-name.ts';
import { stackedBars } from '../../ui/bars.ts';
import { Chart } from '../../ui/chart.tsx';
import { Choice } from '../../ui/choice.tsx';
import { DataTable, type Column } from '../../ui/data-table.tsx';
import { Field } from '../../ui/field.tsx';
import { MomentInput } from '../../ui/moment-input.tsx';
import { formatPercent } from '../../ui/numbers.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { inZone } from '../../ui/time.ts';
import { tokens } from '../../ui/tokens.ts';
import { usePerson } from '../../ui/use-person.ts';
import { BY, punctualityQuery, type Punctuality, type PunctualityRow } from './api.ts';
import { TaskTabs } from './task-bits.tsx';

const DAYS = 30;
const DAY_MS = 86_400_000;
const MOST_BARS = 12;
const BAR_PX = 30;
const ZONE = 'Asia/Shanghai';
const today = (backDays = 0): string => inZone(new Date(Date.now() - backDays * DAY_MS).toISOString(), ZONE).slice(0, 10);

function useKeyName(by: Punctuality['by']): (row: PunctualityRow) => string {
  const { t } = useTranslation();
  const name = useName();
  const person = usePerson();
  return ({ key }) => {
    if (key === null) return by === 'agency' ? t('task.punctuality.bank') : t('task.punctuality.nobody');
    if (by === 'role') return name('shell.role', key);
    if (by === 'kind') return name('task.kind', key);
    return by === 'person' ? person(key) : key;
  };
}

function Bars({ view }: { readonly view: Punctuality }): ReactNode {
  const { t } = useTranslation();
  const nameOf = useKeyName(view.by);
  const rows = view.rows.slice(0, MOST_BARS);
  const names = rows.map(nameOf);
  const option = useMemo(
    () =>
      stackedBars(
        names,
        [
          { name: t('task.punctuality.inTime'), colour: tokens.brand, values: rows.map(({ inTime }) => inTime) },
          { name: t('task.punctuality.late'), colour: '#c98a1b', values: rows.map(({ late }) => late) },
          { name: t('task.punctuality.openOverdue'), colour: tokens.bad, values: rows.map(({ openOverdue }) => openOverdue) },
        ],
        'lying',
      ),
    // What is drawn follows from the view and the language alone.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [view, t],
  );
  return (
    <Chart
      title={t('task.punctuality.chart')}
      heading="h2"
      option={option}
      heightPx={Math.max(160, rows.length * BAR_PX + 60)}
      table={{
        head: [
          t(`task.punctuality.by.${view.by}`),
          t('task.punctuality.inTime'),
          t('task.punctuality.late'),
          t('task.punctuality.openOverdue'),
        ],
        rows: rows.map((row) => [nameOf(row), row.inTime, row.late, row.openOverdue]),
      }}
    />
  );
}

const rateOf = ({ inTime, late, openOverdue }: PunctualityRow) => [inTime, inTime + late + openOverdue] as const;

function Rows({ view }: { readonly view: Punctuality }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const nameOf = useKeyName(view.by);
  const hours = (value: number | null): string => (value === null ? '–' : t('task.punctuality.hours', { count: value }));
  const columns: Column<PunctualityRow>[] = [
    { key: 'key', title: t(`task.punctuality.by.${view.by}`), onCard: 'head', render: nameOf },
    {
      key: 'rate',
      title: t('task.punctuality.rate'),
      align: 'end',
      onCard: 'corner',
      render: (row) => formatPercent(...rateOf(row), language),
    },
    ...(['inTime', 'late', 'openOverdue', 'extended'] as const).map((field) => ({
      key: field,
      title: t(`task.punctuality.${field}`),
      align: 'end' as const,
      render: (row: PunctualityRow) => row[field],
    })),
    { key: 'median', title: t('task.punctuality.median'), align: 'end', render: ({ medianHours }) => hours(medianHours) },
    { key: 'p90', title: t('task.punctuality.p90'), align: 'end', render: ({ p90Hours }) => hours(p90Hours) },
  ];
  return (
    <>
      <Section title={t('task.punctuality.total')}>
        <Facts
          items={[
            { label: t('task.punctuality.rate'), value: formatPercent(...rateOf(view.total), language) },
            { label: t('task.punctuality.inTime'), value: view.total.inTime },
            { label: t('task.punctuality.late'), value: view.total.late },
            { label: t('task.punctuality.openOverdue'), value: view.total.openOverdue },
            { label: t('task.punctuality.median'), value: hours(view.total.medianHours) },
          ]}
        />
      </Section>
      <Bars view={view} />
      <DataTable
        label={t('task.punctuality.title')}
        columns={columns}
        rows={view.rows}
        rowKey={({ key }) => key ?? ''}
        empty={{ title: t('task.punctuality.empty'), help: t('task.punctuality.emptyHelp') }}
      />
    </>
  );
}

/** How punctual I am, or my team. */
export function PunctualityPage(): ReactNode {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const by = BY.find((each) => each === search.get('by')) ?? 'person';
  const from = search.get('from') ?? today(DAYS - 1);
  const to = search.get('to') ?? today();
  const { data: view, error, refetch } = useQuery(punctualityQuery({ from, to, by }));
  const set = (name: string, value: string | undefined): void => {
    const next = new URLSearchParams(search);
    if (value) next.set(name, value);
    else next.delete(name);
    setSearch(next, { replace: true });
  };
  return (
    <>
      <PageHeader title={t('task.punctuality.title')} lead={view?.own ? t('task.punctuality.leadOwn') : t('task.punctuality.lead')} />
      <TaskTabs />
      <div className="fb-row fb-list-filter">
        <Field label={t('task.punctuality.from')}>
          {(ids) => <MomentInput {...ids} value={from} onChange={(value) => set('from', value)} />}
        </Field>
        <Field label={t('task.punctuality.to')}>
          {(ids) => <MomentInput {...ids} value={to} onChange={(value) => set('to', value)} />}
        </Field>
        <Choice
          label={t('task.punctuality.byLabel')}
          value={by}
          onChange={(value) => set('by', value)}
          options={BY.map((value) => ({ value, label: t(`task.punctuality.by.${value}`) }))}
        />
      </div>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {view && <Rows view={view} />}
    </>
  );
}
