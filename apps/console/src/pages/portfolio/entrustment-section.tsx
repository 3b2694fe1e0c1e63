import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, take } from '../../api/client.ts';
import type { CaseView } from '../../api/models.ts';
import { may, useSession } from '../../session/session.ts';
import { Instant } from '../../ui/instant.tsx';
import { formatMoney } from '../../ui/numbers.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { usePerson } from '../../ui/use-person.ts';
import { AskDrawer } from '../../ui/ask-drawer.tsx';
import { Blocks, EntrustDrawer, NoticeDrawer, PlacedTag, RecallDrawer } from './entrust-drawers.tsx';
import { WordsField } from './fields.tsx';
import { entrustmentQuery, header, type ProposalView } from './wire.ts';

type Act = 'entrust' | 'recall' | 'notice' | 'withdraw';

function WithdrawDrawer({ caseId, onClose }: { readonly caseId: string; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <AskDrawer<{ readonly reason: string }, unknown>
      title={t('portfolio.withdraw.title')}
      confirm={t('portfolio.withdraw.confirm')}
      touches={['case', 'waiting']}
      send={(body, key) =>
        take(collections.POST('/v1/cases/{id}/entrustment/withdrawal', { params: { path: { id: caseId }, header: header(key) }, body }))
      }
      onClose={onClose}
    >
      <WordsField name="reason" label={t('portfolio.reason')} />
    </AskDrawer>
  );
}

function Proposal({ proposal }: { readonly proposal: ProposalView }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="fb-note">
      <p className="fb-row">
        <strong>{t('portfolio.proposal', { agency: proposal.agencyId })}</strong> <PlacedTag state={proposal.state} />
      </p>
      <p>{proposal.reason}</p>
      {proposal.readyAt !== null && (
        <p>
          {t('portfolio.readyAt')} <Instant at={proposal.readyAt} />
        </p>
      )}
      {proposal.blocks.length > 0 && (
        <p>
          <Blocks blocks={proposal.blocks} />
        </p>
      )}
    </div>
  );
}

function Ledger({ caseId }: { readonly caseId: string }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const { data, error } = useQuery(entrustmentQuery(caseId));
  if (error) return <ProblemAlert error={error} />;
  if (!data) return null;
  return (
    <>
      {data.proposal && <Proposal proposal={data.proposal} />}
      {data.history.length === 0 && <p className="fb-soft fb-first">{t('portfolio.noHistory')}</p>}
      <ul className="fb-lines">
        {data.history.map((row) => (
          <li key={row.id}>
            <p className="fb-row">
              <strong>{row.agencyName ?? row.agencyId}</strong>
              {row.until === null && <StateTag tone="busy">{t('portfolio.now')}</StateTag>}
            </p>
            <p className="fb-soft">
              <Instant at={row.from} withRelative={false} /> –{' '}
              {row.until === null ? t('portfolio.stillOpen') : <Instant at={row.until} withRelative={false} />}
            </p>
            <p className="fb-soft">
              {formatMoney({ amount: row.balance, currency: row.currency })} · {person(row.begunBy)}
              {row.reason !== null && ` · ${row.reason}`}
            </p>
            {row.endReason !== null && (
              <p className="fb-soft">
                {t('portfolio.ended', { who: person(row.endedBy ?? '') })} {row.endReason}
              </p>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Which agency has had the case, which it waits for, and what can be done about it. */
export function EntrustmentSection({ found }: { readonly found: CaseView }): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const [act, setAct] = useState<Act | null>(null);
  const maySee = may(session, 'collections.findEntrustment');
  const { data } = useQuery({ ...entrustmentQuery(found.caseId), enabled: maySee });
  if (!maySee) return null;
  const isBank = session.agencyId === null;
  const waits = data?.proposal?.state === 'awaiting-notice' || data?.proposal?.state === 'awaiting-time';
  const caseIds = [found.caseId];
  const close = (): void => setAct(null);
  return (
    <Section
      title={t('portfolio.section')}
      aside={
        isBank && (
          <div className="fb-row">
            {waits && may(session, 'collections.noteReferrals') && (
              <Button onClick={() => setAct('notice')}>{t('portfolio.notice.open')}</Button>
            )}
            {waits && may(session, 'collections.withdrawEntrustment') && (
              <Button onClick={() => setAct('withdraw')}>{t('portfolio.withdraw.confirm')}</Button>
            )}
            {!waits && may(session, 'collections.entrustCases') && (
              <Button onClick={() => setAct('entrust')}>{t('portfolio.entrust.open')}</Button>
            )}
            {found.agencyId !== null && may(session, 'collections.recallCases') && (
              <Button danger onClick={() => setAct('recall')}>
                {t('portfolio.recall.confirm')}
              </Button>
            )}
          </div>
        )
      }
    >
      <Ledger caseId={found.caseId} />
      {act === 'entrust' && <EntrustDrawer caseIds={caseIds} onClose={close} />}
      {act === 'recall' && <RecallDrawer caseIds={caseIds} onClose={close} />}
      {act === 'notice' && <NoticeDrawer caseIds={caseIds} onClose={close} />}
      {act === 'withdraw' && <WithdrawDrawer caseId={found.caseId} onClose={close} />}
    </Section>
  );
}
