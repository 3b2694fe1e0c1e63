import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLanguage } from '../../../i18n/index.ts';
import { DataTable, MoreRows, type Column } from '../../../ui/data-table.tsx';
import { formatCount, formatPercent } from '../../../ui/numbers.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Section } from '../../../ui/section.tsx';
import { usePages } from '../../../ui/use-pages.ts';
import { usePerson } from '../../../ui/use-person.ts';
import { calibrationQuery, listForecasts, SUPERVISION, type Forecast } from './api.ts';

function Calibration(): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data } = useQuery(calibrationQuery);
  if (!data) return null;
  type Row = (typeof data.rows)[number];
  const columns: Column<Row>[] = [
    {
      key: 'bucket',
      title: t('supervision.forecast.bucketLabel'),
      onCard: 'head',
      render: ({ bucket }) => t(`supervision.forecast.bucket.${bucket}`),
    },
    { key: 'said', title: t('supervision.forecast.said'), align: 'end', render: ({ said }) => formatCount(said, language) },
    { key: 'known', title: t('supervision.forecast.known'), align: 'end', render: ({ known }) => formatCount(known, language) },
    {
      key: 'late',
      title: t('supervision.forecast.late'),
      align: 'end',
      render: ({ late, known }) => (known === 0 ? '–' : `${formatCount(late, language)} (${formatPercent(late, known, language)})`),
    },
  ];
  return (
    <details>
      <summary>{t('supervision.forecast.calibration')}</summary>
      <DataTable
        label={t('supervision.forecast.calibration')}
        columns={columns}
        rows={data.rows}
        rowKey={({ bucket }) => bucket}
        empty={{ title: '–' }}
      />
    </details>
  );
}

/** What will probably be late, why, and how often such a forecast came true. */
export function Forecasts(): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const person = usePerson();
  const list = usePages([...SUPERVISION, 'forecasts'], listForecasts);
  const columns: Column<Forecast>[] = [
    {
      key: 'complaint',
      title: t('supervision.forecast.complaint'),
      onCard: 'head',
      render: ({ complaintId, complaintNumber }) => <Link to={`/complaints/${complaintId}`}>{complaintNumber}</Link>,
    },
    { key: 'subject', title: t('supervision.forecast.subject'), render: ({ subject }) => subject },
    { key: 'due', title: t('supervision.forecast.due'), render: ({ dueOn }) => dueOn },
    {
      key: 'handler',
      title: t('supervision.forecast.handler'),
      render: ({ handler }) => (handler === null ? t('supervision.workload.nobody') : person(handler)),
    },
    {
      key: 'probability',
      title: t('supervision.forecast.probability'),
      onCard: 'corner',
      align: 'end',
      render: ({ probability }) => formatPercent(probability, 1, language),
    },
    {
      key: 'why',
      title: t('supervision.forecast.why'),
      render: ({ reasons }) => reasons.map(({ code, data }) => <div key={code}>{t(`supervision.forecast.reason.${code}`, data)}</div>),
    },
  ];
  return (
    <Section title={t('supervision.forecast.title')}>
      {list.error && <ProblemAlert error={list.error} onRetry={list.retry} />}
      {!list.error && (
        <DataTable
          label={t('supervision.forecast.title')}
          columns={columns}
          rows={list.items}
          rowKey={({ complaintId }) => complaintId}
          isLoading={list.isLoading}
          empty={{ title: t('supervision.forecast.empty') }}
        />
      )}
      <MoreRows {...list.more} />
      <Calibration />
    </Section>
  );
}
