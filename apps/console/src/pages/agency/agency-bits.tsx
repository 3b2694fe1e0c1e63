import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgencyItem } from '../../api/models.ts';
import { StateTag } from '../../ui/state-tag.tsx';

type Standing = AgencyItem['standing'];
type Reason = Standing['reasons'][number];

// The gate warns of these and refuses for the others.
const WARNINGS: readonly Reason[] = ['never-evaluated', 'evaluation-old'];

export const isWarning = (reason: Reason): boolean => WARNINGS.includes(reason);

/** Whether the gate lets the agency work today. */
export function StandingTag({ standing }: { readonly standing: Standing }): ReactNode {
  const { t } = useTranslation();
  if (!standing.good) return <StateTag tone="bad">{t('agency.bad')}</StateTag>;
  if (standing.reasons.length > 0) return <StateTag tone="wait">{t('agency.warned')}</StateTag>;
  return <StateTag tone="good">{t('agency.good')}</StateTag>;
}

/** Why not, in words. */
export function Reasons({ reasons }: { readonly reasons: readonly Reason[] }): ReactNode {
  const { t } = useTranslation();
  return reasons.map((reason) => t(`agency.reason.${reason}`)).join(t('common.listSeparator'));
}

export function Contract({ contract }: Pick<AgencyItem, 'contract'>): ReactNode {
  const { t } = useTranslation();
  if (contract === null) return <span className="fb-soft">{t('agency.noContract')}</span>;
  return (
    <>
      <span className="fb-unbroken">{contract.from ?? t('agency.open')} –</span>{' '}
      <span className="fb-unbroken">{contract.to ?? t('agency.open')}</span>
    </>
  );
}

export function Evaluated({ on }: { readonly on: string | null }): ReactNode {
  const { t } = useTranslation();
  return on ? <span className="fb-unbroken">{on}</span> : <span className="fb-soft">{t('agency.never')}</span>;
}
