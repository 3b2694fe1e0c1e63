import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../../../session/session.ts';
import { Facts } from '../../../ui/section.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { usePerson } from '../../../ui/use-person.ts';
import { localTime } from '../dates.ts';
import type { Complaint } from '../wire.ts';
import { Act } from './act-form.tsx';
import { Loaded, useAfterWord, useOptions } from './after-bits.tsx';
import { findReviews, type Review } from './api.ts';

const FINDINGS = ['process', 'term', 'result'] as const;
const FORMS = ['paper', 'sms', 'email', 'phone', 'other'] as const;

function Acts({ review }: { readonly review: Review }): ReactNode {
  const { t } = useTranslation();
  const options = useOptions();
  const [mayTake, mayTell] = [useMay('complaints.takeReview'), useMay('complaints.tellReview')];
  const path = (step: string): string => `/v1/reviews/${review.id}/${step}`;
  const findings = FINDINGS.flatMap((name) => [
    { name: `${name}.proper`, label: t(`after.proper.${name}`), kind: 'flag' as const },
    { name: `${name}.basis`, label: t(`after.basisOf.${name}`), kind: 'long' as const },
  ]);
  return (
    <div className="fb-row">
      {review.state === 'asked' && mayTake && !review.recused && <Act isMain label={t('after.act.take')} path={path('taking')} />}
      {review.state === 'taken' && mayTake && !review.recused && (
        <Act
          isMain
          label={t('after.act.decideReview')}
          path={path('decision')}
          fields={[
            ...findings,
            {
              name: 'outcome',
              label: t('after.field.outcome'),
              kind: 'choice',
              options: options('reviewOutcome', ['upheld', 'changed', 'sent-back']),
            },
            { name: 'text', label: t('after.field.text'), kind: 'long' },
          ]}
        />
      )}
      {review.state === 'decided' && mayTell && (
        <Act
          isMain
          label={t('after.act.tellReview')}
          path={path('telling')}
          fields={[
            { name: 'form', label: t('after.field.form'), kind: 'choice', options: options('form', FORMS) },
            { name: 'proof', label: t('after.field.proof'), kind: 'long' },
          ]}
        />
      )}
      {(review.state === 'asked' || review.state === 'taken') && mayTell && (
        <Act
          isDanger
          label={t('after.act.withdrawReview')}
          path={path('withdrawal')}
          fields={[{ name: 'evidence', label: t('after.field.evidence'), kind: 'long' }]}
        />
      )}
    </div>
  );
}

function OneReview({ review }: { readonly review: Review }): ReactNode {
  const { t } = useTranslation();
  const word = useAfterWord();
  const person = usePerson();
  return (
    <div className="fb-after">
      <p>
        <StateTag tone={review.overdue ? 'bad' : review.state === 'told' ? 'good' : 'busy'}>{word('reviewState', review.state)}</StateTag>{' '}
        {review.late && <StateTag tone="wait">{t('after.late')}</StateTag>} {t('after.dueOn', { date: review.dueOn })}
      </p>
      <p>{review.reasons}</p>
      {review.graceReason !== null && <p className="fb-soft">{review.graceReason}</p>}
      <Facts
        items={[
          { label: t('after.requestedAt'), value: localTime(review.requestedAt) },
          { label: t('after.reviewer'), value: review.reviewer === null ? '–' : person(review.reviewer) },
          ...FINDINGS.flatMap((name) => {
            const finding = review[name];
            return finding === null
              ? []
              : [{ label: t(`after.proper.${name}`), value: `${finding.proper ? t('after.yes') : t('after.no')} · ${finding.basis}` }];
          }),
        ]}
      />
      {review.outcome !== null && (
        <p>
          <strong>{word('reviewOutcome', review.outcome)}</strong> {review.text}
        </p>
      )}
      {review.successorId !== null && <Link to={`/complaints/${review.successorId}`}>{t('after.toSuccessor')}</Link>}
      {review.recused && review.state !== 'told' && <p className="fb-soft">{t('after.recused')}</p>}
      <Acts review={review} />
    </div>
  );
}

/** The review by the superior: until when it may be asked for, and where it stands. */
export function ReviewSection({ complaint }: { readonly complaint: Complaint }): ReactNode {
  const { t } = useTranslation();
  const options = useOptions();
  const [mayAsk, mayGrant] = [useMay('complaints.requestReview'), useMay('complaints.takeReview')];
  const query = useQuery({ queryKey: ['after', 'reviews', complaint.id], queryFn: ({ signal }) => findReviews(complaint.id, signal) });
  return (
    <Loaded title={t('after.reviews')} query={query}>
      {({ items, windowEndsOn, rejected }) => (
        <>
          {windowEndsOn !== null && <p className="fb-soft">{t('after.window', { date: windowEndsOn })}</p>}
          {rejected !== null && items.length === 0 && <p className="fb-soft">{`${rejected.detail} (${rejected.source})`}</p>}
          {items.map((review) => (
            <OneReview key={review.id} review={review} />
          ))}
          {mayAsk && (rejected === null || (rejected.code === 'too-late' && mayGrant)) && (
            <Act
              label={t('after.act.askReview')}
              path={`/v1/complaints/${complaint.id}/reviews`}
              timeZone={complaint.timeZone}
              fields={[
                { name: 'requestedAt', label: t('after.requestedAt'), kind: 'instant' },
                { name: 'requester', label: t('after.field.appliedBy'), kind: 'choice', options: options('who', ['complainant', 'proxy']) },
                { name: 'reasons', label: t('after.field.reasons'), kind: 'long' },
                {
                  name: 'files',
                  label: t('after.field.files'),
                  kind: 'files',
                  optional: true,
                  files: { complaintIds: [complaint.id], kind: 'letter' },
                },
                ...(rejected === null ? [] : [{ name: 'graceReason', label: t('after.field.grace'), kind: 'long' as const }]),
              ]}
            />
          )}
        </>
      )}
    </Loaded>
  );
}
