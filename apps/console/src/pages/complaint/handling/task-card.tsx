import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../../session/session.ts';
import { Countdown } from '../../../ui/instant.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { ReasonDialog } from '../../../ui/reason-dialog.tsx';
import { Facts } from '../../../ui/section.tsx';
import { StateTag, type Tone } from '../../../ui/state-tag.tsx';
import { useAgencyName } from '../../../ui/use-agency-name.ts';
import { localTime } from '../dates.ts';
import { useKeyFor } from '../use-key.ts';
import { acceptTask, answerTask, cancelTask, type Task } from './api.ts';
import './handling.css';
import { TaskFiles } from './task-files.tsx';
import { ReturnDialog } from './task-dialogs.tsx';
import { useDone } from './use-done.ts';
import { useMemberName, useUnitName } from './use-names.ts';

const TONES: Readonly<Record<Task['state'], Tone>> = { open: 'busy', answered: 'wait', accepted: 'good', cancelled: 'quiet' };

function Shown({ task }: { readonly task: Task }): ReactNode {
  const { t } = useTranslation();
  const { shown } = task;
  const values = {
    subject: shown.subject,
    narrative: shown.narrative,
    requests: shown.requests,
    account: shown.account,
    'complainant-name': shown.complainantName,
    'complainant-contact': shown.complainantContact,
  } as const;
  if (task.disclosed.length === 0) return <p className="fb-soft">{`${t('handling.task.shown')}: ${t('handling.task.nothing')}`}</p>;
  return (
    <details>
      <summary>{t('handling.task.shown')}</summary>
      <Facts items={task.disclosed.map((field) => ({ label: t(`handling.task.fields.${field}`), value: values[field] ?? '–' }))} />
    </details>
  );
}

function Entries({ task }: { readonly task: Task }): ReactNode {
  const { t } = useTranslation();
  const memberName = useMemberName();
  return (
    <ol className="fb-handling-list">
      {task.entries.map((entry) => (
        <li key={`${entry.round}-${entry.kind}`}>
          <div className="fb-handling-head">
            <strong>{t(`handling.task.entry.${entry.kind}`)}</strong>
            <time className="fb-soft" dateTime={entry.at}>
              {localTime(entry.at)}
            </time>
            <span className="fb-soft">{memberName(entry.by)}</span>
          </div>
          {entry.text !== null && <p className="fb-handling-words">{entry.text}</p>}
          {entry.outsideReason !== null && <p className="fb-hint">{`${t('handling.task.outsideReason')}: ${entry.outsideReason}`}</p>}
        </li>
      ))}
    </ol>
  );
}

type Step = 'answer' | 'return' | 'cancel';

function Steps({ task }: { readonly task: Task }): ReactNode {
  const { t } = useTranslation();
  const [step, setStep] = useState<Step | null>(null);
  const mayManage = useMay('complaints.acceptWorkTask');
  const keyFor = useKeyFor();
  const { id, state, round } = task;
  const close = (): void => setStep(null);
  const answer = useDone((text: string) => answerTask(id, { text }, keyFor({ text, round })), ['complaints'], close);
  const cancel = useDone((reason: string) => cancelTask(id, { reason }, keyFor({ reason, round })), ['complaints'], close);
  const accept = useDone(() => acceptTask(id, keyFor({ accept: round })), ['complaints']);
  return (
    <>
      <div className="fb-row">
        {task.mayAnswer && (
          <Button type="primary" onClick={() => setStep('answer')}>
            {t('handling.task.answer')}
          </Button>
        )}
        {mayManage && state === 'answered' && (
          <>
            <Button type="primary" loading={accept.isPending} onClick={() => accept.mutate(undefined)}>
              {t('handling.task.accept')}
            </Button>
            <Button onClick={() => setStep('return')}>{t('handling.task.giveBack')}</Button>
          </>
        )}
        {mayManage && (state === 'open' || state === 'answered') && (
          <Button danger onClick={() => setStep('cancel')}>
            {t('handling.task.cancel')}
          </Button>
        )}
      </div>
      {accept.error && <ProblemAlert error={accept.error} />}
      {step === 'answer' && (
        <ReasonDialog
          title={t('handling.task.answer')}
          label={t('handling.task.answerText')}
          needed={t('handling.task.answerNeeded')}
          confirm={t('handling.task.send')}
          isSending={answer.isPending}
          error={answer.error}
          onSend={(text) => answer.mutate(text)}
          onClose={close}
        />
      )}
      {step === 'cancel' && (
        <ReasonDialog
          title={t('handling.task.cancel')}
          label={t('handling.task.cancelReason')}
          needed={t('handling.task.cancelNeeded')}
          confirm={t('handling.task.cancel')}
          isDanger
          isSending={cancel.isPending}
          error={cancel.error}
          onSend={(reason) => cancel.mutate(reason)}
          onClose={close}
        />
      )}
      {step === 'return' && <ReturnDialog task={task} onClose={close} />}
    </>
  );
}

/** One task: who is asked, until when, what was said, and what can be done. */
export function TaskCard({ task, head }: { readonly task: Task; readonly head?: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const unitName = useUnitName();
  const agencyName = useAgencyName();
  const { unit, agencyId, state, overdue, round, dueAt } = task;
  const who = unit === null ? agencyName(agencyId ?? '') : unitName(unit);
  return (
    <article className="fb-handling-task">
      <div className="fb-handling-head">
        {head}
        <strong>{who}</strong>
        <StateTag tone={overdue ? 'bad' : TONES[state]}>
          {overdue ? t('handling.task.overdue') : t(`handling.task.state.${state}`)}
        </StateTag>
        {round > 1 && <span className="fb-soft">{t('handling.task.round', { round })}</span>}
        <span className="fb-soft">
          {t('handling.task.due')} {localTime(dueAt)} {state === 'open' && !overdue && <Countdown until={dueAt} />}
        </span>
      </div>
      <Entries task={task} />
      <Shown task={task} />
      <TaskFiles task={task} />
      <Steps task={task} />
    </article>
  );
}
