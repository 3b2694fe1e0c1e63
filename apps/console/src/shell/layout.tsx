import { useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, ScrollRestoration, useNavigation } from 'react-router';
import { useSession } from '../session/session.ts';
import { useNarrow } from '../ui/use-narrow.ts';
import { AccountMenu } from './account-menu.tsx';
import { visibleRooms } from './gates.tsx';
import { InstitutionPicker } from './institution-picker.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { BottomNavigation, SideNavigation } from './navigation.tsx';
import { NotificationBell } from './notification-bell.tsx';

function Brand(): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="fb-brand">
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="7" />
        <path d="M16 6a10 10 0 1 0 10 10" />
        <path d="M16 10v6l4 3" />
      </svg>
      <span>
        {t('shell.brand')}
        <small>{t('shell.product')}</small>
      </span>
    </div>
  );
}

/** The frame of every page: navigation at the side, or at the bottom of a phone; who is signed in; the page itself. */
export function Layout(): ReactNode {
  const { t } = useTranslation();
  const isNarrow = useNarrow();
  const rooms = visibleRooms(useSession());
  const main = useRef<HTMLElement>(null);
  const isGoing = useNavigation().state !== 'idle';
  return (
    <div className="fb-frame">
      <a
        className="fb-skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {t('shell.skip')}
      </a>
      {!isNarrow && (
        <SideNavigation rooms={rooms}>
          <Brand />
        </SideNavigation>
      )}
      <div className="fb-column">
        <header className="fb-top">
          {isNarrow && <Brand />}
          <div className="fb-top-end">
            <InstitutionPicker />
            <LanguageSwitch />
            <NotificationBell />
            <AccountMenu />
          </div>
          {isGoing && <div className="fb-going" />}
        </header>
        <main id="main" ref={main} tabIndex={-1} className="fb-main" aria-busy={isGoing}>
          <Outlet />
        </main>
      </div>
      {isNarrow && <BottomNavigation rooms={rooms} />}
      <ScrollRestoration />
    </div>
  );
}
