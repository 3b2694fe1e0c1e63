import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { collections, newKey, take } from '../../api/client.ts';
import type { CaseView, ContactPointView, PartyView } from '../../api/models.ts';
import { useName } from '../../i18n/use-name.ts';
import { may, useSession } from '../../session/session.ts';
import { Instant } from '../../ui/instant.tsx';
import { Masked } from '../../ui/masked.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { MakeLiable, RejectParty } from './liability-drawers.tsx';
import { AddParty, AddPoint, CheckPoint, EndParty } from './people-drawers.tsx';
import { header, partyProposalsOf } from './wire.ts';

function Waiting({ found }: { readonly found: CaseView }): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const queries = useQueryClient();
  const [key] = useState(newKey);
  const [rejected, setRejected] = useState<string | null>(null);
  const { data } = useQuery({ ...partyProposalsOf(found.caseId), enabled: may(session, 'collections.listPartyProposals') });
  const approve = useMutation({
    mutationFn: (id: string) =>
      take(collections.POST('/v1/party-proposals/{id}/approval', { params: { path: { id }, header: header(`${key}-${id}`) } })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['case'] }),
  });
  const mayApprove = session.agencyId === null && may(session, 'collections.approveParty');
  return (
    <>
      {data?.items.map(({ id, partyId, role, basis, proposedBy }) => (
        <div key={id} className="fb-note">
          <p>{t('portfolio.people.proposed', { party: partyId, role: t(`cases.party.${role}`), basis: basis ?? '' })}</p>
          {mayApprove && proposedBy !== session.subject ? (
            <div className="fb-row">
              <Button size="small" type="primary" loading={approve.isPending} onClick={() => approve.mutate(id)}>
                {t('portfolio.debtor.approve')}
              </Button>
              <Button size="small" danger onClick={() => setRejected(id)}>
                {t('portfolio.debtor.reject')}
              </Button>
            </div>
          ) : (
            <p className="fb-soft">{t('portfolio.debtor.second')}</p>
          )}
        </div>
      ))}
      {approve.error && <ProblemAlert error={approve.error} />}
      {rejected !== null && <RejectParty id={rejected} onClose={() => setRejected(null)} />}
    </>
  );
}

function PointLine({
  point,
  isMasked,
  onCheck,
}: {
  readonly point: ContactPointView;
  readonly isMasked: boolean;
  readonly onCheck?: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const name = useName();
  return (
    <li>
      <p className="fb-row">
        <Masked value={point.value} isMasked={isMasked} />
        {point.status !== 'valid' && <StateTag tone="bad">{t(`portfolio.people.result.${point.status}`)}</StateTag>}
        {point.stale && <StateTag tone="wait">{t('portfolio.people.stale')}</StateTag>}
        {onCheck && (
          <Button size="small" onClick={onCheck}>
            {t('portfolio.people.checkOpen')}
          </Button>
        )}
      </p>
      <p className="fb-soft">
        {t(`cases.register.channels.${point.channel}`)} · {t('portfolio.people.from', { source: name('cases.source', point.source) })} ·{' '}
        {point.checkedAt === null ? t('portfolio.people.unchecked') : <Instant at={point.checkedAt} withRelative={false} />}
      </p>
    </li>
  );
}

/** Who does not owe yet, and may have signed for it. */
const BECOME_LIABLE: ReadonlySet<PartyView['role']> = new Set([
  'related',
  'representative',
  'unrelated',
  'guarantor',
  'co-debtor',
] as const);

type Open =
  | { readonly what: 'party' }
  | { readonly what: 'point' | 'end' | 'liable'; readonly party: PartyView }
  | { readonly what: 'check'; readonly point: ContactPointView };

/** The persons of a case and how they are reached: where it is known from, and who made sure of it when. */
export function PeopleSection({ found }: { readonly found: CaseView }): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const [open, setOpen] = useState<Open | null>(null);
  const mayAdd = may(session, 'collections.addContactPoint');
  const mayPropose = may(session, 'collections.makePartyLiable');
  const mayEnd = may(session, 'collections.endParty');
  const close = (): void => setOpen(null);
  return (
    <Section
      title={t('portfolio.people.title')}
      aside={
        <div className="fb-row">
          {may(session, 'collections.proposeMerge') && (
            <Link to={`/portfolio/debtors?debtorId=${encodeURIComponent(found.debtorId)}`}>{t('portfolio.people.whoIsWho')}</Link>
          )}
          {may(session, 'collections.addParty') && (
            <Button onClick={() => setOpen({ what: 'party' })}>{t('portfolio.people.addParty')}</Button>
          )}
        </div>
      }
    >
      <Waiting found={found} />
      {found.parties.map((party) => (
        <div key={party.id}>
          <p className="fb-row">
            <strong>
              <Masked value={party.name} isMasked={found.masked} />
            </strong>
            <span className="fb-soft">{t(`cases.party.${party.role}`)}</span>
            {party.endedAt !== null && <StateTag tone="quiet">{t('portfolio.people.ended')}</StateTag>}
            {mayAdd && party.endedAt === null && (
              <Button size="small" onClick={() => setOpen({ what: 'point', party })}>
                {t('portfolio.people.addPoint')}
              </Button>
            )}
            {mayPropose && party.endedAt === null && BECOME_LIABLE.has(party.role) && (
              <Button size="small" onClick={() => setOpen({ what: 'liable', party })}>
                {t('portfolio.people.makeLiable')}
              </Button>
            )}
            {mayEnd && party.endedAt === null && party.role !== 'debtor' && (
              <Button size="small" danger onClick={() => setOpen({ what: 'end', party })}>
                {t('portfolio.people.endConfirm')}
              </Button>
            )}
          </p>
          <ul className="fb-lines">
            {party.contactPoints.map((point) => (
              <PointLine
                key={point.id}
                point={point}
                isMasked={found.masked}
                {...(mayAdd && { onCheck: () => setOpen({ what: 'check', point }) })}
              />
            ))}
          </ul>
        </div>
      ))}
      {open?.what === 'party' && <AddParty found={found} onClose={close} />}
      {open?.what === 'point' && <AddPoint found={found} party={open.party} onClose={close} />}
      {open?.what === 'liable' && <MakeLiable found={found} party={open.party} onClose={close} />}
      {open?.what === 'end' && <EndParty found={found} party={open.party} onClose={close} />}
      {open?.what === 'check' && <CheckPoint found={found} point={open.point} onClose={close} />}
    </Section>
  );
}
