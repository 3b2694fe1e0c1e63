import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, useLocation } from 'react-router';
import { may, useSession } from '../../../session/session.ts';
import { groupOf, groupsFor } from './tab-groups.ts';

/** The pages of the desk beside the board: first what they are about, below it those of the group that is open. */
export function HandlingTabs(): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const { pathname } = useLocation();
  const groups = groupsFor((operation) => may(session, operation));
  const shown = groupOf(groups, pathname);
  if (groups.flatMap(({ pages }) => pages).length < 2) return null;
  return (
    <>
      <nav className="fb-room-tabs" aria-label={t('handling.tabs.label')}>
        {groups.map(({ id, pages }) => (
          <Link
            key={id}
            to={pages[0]?.to ?? '/complaints'}
            {...(id === shown?.id && { className: 'active', 'aria-current': 'true' as const })}
          >
            {t(`handling.tabs.groups.${id}`)}
          </Link>
        ))}
      </nav>
      {shown && shown.pages.length > 1 && (
        <nav className="fb-sub-tabs" aria-label={t(`handling.tabs.groups.${shown.id}`)}>
          {shown.pages.map(({ to, label }) => (
            <NavLink key={to} to={to} end={to === '/complaints'}>
              {t(label)}
            </NavLink>
          ))}
        </nav>
      )}
    </>
  );
}
