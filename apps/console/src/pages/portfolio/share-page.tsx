import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, take } from '../../api/client.ts';
import type { components } from '../../api/collections.d.ts';
import { useLanguage } from '../../i18n/index.ts';
import { PageLoading } from '../../shell/page-loading.tsx';
import { lyingBars } from '../../ui/bars.ts';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Instant } from '../../ui/instant.tsx';
import { todayHere } from '../../ui/moment.ts';
import { formatCount, formatMoney } from '../../ui/numbers.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { chartColours, tokens } from '../../ui/tokens.ts';
import { useAgencyName } from '../../ui/use-agency-name.ts';
import { PortfolioTabs } from './tabs.tsx';

type Point = components['schemas']['SharePointView'];
const RANGES = { days: { step: 'day', back: 90 }, year: { step: 'month', back: 365 }, years: { step: 'month', back: 1825 } } as const;
type Range = keyof typeof RANGES;
const DAY_MS = 86_400_000;

const before = (day: string, days: number): string => new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);

const optionOf = (points: readonly Point[], [number, amount]: readonly [string, string]): ChartOption => ({
  tooltip: { trigger: 'axis' },
  legend: { top: 0, textStyle: { color: tokens.ink } },
  grid: { left: 8, right: 16, top: 36, bottom: 8, outerBoundsMode: 'same' },
  xAxis: { type: 'category', data: points.map(({ on }) => on), axisLabel: { color: tokens.soft } },
  yAxis: {
    type: 'value',
    min: 0,
    max: 100,
    axisLabel: { color: tokens.soft, formatter: '{value}%' },
    splitLine: { lineStyle: { color: tokens.hair } },
  },
  series: [
    {
      name: number,
      type: 'line',
      step: 'end',
      showSymbol: points.length < 3,
      data: points.map(({ share }) => share),
      itemStyle: { color: chartColours[0] },
    },
    {
      name: amount,
      type: 'line',
      step: 'end',
      showSymbol: points.length < 3,
      data: points.map(({ amounts }) => amounts[0]?.share ?? null),
      itemStyle: { color: chartColours[1] },
      lineStyle: { type: 'dashed' },
    },
  ],
});

function Drawn({ points }: { readonly points: readonly Point[] }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const names = useMemo(
    (): readonly [string, string] => [t('portfolio.share.byNumber'), t('portfolio.share.byAmount')],
    // The names change with the language.
    // oxlint-disable-next-line react/exhaustive-deps
    [language],
  );
  const option = useMemo(() => optionOf(points, names), [points, names]);
  const last = points.at(-1);
  const nameOf = useAgencyName();
  const agencies = useMemo(
    () => lyingBars(last?.agencies.map(({ agencyId, cases }) => ({ name: nameOf(agencyId), value: cases })) ?? []),
    [last, nameOf],
  );
  const perCent = (value: number | null | undefined): string => (value === null || value === undefined ? t('common.none') : `${value}%`);
  if (!last) return null;
  return (
    <>
      <div className="fb-section">
        <Chart
          heading="h2"
          title={t('portfolio.share.title')}
          summary={t('portfolio.share.summary', {
            number: perCent(last.share),
            amount: perCent(last.amounts[0]?.share),
            outside: last.outside,
            open: last.open,
          })}
          option={option}
          heightPx={280}
          table={{
            head: [t('portfolio.share.on'), names[0], names[1], t('portfolio.share.outside'), t('portfolio.share.open')],
            rows: points.map(({ on, share, amounts, outside, open }) => [
              on,
              perCent(share),
              perCent(amounts[0]?.share),
              formatCount(outside, language),
              formatCount(open, language),
            ]),
          }}
        />
      </div>
      {last.agencies.length > 0 && (
        <div className="fb-section">
          <Chart
            heading="h2"
            title={t('portfolio.share.agencies', { on: last.on })}
            option={agencies}
            heightPx={Math.max(120, last.agencies.length * 34)}
            table={{
              head: [t('portfolio.agency'), t('portfolio.cases'), t('portfolio.amount')],
              rows: last.agencies.map(({ agencyId, cases, amount, currency }) => [
                nameOf(agencyId),
                formatCount(cases, language),
                formatMoney({ amount, currency }),
              ]),
            }}
          />
        </div>
      )}
    </>
  );
}

/** How much of the open cases is with agencies, over time. */
export function SharePage(): ReactNode {
  const { t } = useTranslation();
  const [range, setRange] = useState<Range>('days');
  const to = todayHere();
  const { step, back } = RANGES[range];
  const { data, error, refetch } = useQuery({
    queryKey: ['outsourced-share', range, to],
    queryFn: ({ signal }) =>
      take(collections.GET('/v1/outsourced-share', { params: { query: { from: before(to, back), to, step } }, signal })),
  });
  return (
    <>
      <PageHeader title={t('portfolio.tab.share')} lead={t('portfolio.share.lead')} />
      <PortfolioTabs />
      <div className="fb-row fb-list-filter">
        <Segmented
          value={range}
          onChange={setRange}
          options={(['days', 'year', 'years'] as const).map((value) => ({ value, label: t(`portfolio.share.range.${value}`) }))}
        />
      </div>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!data && !error && <PageLoading />}
      {data?.points.length === 0 && <Empty title={t('portfolio.share.none')} help={t('portfolio.share.noneHelp')} />}
      {data && <Drawn points={data.points} />}
      {data && data.knownSince !== null && (
        <p className="fb-soft">
          {t('portfolio.share.since')} <Instant at={data.knownSince} withRelative={false} />
        </p>
      )}
    </>
  );
}
