import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LookbackView } from '../../api/models.ts';
import { useLanguage } from '../../i18n/index.ts';
import { useName } from '../../i18n/use-name.ts';
import { lyingBars } from '../../ui/bars.ts';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { formatCount, formatPercent } from '../../ui/numbers.ts';
import { tokens } from '../../ui/tokens.ts';

const SHOWN = 12;
const ROW_PX = 30;
const QUIET_FROM = 22;
const QUIET_TO = 8;

const isQuiet = (hour: number): boolean => hour >= QUIET_FROM || hour < QUIET_TO;

export function RuleChart({ found }: { readonly found: LookbackView }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const name = useName();
  const bars = useMemo(() => {
    const named = found.byRule
      .filter(({ findings }) => findings > 0)
      .map(({ ruleId, fact, findings }) => ({ name: name('rules', ruleId) + (fact === null ? '' : ` (${fact})`), value: findings }));
    return named.toSorted((one, other) => other.value - one.value);
    // The names change with the language.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [found.byRule, language]);
  const option = useMemo(() => lyingBars(bars.slice(0, SHOWN)), [bars]);
  const top = bars[0];
  return (
    <div className="fb-section">
      <Chart
        heading="h2"
        title={t('lookback.result.byRule')}
        {...(top && { summary: t('lookback.result.byRuleSay', { rule: top.name, count: top.value }) })}
        option={option}
        heightPx={Math.max(120, Math.min(SHOWN, bars.length) * ROW_PX + 16)}
        table={{
          head: [t('lookback.result.rule'), t('lookback.result.count')],
          rows: bars.map((bar) => [bar.name, formatCount(bar.value, language)]),
        }}
      />
    </div>
  );
}

export function HourChart({ found }: { readonly found: LookbackView }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const inQuiet = found.byHour.filter(({ hour }) => isQuiet(hour)).reduce((sum, { findings }) => sum + findings, 0);
  const quiet = t('lookback.result.quiet');
  const option = useMemo((): ChartOption => {
    const hours = Array.from({ length: 24 }, (_, hour) => found.byHour.find((each) => each.hour === hour)?.findings ?? 0);
    return {
      tooltip: { trigger: 'axis' },
      grid: { left: 4, right: 8, top: 28, bottom: 4, outerBoundsMode: 'same' },
      xAxis: { type: 'category', data: hours.map((_, hour) => String(hour)), axisTick: { show: false }, axisLabel: { color: tokens.soft } },
      yAxis: {
        type: 'value',
        splitNumber: 3,
        minInterval: 1,
        axisLabel: { color: tokens.soft },
        splitLine: { lineStyle: { color: tokens.hair } },
      },
      series: [
        {
          type: 'bar',
          barCategoryGap: '25%',
          data: hours.map((value, hour) => ({
            value,
            itemStyle: { color: isQuiet(hour) ? tokens.bad : tokens.brand, borderRadius: [3, 3, 0, 0] },
          })),
          markArea: {
            silent: true,
            itemStyle: { color: 'rgba(163, 32, 29, 0.06)' },
            label: { color: tokens.bad, fontSize: 11, position: 'insideTop' },
            data: [
              [{ name: quiet, xAxis: '0' }, { xAxis: String(QUIET_TO - 1) }],
              [{ xAxis: String(QUIET_FROM) }, { xAxis: '23' }],
            ],
          },
        },
      ],
    };
  }, [found.byHour, quiet]);
  return (
    <div className="fb-section">
      <Chart
        heading="h2"
        title={t('lookback.result.byHour')}
        summary={t('lookback.result.byHourSay', { count: inQuiet })}
        option={option}
        table={{
          head: [t('lookback.result.hour'), t('lookback.result.attemptsColumn'), t('lookback.result.count')],
          rows: found.byHour.map(({ hour, attempts, findings }) => [
            `${hour}:00`,
            formatCount(attempts, language),
            formatCount(findings, language),
          ]),
        }}
      />
    </div>
  );
}

export function AgencyChart({ found }: { readonly found: LookbackView }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const inHouse = t('cases.inHouse');
  const rows = useMemo(() => found.byAgency.map((each) => ({ ...each, name: each.agencyId ?? inHouse })), [found.byAgency, inHouse]);
  const option = useMemo(() => lyingBars(rows.slice(0, SHOWN).map(({ name, findings }) => ({ name, value: findings }))), [rows]);
  const top = rows[0];
  return (
    <div className="fb-section">
      <Chart
        heading="h2"
        title={t('lookback.result.byAgency')}
        {...(top && { summary: t('lookback.result.byAgencySay', { agency: top.name, count: top.findings }) })}
        option={option}
        heightPx={Math.max(120, Math.min(SHOWN, rows.length) * ROW_PX + 16)}
        table={{
          head: [t('lookback.result.agency'), t('lookback.result.attemptsColumn'), t('lookback.result.count'), t('lookback.result.rate')],
          rows: rows.map(({ name, attempts, findings }) => [
            name,
            formatCount(attempts, language),
            formatCount(findings, language),
            formatPercent(findings, attempts, language),
          ]),
        }}
      />
    </div>
  );
}
