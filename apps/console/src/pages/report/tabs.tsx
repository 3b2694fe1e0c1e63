import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { mayAny, useSession, type Operation } from '../../session/session.ts';

const TABS = [
  { to: '/reports', tab: 'reports', needs: ['collections.listReports', 'complaints.listReports'] },
  { to: '/reports/schedules', tab: 'schedules', needs: ['collections.listReportSchedules', 'complaints.listReportSchedules'] },
  { to: '/reports/delivery', tab: 'delivery', needs: ['collections.listReportTargets', 'complaints.listReportTargets'] },
] as const satisfies readonly { to: string; tab: string; needs: readonly Operation[] }[];

/** The pages of the room, below the heading of each. */
export function ReportTabs(): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  return (
    <nav className="fb-room-tabs" aria-label={t('report.tabs')}>
      {TABS.filter(({ needs }) => mayAny(session, needs)).map(({ to, tab }) => (
        <NavLink key={to} to={to} end>
          {t(`report.tab.${tab}`)}
        </NavLink>
      ))}
    </nav>
  );
}
