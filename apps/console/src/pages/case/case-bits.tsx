import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView, HoldView } from '../../api/models.ts';
import { StateTag } from '../../ui/state-tag.tsx';
import { daysSince } from '../../ui/time.ts';
import { useNow } from '../../ui/use-now.ts';

const MINUTE_MS = 60_000;
const TONES = { open: 'busy', closed: 'quiet', paid: 'good' } as const;

export function CaseState({ state }: { readonly state: CaseView['state'] }): ReactNode {
  const { t } = useTranslation();
  return <StateTag tone={TONES[state]}>{t(`cases.state.${state}`)}</StateTag>;
}

/** Since when, and how many days that is where the debtor lives. */
export function Overdue({ since, timeZone }: { readonly since: string | null; readonly timeZone: string }): ReactNode {
  const { t } = useTranslation();
  const nowMs = useNow(MINUTE_MS);
  if (since === null) return <span className="fb-soft">{t('cases.notOverdue')}</span>;
  const count = Math.max(0, daysSince(since, nowMs, timeZone));
  return (
    <span className="fb-instant">
      <time dateTime={since}>{since}</time> <span className="fb-relative">{t('cases.overdueDays', { count })}</span>
    </span>
  );
}

export type HoldTime = 'active' | 'over' | 'later';

export function holdTime({ from, until }: HoldView, nowMs: number): HoldTime {
  if (Date.parse(from) > nowMs) return 'later';
  return until === null || Date.parse(until) > nowMs ? 'active' : 'over';
}

/** Whether anything stops contact at the moment. */
export function HeldTag({ holds }: { readonly holds: readonly HoldView[] }): ReactNode {
  const { t } = useTranslation();
  const nowMs = useNow(MINUTE_MS);
  if (holds.some((hold) => holdTime(hold, nowMs) === 'active')) return <StateTag tone="wait">{t('cases.held')}</StateTag>;
  return <span className="fb-soft">{t('cases.notHeld')}</span>;
}
