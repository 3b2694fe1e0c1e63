import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useLanguage } from '../../../i18n/index.ts';
import { useMay } from '../../../session/session.ts';
import { stackedBars } from '../../../ui/bars.ts';
import { Chart } from '../../../ui/chart.tsx';
import { Choice } from '../../../ui/choice.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Field } from '../../../ui/field.tsx';
import { MomentInput } from '../../../ui/moment-input.tsx';
import { formatPercent } from '../../../ui/numbers.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Facts, Section } from '../../../ui/section.tsx';
import { inZone } from '../../../ui/time.ts';
import { tokens } from '../../../ui/tokens.ts';
import { useAgencyName } from '../../../ui/use-agency-name.ts';
import {
  BY,
  cooperationQuery,
  punctualityQuery,
  STAGES,
  type CooperationRow,
  type Period,
  type StagePunctuality,
  type StagePunctualityRow,
} from './api.ts';
import { LimitsSection } from './limits-section.tsx';
import { HandlingTabs } from './tabs.tsx';
import { useMemberName, useUnitName } from './use-names.ts';

const DAYS = 30;
const DAY_MS = 86_400_000;
const MOST_BARS = 12;
const BAR_PX = 30;
const ZONE = 'Asia/Shanghai';
const LATE_COLOUR = '#c98a1b';
const today = (backDays = 0): string => inZone(new Date(Date.now() - backDays * DAY_MS).toISOString(), ZONE).slice(0, 10);

function useKeyName(by: StagePunctuality['by']): (row: StagePunctualityRow) => string {
  const { t } = useTranslation();
  const memberName = useMemberName();
  const unitName = useUnitName();
  return ({ key, name }) => {
    if (key === null) return t('handling.punctuality.nobody');
    if (by === 'unit') return unitName(key);
    const stage = STAGES.find((each) => each === key);
    if (by === 'stage' && stage) return t(`handling.stage.names.${stage}`);
    return name || memberName(key);
  };
}

function Bars({ view }: { readonly view: StagePunctuality }): ReactNode {
  const { t } = useTranslation();
  const nameOf = useKeyName(view.by);
  const rows = view.rows.slice(0, MOST_BARS);
  const names = rows.map(nameOf);
  const named = names.join('|');
  const option = useMemo(
    () =>
      stackedBars(
        names,
        [
          { name: t('handling.punctuality.inTime'), colour: tokens.brand, values: rows.map(({ inTime }) => inTime) },
          { name: t('handling.punctuality.late'), colour: LATE_COLOUR, values: rows.map(({ late }) => late) },
          { name: t('handling.punctuality.openOverdue'), colour: tokens.bad, values: rows.map(({ openOverdue }) => openOverdue) },
        ],
        'lying',
      ),
    // What is drawn follows from the view, the names and the language alone.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [view, named, t],
  );
  return (
    <Chart
      title={t('handling.punctuality.chart')}
      heading="h2"
      option={option}
      heightPx={Math.max(160, rows.length * BAR_PX + 60)}
      table={{
        head: [
          t(`handling.punctuality.by.${view.by}`),
          t('handling.punctuality.inTime'),
          t('handling.punctuality.late'),
          t('handling.punctuality.openOverdue'),
        ],
        rows: rows.map((row) => [nameOf(row), row.inTime, row.late, row.openOverdue]),
      }}
    />
  );
}

const rateOf = ({ inTime, late, openOverdue }: StagePunctualityRow) => [inTime, inTime + late + openOverdue] as const;

function Rows({ view }: { readonly view: StagePunctuality }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const nameOf = useKeyName(view.by);
  const hours = (value: number | null): string => (value === null ? '–' : t('handling.punctuality.hours', { count: value }));
  const columns: Column<StagePunctualityRow>[] = [
    { key: 'key', title: t(`handling.punctuality.by.${view.by}`), onCard: 'head', render: nameOf },
    {
      key: 'rate',
      title: t('handling.punctuality.rate'),
      align: 'end',
      onCard: 'corner',
      render: (row) => formatPercent(...rateOf(row), language),
    },
    ...(['inTime', 'late', 'openOverdue'] as const).map((field) => ({
      key: field,
      title: t(`handling.punctuality.${field}`),
      align: 'end' as const,
      render: (row: StagePunctualityRow) => row[field],
    })),
    { key: 'median', title: t('handling.punctuality.median'), align: 'end', render: ({ medianHours }) => hours(medianHours) },
  ];
  return (
    <>
      <Section title={t('handling.punctuality.total')}>
        <Facts
          items={[
            { label: t('handling.punctuality.rate'), value: formatPercent(...rateOf(view.total), language) },
            { label: t('handling.punctuality.inTime'), value: view.total.inTime },
            { label: t('handling.punctuality.late'), value: view.total.late },
            { label: t('handling.punctuality.openOverdue'), value: view.total.openOverdue },
            { label: t('handling.punctuality.median'), value: hours(view.total.medianHours) },
          ]}
        />
      </Section>
      {view.rows.length > 0 && <Bars view={view} />}
      <DataTable
        label={t('handling.punctuality.title')}
        columns={columns}
        rows={view.rows}
        rowKey={({ key }) => key ?? ''}
        empty={{ title: t('handling.punctuality.empty'), help: t('handling.punctuality.emptyHelp') }}
      />
    </>
  );
}

function Cooperation({ period }: { readonly period: Period }): ReactNode {
  const { t } = useTranslation();
  const unitName = useUnitName();
  const agencyName = useAgencyName();
  const { data, error, refetch } = useQuery(cooperationQuery(period));
  const columns: Column<CooperationRow>[] = [
    {
      key: 'who',
      title: t('handling.punctuality.who'),
      onCard: 'head',
      render: ({ agencyId, unit }) => (unit === null ? agencyName(agencyId ?? '') : unitName(unit)),
    },
    { key: 'score', title: t('handling.punctuality.score'), align: 'end', onCard: 'corner', render: ({ score }) => score ?? '–' },
    ...(['due', 'inTime', 'late', 'openOverdue', 'returned'] as const).map((field) => ({
      key: field,
      title: t(`handling.punctuality.${field}`),
      align: 'end' as const,
      render: (row: CooperationRow) => row[field],
    })),
    {
      key: 'median',
      title: t('handling.punctuality.median'),
      align: 'end',
      render: ({ medianHours }) => (medianHours === null ? '–' : t('handling.punctuality.hours', { count: medianHours })),
    },
  ];
  return (
    <Section title={t('handling.punctuality.cooperation')}>
      <p className="fb-soft">{t('handling.punctuality.cooperationHelp')}</p>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      <DataTable
        label={t('handling.punctuality.cooperation')}
        columns={columns}
        rows={data?.items ?? []}
        rowKey={({ agencyId, unit }) => `${agencyId ?? ''}/${unit ?? ''}`}
        empty={{ title: t('handling.punctuality.cooperationEmpty'), help: t('handling.punctuality.cooperationEmptyHelp') }}
      />
    </Section>
  );
}

/** How punctual people and units are at the stages, how branches and agencies answer, and how long stages may take. */
export function StagePunctualityPage(): ReactNode {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const maySeeCooperation = useMay('complaints.readCooperation');
  const by = BY.find((each) => each === search.get('by')) ?? 'person';
  const period = { from: search.get('from') ?? today(DAYS - 1), to: search.get('to') ?? today() };
  const { data: view, error, refetch } = useQuery(punctualityQuery({ ...period, by }));
  const set = (name: string, value: string | undefined): void => {
    const next = new URLSearchParams(search);
    if (value) next.set(name, value);
    else next.delete(name);
    setSearch(next, { replace: true });
  };
  return (
    <>
      <PageHeader
        title={t('handling.punctuality.title')}
        lead={view?.own ? t('handling.punctuality.leadOwn') : t('handling.punctuality.lead')}
      />
      <HandlingTabs />
      <div className="fb-row fb-list-filter">
        <Field label={t('handling.punctuality.from')}>
          {(ids) => <MomentInput {...ids} value={period.from} max={period.to} onChange={(value) => set('from', value)} />}
        </Field>
        <Field label={t('handling.punctuality.to')}>
          {(ids) => <MomentInput {...ids} value={period.to} min={period.from} onChange={(value) => set('to', value)} />}
        </Field>
        <Choice
          label={t('handling.punctuality.byLabel')}
          value={by}
          onChange={(value) => set('by', value)}
          options={BY.map((value) => ({ value, label: t(`handling.punctuality.by.${value}`) }))}
        />
      </div>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {view && <Rows view={view} />}
      {maySeeCooperation && <Cooperation period={period} />}
      <LimitsSection />
    </>
  );
}
