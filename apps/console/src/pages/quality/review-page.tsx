import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { newKey } from '../../api/client.ts';
import { PageLoading } from '../../shell/page-loading.tsx';
import { Field } from '../../ui/field.tsx';
import { Instant } from '../../ui/instant.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { RecordingPlayer } from '../../ui/recording-player.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { usePerson } from '../../ui/use-person.ts';
import { useAgencyName } from '../../ui/use-agency-name.ts';
import { finishReview, QUALITY, recordingQuery, reviewQuery, type Mark, type ReviewWithSheet } from './api.ts';
import { marksOf, SheetMarks, useRecordingName } from './quality-bits.tsx';

interface Props {
  readonly review: ReviewWithSheet;
}

function Form({ review }: Props): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [marks, setMarks] = useState<Readonly<Record<string, Mark>>>({});
  const [comment, setComment] = useState('');
  const [key] = useState(newKey);
  const send = useMutation({
    mutationFn: () =>
      finishReview(
        review.id,
        { marks: Object.entries(marks).map(([item, mark]) => ({ item, mark })), ...(comment.trim() && { comment: comment.trim() }) },
        key,
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: QUALITY }),
  });
  const left = review.sheet.items.filter(({ id }) => !(id in marks)).length;
  return (
    <Section title={t('quality.marks')}>
      <SheetMarks sheet={review.sheet} marks={marks} onMark={(item, mark) => setMarks({ ...marks, [item]: mark })} />
      <Field label={t('quality.said.comment')} help={t('quality.commentHelp')}>
        {(ids) => (
          <Input.TextArea {...ids} rows={3} maxLength={2000} value={comment} onChange={(event) => setComment(event.target.value)} />
        )}
      </Field>
      {send.error && <ProblemAlert error={send.error} />}
      <Button type="primary" disabled={left > 0} loading={send.isPending} onClick={() => send.mutate()}>
        {left > 0 ? t('quality.left', { count: left }) : t('quality.finish')}
      </Button>
    </Section>
  );
}

function Earlier({ review }: Props): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  return review.earlier.map(({ position, reviewer, marks, score, comment }) => (
    <Section key={position} title={`${t(`quality.position.${position as 1}`)} · ${t('quality.score', { score })}`}>
      <p className="fb-soft fb-first">
        {person(reviewer)}
        {comment && ` · ${comment}`}
      </p>
      <SheetMarks sheet={review.sheet} marks={marksOf(marks)} />
    </Section>
  ));
}

/** What is kept of it: here, to be heard, or elsewhere, at the address that is named. */
function Kept({ id }: { readonly id: string }): ReactNode {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(recordingQuery(id));
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return t('shell.loading');
  return data.destroyedAt === null ? <RecordingPlayer recording={data} /> : t('collecting.recording.destroyed');
}

/** A recording and its score sheet. */
export function ReviewPage(): ReactNode {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data: review, error, refetch } = useQuery(reviewQuery(id));
  const nameOf = useAgencyName();
  const recordingName = useRecordingName();
  const back = { to: '/quality/reviews', label: t('quality.tab.reviews') };
  if (error) {
    return (
      <>
        <PageHeader title={t('quality.tab.reviews')} back={back} />
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  if (!review) return <PageLoading />;
  const { caseId, recordingId, reference } = review;
  return (
    <>
      <PageHeader title={recordingName(review)} back={back} lead={t(`quality.positionHelp.${review.position as 1}`)} />
      <Section title={t('quality.about')}>
        <Facts
          items={[
            ...(caseId === null
              ? []
              : [{ label: t('quality.column.case'), value: <Link to={`/cases/${encodeURIComponent(caseId)}`}>{caseId}</Link> }]),
            { label: t('quality.column.agency'), value: review.agencyId === null ? t('quality.bank') : nameOf(review.agencyId) },
            { label: t('quality.column.collector'), value: review.collectorIds.join(t('common.listSeparator')) },
            { label: t('quality.column.recordedAt'), value: <Instant at={review.recordedAt} timeZone={READER_ZONE} /> },
            {
              label: t('quality.recording'),
              value: recordingId === null ? (reference ?? '–') : <Kept id={recordingId} />,
            },
          ]}
        />
      </Section>
      <Earlier review={review} />
      {review.doneAt === null ? (
        <Form review={review} />
      ) : (
        <Section title={t('quality.marks')}>
          <SheetMarks sheet={review.sheet} marks={marksOf(review.marks)} />
          {review.comment && <p>{review.comment}</p>}
        </Section>
      )}
    </>
  );
}
