import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { newKey } from '../../api/client.ts';
import { PageLoading } from '../../shell/page-loading.tsx';
import { Instant } from '../../ui/instant.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { usePerson } from '../../ui/use-person.ts';
import { useAgencyName } from '../../ui/use-agency-name.ts';
import { answerDispute, disputeResult, QUALITY, resultQuery, type Mark, type ResultDetail } from './api.ts';
import { marksOf, ScoreTag, SheetMarks, useRecordingName } from './quality-bits.tsx';

type Act = 'dispute' | 'uphold' | 'change';

interface Props {
  readonly result: ResultDetail;
}

function Actions({ result }: Props): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [act, setAct] = useState<Act | null>(null);
  const [key, setKey] = useState(newKey);
  const [marks, setMarks] = useState(() => marksOf(result.marks));
  const send = useMutation({
    mutationFn: (text: string) =>
      act === 'dispute'
        ? disputeResult(result.id, text, key)
        : answerDispute(
            result.id,
            { answer: text, marks: act === 'change' ? Object.entries(marks).map(([item, mark]) => ({ item, mark })) : [] },
            key,
          ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: QUALITY });
      setAct(null);
      setKey(newKey());
    },
  });
  return (
    <>
      {result.mayDispute && <Button onClick={() => setAct('dispute')}>{t('quality.act.dispute')}</Button>}
      {result.mayAnswer && (
        <Section title={t('quality.answerTitle')}>
          <SheetMarks sheet={result.sheet} marks={marks} onMark={(item, mark: Mark) => setMarks({ ...marks, [item]: mark })} />
          <p>
            <Button onClick={() => setAct('uphold')}>{t('quality.act.uphold')}</Button>{' '}
            <Button onClick={() => setAct('change')}>{t('quality.act.change')}</Button>
          </p>
        </Section>
      )}
      {act && (
        <ReasonDialog
          title={t(`quality.act.${act}`)}
          help={t(`quality.actHelp.${act}`)}
          label={t('quality.reason')}
          needed={t('quality.needReason')}
          confirm={t(`quality.act.${act}`)}
          isSending={send.isPending}
          error={send.error}
          onSend={send.mutate}
          onClose={() => setAct(null)}
        />
      )}
    </>
  );
}

function Reviews({ result }: Props): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  if (result.reviews.length === 0) return null;
  return (
    <Section title={t('quality.reviews')}>
      <ul className="fb-history">
        {result.reviews.map(({ position, reviewer, score, comment }) => (
          <li key={position}>
            <strong>{t(`quality.position.${position as 1}`)}</strong>
            <p>
              {person(reviewer)} · {t('quality.score', { score })}
            </p>
            {comment && <p className="fb-soft">{comment}</p>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** One result: marks, comment, dispute and answer. */
export function ResultPage(): ReactNode {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data: result, error, refetch } = useQuery(resultQuery(id));
  const nameOf = useAgencyName();
  const recordingName = useRecordingName();
  const back = { to: '/quality', label: t('quality.title') };
  if (error) {
    return (
      <>
        <PageHeader title={t('quality.title')} back={back} />
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  if (!result) return <PageLoading />;
  const { caseId, agencyId, collectorIds, comment, dispute, answer } = result;
  const said = [
    ['comment', comment],
    ['dispute', dispute],
    ['answer', answer],
  ] as const;
  return (
    <>
      <PageHeader title={recordingName(result)} back={back} aside={<ScoreTag result={result} />} />
      <div className="fb-columns">
        <div>
          <Section title={t('quality.marks')}>
            <SheetMarks sheet={result.sheet} marks={marksOf(result.marks)} />
          </Section>
          <Actions result={result} />
        </div>
        <div>
          <Section title={t('quality.about')}>
            <Facts
              items={[
                ...(caseId === null
                  ? []
                  : [{ label: t('quality.column.case'), value: <Link to={`/cases/${encodeURIComponent(caseId)}`}>{caseId}</Link> }]),
                { label: t('quality.column.agency'), value: agencyId === null ? t('quality.bank') : nameOf(agencyId) },
                { label: t('quality.column.collector'), value: collectorIds.join(t('common.listSeparator')) },
                { label: t('quality.column.recordedAt'), value: <Instant at={result.recordedAt} timeZone={READER_ZONE} /> },
                { label: t('quality.column.state'), value: t(`quality.state.${result.state}`) },
                ...said.flatMap(([field, text]) => (text === null ? [] : [{ label: t(`quality.said.${field}`), value: text }])),
              ]}
            />
          </Section>
          <Reviews result={result} />
        </div>
      </div>
    </>
  );
}
