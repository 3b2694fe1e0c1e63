import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, take } from '../../api/client.ts';
import { useMay, useSession } from '../../session/session.ts';
import { Empty } from '../../ui/empty.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { Section } from '../../ui/section.tsx';
import { usePerson } from '../../ui/use-person.ts';
import { keyed, ladderQuery, sanctionsQuery, useChange, type SanctionView } from './api.ts';
import { SanctionState } from './bits.tsx';
import { LADDER, ProposeSanction } from './propose-sanction.tsx';

type WordedAct = 'reject' | 'withdraw' | 'end' | 'appeal' | 'uphold' | 'revoke';
type Act = WordedAct | 'approve' | 'acknowledge';

function useSend(id: string, done: () => void) {
  return useChange(({ act, words }: { act: Act; words: string }, key) => {
    const params = { ...keyed(key), path: { id } };
    const reason = { params, body: { reason: words } };
    switch (act) {
      case 'approve':
        return take(collections.POST('/v1/sanctions/{id}/approval', { params }));
      case 'acknowledge':
        return take(collections.POST('/v1/sanctions/{id}/acknowledgement', { params }));
      case 'reject':
        return take(collections.POST('/v1/sanctions/{id}/rejection', reason));
      case 'withdraw':
        return take(collections.POST('/v1/sanctions/{id}/withdrawal', reason));
      case 'end':
        return take(collections.POST('/v1/sanctions/{id}/end', reason));
      case 'appeal':
        return take(collections.POST('/v1/sanctions/{id}/appeal', { params, body: { appeal: words } }));
      case 'uphold':
      case 'revoke': {
        const outcome = act === 'uphold' ? 'upheld' : 'revoked';
        return take(collections.POST('/v1/sanctions/{id}/appeal-decision', { params, body: { outcome, note: words } }));
      }
    }
  }, done);
}

/** What this person may do about it now. */
function useActs(sanction: SanctionView): Act[] {
  const { agencyId, subject } = useSession();
  const mayApprove = useMay('collections.approveSanction');
  const mayEnd = useMay('collections.endSanction');
  const { state, step, proposedBy, acknowledgedAt, appealedAt, appealOutcome } = sanction;
  const acts: Act[] = [];
  if (agencyId !== null) {
    if (acknowledgedAt === null) acts.push('acknowledge');
    if (appealedAt === null && state === 'in-force') acts.push('appeal');
    return acts;
  }
  if (state === 'proposed' && mayApprove && proposedBy !== subject) acts.push('approve', 'reject');
  if (state === 'proposed' && proposedBy === subject) acts.push('withdraw');
  if (state === 'in-force' && mayEnd && step !== 'expulsion') acts.push('end');
  if (appealedAt !== null && appealOutcome === null && mayApprove) acts.push('uphold', 'revoke');
  return acts;
}

const needsWords = (act: Act): act is WordedAct => act !== 'approve' && act !== 'acknowledge';

function SanctionCard({ sanction }: { readonly sanction: SanctionView }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const [act, setAct] = useState<WordedAct | null>(null);
  const send = useSend(sanction.id, () => setAct(null));
  const { step, state, reason, fromOn, untilOn, proposedBy, approvedBy, skipReason, appeal, appealOutcome, appealNote, inForceAt } =
    sanction;
  const period = [fromOn, untilOn].filter((day) => day !== null).join(' – ');
  return (
    <article className="fb-finding">
      <div className="fb-row">
        <SanctionState state={state} />
        <strong>{t(`oversight.step.${step}`)}</strong>
        <span className="fb-soft">{[period, person(proposedBy), approvedBy && person(approvedBy)].filter(Boolean).join(' · ')}</span>
      </div>
      <p>{reason}</p>
      {skipReason && <p className="fb-soft">{t('oversight.sanction.skipped', { reason: skipReason })}</p>}
      {appeal && (
        <p>
          {t('oversight.sanction.appealed', { words: appeal })}
          {appealOutcome && (
            <span className="fb-soft">
              {' '}
              {t(`oversight.appealOutcome.${appealOutcome}`)} {appealNote}
            </span>
          )}
        </p>
      )}
      <div className="fb-row">
        {inForceAt !== null && (
          <Button href={`/api/collections/v1/sanctions/${sanction.id}/letter.pdf`} download>
            {t('oversight.sanction.letter')}
          </Button>
        )}
        {useActs(sanction).map((each) => (
          <Button
            key={each}
            loading={send.isPending}
            onClick={() => (needsWords(each) ? setAct(each) : send.mutate({ act: each, words: '' }))}
          >
            {t(`oversight.sanction.${each}`)}
          </Button>
        ))}
      </div>
      {send.error && act === null && <ProblemAlert error={send.error} />}
      {act && (
        <ReasonDialog
          title={t(`oversight.sanction.${act}`)}
          label={t('oversight.reason')}
          needed={t('oversight.needWords')}
          confirm={t(`oversight.sanction.${act}`)}
          isSending={send.isPending}
          error={send.error}
          onSend={(words) => send.mutate({ act, words })}
          onClose={() => setAct(null)}
        />
      )}
    </article>
  );
}

function Ladder({ agencyId }: { readonly agencyId: string }): ReactNode {
  const { t } = useTranslation();
  const { data } = useQuery(ladderQuery(agencyId));
  if (!data) return null;
  return (
    <>
      <p className="fb-first">
        {t('oversight.sanction.next', { step: t(`oversight.step.${data.suggested}`), why: t(`oversight.suggestion.${data.cause}`) })}
      </p>
      <ol className="fb-ladder">
        {LADDER.map((step) => (
          <li key={step} className={step === data.suggested ? 'fb-next' : data.taken.includes(step) ? 'fb-taken' : undefined}>
            {t(`oversight.step.${step}`)}
          </li>
        ))}
      </ol>
    </>
  );
}

/** The steps taken against an agency, what would be next, and the agency's appeal. */
export function Sanctions({ agencyId }: { readonly agencyId: string }): ReactNode {
  const { t } = useTranslation();
  const isBank = useSession().agencyId === null;
  const maySeeLadder = useMay('collections.findSanctionLadder') && isBank;
  const mayPropose = useMay('collections.createSanction') && isBank;
  const [isOpen, setOpen] = useState(false);
  const { data, error } = useQuery(sanctionsQuery({ agencyId }));
  return (
    <Section
      title={t('oversight.agencyPage.sanctions')}
      aside={
        mayPropose && (
          <Button size="small" onClick={() => setOpen(true)}>
            {t('oversight.sanction.propose')}
          </Button>
        )
      }
    >
      {maySeeLadder && <Ladder agencyId={agencyId} />}
      {error && <ProblemAlert error={error} />}
      {data?.items.length === 0 && <Empty title={t('oversight.sanction.none')} help={t('oversight.sanction.noneHelp')} />}
      {data?.items.map((sanction) => (
        <SanctionCard key={sanction.id} sanction={sanction} />
      ))}
      {isOpen && <ProposeSanction agencyId={agencyId} onClose={() => setOpen(false)} />}
    </Section>
  );
}
