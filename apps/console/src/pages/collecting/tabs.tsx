import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, NavLink } from 'react-router';
import { may, useSession, type Operation } from '../../session/session.ts';

const TABS = [
  { to: 'scripts', needs: 'collections.listScripts' },
  { to: 'strategies', needs: 'collections.listStrategies' },
  { to: 'terms', needs: 'collections.listRecordingTerms' },
] as const satisfies readonly { to: string; needs: Operation }[];

/** The pages of the room, below the heading of each. */
export function CollectingTabs(): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  return (
    <nav className="fb-room-tabs" aria-label={t('collecting.setup.tabs')}>
      {TABS.filter(({ needs }) => may(session, needs)).map(({ to }) => (
        <NavLink key={to} to={`/collecting/${to}`}>
          {t(`collecting.setup.tab.${to}`)}
        </NavLink>
      ))}
    </nav>
  );
}

export function CollectingStart(): ReactNode {
  return <Navigate to="/collecting/scripts" replace />;
}
