import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useMay } from '../../../session/session.ts';

/** The pages of supervision beside the board. */
export function SupervisionTabs(): ReactNode {
  const { t } = useTranslation();
  const maySeeBulks = useMay('complaints.listBulks');
  const tabs = [
    { to: '/complaints', label: t('supervision.tabs.board') },
    { to: '/complaints/start', label: t('supervision.tabs.start') },
    { to: '/complaints/search', label: t('supervision.tabs.search') },
    { to: '/complaints/approvals', label: t('supervision.tabs.approvals') },
    ...(maySeeBulks ? [{ to: '/complaints/bulks', label: t('supervision.tabs.bulks') }] : []),
    { to: '/complaints/exports', label: t('supervision.tabs.exports') },
  ];
  return (
    <nav className="fb-room-tabs" aria-label={t('supervision.tabs.label')}>
      {tabs.map(({ to, label }) => (
        <NavLink key={to} to={to} end>
          {label}
        </NavLink>
      ))}
    </nav>
  );
}
