import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import type { AttemptView, CaseView } from '../../api/models.ts';
import { useLanguage } from '../../i18n/index.ts';
import { useHasRole, useMay } from '../../session/session.ts';
import { PageLoading } from '../../shell/page-loading.tsx';
import { Countdown, Instant } from '../../ui/instant.tsx';
import { Masked } from '../../ui/masked.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { useNow } from '../../ui/use-now.ts';
import { complaintAddress } from './case-page.tsx';
import { OutcomeForm } from './outcome-form.tsx';
import { attemptQuery, caseQuery, PURPOSES } from './queries.ts';
import { Verdict } from './verdict.tsx';
import { waysOf, type Way } from './ways.ts';

const TONES = { refused: 'bad', pending: 'busy', revoked: 'bad', lapsed: 'quiet', closed: 'good' } as const;

interface Subject {
  readonly found: CaseView | undefined;
  readonly pointId: string | null;
  readonly wayId: string | null;
  readonly purpose: string | null;
}

/** Whom and how, from the case and the address: the decision itself tells neither. */
function useSubject({ found, pointId, wayId }: Subject): {
  party?: CaseView['parties'][number];
  point?: CaseView['parties'][number]['contactPoints'][number];
  way?: Way;
} {
  const party = found?.parties.find(({ contactPoints }) => contactPoints.some(({ id }) => id === pointId));
  const point = party?.contactPoints.find(({ id }) => id === pointId);
  const way = point && waysOf(point.channel).find(({ id }) => id === wayId);
  return { ...(party && { party }), ...(point && { point }), ...(way && { way }) };
}

function AboutAttempt({ attempt, subject }: { readonly attempt: AttemptView; readonly subject: Subject }): ReactNode {
  const { t } = useTranslation();
  const { party, point, way } = useSubject(subject);
  const isMasked = subject.found?.masked ?? true;
  const mayProve = useMay('collections.listEvidenceRecords');
  const purpose = PURPOSES.find((each) => each === subject.purpose);
  return (
    <Section title={t('contact.attempt.about')}>
      <Facts
        items={[
          ...(party ? [{ label: t('contact.ask.whom'), value: <Masked value={party.name} isMasked={isMasked} /> }] : []),
          ...(point ? [{ label: t('contact.ask.point'), value: <Masked value={point.value} isMasked={isMasked} /> }] : []),
          ...(way ? [{ label: t('contact.ask.way'), value: t(`contact.way.${way.id}`) }] : []),
          ...(purpose ? [{ label: t('contact.ask.purpose'), value: t(`contact.purpose.${purpose}`) }] : []),
          { label: t('contact.attempt.decidedAt'), value: <Instant at={attempt.decidedAt} withSeconds withRelative={false} /> },
          { label: t('contact.attempt.id'), value: <code className="fb-id">{attempt.id}</code> },
          ...(mayProve
            ? [
                {
                  label: t('evidence.title'),
                  value: <Link to={`/evidence?service=collections&about=${attempt.id}`}>{t('evidence.prove')}</Link>,
                },
              ]
            : []),
        ]}
      />
    </Section>
  );
}

function PermitClock({ expiresAt }: { readonly expiresAt: string }): ReactNode {
  const { t } = useTranslation();
  const isOver = Date.parse(expiresAt) <= useNow();
  return (
    <div className="fb-permit">
      <div>
        <span className="fb-soft">{t('contact.attempt.permitLeft')}</span>
        <span className="fb-permit-left">
          <Countdown until={expiresAt} />
        </span>
      </div>
      <div>
        <span className="fb-soft">{t('contact.attempt.permitUntil')}</span>
        <Instant at={expiresAt} withSeconds withRelative={false} />
      </div>
      {isOver && (
        <p role="status">
          {t('contact.attempt.lapsed')} {t('contact.attempt.lapsedButMade')}
        </p>
      )}
    </div>
  );
}

function Revoked({ revocation }: { readonly revocation: NonNullable<AttemptView['revocation']> }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="fb-permit" role="alert">
      <div>
        <span className="fb-soft">{t('contact.attempt.revokedAt')}</span>
        <Instant at={revocation.at} withSeconds withRelative={false} />
      </div>
      <div>
        <span className="fb-soft">{t('contact.attempt.revokedBecause')}</span>
        {t(`contact.attempt.revokedReason.${revocation.reason}`)}
      </div>
      <p>
        {t('contact.attempt.revoked')} {t('contact.attempt.lapsedButMade')}
      </p>
    </div>
  );
}

function Outcome({ attempt }: { readonly attempt: AttemptView }): ReactNode {
  const { t } = useTranslation();
  const { outcome } = attempt;
  if (!outcome) return null;
  return (
    <Section title={t('contact.attempt.outcome')} aside={<StateTag tone="good">{t('contact.attempt.recorded')}</StateTag>}>
      <Facts
        items={[
          { label: t('contact.outcome.result'), value: t(`contact.outcome.results.${outcome.result}`) },
          ...(outcome.startedAt
            ? [{ label: t('contact.outcome.startedAt'), value: <Instant at={outcome.startedAt} withSeconds withRelative={false} /> }]
            : []),
          ...(outcome.endedAt
            ? [{ label: t('contact.outcome.endedAt'), value: <Instant at={outcome.endedAt} withSeconds withRelative={false} /> }]
            : []),
        ]}
      />
      {outcome.startedAfterLapse && <p className="fb-field-error">{t('contact.attempt.late')}</p>}
    </Section>
  );
}

function Decision({ attempt, found }: { readonly attempt: AttemptView; readonly found: CaseView | undefined }): ReactNode {
  const { t } = useTranslation();
  const go = useNavigate();
  const mayComplain = useHasRole('complaint-handler', 'complaint-supervisor');
  const isPermitted = attempt.verdict === 'permitted';
  return (
    // When it had to end is of no interest once it has.
    <Verdict
      answer={attempt.outcome === null && attempt.revocation === undefined ? attempt : { ...attempt, mustEndBy: null }}
      heading={isPermitted ? t('contact.attempt.permitted') : t('contact.attempt.refused')}
    >
      {!isPermitted && <p>{t('contact.attempt.refusedHelp')}</p>}
      {!isPermitted && mayComplain && found && (
        <Button onClick={() => void go(complaintAddress(found))}>{t('cases.page.registerComplaint')}</Button>
      )}
      {attempt.revocation ? (
        <Revoked revocation={attempt.revocation} />
      ) : (
        attempt.permit && attempt.outcome === null && <PermitClock expiresAt={attempt.permit.expiresAt} />
      )}
    </Verdict>
  );
}

/** One request to contact: the decision, the permit as long as it lasts, and what came of it. */
export function AttemptPage(): ReactNode {
  const { t } = useTranslation();
  const { id = '', attemptId = '' } = useParams();
  const [search] = useSearchParams();
  const { data: found } = useQuery(caseQuery(id));
  const { data: attempt, error, refetch } = useQuery(attemptQuery(attemptId, useLanguage()));
  const mayRecord = useMay('collections.recordOutcome');
  const mayWork = useMay('collections.takeNextCase');
  const subject = { found, pointId: search.get('point'), wayId: search.get('way'), purpose: search.get('purpose') };
  const { way } = useSubject(subject);
  const back = { to: `/cases/${encodeURIComponent(id)}`, label: t('contact.attempt.back', { id }) };
  if (error) {
    return (
      <>
        <PageHeader title={t('contact.attempt.title')} back={back} />
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  if (!attempt) return <PageLoading />;
  return (
    <>
      <PageHeader
        title={t('contact.attempt.title')}
        back={back}
        aside={<StateTag tone={TONES[attempt.state]}>{t(`contact.attempt.state.${attempt.state}`)}</StateTag>}
      />
      <div className="fb-columns">
        <div>
          <div className="fb-decision">
            <Decision attempt={attempt} found={found} />
          </div>
          <Outcome attempt={attempt} />
          {attempt.permit && attempt.outcome === null && mayRecord && <OutcomeForm attempt={attempt} channel={way?.channel ?? null} />}
          {attempt.state !== 'pending' && (
            <p>
              <Link to={back.to}>{t('contact.attempt.again')}</Link>
              {mayWork && (
                <>
                  {' · '}
                  <Link to="/worklist">{t('contact.attempt.onWithList')}</Link>
                </>
              )}
            </p>
          )}
        </div>
        <AboutAttempt attempt={attempt} subject={subject} />
      </div>
    </>
  );
}
