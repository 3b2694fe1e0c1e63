import { useQuery } from '@tanstack/react-query';
import { Alert, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useMay } from '../../../session/session.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Facts, Section } from '../../../ui/section.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { usePerson } from '../../../ui/use-person.ts';
import { Act } from '../after/act-form.tsx';
import { localTime } from '../dates.ts';
import { useWord } from '../words.ts';
import { findMajor, MAJOR, type MajorView } from './api.ts';
import { PlanSection } from './plan-section.tsx';
import { ReportClock } from './report-clock.tsx';
import { ReportSection } from './report-section.tsx';
import { useMajorWord } from './words.ts';

const REFRESH_MS = 15_000;

function Endings({ of }: { readonly of: MajorView }): ReactNode {
  const { t } = useTranslation();
  const [mayAsk, maySettle, mayClose] = [
    useMay('complaints.downgradeMajor'),
    useMay('complaints.settleMajorDowngrade'),
    useMay('complaints.closeMajor'),
  ];
  if (of.state !== 'open') return null;
  const path = (act: string): string => `/v1/major-complaints/${of.id}/${act}`;
  const note = { name: 'note', label: t('major.field.note'), kind: 'long' as const };
  return (
    <div className="fb-row">
      {mayClose && <Act label={t('major.act.close')} path={path('closing')} fields={[note]} />}
      {mayAsk && of.downgradeAskedBy === null && of.reportedAt === null && (
        <Act
          label={t('major.act.downgrade')}
          help={t('major.help.downgrade')}
          path={path('downgrade')}
          fields={[
            { name: 'reason', label: t('major.field.reason'), kind: 'long' },
            {
              name: 'persons',
              label: t('major.field.realPersons'),
              kind: 'number',
              optional: true,
              help: t('major.help.realPersons'),
            },
          ]}
        />
      )}
      {maySettle && of.downgradeAskedBy !== null && (
        <Act
          isMain
          label={t('major.act.settleDowngrade')}
          path={path('downgrade-decision')}
          fields={[
            { name: 'agrees', label: t('major.field.agrees'), kind: 'flag' },
            { ...note, optional: true },
          ]}
        />
      )}
    </div>
  );
}

function Complaints({ of }: { readonly of: MajorView }): ReactNode {
  const { t } = useTranslation();
  const word = useWord();
  return (
    <Section title={t('major.complaints.title')} aside={<span className="fb-soft">{of.complaints}</span>}>
      {of.drill && <p className="fb-soft">{t('major.complaints.none')}</p>}
      <ul className="fb-plain">
        {of.complaintList.map(({ id, number, state, dueOn }) => (
          <li key={id}>
            <Link to={`/complaints/${id}`}>{number}</Link>{' '}
            <span className="fb-soft">
              {word('clock.state', state)} · {t('major.complaints.due', { date: dueOn })}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Entries({ of }: { readonly of: MajorView }): ReactNode {
  const { t } = useTranslation();
  const word = useMajorWord();
  const person = usePerson();
  return (
    <Section title={t('major.entries.title')}>
      <ol className="fb-plain">
        {of.entries.toReversed().map(({ at, kind, actor, data, note }) => (
          <li key={`${at} ${kind} ${String(data['stepId'] ?? data['reportId'] ?? '')}`} className="fb-after">
            <p>
              {word('entries', kind)}
              {typeof data['seq'] === 'number' && ` · ${t('major.entries.step', { seq: data['seq'] })}`}
              {typeof data['count'] === 'number' && ` · ${t('major.entries.count', { count: data['count'] })}`}{' '}
              <span className="fb-soft">
                {person(actor)} · {localTime(at)}
              </span>
            </p>
            {note !== null && <p>{note}</p>}
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** One major matter or drill: its plan, its reports with the time that is left, its complaints and what was done. */
export function MajorPage(): ReactNode {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const word = useMajorWord();
  const person = usePerson();
  const query = useQuery({ queryKey: [...MAJOR, 'one', id], queryFn: ({ signal }) => findMajor(id, signal), refetchInterval: REFRESH_MS });
  const back = { to: '/complaints/major', label: t('major.page.back') };
  if (!query.data)
    return (
      <>
        <PageHeader title={t('major.page.one')} back={back} />
        {query.error ? <ProblemAlert error={query.error} onRetry={() => void query.refetch()} /> : <Skeleton active />}
      </>
    );
  const of = query.data;
  return (
    <>
      <PageHeader
        title={of.title ?? of.number}
        back={back}
        lead={`${of.number} · ${word('kind', of.kind)}${of.persons === null ? '' : ` · ${t('major.field.persons')} ${of.persons}`}`}
        aside={
          <>
            {of.drill && <StateTag tone="wait">{t('major.page.drill')}</StateTag>}
            <StateTag tone={of.state === 'open' ? 'busy' : 'quiet'}>{word('state', of.state)}</StateTag>
          </>
        }
      />
      {of.masked && <p className="fb-soft">{t('major.page.masked')}</p>}
      {of.drill && <Alert type="info" showIcon title={t('major.page.drillHelp')} />}
      {of.downgradeAskedBy !== null && of.state === 'open' && (
        <Alert type="warning" showIcon title={t('major.downgradeWaits', { who: person(of.downgradeAskedBy) })} />
      )}
      <div className="fb-columns">
        <div>
          <PlanSection of={of} />
          <ReportSection of={of} />
        </div>
        <div>
          <ReportClock of={of} />
          <Section title={t('major.field.opened')}>
            <Facts items={[{ label: t('major.field.opened'), value: `${person(of.openedBy)} · ${localTime(of.openedAt)}` }]} />
            <Endings of={of} />
          </Section>
          <Complaints of={of} />
          <Entries of={of} />
        </div>
      </div>
    </>
  );
}
