import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n/index.ts';
import { inZone, leftUntil, relative, wallClock } from './time.ts';
import { useNow } from './use-now.ts';

const MINUTE_MS = 60_000;

export interface InstantProps {
  readonly at: string;
  /** For an instant that comes in UTC: the zone whose clock is shown. Otherwise the offset of the instant itself counts. */
  readonly timeZone?: string;
  readonly withRelative?: boolean;
  readonly withSeconds?: boolean;
}

/** An instant in local time with its zone, and how far away it is. */
export function Instant({ at, timeZone, withRelative = true, withSeconds = false }: InstantProps): ReactNode {
  const language = useLanguage();
  const nowMs = useNow(MINUTE_MS);
  const shown = wallClock(timeZone === undefined ? at : inZone(at, timeZone));
  if (!shown) return <span>{at}</span>;
  return (
    <span className="fb-instant">
      <time dateTime={at}>
        <span className="fb-unbroken">
          {shown.date} {shown.time}
          {withSeconds && `:${shown.seconds}`}
        </span>{' '}
        <span className="fb-zone">{shown.zone}</span>
      </time>
      {withRelative && <span className="fb-relative">{relative(at, nowMs, language)}</span>}
    </span>
  );
}

export interface CountdownProps {
  readonly until: string;
  /** What stands there when the time has come. */
  readonly over?: ReactNode;
}

/** What is left until an instant, second by second. */
export function Countdown({ until, over }: CountdownProps): ReactNode {
  const { t } = useTranslation();
  const left = leftUntil(until, useNow());
  if (!left) return <span className="fb-countdown fb-countdown-over">{over ?? t('common.time.over')}</span>;
  return (
    <span className="fb-countdown" role="timer">
      {left.days > 0 && `${t('common.time.days', { count: left.days })} `}
      {t('common.time.clock', { hours: left.hours, minutes: left.minutes, seconds: left.seconds })}
    </span>
  );
}
