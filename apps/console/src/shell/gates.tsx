import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Outlet } from 'react-router';
import { useName } from '../i18n/use-name.ts';
import type { Room } from '../pages/room.ts';
import { rooms } from '../pages/rooms.ts';
import { mayAny, rolesOf, useSession, type Session } from '../session/session.ts';
import { PageHeader } from '../ui/page-header.tsx';

/** The rooms of a role's navigation. */
export const visibleRooms = (session: Session): Room[] => rooms.filter((room) => !room.isHidden && mayAny(session, room.needs));

export function FirstRoom(): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const open = visibleRooms(session);
  const first = open.find(({ homeOf = [] }) => homeOf.some((role) => session.roles.includes(role))) ?? open[0];
  if (first) return <Navigate to={`/${first.path}`} replace />;
  return <PageHeader title={t('shell.noRooms.title')} lead={t('shell.noRooms.help')} />;
}

/** Lets a room's roles in and tells anybody else whose it is. */
export function RoomGate({ room }: { readonly room: Room }): ReactNode {
  const { t } = useTranslation();
  const name = useName();
  if (mayAny(useSession(), room.needs)) return <Outlet />;
  const roles = [...new Set([room.needs].flat().flatMap(rolesOf))].map((role) => name('shell.role', role));
  return (
    <>
      <PageHeader title={t('shell.notAllowed.title')} lead={t('shell.notAllowed.help')} />
      <p className="fb-soft">{roles.join(t('common.listSeparator'))}</p>
    </>
  );
}
