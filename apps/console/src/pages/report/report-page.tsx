import { useQuery } from '@tanstack/react-query';
import { Alert, Skeleton } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useParams } from 'react-router';
import { Instant } from '../../ui/instant.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { usePerson } from '../../ui/use-person.ts';
import { READER_ZONE } from '../../ui/time.ts';
import { findReport, readDocument, type Report } from './api.ts';
import { Deliveries } from './deliveries.tsx';
import { Files } from './files.tsx';
import { Pins, Versions } from './pins.tsx';
import './report.css';
import { ReportActs } from './report-acts.tsx';
import { isMade, isUnderWay, ReportState } from './report-state.tsx';
import { RowsDrawer } from './rows-drawer.tsx';
import { ShownDocument, type Opened } from './shown-document.tsx';
import { isService, type Service } from '../../api/service.ts';

const POLL_MS = 1000;
const SENT: readonly Report['state'][] = ['signed', 'superseded'];

function Shown({ report }: { readonly report: Report }): ReactNode {
  const { t } = useTranslation();
  const { service, id, files } = report;
  const [opened, setOpened] = useState<Opened | null>(null);
  const name = files.find((file) => file.format === 'json')?.name;
  const read = useQuery({
    queryKey: ['reports', 'document', service, id],
    queryFn: ({ signal }) => readDocument(service, id, name ?? '', signal),
    enabled: name !== undefined,
    staleTime: Infinity,
  });
  if (name === undefined || read.data === null) return <Alert type="info" showIcon title={t('report.noJson')} />;
  if (read.error) return <ProblemAlert error={read.error} onRetry={() => void read.refetch()} />;
  if (!read.data) return <Skeleton active paragraph={{ rows: 6 }} />;
  return (
    <>
      <ShownDocument document={read.data} onOpen={report.audience === 'public' ? null : setOpened} />
      {opened && <RowsDrawer report={report} opened={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

function Found({ service, id }: { readonly service: Service; readonly id: string }): ReactNode {
  const { t } = useTranslation();
  const found = useQuery({
    queryKey: ['reports', 'one', service, id],
    queryFn: ({ signal }) => findReport(service, id, signal),
    refetchInterval: (query) => (query.state.data && !isUnderWay(query.state.data) ? false : POLL_MS),
  });
  const report = found.data;
  const person = usePerson();
  const back = { to: '/reports', label: t('report.back') };
  if (!report) {
    return (
      <>
        <PageHeader title={t('report.title')} back={back} />
        {found.error ? (
          <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
        ) : (
          <Skeleton active paragraph={{ rows: 6 }} />
        )}
      </>
    );
  }
  const { kind, period, origin, requestedBy, createdAt, failure } = report;
  return (
    <>
      <PageHeader
        title={t(`report.kindName.${kind}`)}
        back={back}
        aside={<ReportState report={report} />}
        lead={
          <span className="fb-lead-parts">
            <span>
              {period.from} – {period.to}
            </span>
            <span>{origin === 'schedule' ? t('report.origin.schedule') : person(requestedBy)}</span>
            <Instant at={createdAt} timeZone={READER_ZONE} />
            {report.version > 1 && <span>{t('report.version', { version: report.version })}</span>}
            {report.signedBy !== null && <span>{t('report.signedBy', { name: person(report.signedBy) })}</span>}
          </span>
        }
      />
      {failure && (
        <Alert
          className="fb-problem"
          type="error"
          showIcon
          title={t('report.state.failed')}
          description={`${t('report.failedHelp')} ${failure.detail}`}
        />
      )}
      <ReportActs report={report} />
      {isMade(report) && (
        <>
          <Versions report={report} />
          <Files report={report} />
          <Shown report={report} />
          <Pins report={report} />
          {SENT.includes(report.state) && (
            <Section title={t('report.delivery.title')}>
              <Deliveries of={report} />
            </Section>
          )}
        </>
      )}
    </>
  );
}

/** One report: how far it is, then its files and its figures. */
export function ReportPage(): ReactNode {
  const { service = '', id = '' } = useParams();
  return isService(service) ? <Found service={service} id={id} /> : <Navigate to="/reports" replace />;
}
