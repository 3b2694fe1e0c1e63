import { EllipsisOutlined } from '@ant-design/icons';
import { Drawer } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import type { Room } from '../pages/room.ts';

const PLACES_AT_BOTTOM = 5;

function RoomLinks({ rooms, onGo }: { readonly rooms: readonly Room[]; readonly onGo?: () => void }): ReactNode {
  const { t } = useTranslation();
  return rooms.map(({ id, path, icon: Icon }) => (
    <li key={id}>
      <NavLink to={`/${path}`} {...(onGo && { onClick: onGo })}>
        <span className="fb-nav-icon" aria-hidden>
          <Icon />
        </span>
        {t(`shell.nav.${id}`)}
      </NavLink>
    </li>
  ));
}

export function SideNavigation({ rooms, children }: { readonly rooms: readonly Room[]; readonly children: ReactNode }): ReactNode {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('shell.navigation')} className="fb-side">
      {children}
      <ul className="fb-side-nav">
        <RoomLinks rooms={rooms} />
      </ul>
    </nav>
  );
}

/** Up to five places in reach of the thumb; the others in a drawer. */
export function BottomNavigation({ rooms }: { readonly rooms: readonly Room[] }): ReactNode {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const doAllFit = rooms.length <= PLACES_AT_BOTTOM;
  const others = doAllFit ? [] : rooms.slice(PLACES_AT_BOTTOM - 1);
  return (
    <nav aria-label={t('shell.navigation')} className="fb-bottom-nav">
      <ul>
        <RoomLinks rooms={doAllFit ? rooms : rooms.slice(0, PLACES_AT_BOTTOM - 1)} />
        {others.length > 0 && (
          <li>
            <button type="button" aria-haspopup="dialog" aria-expanded={isOpen} onClick={() => setIsOpen(true)}>
              <span className="fb-nav-icon" aria-hidden>
                <EllipsisOutlined />
              </span>
              {t('shell.more')}
            </button>
          </li>
        )}
      </ul>
      <Drawer open={isOpen} onClose={() => setIsOpen(false)} placement="bottom" size="default" title={t('shell.more')}>
        <ul className="fb-drawer-nav">
          <RoomLinks rooms={others} onGo={() => setIsOpen(false)} />
        </ul>
      </Drawer>
    </nav>
  );
}
