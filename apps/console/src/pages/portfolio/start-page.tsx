import type { ReactNode } from 'react';
import { Navigate } from 'react-router';
import { may, useSession } from '../../session/session.ts';
import { TABS } from './tabs.tsx';

/** The first page of the room that the reader may see. */
export function PortfolioStart(): ReactNode {
  const session = useSession();
  const first = TABS.find(({ needs }) => may(session, needs));
  return <Navigate to={`/portfolio/${first?.to ?? 'objections'}`} replace />;
}
