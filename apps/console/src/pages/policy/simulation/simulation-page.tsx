import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useLanguage } from '../../../i18n/index.ts';
import { useName } from '../../../i18n/use-name.ts';
import { PageLoading } from '../../../shell/page-loading.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Instant } from '../../../ui/instant.tsx';
import { JobProgress } from '../../../ui/job-progress.tsx';
import { formatCount, formatPercent } from '../../../ui/numbers.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Section } from '../../../ui/section.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { READER_ZONE } from '../../../ui/time.ts';
import { simulationQuery } from '../api.ts';
import '../policy.css';
import type { Simulation } from '../wire.ts';
import { TurnedChart } from './charts.tsx';
import { OpenPermits, Samples, Unknown } from './samples.tsx';
import { SIMULATION_TONES } from './simulation-section.tsx';

function Running({ found }: { readonly found: Simulation }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const { progress } = found;
  if (!progress || !progress.total) {
    return (
      <Section title={t('simulation.progress.title')}>
        <p role="status">{t('simulation.progress.queued')}</p>
      </Section>
    );
  }
  const line = t('simulation.progress.of', {
    done: formatCount(progress.done, language),
    total: formatCount(progress.total, language),
  });
  return (
    <Section title={t('simulation.progress.title')}>
      <JobProgress label={t('simulation.progress.label')} done={progress.done / progress.total} lines={[line]} />
      <p className="fb-soft">{t('simulation.progress.wait')}</p>
    </Section>
  );
}

function Figures({ found }: { readonly found: Simulation }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const figures = [
    { label: t('simulation.result.toRefused'), value: formatCount(found.toRefused ?? 0, language), look: 'fb-figure-bad' },
    { label: t('simulation.result.toPermitted'), value: formatCount(found.toPermitted ?? 0, language) },
    { label: t('simulation.result.judged'), value: formatCount(found.judged ?? 0, language) },
    { label: t('simulation.result.share'), value: formatPercent(found.changed ?? 0, found.judged ?? 0, language) },
  ];
  return (
    <Section
      title={t('simulation.result.summary')}
      aside={
        <span className="fb-soft">
          <Instant at={found.period.from} timeZone={READER_ZONE} withRelative={false} /> –{' '}
          <Instant at={found.period.to} timeZone={READER_ZONE} withRelative={false} />
        </span>
      }
    >
      <dl className="fb-figures">
        {figures.map(({ label, value, look }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className={look}>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function Charts({ found }: { readonly found: Simulation }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const name = useName();
  const inHouse = t('cases.inHouse');
  const noSegment = t('simulation.result.noSegment');
  const packs = new Set(found.byRule.map(({ pack }) => pack)).size;
  const rules = useMemo(
    () =>
      found.byRule.map((row) => ({ ...row, name: packs > 1 ? `${name('rules', row.ruleId)} (${row.pack})` : name('rules', row.ruleId) })),
    // The names change with the language.
    // oxlint-disable-next-line react/exhaustive-deps
    [found.byRule, language, packs],
  );
  const agencies = useMemo(() => found.byAgency.map((row) => ({ ...row, name: row.agencyId ?? inHouse })), [found.byAgency, inHouse]);
  const segments = useMemo(
    () =>
      found.bySegment.map((row) => {
        const way = row.mode === null ? name('contact.channel', row.channel) : name('screening.form.modes', row.mode);
        return { ...row, name: [row.product || noSegment, row.overdue, way].join(' · ') };
      }),
    // The words change with the language.
    // oxlint-disable-next-line react/exhaustive-deps
    [found.bySegment, language],
  );
  const days = useMemo(() => found.byDay.map((row) => ({ ...row, name: row.day })), [found.byDay]);
  return (
    <div className="fb-halves">
      <div>
        <TurnedChart title={t('simulation.result.byRule')} of={t('simulation.result.rule')} rows={rules} />
        <TurnedChart title={t('simulation.result.byAgency')} of={t('simulation.result.agency')} rows={agencies} />
      </div>
      <div>
        <TurnedChart title={t('simulation.result.byDay')} of={t('simulation.result.day')} rows={days} form="standing" />
        <TurnedChart title={t('simulation.result.bySegment')} of={t('simulation.result.segment')} rows={segments} />
      </div>
    </div>
  );
}

function Result({ found }: { readonly found: Simulation }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Figures found={found} />
      {(found.changed ?? 0) === 0 ? (
        <Empty title={t('simulation.result.unchanged')} help={t('simulation.result.unchangedHelp')} />
      ) : (
        <>
          <Charts found={found} />
          <Samples samples={found.samples} />
        </>
      )}
      {found.openPermits && <OpenPermits permits={found.openPermits} />}
      <Unknown found={found} />
    </>
  );
}

/** One simulation: how far it is, then what the draft would have changed. */
export function SimulationPage(): ReactNode {
  const { t } = useTranslation();
  const { id = '', simulationId = '' } = useParams();
  const { data: found, error, refetch } = useQuery(simulationQuery(simulationId, useLanguage()));
  const back = { to: `/policy/drafts/${id}`, label: t('simulation.back') };
  return (
    <>
      <PageHeader
        title={t('simulation.title')}
        back={back}
        aside={found && <StateTag tone={SIMULATION_TONES[found.state]}>{t(`simulation.state.${found.state}`)}</StateTag>}
      />
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!error && !found && <PageLoading />}
      {(found?.state === 'queued' || found?.state === 'running') && <Running found={found} />}
      {(found?.state === 'failed' || found?.state === 'cancelled') && <Alert type="error" showIcon title={t('simulation.failed')} />}
      {found?.state === 'done' && <Result found={found} />}
    </>
  );
}
