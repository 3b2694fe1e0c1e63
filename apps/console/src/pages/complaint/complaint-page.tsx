import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { useNow } from '../../ui/use-now.ts';
import { usePerson } from '../../ui/use-person.ts';
import { ActionPanel } from './action/action-panel.tsx';
import { findComplaint, readTimeline } from './api.ts';
import { daysLeftOf } from './buckets.ts';
import { ClockDrawing } from './clock/clock-drawing.tsx';
import './complaint.css';
import { ComplaintParts } from './complaint-parts.tsx';
import { localTime } from './dates.ts';
import { DaysTag } from './days-tag.tsx';
import { MajorSection } from './major/major-section.tsx';
import type { Complaint } from './wire.ts';
import { Complainant, HoldBox } from './who.tsx';
import { useWord } from './words.ts';

const MINUTE_MS = 60_000;
const REFRESH_MS = 15_000;

function Lead({ complaint }: { readonly complaint: Complaint }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const { number, receivedAt, source, handler } = complaint;
  return (
    <span className="fb-lead-parts">
      <span>{number}</span>
      <span>
        {t('complaint.page.received')} {localTime(receivedAt)}
      </span>
      {source === 'import' && <span>{t('complaint.page.imported')}</span>}
      <span>
        {t('complaint.page.handler')} {handler === null ? t('complaint.board.noHandler') : person(handler)}
      </span>
    </span>
  );
}

function ClockSection({ complaint }: { readonly complaint: Complaint }): ReactNode {
  const { t } = useTranslation();
  const word = useWord();
  const now = new Date(useNow(MINUTE_MS));
  const { clock } = complaint;
  return (
    <Section title={t('clock.drawing.title')} aside={<span className="fb-soft">{word('clock.term', clock.termId)}</span>}>
      <ClockDrawing complaint={complaint} now={now} />
    </Section>
  );
}

/** One complaint: where its clock stands, what may be done, what happened, who complains of what. */
export function ComplaintPage(): ReactNode {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const found = useQuery({
    queryKey: ['complaints', 'one', id],
    queryFn: ({ signal }) => findComplaint(id, signal),
    refetchInterval: REFRESH_MS,
  });
  const timeline = useQuery({
    queryKey: ['complaints', 'timeline', id],
    queryFn: ({ signal }) => readTimeline(id, signal),
    refetchInterval: REFRESH_MS,
  });
  const back = { to: '/complaints', label: t('complaint.page.back') };
  if (!found.data) {
    return (
      <>
        <PageHeader title={t('complaint.page.what')} back={back} />
        {found.error ? (
          <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
        ) : (
          <Skeleton active paragraph={{ rows: 8 }} />
        )}
      </>
    );
  }
  const complaint = found.data;
  const items = timeline.data ?? [];
  return (
    <>
      <PageHeader
        title={complaint.subject}
        back={back}
        lead={<Lead complaint={complaint} />}
        aside={
          <DaysTag left={daysLeftOf(complaint.clock, complaint.closedAt !== null)} bucket={complaint.dueBucket} state={complaint.state} />
        }
      />
      {complaint.masked && <p className="fb-soft">{t('complaint.page.masked')}</p>}
      <div className="fb-columns fb-complaint">
        <ClockSection complaint={complaint} />
        <div className="fb-complaint-side">
          <ActionPanel complaint={complaint} timeline={items} />
          <HoldBox complaint={complaint} />
          <Complainant complaint={complaint} />
          <MajorSection complaint={complaint} />
        </div>
        <ComplaintParts complaint={complaint} timeline={timeline} />
      </div>
    </>
  );
}
