import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { LookbackView } from '../../api/models.ts';
import { useLanguage } from '../../i18n/index.ts';
import { useName } from '../../i18n/use-name.ts';
import { PageLoading } from '../../shell/page-loading.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Instant } from '../../ui/instant.tsx';
import { JobProgress } from '../../ui/job-progress.tsx';
import { formatBytes, formatCount, formatPercent } from '../../ui/numbers.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useRecent } from '../../ui/recent.ts';
import { RowErrors } from '../../ui/row-errors.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { StateTag } from '../../ui/state-tag.tsx';
import { AgencyChart, HourChart, RuleChart } from './charts.tsx';
import { FindingList } from './finding-list.tsx';
import { TONES } from './lookback-start.tsx';
import { lookbackQuery } from './queries.ts';

const PHASES = ['reading', 'sorting', 'judging'] as const;

function Running({ found }: { readonly found: LookbackView }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const { progress } = found;
  const count = (value: number): string => formatCount(Math.round(value), language);
  if (!progress) {
    return (
      <Section title={t('lookback.progress.title')}>
        <p role="status">{t('lookback.progress.queued')}</p>
      </Section>
    );
  }
  const { phase, rows, totalRows, bytes, totalBytes, rowsPerSecond, secondsLeft } = progress;
  const [part, whole] = phase === 'judging' && totalRows !== null ? [rows, totalRows] : [bytes, totalBytes];
  const lines = [
    totalRows === null
      ? t('lookback.progress.rows', { rows: count(rows) })
      : t('lookback.progress.rowsOf', { rows: count(rows), total: count(totalRows) }),
    ...(phase === 'reading' ? [t('lookback.progress.bytes', { done: formatBytes(bytes), total: formatBytes(totalBytes) })] : []),
    t('lookback.progress.speed', { rows: count(rowsPerSecond) }),
    ...(secondsLeft === null ? [] : [t('lookback.progress.left', { seconds: count(secondsLeft) })]),
  ];
  const step = `${PHASES.indexOf(phase) + 1}/${PHASES.length}`;
  return (
    <Section title={t('lookback.progress.title')} aside={<span className="fb-soft">{step}</span>}>
      <JobProgress label={t(`lookback.phase.${phase}`)} done={whole === 0 ? 0 : part / whole} lines={lines} />
      <p className="fb-soft">{t('lookback.progress.wait')}</p>
    </Section>
  );
}

function Summary({ found }: { readonly found: LookbackView }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const count = (value: number | null | undefined): string => formatCount(value ?? 0, language);
  const judged = found.rows?.judged ?? 0;
  const packs = found.packs.map(({ pack, version }) => t('contact.verdict.pack', { pack, version })).join(t('common.listSeparator'));
  const figures = [
    { label: t('lookback.result.findings'), value: count(found.findings) },
    { label: t('lookback.result.attempts'), value: count(found.attemptsWithFindings) },
    { label: t('lookback.result.judged'), value: count(judged) },
    { label: t('lookback.result.share'), value: formatPercent(found.attemptsWithFindings ?? 0, judged, language) },
  ];
  return (
    <Section title={t('lookback.result.summary')}>
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
          ...(found.period
            ? [
                {
                  label: t('lookback.result.period'),
                  value: (
                    <>
                      <Instant at={found.period.from} timeZone={READER_ZONE} withRelative={false} /> –{' '}
                      <Instant at={found.period.to} timeZone={READER_ZONE} withRelative={false} />
                    </>
                  ),
                },
              ]
            : []),
          { label: t('lookback.result.rows'), value: count(found.rows?.read) },
          { label: t('lookback.result.history'), value: count(found.rows?.history) },
          { label: t('lookback.result.duplicates'), value: count(found.rows?.duplicates) },
          { label: t('lookback.result.rejected'), value: count(found.rows?.rejected) },
          { label: t('lookback.result.packs'), value: packs },
        ]}
      />
      {(found.withoutConsents ?? 0) > 0 && (
        <p className="fb-note">{t('lookback.result.noConsents', { count: found.withoutConsents ?? 0 })}</p>
      )}
    </Section>
  );
}

function LeftOut({ found }: { readonly found: LookbackView }): ReactNode {
  const { t } = useTranslation();
  const name = useName();
  if (found.leftOut.length === 0) return null;
  return (
    <Section title={t('lookback.result.leftOut')}>
      <ul className="fb-lines">
        {found.leftOut.map(({ ruleId, pack, needs, attempts }) => (
          <li key={`${pack} ${ruleId}`}>
            {t('lookback.result.leftOutRow', {
              rule: name('rules', ruleId),
              count: attempts,
              needs: needs.map((fact) => name('lookback.fact', fact)).join(t('common.listSeparator')),
            })}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Result({ found }: { readonly found: LookbackView }): ReactNode {
  const { t } = useTranslation();
  const hasFindings = (found.findings ?? 0) > 0;
  return (
    <>
      <Summary found={found} />
      {hasFindings ? (
        <>
          <div className="fb-halves">
            <RuleChart found={found} />
            <div>
              <HourChart found={found} />
              <AgencyChart found={found} />
            </div>
          </div>
          <FindingList found={found} />
        </>
      ) : (
        <Empty title={t('lookback.result.clean')} help={t('lookback.result.cleanHelp')} />
      )}
      <LeftOut found={found} />
      {found.errors.length > 0 && (
        <RowErrors
          title={t('lookback.errors.title')}
          help={t('lookback.errors.help', { count: found.rows?.rejected ?? 0 })}
          errors={found.errors}
          isTranslated
        />
      )}
    </>
  );
}

function Downloads({ id }: { readonly id: string }): ReactNode {
  const { t } = useTranslation();
  const at = `/api/collections/v1/lookbacks/${id}/findings`;
  return (
    <>
      <Button icon={<DownloadOutlined aria-hidden />} href={`${at}.csv`} download>
        {t('lookback.result.download')}
      </Button>
      <Button href={`${at}.ndjson`} download>
        {t('lookback.result.downloadJson')}
      </Button>
    </>
  );
}

/** One look-back: how far it is, then what it found. */
export function LookbackPage(): ReactNode {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data: found, error, refetch } = useQuery(lookbackQuery(id, useLanguage()));
  const { add } = useRecent('lookbacks');
  const isFound = found !== undefined;
  useEffect(() => {
    if (isFound) add(id);
    // Once for each that was found, not for each drawing.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [isFound, id]);
  const back = { to: '/lookback', label: t('lookback.result.back') };
  if (error) {
    return (
      <>
        <PageHeader title={t('lookback.title')} back={back} />
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  if (!found) return <PageLoading />;
  return (
    <>
      <PageHeader
        title={found.fileName}
        back={back}
        aside={<StateTag tone={TONES[found.state]}>{t(`lookback.state.${found.state}`)}</StateTag>}
        actions={found.state === 'done' && (found.findings ?? 0) > 0 && <Downloads id={id} />}
      />
      {(found.state === 'queued' || found.state === 'running') && <Running found={found} />}
      {found.state === 'failed' && (
        <RowErrors title={t('lookback.failed.title')} help={t('lookback.failed.help')} errors={found.errors} isTranslated />
      )}
      {found.state === 'done' && <Result found={found} />}
    </>
  );
}
