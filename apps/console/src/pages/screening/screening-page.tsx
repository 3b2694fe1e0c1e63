import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { ScreeningView } from '../../api/models.ts';
import { useLanguage } from '../../i18n/index.ts';
import { useMay } from '../../session/session.ts';
import { PageLoading } from '../../shell/page-loading.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Instant } from '../../ui/instant.tsx';
import { JobProgress } from '../../ui/job-progress.tsx';
import { formatCount, formatPercent } from '../../ui/numbers.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { cancelScreening, SCREENINGS, screeningQuery } from './api.ts';
import { AgencyChart, HourChart, RuleChart } from './charts.tsx';
import { Results } from './results.tsx';
import { SCREENING_TONES } from './screening-list-page.tsx';

interface FoundProps {
  readonly found: ScreeningView;
}

function Running({ found }: FoundProps): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const { progress } = found;
  if (!progress) {
    return (
      <Section title={t('screening.progress.title')}>
        <p role="status">{t('screening.progress.queued')}</p>
      </Section>
    );
  }
  const { done, total } = progress;
  const line =
    total === null
      ? t('screening.progress.so', { done: formatCount(done, language) })
      : t('screening.progress.of', { done: formatCount(done, language), total: formatCount(total, language) });
  return (
    <Section title={t('screening.progress.title')}>
      <JobProgress label={t('screening.progress.label')} done={total ? done / total : 0} lines={[line]} />
      <p className="fb-soft">{t('screening.progress.wait')}</p>
    </Section>
  );
}

function usePolicies(found: ScreeningView): string {
  const { t } = useTranslation();
  const said = found.policies.map(({ product, version, packs }) => {
    const stack = packs.map((each) => t('contact.verdict.pack', { ...each })).join(t('common.listSeparator'));
    const rules = version === null ? stack : t('screening.result.policyVersion', { version, packs: stack });
    return product === null ? rules : t('screening.result.policyOf', { product, packs: rules });
  });
  return said.join('; ');
}

function Summary({ found }: FoundProps): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const { question, notJudged } = found;
  const missing = notJudged ? notJudged.caseId + notJudged.partyId + notJudged.contactPointId : 0;
  const figures = [
    { label: t('screening.result.permitted'), value: formatCount(found.permitted ?? 0, language) },
    { label: t('screening.result.refused'), value: formatCount(found.refused ?? 0, language) },
    { label: t('screening.result.notJudged'), value: formatCount(missing, language) },
    { label: t('screening.result.share'), value: formatPercent(found.permitted ?? 0, found.cases ?? 0, language) },
  ];
  const way = question.channel === 'voice' ? ` · ${t(`screening.form.modes.${question.mode}`)}` : '';
  return (
    <Section title={t('screening.result.summary')}>
      <dl className="fb-figures">
        {figures.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <hr className="fb-rule" />
      <Facts
        items={[
          {
            label: t('screening.result.question'),
            value: `${t(`contact.channel.${question.channel}`)}${way} · ${t(`contact.purpose.${question.purpose}`)}`,
          },
          ...(found.at === null
            ? []
            : [{ label: t('screening.list.at'), value: <Instant at={found.at} timeZone={READER_ZONE} withRelative={false} /> }]),
          { label: t('screening.form.points'), value: t(`screening.form.pointOption.${question.pointChoice}`) },
          { label: t('screening.result.policy'), value: usePolicies(found) },
        ]}
      />
    </Section>
  );
}

function Missing({ found }: FoundProps): ReactNode {
  const { t } = useTranslation();
  const { notJudged, unknownCaseIds, unreadableRows } = found;
  const counts = (['caseId', 'partyId', 'contactPointId'] as const).filter((each) => (notJudged?.[each] ?? 0) > 0);
  if (counts.length === 0 && unreadableRows.length === 0) return null;
  return (
    <Section title={t('screening.result.missing')}>
      <ul className="fb-lines">
        {counts.map((each) => (
          <li key={each}>
            {t(`screening.result.missingOf.${each}`, { count: notJudged?.[each] ?? 0 })}
            {each === 'caseId' && unknownCaseIds.length > 0 && (
              <p className="fb-soft fb-id">{t('screening.result.unknown', { ids: unknownCaseIds.join(' ') })}</p>
            )}
          </li>
        ))}
        {unreadableRows.length > 0 && <li>{t('screening.result.unreadable', { rows: unreadableRows.join(' ') })}</li>}
      </ul>
    </Section>
  );
}

function Result({ found }: FoundProps): ReactNode {
  const { t } = useTranslation();
  if (found.cases === 0) return <Empty title={t('screening.result.empty')} help={t('screening.result.emptyHelp')} />;
  return (
    <>
      <Summary found={found} />
      <div className="fb-halves">
        <RuleChart found={found} />
        <div>
          <HourChart found={found} />
          <AgencyChart found={found} />
        </div>
      </div>
      <Missing found={found} />
      <Results id={found.id} />
    </>
  );
}

function Cancel({ id }: { readonly id: string }): ReactNode {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const queries = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => cancelScreening(id),
    onSettled: () => queries.invalidateQueries({ queryKey: SCREENINGS }),
    onError: (error) => void message.error(error.message),
  });
  const ask = (): void =>
    void modal.confirm({
      title: t('screening.cancelConfirm'),
      okText: t('screening.cancel'),
      cancelText: t('common.back'),
      onOk: () => cancel.mutateAsync().catch(() => undefined),
    });
  return <Button onClick={ask}>{t('screening.cancel')}</Button>;
}

/** One screening: how far it is, then who may be contacted and why the others may not. */
export function ScreeningPage(): ReactNode {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data: found, error, refetch } = useQuery(screeningQuery(id));
  const mayCancel = useMay('collections.cancelScreening');
  const back = { to: '/screenings', label: t('screening.back') };
  if (error) {
    return (
      <>
        <PageHeader title={t('screening.title')} back={back} />
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  if (!found) return <PageLoading />;
  const isOpen = found.state === 'queued' || found.state === 'running';
  return (
    <>
      <PageHeader
        title={found.name ?? found.filter.list ?? t('screening.title')}
        back={back}
        aside={<StateTag tone={SCREENING_TONES[found.state]}>{t(`screening.state.${found.state}`)}</StateTag>}
        actions={isOpen && mayCancel && <Cancel id={id} />}
      />
      {isOpen && <Running found={found} />}
      {found.state === 'failed' && (
        <Alert type="error" showIcon title={t('screening.failed')} description={<span lang="en">{found.failure?.detail}</span>} />
      )}
      {found.state === 'cancelled' && <Alert type="info" showIcon title={t('screening.cancelled')} />}
      {found.state === 'done' && <Result found={found} />}
    </>
  );
}
