import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Skeleton, Space } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate, useParams } from 'react-router';
import { Instant } from '../../ui/instant.tsx';
import { JobProgress } from '../../ui/job-progress.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { usePerson } from '../../ui/use-person.ts';
import { askDestruction, cancelRun, decideRun, fileOf, findRun, type Run } from './api.ts';
import { DecisionButtons } from './decision-buttons.tsx';
import { ProveForm } from './prove-form.tsx';
import { Destroyed, Found } from './run-results.tsx';
import { isUnderWay, RunState } from './run-state.tsx';
import './retention.css';
import { useAct, useChanges } from './use-retention.ts';
import { isService, type Service } from '../../api/service.ts';

const POLL_MS = 1000;

interface OfRun {
  readonly service: Service;
  readonly run: Run;
}

/** What may be done with a run: ask for its destruction, decide, stop. */
function Acts({ service, run }: OfRun): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mayChange = useChanges(service);
  const ask = useAct(
    (_: null, key) => askDestruction(service, run.id, key),
    ({ id }) => void navigate(`/retention/${service}/${id}`),
  );
  const stop = useAct(() => cancelRun(service, run.id));
  if (!mayChange) return null;
  const isDue = run.mode === 'dry-run' && run.state === 'done' && (run.found ?? []).some(({ due }) => due > 0);
  const error = ask.error ?? stop.error;
  return (
    <>
      {error && <ProblemAlert error={error} />}
      {run.state === 'waiting' && (
        <Section title={t('retention.stateName.waiting')}>
          <p className="fb-first">{t('retention.approveHelp')}</p>
          <DecisionButtons
            proposedBy={run.askedBy}
            approve={t('retention.approveRun')}
            decide={(decision, key) => decideRun(service, run, decision, key)}
          />
        </Section>
      )}
      {isDue && (
        <Section title={t('retention.destroy')}>
          <p className="fb-first">{t('retention.destroyHelp')}</p>
          <Button danger loading={ask.isPending} onClick={() => ask.mutate(null)}>
            {t('retention.destroy')}
          </Button>
        </Section>
      )}
      {isUnderWay(run) && (
        <Button loading={stop.isPending} onClick={() => stop.mutate(null)}>
          {t('retention.stop')}
        </Button>
      )}
    </>
  );
}

function About({ service, run }: OfRun): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const { askedAt, askedBy, decidedAt, decidedBy, listRoot, mode, destroyed } = run;
  const hasCertificate = mode === 'destroy' && (destroyed ?? []).some((kind) => kind.destroyed > 0);
  return (
    <Section title={t(`retention.mode.${mode}`)}>
      <Facts
        items={[
          { label: t('retention.asOf'), value: `${run.asOf} (${run.timeZone})` },
          {
            label: t('retention.asked'),
            value: (
              <>
                {person(askedBy)} <Instant at={askedAt} timeZone={READER_ZONE} />
              </>
            ),
          },
          ...(decidedBy !== null && decidedAt !== null
            ? [
                {
                  label: t('retention.decided'),
                  value: (
                    <>
                      {person(decidedBy)} <Instant at={decidedAt} timeZone={READER_ZONE} />
                    </>
                  ),
                },
              ]
            : []),
          ...(listRoot === null
            ? []
            : [{ label: t('retention.listRoot'), value: <code className="fb-retention-digest">{listRoot}</code> }]),
        ]}
      />
      {listRoot !== null && (
        <Space wrap>
          <a href={fileOf(service, run.id, 'items')} download>
            {t('retention.list')}
          </a>
          {hasCertificate && (
            <a href={fileOf(service, run.id, 'certificate')} download={`certificate-${run.id}.json`}>
              {t('retention.certificate')}
            </a>
          )}
        </Space>
      )}
    </Section>
  );
}

function RunShown({ service, run }: OfRun): ReactNode {
  const { t } = useTranslation();
  const { progress, failure, found, destroyed } = run;
  const total = progress?.total ?? 0;
  return (
    <>
      {isUnderWay(run) && (
        <JobProgress
          label={t(`retention.stateName.${run.state}`)}
          done={total === 0 ? 0 : (progress?.done ?? 0) / total}
          lines={progress ? [t('retention.progress', { done: progress.done, total })] : []}
        />
      )}
      {failure && <Alert type="error" showIcon title={t('retention.failure')} description={failure.detail} />}
      <About service={service} run={run} />
      <Acts service={service} run={run} />
      {found && <Found service={service} found={found} />}
      {destroyed && destroyed.length > 0 && (
        <>
          <Destroyed service={service} destroyed={destroyed} />
          <ProveForm service={service} run={run} />
        </>
      )}
    </>
  );
}

/** A dry run or a destruction, while it goes on and after. */
export function RunPage(): ReactNode {
  const { t } = useTranslation();
  const { service = '', id = '' } = useParams();
  const known = isService(service) ? service : null;
  const read = useQuery({
    queryKey: ['retention', 'run', service, id],
    queryFn: ({ signal }) => findRun(known ?? 'collections', id, signal),
    enabled: known !== null,
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? POLL_MS : false),
  });
  if (known === null) return <Navigate to="/retention" replace />;
  const run = read.data;
  return (
    <>
      <PageHeader
        title={run ? t(`retention.mode.${run.mode}`) : t('retention.title')}
        back={{ to: '/retention', label: t('retention.back') }}
        aside={run && <RunState run={run} />}
      />
      {read.error && <ProblemAlert error={read.error} onRetry={() => void read.refetch()} />}
      {run ? <RunShown service={known} run={run} /> : !read.error && <Skeleton active />}
    </>
  );
}
