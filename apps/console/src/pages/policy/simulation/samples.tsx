import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Answer } from '../../../api/models.ts';
import { useName } from '../../../i18n/use-name.ts';
import { useMay } from '../../../session/session.ts';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Instant } from '../../../ui/instant.tsx';
import { Section } from '../../../ui/section.tsx';
import { READER_ZONE } from '../../../ui/time.ts';
import { Verdict } from '../../case/verdict.tsx';
import type { OpenPermits as Permits, Sample, Simulation } from '../wire.ts';

const SHOWN = 4;
type OpenPermit = Permits['items'][number];

function CaseLink({ caseId }: { readonly caseId: string }): ReactNode {
  const { t } = useTranslation();
  const text = t('simulation.samples.case', { id: caseId });
  return useMay('collections.findCase') ? <Link to={`/cases/${encodeURIComponent(caseId)}`}>{text}</Link> : text;
}

const Side = ({ label, answer }: { readonly label: string; readonly answer: Answer }): ReactNode => (
  <div>
    <p className="fb-side-label">{label}</p>
    <Verdict answer={answer} isPast />
  </div>
);

function SampleContact({ sample }: { readonly sample: Sample }): ReactNode {
  const { t } = useTranslation();
  const name = useName();
  return (
    <li className="fb-sample">
      <p className="fb-sample-head">
        <strong>{sample.caseId === null ? t('simulation.samples.noCase') : <CaseLink caseId={sample.caseId} />}</strong>
        <span>{name('contact.channel', sample.channel)}</span>
        <Instant at={sample.at} withRelative={false} />
        <span className="fb-soft">{sample.agencyId ?? t('cases.inHouse')}</span>
        <span className="fb-soft fb-id">{t('simulation.samples.attempt', { id: sample.attemptId })}</span>
      </p>
      <div className="fb-sides">
        <Side label={t('simulation.samples.before')} answer={sample.before} />
        <Side label={t('simulation.samples.after')} answer={sample.after} />
      </div>
    </li>
  );
}

/** Contacts that would end otherwise, with both answers. */
export function Samples({ samples }: { readonly samples: readonly Sample[] }): ReactNode {
  const { t } = useTranslation();
  const [shown, setShown] = useState(SHOWN);
  const rest = samples.length - shown;
  return (
    <Section title={t('simulation.samples.title')}>
      <p className="fb-soft fb-first">{t('simulation.samples.help')}</p>
      {samples.length === 0 && <Empty title={t('simulation.samples.none')} />}
      <ul className="fb-samples">
        {samples.slice(0, shown).map((sample) => (
          <SampleContact key={sample.attemptId} sample={sample} />
        ))}
      </ul>
      {rest > 0 && (
        <div className="fb-more-rows">
          <Button onClick={() => setShown(shown + SHOWN)}>{t('simulation.samples.more', { count: Math.min(SHOWN, rest) })}</Button>
        </div>
      )}
    </Section>
  );
}

/** Permits that are given and unused, which the draft would not give. */
export function OpenPermits({ permits }: { readonly permits: Permits }): ReactNode {
  const { t } = useTranslation();
  const name = useName();
  const columns: Column<OpenPermit>[] = [
    { key: 'case', title: t('simulation.permits.case'), onCard: 'head', render: ({ caseId }) => <CaseLink caseId={caseId} /> },
    {
      key: 'expires',
      title: t('simulation.permits.expires'),
      render: ({ expiresAt }) => <Instant at={expiresAt} timeZone={READER_ZONE} />,
    },
    {
      key: 'reasons',
      title: t('simulation.permits.reasons'),
      render: ({ reasons }) => reasons.map(({ ruleId }) => name('rules', ruleId)).join(t('common.listSeparator')),
    },
  ];
  return (
    <Section title={t('simulation.permits.title')}>
      {permits.touched > 0 && (
        <p className="fb-soft fb-first">
          {t('simulation.permits.help')} {t('simulation.permits.touched', { count: permits.touched })}
        </p>
      )}
      <DataTable
        label={t('simulation.permits.title')}
        columns={columns}
        rows={permits.items}
        rowKey={({ id }) => id}
        empty={{ title: t('simulation.permits.none'), help: t('simulation.permits.noneHelp') }}
      />
    </Section>
  );
}

/** Where the figures end, as the service knows it, and which rules could not be asked. */
export function Unknown({ found }: { readonly found: Simulation }): ReactNode {
  const { t } = useTranslation();
  const name = useName();
  return (
    <Section title={t('simulation.unknown.title')}>
      <ul className="fb-bullets">
        {found.notes.map(({ code, text }) => (
          <li key={code}>{text}</li>
        ))}
        {found.leftOut.map(({ ruleId, pack, contacts }) => (
          <li key={`${pack} ${ruleId}`}>{t('simulation.unknown.leftOut', { rule: name('rules', ruleId), count: contacts })}</li>
        ))}
        <li>{t('simulation.unknown.behaviour')}</li>
        <li>{t('simulation.unknown.future')}</li>
      </ul>
    </Section>
  );
}
