import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useLanguage } from '../../../i18n/index.ts';
import { stackedBars } from '../../../ui/bars.ts';
import { Chart, type ChartOption } from '../../../ui/chart.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Field } from '../../../ui/field.tsx';
import { MomentInput } from '../../../ui/moment-input.tsx';
import { formatPercent } from '../../../ui/numbers.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Section } from '../../../ui/section.tsx';
import { inZone } from '../../../ui/time.ts';
import { chartColours, tokens } from '../../../ui/tokens.ts';
import { HandlingTabs } from '../handling/tabs.tsx';
import { agreementQuery, codesQuery, DIMENSIONS, type Agreement, type RuleAgreement } from './api.ts';
import { useCodePath } from './bits.ts';

const DAYS = 90;
const DAY_MS = 86_400_000;
const ZONE = 'Asia/Shanghai';
const WHOLE = 100;
const DIMENSION_PX = 210;
const today = (backDays = 0): string => inZone(new Date(Date.now() - backDays * DAY_MS).toISOString(), ZONE).slice(0, 10);

/** By dimension: how many were taken, overruled, or not suggested at all. */
function ByDimension({ of }: { readonly of: Agreement }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const rows = DIMENSIONS.flatMap((dimension) => of.dimensions.filter((each) => each.dimension === dimension));
  const option = useMemo(
    () =>
      stackedBars(
        rows.map(({ dimension }) => t(`sorting.dimension.${dimension}`)),
        [
          { name: t('sorting.agreement.taken'), colour: tokens.brand, values: rows.map(({ taken }) => taken) },
          { name: t('sorting.agreement.overruled'), colour: '#c98a1b', values: rows.map(({ suggested, taken }) => suggested - taken) },
          { name: t('sorting.agreement.none'), colour: '#8a94a0', values: rows.map(({ classified, suggested }) => classified - suggested) },
        ],
        'lying',
      ),
    // What is drawn follows from the figures and the language alone.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [of, t],
  );
  return (
    <Chart
      title={t('sorting.agreement.chart')}
      summary={rows
        .map(
          ({ dimension, taken, suggested }) =>
            `${t(`sorting.dimension.${dimension}`)} ${suggested === 0 ? '–' : formatPercent(taken, suggested, language)}`,
        )
        .join(t('common.listSeparator'))}
      heading="h2"
      option={option}
      heightPx={DIMENSION_PX}
      table={{
        head: [
          t('sorting.codes.dimension'),
          t('sorting.agreement.classified'),
          t('sorting.agreement.taken'),
          t('sorting.agreement.overruled'),
          t('sorting.agreement.none'),
          t('sorting.agreement.share'),
        ],
        rows: rows.map(({ dimension, classified, suggested, taken }) => [
          t(`sorting.dimension.${dimension}`),
          classified,
          taken,
          suggested - taken,
          classified - suggested,
          suggested === 0 ? '–' : formatPercent(taken, suggested, language),
        ]),
      }}
    />
  );
}

/** Whether the rules get better: a line for each dimension, month by month. */
function ByMonth({ of }: { readonly of: Agreement }): ReactNode {
  const { t } = useTranslation();
  const months = useMemo(() => [...new Set(of.months.map(({ month }) => month))].toSorted(), [of]);
  const shareOf = (month: string, dimension: string): number | null =>
    of.months.find((each) => each.month === month && each.dimension === dimension)?.share ?? null;
  const option = useMemo<ChartOption>(
    () => ({
      legend: { bottom: 0, left: 0, textStyle: { color: tokens.ink } },
      grid: { left: 4, right: 16, top: 12, bottom: 34, outerBoundsMode: 'same' },
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: months, axisLabel: { color: tokens.soft } },
      yAxis: { type: 'value', min: 0, max: WHOLE, axisLabel: { color: tokens.soft, formatter: '{value}%' } },
      series: DIMENSIONS.map((dimension, at) => ({
        type: 'line',
        name: t(`sorting.dimension.${dimension}`),
        data: months.map((month) => shareOf(month, dimension)),
        itemStyle: { color: chartColours[at] ?? tokens.quiet },
      })),
    }),
    // What is drawn follows from the figures and the language alone.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [of, months, t],
  );
  return (
    <Chart
      title={t('sorting.agreement.months')}
      heading="h2"
      option={option}
      table={{
        head: [t('sorting.agreement.month'), ...DIMENSIONS.map((dimension) => t(`sorting.dimension.${dimension}`))],
        rows: months.map((month) => [month, ...DIMENSIONS.map((dimension) => shareOf(month, dimension) ?? '–')]),
      }}
    />
  );
}

function Rules({ rules }: { readonly rules: readonly RuleAgreement[] }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data } = useQuery(codesQuery);
  const path = useCodePath(data?.codes ?? []);
  const columns: Column<RuleAgreement>[] = [
    { key: 'rule', title: t('sorting.agreement.rule'), onCard: 'head', render: ({ rule }) => <code>{rule}</code> },
    {
      key: 'speaks',
      title: t('sorting.agreement.speaks'),
      render: ({ dimension, code }) => `${t(`sorting.dimension.${dimension}`)}: ${path(dimension, code)}`,
    },
    { key: 'hits', title: t('sorting.agreement.hits'), align: 'end', render: ({ hits }) => hits },
    { key: 'taken', title: t('sorting.agreement.taken'), align: 'end', render: ({ taken }) => taken },
    { key: 'overruled', title: t('sorting.agreement.overruled'), align: 'end', render: ({ overruled }) => overruled },
    {
      key: 'share',
      title: t('sorting.agreement.share'),
      align: 'end',
      onCard: 'corner',
      render: ({ taken, hits }) => formatPercent(taken, hits, language),
    },
  ];
  return (
    <Section title={t('sorting.agreement.rules')}>
      <p className="fb-soft fb-first">{t('sorting.agreement.rulesLead')}</p>
      <DataTable
        label={t('sorting.agreement.rules')}
        columns={columns}
        rows={rules}
        rowKey={({ rule, dimension, code }) => `${rule} ${dimension} ${code}`}
        empty={{ title: t('sorting.agreement.noRules') }}
      />
    </Section>
  );
}

/** How often people take what is suggested: by dimension, month and rule. */
export function AgreementPage(): ReactNode {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const period = { from: search.get('from') ?? today(DAYS - 1), to: search.get('to') ?? today() };
  const { data: of, error, refetch } = useQuery(agreementQuery(period));
  const set = (name: string, value: string | undefined): void => {
    const next = new URLSearchParams(search);
    if (value) next.set(name, value);
    else next.delete(name);
    setSearch(next, { replace: true });
  };
  const isEmpty = of?.dimensions.every(({ classified }) => classified === 0) ?? false;
  return (
    <>
      <PageHeader title={t('sorting.agreement.title')} lead={t('sorting.agreement.lead')} />
      <HandlingTabs />
      <div className="fb-row fb-list-filter">
        <Field label={t('sorting.agreement.from')}>
          {(ids) => <MomentInput {...ids} value={period.from} max={period.to} onChange={(value) => set('from', value)} />}
        </Field>
        <Field label={t('sorting.agreement.to')}>
          {(ids) => <MomentInput {...ids} value={period.to} min={period.from} onChange={(value) => set('to', value)} />}
        </Field>
      </div>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {isEmpty && <Empty title={t('sorting.agreement.empty')} help={t('sorting.agreement.emptyHelp')} />}
      {of && !isEmpty && (
        <>
          <div className="fb-section">
            <ByDimension of={of} />
          </div>
          <div className="fb-section">
            <ByMonth of={of} />
          </div>
          <Rules rules={of.rules} />
        </>
      )}
    </>
  );
}
