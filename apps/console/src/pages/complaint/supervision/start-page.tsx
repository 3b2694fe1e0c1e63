import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLanguage } from '../../../i18n/index.ts';
import { useMay } from '../../../session/session.ts';
import { Choice } from '../../../ui/choice.tsx';
import { formatCount } from '../../../ui/numbers.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { inboxQuery, SCOPES } from './api.ts';
import { Forecasts } from './forecasts.tsx';
import { Ageing, Workload } from './load.tsx';
import './supervision.css';
import { HandlingTabs } from '../handling/tabs.tsx';

// Where what is counted can be seen.
const LINKS: Readonly<Record<string, string>> = {
  overdue: '/complaints?bucket=overdue',
  today: '/complaints?bucket=today',
  'within-3': '/complaints?bucket=within-3',
  'awaiting-approval': '/complaints/approvals',
  unassigned: '/complaints?handler=none',
  mine: '/complaints?handler=me',
  'paused-long': '/complaints?bucket=paused',
};

function Cards({ scope }: { readonly scope: (typeof SCOPES)[number] | undefined }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data, error, refetch } = useQuery(inboxQuery(scope));
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  return (
    <ul className="fb-inbox">
      {(data?.counters ?? []).map(({ name, count }) => {
        const to = LINKS[name];
        const body = (
          <>
            <span>{t(`supervision.counter.${name}`)}</span>
            <strong className={name === 'overdue' && count > 0 ? 'fb-inbox-over' : undefined}>{formatCount(count, language)}</strong>
          </>
        );
        const mine = scope === 'mine' && (name === 'overdue' || name === 'today' || name === 'within-3' || name === 'paused-long');
        return <li key={name}>{to ? <Link to={mine ? `${to}&handler=me` : to}>{body}</Link> : <div>{body}</div>}</li>;
      })}
    </ul>
  );
}

/** What is to be looked at today. */
export function StartPage(): ReactNode {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<(typeof SCOPES)[number]>();
  const { data } = useQuery(inboxQuery(asked));
  const maySeeLoad = useMay('complaints.findWorkload');
  const scope = asked ?? data?.scope ?? 'all';
  return (
    <>
      <PageHeader title={t('supervision.start.title')} lead={t('supervision.start.lead')} />
      <HandlingTabs />
      <div className="fb-row fb-list-filter">
        <Choice
          label={t('supervision.start.scopeLabel')}
          value={scope}
          onChange={setAsked}
          options={SCOPES.map((value) => ({ value, label: t(`supervision.start.scope.${value}`) }))}
        />
      </div>
      <Cards scope={scope} />
      {maySeeLoad && <Forecasts />}
      {maySeeLoad && <Workload />}
      <Ageing />
    </>
  );
}
