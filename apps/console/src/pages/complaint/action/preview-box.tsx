import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../session/session.ts';
import type { Action } from '../actions.ts';
import { evaluateClock } from '../api.ts';
import { daysBetween, instantIn, wallClock } from '../dates.ts';
import { toEvaluation, type Draft } from '../preview.ts';
import { useSettled } from '../use-settled.ts';
import type { ClockAnswer, Complaint, Rejection, TimelineItem } from '../wire.ts';
import { useWord } from '../words.ts';

const SETTLE_MS = 350;

export interface PreviewProps {
  readonly action: Action;
  readonly complaint: Complaint;
  readonly timeline: readonly TimelineItem[];
  readonly draft: Draft;
}

export interface Preview {
  readonly answer: ClockAnswer | null;
  /** Of the event in the form, not of earlier ones. */
  readonly rejected: Rejection | null;
  readonly isWaiting: boolean;
  readonly isLoading: boolean;
  readonly isFailed: boolean;
}

/** What the rules say to the event in the form, asked as it is filled in. */
export function usePreview({ action, complaint, timeline, draft }: PreviewProps): Preview {
  const session = useSession();
  // The moment at which the form was opened stands for now, so that the same form asks the same question.
  const [now] = useState(() => instantIn(complaint.timeZone, wallClock(complaint.timeZone, new Date())));
  const settled = useSettled(draft, SETTLE_MS);
  const evaluation = toEvaluation(complaint, timeline, action, settled, session, now);
  const query = useQuery({
    queryKey: ['clock-evaluation', evaluation],
    queryFn: ({ signal }) => (evaluation === null ? Promise.reject(new Error('nothing to evaluate')) : evaluateClock(evaluation, signal)),
    enabled: evaluation !== null,
    staleTime: Infinity,
    retry: false,
  });
  const own = (evaluation?.events.length ?? 0) - 1;
  return {
    answer: query.data ?? null,
    rejected: query.data?.rejected.find((one) => one.index === own) ?? null,
    isWaiting: evaluation === null,
    isLoading: evaluation !== null && query.isPending,
    isFailed: query.isError,
  };
}

function Moved({ before, after }: { readonly before: string; readonly after: string }): ReactNode {
  const { t } = useTranslation();
  const shift = daysBetween(before, after);
  if (shift === 0) return <p className="fb-preview-due">{t('complaint.action.previewSame', { dueOn: after })}</p>;
  const moved =
    shift > 0 ? t('complaint.action.previewShift.later', { count: shift }) : t('complaint.action.previewShift.earlier', { count: -shift });
  return (
    <p className="fb-preview-due">
      {t('complaint.action.previewMoves', { before, after })} <span className="fb-preview-shift">{moved}</span>
    </p>
  );
}

function Body({ preview, complaint }: { readonly preview: Preview; readonly complaint: Complaint }): ReactNode {
  const { t } = useTranslation();
  const word = useWord();
  const { answer, rejected } = preview;
  if (preview.isWaiting) return <p>{t('complaint.action.previewWaiting')}</p>;
  if (preview.isFailed) return <p>{t('complaint.action.previewFailed')}</p>;
  if (preview.isLoading || answer === null) return <Skeleton active title={false} paragraph={{ rows: 1 }} />;
  if (rejected) {
    return (
      <>
        <p className="fb-preview-due">{t('complaint.action.previewRefused')}</p>
        <p>{word('clock.rejected', rejected.code, rejected.detail)}</p>
        <p className="fb-article">{t('complaint.action.article', { article: rejected.source })}</p>
      </>
    );
  }
  return (
    <>
      <Moved before={complaint.clock.dueOn} after={answer.dueOn} />
      {answer.state !== complaint.state && <p>{t('complaint.action.previewState', { state: word('clock.state', answer.state) })}</p>}
      {answer.state === 'paused' && complaint.state !== 'paused' && <p>{t('complaint.action.previewPaused')}</p>}
      {answer.provisional && <p>{t('clock.drawing.provisional')}</p>}
    </>
  );
}

/** What confirming would do to the due date, before anybody confirms. */
export function PreviewBox({ preview, complaint }: { readonly preview: Preview; readonly complaint: Complaint }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className={`fb-preview${preview.rejected ? ' fb-preview-refused' : ''}`} role="status" aria-busy={preview.isLoading}>
      <h3>{t('complaint.action.preview')}</h3>
      <Body preview={preview} complaint={complaint} />
    </div>
  );
}
