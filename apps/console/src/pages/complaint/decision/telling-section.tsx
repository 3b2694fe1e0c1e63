import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../../session/session.ts';
import { StateTag } from '../../../ui/state-tag.tsx';
import { usePerson } from '../../../ui/use-person.ts';
import { Act, type ActField } from '../after/act-form.tsx';
import { Loaded } from '../after/after-bits.tsx';
import { localTime } from '../dates.ts';
import type { Complaint } from '../wire.ts';
import { findTelling, type Notice, type Telling } from './api.ts';
import { useDecisionOptions, useDecisionWord } from './bits.ts';

const ABOUTS = ['decision', 'term-extended', 'pause-told', 'acknowledgement', 'documents-requested', 'closing'] as const;
const FORMS = ['handed', 'posted', 'sms', 'email', 'phone'] as const;
const TRY_FORMS = ['phone', 'sms', 'email', 'visit', 'post'] as const;
const TRY_RESULTS = ['no-answer', 'busy', 'not-in-service', 'away', 'returned', 'refused', 'failed', 'other'] as const;
const LANGUAGES = ['zh', 'en'] as const;
const RECIPIENTS = ['complainant', 'representative'] as const;

type Form = (typeof FORMS)[number];

/** The request of what was typed: what the writer gives to the letter is an object of its own. */
function build(typed: Readonly<Record<string, unknown>>): object {
  const { reason, documents, answerBy, ...rest } = typed;
  const values = Object.fromEntries(Object.entries({ reason, documents, answerBy }).filter(([, value]) => value !== undefined));
  return { ...rest, ...(Object.keys(values).length > 0 && { values }) };
}

function useFields(form: Form, complaint: Complaint): readonly ActField[] {
  const { t } = useTranslation();
  const options = useDecisionOptions();
  const field = (name: string, kind: ActField['kind'], optional = false): ActField => ({
    name,
    kind,
    optional,
    label: t(`decision.field.${name}` as 'decision.field.facts'),
  });
  const isDecided = complaint.decidedAt !== null;
  const files: ActField = {
    ...field('fileIds', 'files', true),
    files: { complaintIds: [complaint.id], kind: 'notice-proof' },
  };
  const about: ActField = {
    ...field('about', 'choice'),
    options: options('about', isDecided ? ABOUTS : ABOUTS.filter((one) => one !== 'decision')),
    initial: isDecided ? 'decision' : 'term-extended',
  };
  // A proxy or an heir is told instead where there is one (CMP20 14).
  const recipient: readonly ActField[] =
    complaint.complainant.proxy === null
      ? []
      : [{ ...field('recipient', 'choice'), options: options('recipient', RECIPIENTS), initial: 'complainant' }];
  const written = [
    { ...field('to', 'line', true), help: t('decision.help.to') },
    { ...field('language', 'choice'), options: options('language', LANGUAGES), initial: 'zh' },
    { ...field('reason', 'line', true), help: t('decision.help.values') },
    field('documents', 'line', true),
    field('answerBy', 'date', true),
  ];
  const proof: Readonly<Record<Form, readonly ActField[]>> = {
    handed: [field('at', 'instant'), field('receivedBy', 'line'), field('receiptRef', 'line', true), files],
    posted: [field('at', 'instant'), field('trackingNo', 'line'), files],
    phone: [field('at', 'instant'), field('spokeWith', 'line'), field('recordingRef', 'line'), field('readBack', 'long'), files],
    sms: written,
    email: written,
  };
  return [about, ...recipient, ...proof[form]];
}

function TellBy({ complaint, form }: { readonly complaint: Complaint; readonly form: Form }): ReactNode {
  const { t } = useTranslation();
  const word = useDecisionWord();
  const fields = useFields(form, complaint);
  return (
    <Act
      label={t('decision.act.tellBy', { form: word('form', form) })}
      help={t(`decision.help.form.${form}`)}
      path={`/v1/complaints/${complaint.id}/notices`}
      fixed={{ form }}
      fields={fields}
      timeZone={complaint.timeZone}
      build={build}
    />
  );
}

function proofOf({ proof, providerId }: Notice): string {
  if (proof === null) return '';
  const { receivedBy, receiptRef, trackingNo, recordingRef, spokeWith, readBack, to, fileIds } = proof;
  const said = [to, receivedBy, receiptRef, trackingNo, recordingRef, spokeWith, readBack, providerId, ...fileIds];
  return said.filter((one) => one !== null).join(' · ');
}

function OneNotice({ notice }: { readonly notice: Notice }): ReactNode {
  const { t } = useTranslation();
  const word = useDecisionWord();
  const person = usePerson();
  const { about, form, state, toldAt, code, tries, dispatchState, recordedBy, counted } = notice;
  return (
    <li>
      <StateTag tone={state === 'told' ? 'good' : state === 'failed' ? 'bad' : 'busy'}>{word('noticeState', state)}</StateTag>{' '}
      <strong>
        {word('about', about)} · {word('form', form)}
      </strong>{' '}
      {toldAt !== null && localTime(toldAt)} <span className="fb-soft">{person(recordedBy)}</span>
      {counted && <span className="fb-soft"> {t('decision.counted')}</span>}
      <p className="fb-soft">
        {[
          proofOf(notice),
          dispatchState === null ? '' : word('dispatch', dispatchState),
          tries === null || tries < 2 ? '' : t('decision.tried', { count: tries }),
          code ?? '',
        ]
          .filter((part) => part !== '')
          .join(' · ')}
      </p>
    </li>
  );
}

function Waiver({ complaint, telling }: { readonly complaint: Complaint; readonly telling: Telling }): ReactNode {
  const { t } = useTranslation();
  const word = useDecisionWord();
  const person = usePerson();
  const [mayAsk, mayApprove] = [useMay('complaints.askNoticeWaiver'), useMay('complaints.approveNoticeWaiver')];
  const waits = telling.waivers.some(({ state }) => state === 'waiting');
  const path = `/v1/complaints/${complaint.id}/notice-waivers`;
  return (
    <>
      {telling.waivers.map(({ id, state, reason, askedBy, askedAt, settledBy }) => (
        <div key={id} className="fb-decision-part">
          <StateTag tone={state === 'approved' ? 'good' : state === 'waiting' ? 'wait' : 'quiet'}>{word('waiver', state)}</StateTag>{' '}
          {t('decision.waiverBy', { who: person(askedBy), at: localTime(askedAt) })}
          {settledBy !== null && ` · ${person(settledBy)}`}
          {reason !== null && <p>{reason}</p>}
          {state === 'waiting' && mayApprove && (
            <div className="fb-row">
              <Act isMain label={t('decision.act.waive')} help={t('decision.help.waive')} path={`${path}/${id}/approval`} />
              <Act isDanger label={t('decision.act.refuseWaiver')} path={`${path}/${id}/refusal`} />
            </div>
          )}
        </div>
      ))}
      {telling.mayWaive && mayAsk && !waits && (
        <Act
          label={t('decision.act.askWaiver')}
          path={path}
          fields={[{ name: 'reason', label: t('decision.field.waiverReason'), kind: 'long' }]}
        />
      )}
    </>
  );
}

function Tries({ complaint, telling }: { readonly complaint: Complaint; readonly telling: Telling }): ReactNode {
  const { t } = useTranslation();
  const word = useDecisionWord();
  const options = useDecisionOptions();
  const mayLog = useMay('complaints.logNoticeTry');
  const { tries, tried, minimum } = telling;
  if (tries.length === 0 && complaint.closedAt !== null) return null;
  return (
    <>
      <h3 className="fb-decision-part">{t('decision.tries')}</h3>
      {complaint.decidedAt !== null && (
        <p className="fb-soft">
          {t('decision.triesOf', {
            tries: `${tried.tries}/${minimum.tries}`,
            days: `${tried.days}/${minimum.days}`,
            forms: `${tried.forms}/${minimum.forms}`,
          })}
        </p>
      )}
      <ul className="fb-plain">
        {tries.map(({ id, form, at, result, note }) => (
          <li key={id}>
            {localTime(at)} · {word('tryForm', form)} · {word('tryResult', result)}
            {note !== null && ` · ${note}`}
          </li>
        ))}
      </ul>
      {mayLog && complaint.closedAt === null && (
        <Act
          label={t('decision.act.logTry')}
          path={`/v1/complaints/${complaint.id}/notice-tries`}
          timeZone={complaint.timeZone}
          fields={[
            { name: 'form', label: t('decision.field.form'), kind: 'choice', options: options('tryForm', TRY_FORMS) },
            { name: 'at', label: t('decision.field.at'), kind: 'instant' },
            { name: 'result', label: t('decision.field.result'), kind: 'choice', options: options('tryResult', TRY_RESULTS) },
            { name: 'note', label: t('decision.field.note'), kind: 'long', optional: true },
          ]}
        />
      )}
    </>
  );
}

/** What may be told as long as the complaint is open is offered with its instant where an extension or a pause asks for it. */
function ToldFor({ told }: Pick<Telling, 'told'>): ReactNode {
  const { t } = useTranslation();
  const offered = told.filter(({ about }) => about === 'term-extended' || about === 'pause-told');
  return offered.map(({ about, at }) => (
    <p key={about} className="fb-soft">
      {t(about === 'term-extended' ? 'decision.toldOfTerm' : 'decision.toldOfPause', { at: localTime(at) })}
    </p>
  ));
}

/** How the complainant was told, what proves it, and what is left to do. */
export function TellingSection({ complaint }: { readonly complaint: Complaint }): ReactNode {
  const { t } = useTranslation();
  const mayTell = useMay('complaints.tellComplainant');
  const query = useQuery({ queryKey: ['complaints', 'telling', complaint.id], queryFn: ({ signal }) => findTelling(complaint.id, signal) });
  return (
    <Loaded title={t('decision.telling')} query={query}>
      {(telling) => (
        <>
          {telling.needsAnotherForm && (
            <Alert className="fb-problem" type="error" showIcon role="alert" title={t('decision.needsAnother')} />
          )}
          {telling.notices.length === 0 && (
            <p className="fb-soft">{complaint.decidedAt === null ? t('decision.notToldYet') : t('decision.tellNow')}</p>
          )}
          <ul className="fb-plain">
            {telling.notices.map((notice) => (
              <OneNotice key={notice.id} notice={notice} />
            ))}
          </ul>
          <ToldFor told={telling.told} />
          {mayTell && (complaint.closedAt === null || telling.needsAnotherForm) && (
            <div className="fb-row">
              {FORMS.map((form) => (
                <TellBy key={form} complaint={complaint} form={form} />
              ))}
            </div>
          )}
          <Tries complaint={complaint} telling={telling} />
          <Waiver complaint={complaint} telling={telling} />
        </>
      )}
    </Loaded>
  );
}
