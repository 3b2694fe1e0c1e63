import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Select, Skeleton } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../session/session.ts';
import { Empty } from '../../../ui/empty.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { Countdown } from '../../../ui/instant.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Section } from '../../../ui/section.tsx';
import { StateTag, type Tone } from '../../../ui/state-tag.tsx';
import { localTime } from '../dates.ts';
import { useKeyFor } from '../use-key.ts';
import type { Complaint } from '../wire.ts';
import { moveStage, STAGES, stagesQuery, type StageEntry } from './api.ts';
import './handling.css';
import { useDone } from './use-done.ts';
import { useMemberName } from './use-names.ts';

const TONES: Readonly<Record<StageEntry['state'], Tone>> = { open: 'busy', paused: 'wait', overdue: 'bad', done: 'good', late: 'wait' };
type Move = (typeof STAGES)[number] | 'done';

function Step({ entry }: { readonly entry: StageEntry }): ReactNode {
  const { t } = useTranslation();
  const memberName = useMemberName();
  const { stage, state, amount, unit, dueAt, doneAt, doneBy, note } = entry;
  return (
    <li className={`fb-stage fb-stage-${state}`} aria-current={doneAt === null ? 'step' : undefined}>
      <strong>{t(`handling.stage.names.${stage}`)}</strong>
      <StateTag tone={TONES[state]}>{t(`handling.stage.states.${state}`)}</StateTag>
      <span className="fb-soft">{t(`handling.stage.limit.${unit}`, { count: amount })}</span>
      {doneAt === null ? (
        <>
          {state === 'open' && (
            <span>
              {t('handling.stage.left')} <Countdown until={dueAt} over={t('handling.stage.over')} />
            </span>
          )}
          <span className="fb-soft">
            {t('handling.stage.due')} {localTime(dueAt)}
          </span>
        </>
      ) : (
        <span className="fb-soft">
          {t('handling.stage.doneAt', { time: localTime(doneAt) })}
          {doneBy !== null && <> · {memberName(doneBy)}</>}
        </span>
      )}
      {note !== null && <span className="fb-hint">{note}</span>}
    </li>
  );
}

interface OtherProps {
  readonly current: Move;
  readonly isSending: boolean;
  readonly error: Error | null;
  readonly onSend: (to: Move, note: string) => void;
  readonly onClose: () => void;
}

function OtherDialog({ current, isSending, error, onSend, onClose }: OtherProps): ReactNode {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ to: Move; note: string }>();
  const options = [...STAGES, 'done' as const]
    .filter((stage) => stage !== current)
    .map((stage) => ({ value: stage, label: t(`handling.stage.names.${stage}`) }));
  return (
    <Modal
      open
      title={t('handling.stage.other')}
      onCancel={onClose}
      okText={t('handling.stage.send')}
      okButtonProps={{ loading: isSending }}
      cancelText={t('common.cancel')}
      onOk={() => form.submit()}
    >
      <p className="fb-first">{t('handling.stage.otherHelp')}</p>
      <Form name="stage" form={form} layout="vertical" requiredMark={false} onFinish={({ to, note }) => onSend(to, note.trim())}>
        <Form.Item name="to" label={t('handling.stage.to')} rules={[{ required: true, message: t('handling.desk.needed') }]}>
          <Select options={options} />
        </Form.Item>
        <Form.Item
          name="note"
          label={t('handling.stage.note')}
          rules={[{ required: true, whitespace: true, message: t('handling.stage.noteNeeded') }]}
        >
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
        <FormProblem form={form} error={error} />
      </Form>
    </Modal>
  );
}

/** Where the complaint stands inside its term: each stage with what is left of its time. */
export function StageTrackSection({ complaint }: { readonly complaint: Complaint }): ReactNode {
  const { t } = useTranslation();
  const { subject, roles } = useSession();
  const [isOther, setIsOther] = useState(false);
  const keyFor = useKeyFor();
  const { data, error, refetch } = useQuery(stagesQuery(complaint.id));
  const move = useDone(
    (body: { to: Move; note?: string }) => moveStage(complaint.id, body, keyFor({ ...body, at: data?.entries.length })),
    ['complaints'],
    () => setIsOther(false),
  );
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  const entries = data?.entries ?? [];
  const open = entries.find(({ doneAt }) => doneAt === null);
  const current: Move = open?.stage ?? (entries.length === 0 ? 'first-contact' : 'done');
  const place = current === 'done' ? STAGES.length : STAGES.indexOf(current);
  const next: Move = STAGES[place + 1] ?? 'done';
  const isOver = complaint.closedAt !== null || complaint.decidedAt !== null;
  const handles = roles.includes('complaint-supervisor') || (roles.includes('complaint-handler') && complaint.handler === subject);
  const pending = isOver || entries.length === 0 ? [] : STAGES.slice(place + 1);
  return (
    <Section
      title={t('handling.stage.title')}
      aside={data?.severity === 'major' && <StateTag tone="bad">{t('handling.stage.major')}</StateTag>}
    >
      {!data && <Skeleton active paragraph={{ rows: 2 }} />}
      {data && entries.length === 0 && <Empty title={t('handling.stage.empty')} help={t('handling.stage.emptyHelp')} />}
      <ol className="fb-stages" aria-label={t('handling.stage.title')}>
        {entries.map((entry) => (
          <Step key={entry.seq} entry={entry} />
        ))}
        {pending.map((stage) => (
          <li key={stage} className="fb-stage fb-stage-pending">
            <strong>{t(`handling.stage.names.${stage}`)}</strong>
            <span className="fb-soft">{t('handling.stage.pending')}</span>
          </li>
        ))}
      </ol>
      {data && handles && !isOver && (
        <div className="fb-row">
          {current !== 'done' && (
            <Button type="primary" loading={move.isPending} onClick={() => move.mutate({ to: next })}>
              {next === 'done' ? t('handling.stage.finish') : t('handling.stage.next', { stage: t(`handling.stage.names.${next}`) })}
            </Button>
          )}
          <Button onClick={() => setIsOther(true)}>{t('handling.stage.other')}</Button>
        </div>
      )}
      {move.error && !isOther && <ProblemAlert error={move.error} />}
      {isOther && (
        <OtherDialog
          current={current}
          isSending={move.isPending}
          error={move.error}
          onSend={(to, note) => move.mutate({ to, note })}
          onClose={() => setIsOther(false)}
        />
      )}
    </Section>
  );
}
