import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../i18n/index.ts';
import './calendar.css';
import { DAY_KINDS, kindOf, monthsOf, type YearDays } from './days.ts';

const MONDAY = Date.UTC(2026, 0, 5);
const DAY_MS = 86_400_000;
const WEEK = [0, 1, 2, 3, 4, 5, 6] as const;
const LOCALE = { zh: 'zh-CN', en: 'en-GB' } as const;

/** What the marks of the days mean. */
export function DayLegend(): ReactNode {
  const { t } = useTranslation();
  return (
    <ul className="fb-day-legend">
      {DAY_KINDS.map((kind) => (
        <li key={kind}>
          <span className={`fb-day fb-day-${kind}`} aria-hidden>
            {t(`calendar.mark.${kind}`)}
          </span>
          {t(`calendar.kind.${kind}`)}
        </li>
      ))}
    </ul>
  );
}

export interface YearGridProps {
  readonly year: number;
  readonly days: YearDays;
  /** Days that are something else than in what holds. */
  readonly changed?: ReadonlySet<string>;
  /** Left out: the days cannot be pressed. */
  readonly onToggle?: (date: string) => void;
}

/** A year as twelve months; each day says in words, in colour and by a mark what it is. */
export function YearGrid({ year, days, changed, onToggle }: YearGridProps): ReactNode {
  const { t } = useTranslation();
  const locale = LOCALE[useLanguage()];
  const monthName = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' });
  const weekName = new Intl.DateTimeFormat(locale, { weekday: 'narrow', timeZone: 'UTC' });
  return (
    <div className="fb-year">
      {monthsOf(year).map(({ month, before, dates }) => {
        const name = monthName.format(new Date(`${dates[0] ?? ''}T00:00:00Z`));
        return (
          <section key={month} className="fb-month" aria-label={name}>
            <h3>{name}</h3>
            <div className="fb-month-days">
              {WEEK.map((day) => (
                <span key={day} className="fb-week-day" aria-hidden>
                  {weekName.format(new Date(MONDAY + day * DAY_MS))}
                </span>
              ))}
              {dates.map((date, index) => {
                const kind = kindOf(date, days);
                const isChanged = changed?.has(date) ?? false;
                const said = `${date} ${t(`calendar.kind.${kind}`)}${isChanged ? ` ${t('calendar.changed')}` : ''}`;
                const shown = {
                  key: date,
                  className: `fb-day fb-day-${kind}${isChanged ? ' fb-day-changed' : ''}`,
                  title: said,
                  'aria-label': said,
                  ...(index === 0 && { style: { gridColumnStart: before + 1 } }),
                };
                const { key, ...rest } = shown;
                return onToggle ? (
                  <button key={key} type="button" {...rest} onClick={() => onToggle(date)}>
                    {Number(date.slice(8))}
                  </button>
                ) : (
                  <span key={key} role="img" {...rest}>
                    {Number(date.slice(8))}
                  </span>
                );
              })}
            </div>
          </section>
        );
      })}
    </div>
  );
}
