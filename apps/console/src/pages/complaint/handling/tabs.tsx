import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useMay } from '../../../session/session.ts';

/** The pages of the desk beside the board. */
export function HandlingTabs(): ReactNode {
  const { t } = useTranslation();
  const mayList = useMay('complaints.listComplaints');
  const maySeeDesk = useMay('complaints.listDeskMembers');
  const maySeeTasks = useMay('complaints.listWorkTasks');
  const maySeePunctuality = useMay('complaints.readStagePunctuality');
  const maySeeReviews = useMay('complaints.listReviews');
  const maySeeMeasures = useMay('complaints.listRectifications');
  const maySeeScores = useMay('complaints.readSatisfaction');
  const maySeeMajor = useMay('complaints.listMajor');
  const maySeeCalendars = useMay('complaints.listCalendars');
  const maySeeBulks = useMay('complaints.listBulks');
  const maySeeTemplates = useMay('complaints.listLetterTemplates');
  const maySeeMatrix = useMay('complaints.listApprovalMatrices');
  const maySeeCodes = useMay('complaints.listCodeTables');
  const maySeeAgreement = useMay('complaints.findClassificationAgreement');
  const maySeeSuspected = useMay('complaints.listBadFaith');
  const maySeeChannels = useMay('complaints.listChannelPages');
  const maySeeMails = useMay('complaints.listMails');
  const tabs = [
    mayList && { to: '/complaints', label: t('handling.tabs.board') },
    mayList && { to: '/complaints/start', label: t('supervision.tabs.start') },
    mayList && { to: '/complaints/search', label: t('supervision.tabs.search') },
    mayList && { to: '/complaints/approvals', label: t('supervision.tabs.approvals') },
    maySeeBulks && { to: '/complaints/bulks', label: t('supervision.tabs.bulks') },
    mayList && { to: '/complaints/exports', label: t('supervision.tabs.exports') },
    maySeeMajor && { to: '/complaints/major', label: t('major.tab.majors') },
    maySeeMajor && { to: '/complaints/major-alarms', label: t('major.tab.alarms') },
    maySeeTasks && { to: '/complaint-tasks', label: t('handling.tabs.tasks') },
    maySeePunctuality && { to: '/complaints/punctuality', label: t('handling.tabs.punctuality') },
    maySeeCalendars && { to: '/complaints/calendar', label: t('calendar.tab') },
    maySeeDesk && { to: '/complaints/desk', label: t('handling.tabs.desk') },
    maySeeSuspected && { to: '/complaints/suspected', label: t('sorting.tab.suspected') },
    maySeeCodes && { to: '/complaints/code-tables', label: t('sorting.tab.codes') },
    maySeeAgreement && { to: '/complaints/agreement', label: t('sorting.tab.agreement') },
    maySeeMails && { to: '/complaints/mails', label: t('publicPage.tab.mails') },
    maySeeChannels && { to: '/complaints/channels', label: t('publicPage.tab.channels') },
    maySeeTemplates && { to: '/complaints/letter-templates', label: t('decision.tab.templates') },
    maySeeMatrix && { to: '/complaints/approval-matrix', label: t('decision.tab.matrix') },
    maySeeReviews && { to: '/complaints/reviews', label: t('after.tab.reviews') },
    maySeeMeasures && { to: '/complaints/rectifications', label: t('after.tab.rectifications') },
    maySeeScores && { to: '/complaints/satisfaction', label: t('after.tab.satisfaction') },
  ].filter((tab) => tab !== false);
  if (tabs.length < 2) return null;
  return (
    <nav className="fb-room-tabs" aria-label={t('handling.tabs.label')}>
      {tabs.map(({ to, label }) => (
        <NavLink key={to} to={to} end>
          {label}
        </NavLink>
      ))}
    </nav>
  );
}
