import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { AfterSections } from './after/after-sections.tsx';
import { LedgerSection } from './clock/ledger-section.tsx';
import { DecisionSections } from './decision/decision-sections.tsx';
import { DossierSection } from './dossier/dossier-section.tsx';
import { Handling } from './handling/handling.tsx';
import { IntakeSections } from './intake/intake-sections.tsx';
import { MailSection } from './public/mail-section.tsx';
import { SortingSections } from './sorting/sorting-sections.tsx';
import { Timeline } from './timeline.tsx';
import { Content } from './who.tsx';
import type { Complaint, TimelineItem } from './wire.ts';

interface PartProps {
  readonly complaint: Complaint;
  readonly timeline: UseQueryResult<readonly TimelineItem[]>;
}

function Work({ complaint }: PartProps): ReactNode {
  return (
    <>
      <Content complaint={complaint} />
      <Handling complaint={complaint} />
    </>
  );
}

function Origin({ complaint }: PartProps): ReactNode {
  return (
    <>
      <SortingSections complaint={complaint} />
      <IntakeSections complaint={complaint} />
      <MailSection complaint={complaint} />
    </>
  );
}

function History({ complaint, timeline }: PartProps): ReactNode {
  const items = timeline.data ?? [];
  return (
    <>
      <LedgerSection complaint={complaint} items={items} />
      {timeline.error && <ProblemAlert error={timeline.error} onRetry={() => void timeline.refetch()} />}
      <Timeline items={items} timeZone={complaint.timeZone} isLoading={timeline.isPending} />
    </>
  );
}

/** The rooms of a complaint in the order of its life; each asks the service only when it is looked at. */
const PARTS = [
  { id: 'work', Body: Work },
  { id: 'origin', Body: Origin },
  { id: 'decision', Body: ({ complaint }: PartProps) => <DecisionSections complaint={complaint} /> },
  { id: 'collection', Body: ({ complaint }: PartProps) => <DossierSection complaint={complaint} /> },
  { id: 'after', Body: ({ complaint }: PartProps) => <AfterSections complaint={complaint} /> },
  { id: 'history', Body: History },
] as const;

/** All that is kept of a complaint beside its clock, a tab each; the tab is in the address. */
export function ComplaintParts(props: PartProps): ReactNode {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const shown = PARTS.find(({ id }) => id === search.get('tab')) ?? PARTS[0];
  return (
    <div className="fb-complaint-rest">
      <nav className="fb-room-tabs" aria-label={t('complaint.page.parts')}>
        {PARTS.map(({ id }) => (
          <Link
            key={id}
            to={{ search: `?tab=${id}` }}
            replace
            preventScrollReset
            {...(id === shown.id && { className: 'active', 'aria-current': 'page' as const })}
          >
            {t(`complaint.page.part.${id}`)}
          </Link>
        ))}
      </nav>
      <shown.Body {...props} />
    </div>
  );
}
