import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/index.ts';
import { lyingBars } from '../../ui/bars.ts';
import { Chart } from '../../ui/chart.tsx';
import { formatCount, formatMoney, formatPercent } from '../../ui/numbers.ts';
import { Facts } from '../../ui/section.tsx';
import { useAgencyName } from '../../ui/use-agency-name.ts';
import type { AllocationSummary } from './wire.ts';

/** The share with agencies before and after. */
export function Share({ summary }: { readonly summary: AllocationSummary }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const { before, after, currency } = summary;
  const said = (part: number, whole: number): string => formatPercent(part, whole, language);
  const figures = ({ open, outside, openAmount, outsideAmount }: AllocationSummary['before']): string =>
    t('portfolio.allocation.figures', {
      number: said(outside, open),
      amount: said(Number(outsideAmount), Number(openAmount)),
      money: formatMoney({ amount: outsideAmount, currency }),
    });
  return (
    <Facts
      items={[
        { label: t('portfolio.allocation.matched'), value: formatCount(summary.matched, language) },
        {
          label: t('portfolio.allocation.assigned'),
          value: `${formatCount(summary.assigned, language)} · ${formatMoney({ amount: summary.amount, currency })}`,
        },
        { label: t('portfolio.allocation.before'), value: figures(before) },
        { label: t('portfolio.allocation.after'), value: figures(after) },
      ]}
    />
  );
}

/** Who gets how much, and what stays for which reason. */
export function Charts({ summary }: { readonly summary: AllocationSummary }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const { agencies, stays, currency } = summary;
  const nameOf = useAgencyName();
  const byAgency = useMemo(
    () => lyingBars(agencies.map(({ agencyId, cases }) => ({ name: nameOf(agencyId), value: cases }))),
    [agencies, nameOf],
  );
  const byStay = useMemo(
    () => lyingBars(stays.map(({ why, cases }) => ({ name: t(`portfolio.stay.${why}`), value: cases }))),
    // The names change with the language.
    // oxlint-disable-next-line react/exhaustive-deps
    [stays, language],
  );
  return (
    <div className="fb-columns">
      <div className="fb-section">
        <Chart
          heading="h2"
          title={t('portfolio.allocation.byAgency')}
          option={byAgency}
          heightPx={Math.max(120, agencies.length * 34)}
          table={{
            head: [
              t('portfolio.agency'),
              t('portfolio.cases'),
              t('portfolio.amount'),
              t('portfolio.allocation.room'),
              t('portfolio.allocation.why'),
            ],
            rows: agencies.map(({ agencyId, cases, amount, room, blocks }) => [
              nameOf(agencyId),
              formatCount(cases, language),
              formatMoney({ amount, currency }),
              room === null ? t('portfolio.noLimit') : formatCount(room, language),
              blocks.join('; '),
            ]),
          }}
        />
      </div>
      {stays.length > 0 && (
        <div className="fb-section">
          <Chart
            heading="h2"
            title={t('portfolio.allocation.stays')}
            option={byStay}
            heightPx={Math.max(120, stays.length * 34)}
            table={{
              head: [t('portfolio.allocation.why'), t('portfolio.cases'), t('portfolio.amount')],
              rows: stays.map(({ why, cases, amount }) => [
                t(`portfolio.stay.${why}`),
                formatCount(cases, language),
                formatMoney({ amount, currency }),
              ]),
            }}
          />
        </div>
      )}
    </div>
  );
}
