import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { collections, take } from '../../api/client.ts';
import type { components } from '../../api/collections.d.ts';
import { useName } from '../../i18n/use-name.ts';
import { useMay } from '../../session/session.ts';
import { Instant } from '../../ui/instant.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { wallClock } from '../../ui/time.ts';

const timeOf = (instant: string): string => {
  const shown = wallClock(instant);
  return shown ? `${shown.date} ${shown.time}` : instant;
};

type CaseComplaint = components['schemas']['CaseComplaint'];

function useScope(): (complaint: CaseComplaint) => string {
  const { t } = useTranslation();
  const name = useName();
  return ({ scope }) => {
    const parts = [
      scope?.agencyId,
      scope?.collectorId,
      scope?.channel && name('contact.channel', scope.channel),
      scope?.onePoint && t('dossier.told.point'),
    ].filter(Boolean);
    return parts.length === 0 ? t('dossier.told.all') : parts.join(' · ');
  };
}

/** What complaints say of the debtor of a case: which number, since when they hold contact, in which scope, and who ends it. */
export function CaseComplaints({ caseId }: { readonly caseId: string }): ReactNode {
  const { t } = useTranslation();
  const scopeOf = useScope();
  const may = useMay('collections.listCaseComplaints');
  const mayOpen = useMay('complaints.findComplaint');
  const { data, error } = useQuery({
    queryKey: ['collections', 'case-complaints', caseId],
    queryFn: ({ signal }) => take(collections.GET('/v1/cases/{id}/complaints', { params: { path: { id: caseId } }, signal })),
    enabled: may,
  });
  if (!may) return null;
  return (
    <Section title={t('dossier.told.title')}>
      {error && <ProblemAlert error={error} />}
      {data?.items.length === 0 && <p className="fb-soft fb-first">{t('dossier.told.none')}</p>}
      <ul className="fb-lines">
        {data?.items.map((one) => (
          <li key={one.complaintId}>
            <p className="fb-row">
              <strong>{mayOpen ? <Link to={`/complaints/${one.complaintId}`}>{one.number}</Link> : one.number}</strong>{' '}
              <StateTag tone={one.closedAt === null ? 'wait' : 'quiet'}>
                {one.closedAt === null ? t('dossier.told.open') : t('dossier.told.closed')}
              </StateTag>
            </p>
            <p className="fb-soft">
              <Instant at={one.receivedAt} withRelative={false} />
            </p>
            {one.heldSince !== null && (
              <p>
                {one.heldUntil === null
                  ? t('dossier.told.held', { time: timeOf(one.heldSince), scope: scopeOf(one) })
                  : t('dossier.told.ended', { time: timeOf(one.heldUntil) })}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
