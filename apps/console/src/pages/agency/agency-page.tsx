import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { may, useMay, useSession } from '../../session/session.ts';
import { PageLoading } from '../../shell/page-loading.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { StandingTag } from './agency-bits.tsx';
import { agencyQuery } from './api.ts';
import { SetStanding } from './set-standing.tsx';
import { AGENCY_TABS } from './tabs.tsx';
import './agency.css';

/** One agency: whether it may work today and why not, and all that is kept of it, a tab each. */
export function AgencyPage(): ReactNode {
  const { t } = useTranslation();
  const { agencyId = '' } = useParams();
  const { data: found, error, refetch } = useQuery(agencyQuery(agencyId));
  const session = useSession();
  const [search] = useSearchParams();
  const tabs = AGENCY_TABS.filter(({ needs, bankOnly }) => may(session, needs) && (!bankOnly || session.agencyId === null));
  const shown = tabs.find(({ id }) => id === search.get('tab')) ?? tabs[0];
  const maySet = useMay('collections.setAgencyStanding');
  const maySeeCases = useMay('collections.listCases');
  const back = { to: '/agencies', label: t('agency.page.back') };
  if (error) {
    return (
      <>
        <PageHeader title={t('agency.title')} back={back} />
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  if (!found) return <PageLoading />;
  return (
    <>
      <PageHeader
        title={found.name}
        back={back}
        aside={<StandingTag standing={found.standing} />}
        actions={
          <>
            {maySeeCases && (
              <LinkButton to={`/cases?${new URLSearchParams({ agencyId: found.agencyId }).toString()}`}>
                {t('agency.page.cases')}
              </LinkButton>
            )}
            {maySet && <SetStanding agency={found} />}
          </>
        }
      />
      <nav className="fb-room-tabs" aria-label={t('registry.tabs')}>
        {tabs.map(({ id, label }) => (
          <Link
            key={id}
            to={{ search: `?tab=${id}` }}
            replace
            {...(id === shown?.id && { className: 'active', 'aria-current': 'page' as const })}
          >
            {t(label as 'registry.tab.overview')}
          </Link>
        ))}
      </nav>
      {shown && <shown.Body agency={found} />}
    </>
  );
}
