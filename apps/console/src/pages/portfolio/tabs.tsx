import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { may, useSession, type Operation } from '../../session/session.ts';

export const TABS = [
  { to: 'allocations', needs: 'collections.listAllocations' },
  { to: 'waiting', needs: 'collections.listPendingEntrustments' },
  { to: 'share', needs: 'collections.findOutsourcedShare' },
  { to: 'objections', needs: 'collections.listObjections' },
  { to: 'debtors', needs: 'collections.listDebtorChanges' },
  { to: 'settings', needs: 'collections.findEntrustmentSettings' },
] as const satisfies readonly { to: string; needs: Operation }[];

/** The pages of the room, below the heading of each. */
export function PortfolioTabs(): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  return (
    <nav className="fb-room-tabs" aria-label={t('portfolio.tabs')}>
      {TABS.filter(({ needs }) => may(session, needs)).map(({ to }) => (
        <NavLink key={to} to={`/portfolio/${to}`}>
          {t(`portfolio.tab.${to}`)}
        </NavLink>
      ))}
    </nav>
  );
}
