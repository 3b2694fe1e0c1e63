import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../../session/session.ts';
import { Section } from '../../../ui/section.tsx';
import { StateTag, type Tone } from '../../../ui/state-tag.tsx';
import { usePerson } from '../../../ui/use-person.ts';
import { Act } from '../after/act-form.tsx';
import { localTime } from '../dates.ts';
import { reportAddress, type MajorReport, type MajorView } from './api.ts';
import { useMajorOptions, useMajorWord } from './words.ts';

const TONES: Readonly<Record<MajorReport['state'], Tone>> = {
  draft: 'busy',
  waiting: 'wait',
  approved: 'wait',
  returned: 'bad',
  replaced: 'quiet',
  sent: 'good',
};

function Report({ report, of }: { readonly report: MajorReport; readonly of: MajorView }): ReactNode {
  const { t } = useTranslation();
  const word = useMajorWord();
  const person = usePerson();
  const [maySubmit, maySettle, maySend, mayRead] = [
    useMay('complaints.submitMajorReport'),
    useMay('complaints.settleMajorReport'),
    useMay('complaints.noteMajorReportSent'),
    useMay('complaints.downloadMajorReport'),
  ];
  const { state, kind, receiver, draftedBy, draftedAt, settledBy, settledAt, sentBy, sentAt, proof, paper } = report;
  const path = (act: string): string => `/v1/major-complaints/${of.id}/reports/${report.id}/${act}`;
  const isOpen = of.state === 'open';
  return (
    <li className="fb-after">
      <p>
        <strong>{word('reportKind', kind)}</strong> · {receiver}{' '}
        <StateTag tone={of.drill && state === 'approved' ? 'good' : TONES[state]}>{word('reportState', state)}</StateTag>
      </p>
      <p className="fb-soft">
        {t('major.reports.drafted', { who: person(draftedBy), at: localTime(draftedAt) })}
        {settledBy !== null &&
          settledAt !== null &&
          ` · ${t('major.reports.settled', { who: person(settledBy), at: localTime(settledAt) })}`}
        {sentBy !== null && sentAt !== null && ` · ${t('major.reports.sent', { who: person(sentBy), at: localTime(sentAt) })}`}
        {paper !== null && ` · ${paper.number}`}
      </p>
      {proof !== null && <p>{proof}</p>}
      <div className="fb-row">
        {mayRead && (
          <a href={reportAddress(of.id, report.id)} target="_blank" rel="noreferrer">
            {t('major.act.pdf')}
          </a>
        )}
        {isOpen && state === 'draft' && maySubmit && <Act isMain label={t('major.act.submit')} path={path('submission')} />}
        {isOpen && state === 'waiting' && maySettle && (
          <Act
            isMain
            label={t('major.act.settle')}
            path={path('decision')}
            fields={[
              { name: 'agrees', label: t('major.field.agrees'), kind: 'flag' },
              { name: 'note', label: t('major.field.note'), kind: 'long', optional: true },
            ]}
          />
        )}
        {isOpen && state === 'approved' && !of.drill && maySend && (
          <Act
            isMain
            label={t('major.act.sent')}
            path={path('sending')}
            fields={[
              { name: 'sentAt', label: t('major.field.sentAt'), kind: 'instant', optional: true },
              { name: 'proof', label: t('major.field.sentProof'), kind: 'long' },
            ]}
          />
        )}
        {of.drill && state === 'approved' && <span className="fb-soft">{t('major.reports.drill')}</span>}
      </div>
    </li>
  );
}

/** What was and is to be reported to the regulator. */
export function ReportSection({ of }: { readonly of: MajorView }): ReactNode {
  const { t } = useTranslation();
  const options = useMajorOptions();
  const mayDraft = useMay('complaints.draftMajorReport');
  const next = of.reportedAt === null ? ['first', 'progress'] : ['progress', 'closing'];
  return (
    <Section title={t('major.reports.title')}>
      {of.reports.length === 0 && <p className="fb-soft">{t('major.reports.none')}</p>}
      <ul className="fb-plain">
        {of.reports.toReversed().map((report) => (
          <Report key={report.id} report={report} of={of} />
        ))}
      </ul>
      {mayDraft && of.state === 'open' && (
        <Act
          label={t('major.act.draft')}
          help={t('major.help.statement')}
          path={`/v1/major-complaints/${of.id}/reports`}
          fields={[
            { name: 'kind', label: t('major.field.kind'), kind: 'choice', options: options('reportKind', next), initial: next[0] },
            { name: 'receiver', label: t('major.field.receiver'), kind: 'line' },
            { name: 'statement', label: t('major.field.statement'), kind: 'long' },
          ]}
        />
      )}
    </Section>
  );
}
