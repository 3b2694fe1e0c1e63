import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, Outlet } from 'react-router';
import type { Room } from '../pages/room.ts';
import { rooms } from '../pages/rooms.ts';
import { may, rolesOf, useMay, useSession, type Session } from '../session/session.ts';
import { PageHeader } from '../ui/page-header.tsx';

/** The rooms of a role's navigation. */
export const visibleRooms = (session: Session): Room[] => rooms.filter((room) => !room.isHidden && may(session, room.needs));

export function FirstRoom(): ReactNode {
  const { t } = useTranslation();
  const first = visibleRooms(useSession())[0];
  if (first) return <Navigate to={`/${first.path}`} replace />;
  return <PageHeader title={t('shell.noRooms.title')} lead={t('shell.noRooms.help')} />;
}

export function NotFound(): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('shell.notFound.title')} lead={t('shell.notFound.help')} />
      <Link to="/">{t('shell.notFound.home')}</Link>
    </>
  );
}

type KnownRole = keyof (typeof import('../i18n/zh/shell.ts'))['shell']['role'];

/** Lets a room's roles in and tells anybody else whose it is. */
export function RoomGate({ room }: { readonly room: Room }): ReactNode {
  const { t } = useTranslation();
  if (useMay(room.needs)) return <Outlet />;
  const roles = rolesOf(room.needs).map((role) => t(`shell.role.${role as KnownRole}`));
  return (
    <>
      <PageHeader title={t('shell.notAllowed.title')} lead={t('shell.notAllowed.help')} />
      <p className="fb-soft">{roles.join(t('common.listSeparator'))}</p>
    </>
  );
}
