import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../i18n/index.ts';
import { stackedBars } from '../../../ui/bars.ts';
import { Chart } from '../../../ui/chart.tsx';
import { formatCount } from '../../../ui/numbers.ts';
import { chartColours, tokens } from '../../../ui/tokens.ts';
import type { Turned } from '../wire.ts';

const SHOWN = 12;
const ROW_PX = 34;
const LEGEND_PX = 46;

export interface TurnedRow extends Turned {
  readonly name: string;
}

const total = ({ toRefused, toPermitted }: Turned): number => toRefused + toPermitted;

const optionOf = (rows: readonly TurnedRow[], [refused, permitted]: readonly [string, string], form: 'lying' | 'standing') =>
  stackedBars(
    rows.map(({ name }) => name),
    [
      { name: refused, colour: tokens.bad, values: rows.map(({ toRefused }) => toRefused) },
      { name: permitted, colour: chartColours[3], values: rows.map(({ toPermitted }) => toPermitted) },
    ],
    form,
  );

export interface TurnedChartProps {
  readonly title: string;
  /** What a row is, at the head of the table. */
  readonly of: string;
  readonly rows: readonly TurnedRow[];
  readonly form?: 'lying' | 'standing';
}

/** How many contacts would end otherwise, which way, by one thing. */
export function TurnedChart({ title, of, rows, form = 'lying' }: TurnedChartProps): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const names = useMemo(
    (): readonly [string, string] => [t('simulation.result.toRefused'), t('simulation.result.toPermitted')],
    // The names change with the language.
    // oxlint-disable-next-line react/exhaustive-deps
    [language],
  );
  const isLying = form === 'lying';
  const sorted = useMemo(() => (isLying ? rows.toSorted((one, other) => total(other) - total(one)) : rows), [rows, isLying]);
  const option = useMemo(() => optionOf(isLying ? sorted.slice(0, SHOWN) : sorted, names, form), [sorted, names, isLying, form]);
  const top = sorted[0];
  const refused = rows.reduce((sum, { toRefused }) => sum + toRefused, 0);
  const summary = isLying
    ? top && t('simulation.result.most', { name: top.name, count: top.toRefused })
    : t('simulation.result.perDay', { count: Math.round(refused / Math.max(1, rows.length)) });
  return (
    <div className="fb-section">
      <Chart
        heading="h2"
        title={title}
        {...(summary && { summary })}
        option={option}
        {...(isLying && { heightPx: Math.max(120, Math.min(SHOWN, rows.length) * ROW_PX + LEGEND_PX) })}
        table={{
          head: [of, ...names],
          rows: sorted.map(({ name, toRefused, toPermitted }) => [
            name,
            formatCount(toRefused, language),
            formatCount(toPermitted, language),
          ]),
        }}
      />
    </div>
  );
}
