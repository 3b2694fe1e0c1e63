import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useMay } from '../../session/session.ts';

/** The pages of the room that the reader may enter. */
export function OversightTabs(): ReactNode {
  const { t } = useTranslation();
  const [mayWeigh, mayList] = [useMay('collections.findEvaluationWeights'), useMay('collections.listInspectionChecklists')];
  const tabs = [
    { to: '/oversight', label: t('oversight.tab.overview'), is: true },
    { to: '/oversight/checklists', label: t('oversight.tab.checklists'), is: mayList },
    { to: '/oversight/weights', label: t('oversight.tab.weights'), is: mayWeigh },
  ].filter(({ is }) => is);
  return (
    <nav className="fb-room-tabs" aria-label={t('oversight.tab.label')}>
      {tabs.map(({ to, label }) => (
        <NavLink key={to} to={to} end>
          {label}
        </NavLink>
      ))}
    </nav>
  );
}
