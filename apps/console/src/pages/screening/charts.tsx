import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScreeningView } from '../../api/models.ts';
import { useLanguage } from '../../i18n/index.ts';
import { useName } from '../../i18n/use-name.ts';
import { lyingBars, stackedBars } from '../../ui/bars.ts';
import { Chart } from '../../ui/chart.tsx';
import { formatCount } from '../../ui/numbers.ts';
import { inZone, READER_ZONE } from '../../ui/time.ts';
import { chartColours, tokens } from '../../ui/tokens.ts';

const SHOWN = 12;
const ROW_PX = 30;
const LEGEND_PX = 50;

const heightOf = (rows: number, more = 16): number => Math.max(120, Math.min(SHOWN, rows) * ROW_PX + more);

export function RuleChart({ found }: { readonly found: ScreeningView }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const name = useName();
  const bars = useMemo(
    () =>
      found.byRule
        .filter(({ severity }) => severity === 'block')
        .map(({ ruleId, fact, cases }) => ({ name: name('rules', ruleId) + (fact === null ? '' : ` (${fact})`), value: cases }))
        .toSorted((one, other) => other.value - one.value),
    // The names change with the language.
    // oxlint-disable-next-line react/exhaustive-deps
    [found.byRule, language],
  );
  const option = useMemo(() => lyingBars(bars.slice(0, SHOWN)), [bars]);
  const top = bars[0];
  return (
    <div className="fb-section">
      <Chart
        heading="h2"
        title={t('screening.result.byRule')}
        summary={top ? t('screening.result.byRuleSay', { rule: top.name, count: top.value }) : t('screening.result.noneRefused')}
        option={option}
        heightPx={heightOf(bars.length)}
        table={{
          head: [t('screening.result.rule'), t('screening.result.cases')],
          rows: bars.map(({ name: rule, value }) => [rule, formatCount(value, language)]),
        }}
      />
    </div>
  );
}

const hourName = (hour: string): string => inZone(hour, READER_ZONE).slice(5, 16).replace('T', ' ');

export function HourChart({ found }: { readonly found: ScreeningView }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const rows = useMemo(() => found.byNextHour.map(({ hour, cases }) => ({ name: hourName(hour), cases })), [found.byNextHour]);
  const series = t('screening.result.cases');
  const option = useMemo(
    () =>
      stackedBars(
        rows.map(({ name }) => name),
        [{ name: series, colour: tokens.brand, values: rows.map(({ cases }) => cases) }],
        'standing',
      ),
    [rows, series],
  );
  const soon = rows.reduce((sum, { cases }) => sum + cases, 0);
  return (
    <div className="fb-section">
      <Chart
        heading="h2"
        title={t('screening.result.byHour')}
        summary={t('screening.result.byHourSay', { count: soon, later: found.nextLater ?? 0, never: found.nextNever ?? 0 })}
        option={option}
        table={{
          head: [t('screening.result.hour'), series],
          rows: rows.map(({ name, cases }) => [name, formatCount(cases, language)]),
        }}
      />
    </div>
  );
}

export function AgencyChart({ found }: { readonly found: ScreeningView }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const inHouse = t('cases.inHouse');
  const [permitted, refused, notJudged] = [t('screening.result.permitted'), t('screening.result.refused'), t('screening.result.notJudged')];
  const rows = useMemo(() => found.byAgency.map((row) => ({ ...row, name: row.agencyId ?? inHouse })), [found.byAgency, inHouse]);
  const option = useMemo(() => {
    const shown = rows.slice(0, SHOWN);
    return stackedBars(
      shown.map(({ name }) => name),
      [
        { name: permitted, colour: chartColours[3], values: shown.map((row) => row.permitted) },
        { name: refused, colour: tokens.bad, values: shown.map((row) => row.refused) },
        { name: notJudged, colour: chartColours[5], values: shown.map((row) => row.notJudged) },
      ],
      'lying',
    );
  }, [rows, permitted, refused, notJudged]);
  const top = rows[0];
  return (
    <div className="fb-section">
      <Chart
        heading="h2"
        title={t('screening.result.byAgency')}
        {...(top && { summary: t('screening.result.byAgencySay', { agency: top.name, count: top.cases }) })}
        option={option}
        heightPx={heightOf(rows.length, LEGEND_PX)}
        table={{
          head: [t('screening.result.agency'), permitted, refused, notJudged],
          rows: rows.map((row) => [
            row.name,
            formatCount(row.permitted, language),
            formatCount(row.refused, language),
            formatCount(row.notJudged, language),
          ]),
        }}
      />
    </div>
  );
}
