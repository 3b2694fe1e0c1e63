import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { ImportView } from '../../api/models.ts';
import { useLanguage } from '../../i18n/index.ts';
import { useMay } from '../../session/session.ts';
import { PageLoading } from '../../shell/page-loading.tsx';
import { Instant } from '../../ui/instant.tsx';
import { JobProgress } from '../../ui/job-progress.tsx';
import { formatBytes, formatCount } from '../../ui/numbers.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useRecent } from '../../ui/recent.ts';
import { RowErrors } from '../../ui/row-errors.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { StateTag } from '../../ui/state-tag.tsx';
import { TONES } from './import-start.tsx';
import { importQuery } from './queries.ts';

function Running({ found }: { readonly found: ImportView }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const { bytes, rows } = found;
  return (
    <Section title={t('imports.page.progress')}>
      <JobProgress
        label={found.state === 'queued' ? t('imports.page.queued') : t('imports.state.running')}
        done={bytes.total === 0 ? 0 : bytes.done / bytes.total}
        lines={[
          t('imports.page.bytes', { done: formatBytes(bytes.done), total: formatBytes(bytes.total) }),
          `${t('imports.page.done')} ${formatCount(rows.done, language)}`,
          `${t('imports.page.rejected')} ${formatCount(rows.rejected, language)}`,
        ]}
      />
      <p className="fb-soft">{t('imports.page.wait')}</p>
    </Section>
  );
}

function Result({ found }: { readonly found: ImportView }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const { rows } = found;
  const maySee = useMay('collections.listCases');
  return (
    <Section
      title={t('imports.page.result')}
      aside={maySee && found.kind === 'cases' && <Link to="/cases">{t('imports.page.seeCases')}</Link>}
    >
      <dl className="fb-figures">
        {(['inserted', 'updated', 'unchanged', 'rejected'] as const).map((name) => (
          <div key={name}>
            <dt>{t(`imports.page.${name}`)}</dt>
            <dd>{formatCount(rows[name], language)}</dd>
          </div>
        ))}
      </dl>
      {rows.rejected === 0 && <Alert type="success" showIcon title={t('imports.page.allGood')} className="fb-all-good" />}
      <hr className="fb-rule" />
      <Facts
        items={[
          { label: t('imports.column.kind'), value: t(`imports.kind.${found.kind}`) },
          { label: t('imports.page.total'), value: formatCount(rows.total ?? rows.done, language) },
          {
            label: t('imports.page.started'),
            value: <Instant at={found.createdAt} timeZone={READER_ZONE} withSeconds withRelative={false} />,
          },
          ...(found.finishedAt
            ? [
                {
                  label: t('imports.page.finished'),
                  value: <Instant at={found.finishedAt} timeZone={READER_ZONE} withSeconds withRelative={false} />,
                },
              ]
            : []),
        ]}
      />
    </Section>
  );
}

/** One import: how far it is, then what came of it and which rows were refused. */
export function ImportPage(): ReactNode {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data: found, error, refetch } = useQuery(importQuery(id));
  const { add } = useRecent('imports');
  const isFound = found !== undefined;
  useEffect(() => {
    if (isFound) add(id);
    // Once for each that was found, not for each drawing.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [isFound, id]);
  const back = { to: '/imports', label: t('imports.page.back') };
  if (error) {
    return (
      <>
        <PageHeader title={t('imports.title')} back={back} />
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  if (!found) return <PageLoading />;
  const hasErrors = found.errors.length > 0;
  return (
    <>
      <PageHeader
        title={found.fileName}
        back={back}
        aside={<StateTag tone={TONES[found.state]}>{t(`imports.state.${found.state}`)}</StateTag>}
      />
      {(found.state === 'queued' || found.state === 'running') && <Running found={found} />}
      {found.state === 'done' && <Result found={found} />}
      {found.state === 'failed' && (
        <RowErrors title={t('imports.errors.failedTitle')} help={t('imports.errors.failedHelp')} errors={found.errors} />
      )}
      {found.state !== 'failed' && hasErrors && (
        <RowErrors
          title={t('imports.errors.title')}
          help={t('imports.errors.help', { count: found.rows.rejected })}
          errors={found.errors}
        />
      )}
    </>
  );
}
