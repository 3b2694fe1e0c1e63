import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../../../session/session.ts';
import { StateTag } from '../../../ui/state-tag.tsx';
import { usePerson } from '../../../ui/use-person.ts';
import { Act, type ActField } from '../after/act-form.tsx';
import { Loaded } from '../after/after-bits.tsx';
import { localTime } from '../dates.ts';
import type { Complaint } from '../wire.ts';
import { useWord } from '../words.ts';
import { findDuplicates, type Candidate, type Decided } from './api.ts';
import { useIntakeWord } from './use-intake-word.ts';

interface Of {
  readonly complaint: Complaint;
}

const FORMS = ['phone', 'paper', 'sms', 'email', 'other'] as const;

function Acts({ complaint, candidate }: Of & { readonly candidate: Candidate }): ReactNode {
  const { t } = useTranslation();
  const word = useIntakeWord();
  const path = `/v1/complaints/${complaint.id}/duplicate-decisions`;
  const [later, earlier] = candidate.isEarlier ? [complaint.number, candidate.number] : [candidate.number, complaint.number];
  const told: readonly ActField[] = [
    {
      name: 'told.form',
      label: t('intake.duplicate.toldForm'),
      kind: 'choice',
      options: FORMS.map((value) => ({ value, label: word('duplicate.form', value) })),
      optional: true,
      help: t('intake.duplicate.toldFormHelp'),
    },
    { name: 'told.at', label: t('intake.duplicate.toldAt'), kind: 'instant', optional: true },
    { name: 'told.proof', label: t('intake.duplicate.toldProof'), kind: 'line', optional: true },
  ];
  const note = (label: string): ActField => ({ name: 'note', label, kind: 'long' });
  return (
    <div className="fb-row">
      {candidate.mayMerge && (
        <Act
          isMain
          label={t('intake.duplicate.merge')}
          help={t('intake.duplicate.mergeHelp', { later, earlier })}
          path={path}
          timeZone={complaint.timeZone}
          fixed={{ otherId: candidate.id, decision: 'merged' }}
          fields={[note(t('intake.duplicate.note')), ...told]}
        />
      )}
      {candidate.mayRestart && (
        <Act
          label={t('intake.duplicate.restart')}
          help={t('intake.duplicate.restartHelp', { later, earlier })}
          path={path}
          timeZone={complaint.timeZone}
          fixed={{ otherId: candidate.id, decision: 'restarted' }}
          fields={[note(t('intake.duplicate.facts')), ...told]}
        />
      )}
      <Act
        label={t('intake.duplicate.separate')}
        help={t('intake.duplicate.separateHelp')}
        path={path}
        fixed={{ otherId: candidate.id, decision: 'separate' }}
        fields={[note(t('intake.duplicate.note'))]}
      />
    </div>
  );
}

function One({ complaint, candidate }: Of & { readonly candidate: Candidate }): ReactNode {
  const { t } = useTranslation();
  const [word, clockWord] = [useIntakeWord(), useWord()];
  const mayDecide = useMay('complaints.decideDuplicate');
  const { id, number, subject, receivedAt, state, reasons, isLikely, isEarlier, obstacle } = candidate;
  return (
    <div className="fb-after">
      <p>
        <Link to={`/complaints/${id}`}>{number}</Link> {subject} {isLikely && <StateTag tone="wait">{t('intake.known.likely')}</StateTag>}
      </p>
      <p className="fb-soft">
        {isEarlier ? t('intake.duplicate.earlier') : t('intake.duplicate.later')} {localTime(receivedAt)} ·{' '}
        {clockWord('clock.state', state)} · {reasons.map((reason) => word('likeness', reason)).join(t('common.listSeparator'))}
      </p>
      {obstacle !== null && <p className="fb-soft">{word('duplicate.obstacle', obstacle)}</p>}
      {mayDecide && <Acts complaint={complaint} candidate={candidate} />}
    </div>
  );
}

function Past({ decided }: { readonly decided: Decided }): ReactNode {
  const { t } = useTranslation();
  const word = useIntakeWord();
  const person = usePerson();
  const { decision, later, earlier, note, toldForm, toldAt, dispatchState, decidedBy, decidedAt } = decided;
  const pair = { later: later.number, earlier: earlier.number };
  const form = toldForm === null ? '' : word('duplicate.form', toldForm);
  const failed = dispatchState === 'failed' || dispatchState === 'given-up';
  return (
    <div className="fb-after">
      <p>
        <strong>{word('duplicate.decision', decision)}</strong>{' '}
        {decision === 'separate' ? t('intake.duplicate.apart', pair) : t('intake.duplicate.into', pair)} {note}
      </p>
      <p className="fb-soft">
        <Link to={`/complaints/${later.id}`}>{later.number}</Link> <Link to={`/complaints/${earlier.id}`}>{earlier.number}</Link>{' '}
        {person(decidedBy)} {localTime(decidedAt)}
        {form !== '' &&
          !failed &&
          ` · ${toldAt === null ? t('intake.duplicate.sending', { form }) : t('intake.duplicate.told', { form, time: localTime(toldAt) })}`}
      </p>
      {failed && <p className="fb-soft">{t('intake.duplicate.failed')}</p>}
    </div>
  );
}

/** What looks like this complaint, for a person to decide, and what was decided. */
export function DuplicateSection({ complaint }: Of): ReactNode {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['complaints', 'duplicates', complaint.id],
    queryFn: ({ signal }) => findDuplicates(complaint.id, signal),
  });
  return (
    <Loaded title={t('intake.duplicate.title')} query={query}>
      {({ candidates, decisions, goesOnAs, windowDays }) => (
        <>
          {goesOnAs !== null && (
            <p>
              <strong>{t('intake.duplicate.goesOn')}</strong> <Link to={`/complaints/${goesOnAs.id}`}>{goesOnAs.number}</Link>
            </p>
          )}
          {candidates.map((candidate) => (
            <One key={candidate.id} complaint={complaint} candidate={candidate} />
          ))}
          {decisions.map((decided) => (
            <Past key={decided.id} decided={decided} />
          ))}
          {candidates.length + decisions.length === 0 && (
            <p className="fb-soft">
              {t('intake.duplicate.none')} {t('intake.duplicate.noneHelp', { days: windowDays })}
            </p>
          )}
        </>
      )}
    </Loaded>
  );
}
