import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, take } from '../../api/client.ts';
import type { CaseView } from '../../api/models.ts';
import { useMay } from '../../session/session.ts';
import { Instant } from '../../ui/instant.tsx';
import { formatBytes } from '../../ui/numbers.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { usePerson } from '../../ui/use-person.ts';

/** File name endings of what proves something. */
export const PROOFS = ['.pdf', '.jpg', '.jpeg', '.png', '.mp3', '.wav', '.txt'] as const;
export const proofAddress = (caseId: string): string => `/api/collections/v1/cases/${encodeURIComponent(caseId)}/proofs`;

const KINDS = ['objection', 'consent', 'hold', 'opt-out', 'party'] as const;

/** Files that prove a hold, a consent, an opt-out, an objection or who a party is. */
export function Proofs({ found: { caseId } }: { readonly found: CaseView }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const mayList = useMay('collections.listProofs');
  const mayRead = useMay('collections.downloadProof');
  const { data, error, refetch } = useQuery({
    queryKey: ['case', caseId, 'proofs'],
    queryFn: ({ signal }) => take(collections.GET('/v1/cases/{id}/proofs', { params: { path: { id: caseId } }, signal })),
    enabled: mayList,
  });
  if (!mayList) return null;
  return (
    <Section title={t('cases.proofs.title')}>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <p className="fb-soft fb-first">{t('cases.proofs.none')}</p>}
      <ul className="fb-lines">
        {data?.items.map(({ id, resource, fileName, bytes, addedAt, addedBy }) => {
          const kind = KINDS.find((one) => resource.startsWith(`${one}/`));
          return (
            <li key={id}>
              <p className="fb-row">
                {kind && <strong>{t(`cases.proofs.of.${kind}`)}</strong>}
                {mayRead ? <a href={`/api/collections/v1/proofs/${id}/file`}>{fileName}</a> : fileName}
                <span className="fb-soft">{formatBytes(bytes)}</span>
              </p>
              <p className="fb-soft">
                <Instant at={addedAt} withRelative={false} /> {person(addedBy)}
              </p>
            </li>
          );
        })}
      </ul>
      {mayRead && (data?.items.length ?? 0) > 0 && <p className="fb-note">{t('cases.proofs.recorded')}</p>}
    </Section>
  );
}
