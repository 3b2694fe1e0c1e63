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
import { Act, type ActField } from './act-form.tsx';
import { Loaded, useAfterWord, useOptions } from './after-bits.tsx';
import { findCauses, findChain, findMediations, type Mediation } from './api.ts';
import { CallbackSection } from './callback-section.tsx';
import { ReviewSection } from './review-section.tsx';

interface Of {
  readonly complaint: Complaint;
}

const CAUSES = ['rule', 'process', 'system', 'people', 'product', 'agency', 'script', 'other'] as const;
const OBJECTS = ['rule', 'script', 'collector', 'agency', 'unit', 'product', 'none'] as const;

/** Files of the complaint, where a request takes them. */
function useFilesField(): ActField {
  const { t } = useTranslation();
  return { name: 'files', label: t('after.field.files'), kind: 'files', optional: true };
}

function OneMediation({ one, complaint }: Of & { readonly one: Mediation }): ReactNode {
  const { t } = useTranslation();
  const files = useFilesField();
  const word = useAfterWord();
  const options = useOptions();
  const mayEnd = useMay('complaints.endMediation');
  const outcomes = one.kind === 'mediation' ? ['agreement', 'none', 'withdrawn'] : ['result', 'withdrawn'];
  return (
    <div className="fb-after">
      <p>
        <strong>{word('mediation', one.kind)}</strong> · {one.organisation}{' '}
        <StateTag tone={one.endedAt === null ? 'busy' : 'quiet'}>
          {one.endedAt === null ? t('after.underWay') : word('outcome', one.outcome)}
        </StateTag>
      </p>
      <p>{one.subject}</p>
      <p className="fb-soft">
        {localTime(one.beganAt)} – {one.endedAt === null ? '…' : localTime(one.endedAt)} ·{' '}
        {one.paused ? t('after.clockStopped') : t('after.besideClock')}
      </p>
      {one.notPaused && <p className="fb-soft">{`${one.notPaused.detail} (${one.notPaused.source})`}</p>}
      {one.terms !== null && <p>{one.terms}</p>}
      {one.money && <p>{`${one.money.amount} ${one.money.currency}`}</p>}
      {one.agreedOn !== null && <p>{t('after.agreedOn', { date: one.agreedOn })}</p>}
      {one.notAgreed && <p className="fb-soft">{`${one.notAgreed.detail} (${one.notAgreed.source})`}</p>}
      {one.endedAt === null && mayEnd && (
        <Act
          label={t('after.act.endMediation')}
          path={`/v1/mediations/${one.id}/end`}
          timeZone={complaint.timeZone}
          fields={[
            { name: 'outcome', label: t('after.field.outcome'), kind: 'choice', options: options('outcome', outcomes) },
            { name: 'terms', label: t('after.field.terms'), kind: 'long', optional: true },
            { ...files, files: { complaintIds: [complaint.id], kind: one.kind === 'mediation' ? 'proof-of-agreement' : 'appraisal' } },
            ...(one.kind === 'mediation'
              ? [
                  { name: 'amount', label: t('after.field.amount'), kind: 'line' as const, optional: true },
                  { name: 'dueOn', label: t('after.field.agreedDue'), kind: 'date' as const, optional: true },
                ]
              : []),
          ]}
        />
      )}
    </div>
  );
}

function MediationSection({ complaint }: Of): ReactNode {
  const { t } = useTranslation();
  const files = useFilesField();
  const options = useOptions();
  const mayBegin = useMay('complaints.beginMediation');
  const query = useQuery({
    queryKey: ['after', 'mediations', complaint.id],
    queryFn: ({ signal }) => findMediations(complaint.id, signal),
  });
  const { timeZone, id } = complaint;
  return (
    <Loaded title={t('after.mediations')} query={query}>
      {({ items, underWay }) => (
        <>
          {items.length === 0 && <p className="fb-soft">{t('after.noMediation')}</p>}
          {items.map((one) => (
            <OneMediation key={one.id} one={one} complaint={complaint} />
          ))}
          {mayBegin && !underWay && !['withdrawn', 'declined', 'merged'].includes(complaint.state) && (
            <div className="fb-row">
              <Act
                label={t('after.act.mediate')}
                help={t('after.help.mediate')}
                path={`/v1/complaints/${id}/mediations`}
                timeZone={timeZone}
                fields={[
                  { name: 'organisation', label: t('after.field.organisation'), kind: 'line' },
                  { name: 'subject', label: t('after.field.subject'), kind: 'long' },
                  { name: 'bankAppliedAt', label: t('after.field.bankAppliedAt'), kind: 'instant' },
                  { name: 'complainantAppliedAt', label: t('after.field.complainantAppliedAt'), kind: 'instant' },
                  {
                    name: 'complainantAppliedBy',
                    label: t('after.field.appliedBy'),
                    kind: 'choice',
                    options: options('who', ['complainant', 'proxy']),
                  },
                  { name: 'consentAt', label: t('after.field.consentAt'), kind: 'instant' },
                  { name: 'consentEvidence', label: t('after.field.consentEvidence'), kind: 'long' },
                  { ...files, files: { complaintIds: [id], kind: 'proof-of-agreement' } },
                ]}
              />
              <Act
                label={t('after.act.appraise')}
                path={`/v1/complaints/${id}/appraisals`}
                timeZone={timeZone}
                fields={[
                  { name: 'organisation', label: t('after.field.organisation'), kind: 'line' },
                  { name: 'subject', label: t('after.field.subject'), kind: 'long' },
                  { name: 'complainantToldAt', label: t('after.field.complainantToldAt'), kind: 'instant' },
                  { ...files, files: { complaintIds: [id], kind: 'appraisal' } },
                ]}
              />
            </div>
          )}
        </>
      )}
    </Loaded>
  );
}

function ChainSection({ complaint }: Of): ReactNode {
  const { t } = useTranslation();
  const files = useFilesField();
  const word = useAfterWord();
  const options = useOptions();
  const mayReopen = useMay('complaints.reopenComplaint');
  const query = useQuery({ queryKey: ['after', 'chain', complaint.id], queryFn: ({ signal }) => findChain(complaint.id, signal) });
  return (
    <Loaded title={t('after.chain')} query={query}>
      {(chain) => (
        <>
          {chain.items.length === 1 && <p className="fb-soft">{t('after.noChain')}</p>}
          {chain.items.length > 1 && (
            <ol>
              {chain.items.map((link) => (
                <li key={link.id}>
                  {link.isThis ? <strong>{link.number}</strong> : <Link to={`/complaints/${link.id}`}>{link.number}</Link>}{' '}
                  {link.basis !== null && `· ${word('basis', link.basis)} `}· {localTime(link.receivedAt)}
                  {link.reasons !== null && <p className="fb-soft">{link.reasons}</p>}
                </li>
              ))}
            </ol>
          )}
          {chain.mayReopen && mayReopen && (
            <Act
              label={t('after.act.reopen')}
              help={t('after.help.reopen')}
              path={`/v1/complaints/${complaint.id}/reopenings`}
              timeZone={complaint.timeZone}
              fields={[
                { name: 'basis', label: t('after.field.basis'), kind: 'choice', options: options('basis', ['new-facts', 'supervisor']) },
                { name: 'reasons', label: t('after.field.reasons'), kind: 'long' },
                { name: 'receivedAt', label: t('after.field.receivedAt'), kind: 'instant', optional: true },
                { ...files, files: { complaintIds: [complaint.id], kind: 'evidence' } },
              ]}
            />
          )}
        </>
      )}
    </Loaded>
  );
}

function CauseSection({ complaint }: Of): ReactNode {
  const { t } = useTranslation();
  const word = useAfterWord();
  const options = useOptions();
  const person = usePerson();
  const [mayPropose, maySettle, mayOpen] = [
    useMay('complaints.proposeRootCause'),
    useMay('complaints.settleRootCause'),
    useMay('complaints.openRectification'),
  ];
  const query = useQuery({ queryKey: ['after', 'causes', complaint.id], queryFn: ({ signal }) => findCauses(complaint.id, signal) });
  return (
    <Loaded title={t('after.causes')} query={query}>
      {({ items, justified }) => (
        <>
          {items.length === 0 && <p className="fb-soft">{justified ? t('after.noCause') : t('after.notJustified')}</p>}
          {items.map((one) => (
            <div key={one.id} className="fb-after">
              <p>
                <strong>{word('cause', one.kind)}</strong>{' '}
                {one.objectRef !== null && `· ${word('object', one.objectKind)} ${one.objectRef} `}
                <StateTag tone={one.state === 'confirmed' ? 'good' : one.state === 'proposed' ? 'wait' : 'quiet'}>
                  {word('causeState', one.state)}
                </StateTag>
              </p>
              <ol>
                {one.whys.map((why) => (
                  <li key={why}>{why}</li>
                ))}
              </ol>
              <Facts items={[{ label: t('after.proposedBy'), value: person(one.proposedBy) }]} />
              {one.note !== null && <p>{one.note}</p>}
              <div className="fb-row">
                {one.state === 'proposed' && maySettle && (
                  <Act
                    label={t('after.act.settleCause')}
                    path={`/v1/root-causes/${one.id}/settlement`}
                    fields={[
                      { name: 'confirmed', label: t('after.field.confirmed'), kind: 'flag' },
                      { name: 'note', label: t('after.field.note'), kind: 'long', optional: true },
                    ]}
                  />
                )}
                {one.rectificationId !== null && (
                  <Link to={`/complaints/rectifications/${one.rectificationId}`}>{t('after.toRectification')}</Link>
                )}
                {one.state === 'confirmed' && one.rectificationId === null && mayOpen && (
                  <Act
                    label={t('after.act.openRectification')}
                    path="/v1/rectifications"
                    fixed={{ causes: [one.id] }}
                    fields={[
                      { name: 'title', label: t('after.field.title'), kind: 'line' },
                      {
                        name: 'ownerKind',
                        label: t('after.field.ownerKind'),
                        kind: 'choice',
                        options: options('owner', ['member', 'unit', 'agency']),
                      },
                      { name: 'owner', label: t('after.field.owner'), kind: 'line' },
                      { name: 'dueOn', label: t('after.field.dueOn'), kind: 'date' },
                      { name: 'steps', label: t('after.field.steps'), kind: 'steps', help: t('after.help.lines') },
                    ]}
                  />
                )}
              </div>
            </div>
          ))}
          {justified && mayPropose && (
            <Act
              label={t('after.act.proposeCause')}
              path={`/v1/complaints/${complaint.id}/root-causes`}
              fields={[
                { name: 'kind', label: t('after.field.cause'), kind: 'choice', options: options('cause', CAUSES) },
                { name: 'objectKind', label: t('after.field.objectKind'), kind: 'choice', options: options('object', OBJECTS) },
                { name: 'objectRef', label: t('after.field.objectRef'), kind: 'line', optional: true },
                { name: 'whys', label: t('after.field.whys'), kind: 'lines', help: t('after.help.lines') },
              ]}
            />
          )}
        </>
      )}
    </Loaded>
  );
}

/** What comes after the decision of a complaint, and what stops its clock before. */
export function AfterSections({ complaint }: Of): ReactNode {
  const isRead = useMay('complaints.findReviewStanding');
  if (!isRead) return null;
  return (
    <>
      <MediationSection complaint={complaint} />
      {complaint.decidedAt !== null && <ReviewSection complaint={complaint} />}
      <CallbackSection complaint={complaint} />
      {complaint.decidedAt !== null && <CauseSection complaint={complaint} />}
      <ChainSection complaint={complaint} />
    </>
  );
}
