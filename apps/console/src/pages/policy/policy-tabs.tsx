import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useMay } from '../../session/session.ts';
import './policy.css';

/** The pages of the room, below the heading of each. */
export function PolicyTabs(): ReactNode {
  const { t } = useTranslation();
  const maySeeDrafts = useMay('collections.listPolicyDrafts');
  return (
    <nav className="fb-room-tabs" aria-label={t('policy.tabs')}>
      <NavLink to="/policy" end>
        {t('policy.tab.inForce')}
      </NavLink>
      <NavLink to="/policy/versions">{t('policy.tab.versions')}</NavLink>
      {maySeeDrafts && <NavLink to="/policy/drafts">{t('policy.tab.drafts')}</NavLink>}
      <NavLink to="/policy/packs">{t('policy.tab.packs')}</NavLink>
    </nav>
  );
}
