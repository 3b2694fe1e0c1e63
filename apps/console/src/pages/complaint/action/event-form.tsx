import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { asProblem } from '../../../api/problem.ts';
import { useSession } from '../../../session/session.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { placeErrors } from '../../../ui/field-errors.ts';
import type { Action } from '../actions.ts';
import { assign, recordEvent } from '../api.ts';
import { toBody, type Draft } from '../preview.ts';
import { useKeyFor } from '../use-key.ts';
import type { Complaint, Rejection, TimelineItem } from '../wire.ts';
import { useWord } from '../words.ts';
import { EventField } from './event-field.tsx';
import { PreviewBox, usePreview } from './preview-box.tsx';

export interface EventFormProps {
  readonly action: Action;
  readonly complaint: Complaint;
  readonly timeline: readonly TimelineItem[];
  readonly onClose: () => void;
}

/** A refusal by rule is an answer: what the rule says, its article, and that nothing changed. */
function Refused({ rejected }: { readonly rejected: Rejection }): ReactNode {
  const { t } = useTranslation();
  const word = useWord();
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={t('complaint.action.refused')}
      description={
        <>
          <p>{word('clock.rejected', rejected.code, rejected.detail)}</p>
          <p className="fb-article">{t('complaint.action.article', { article: rejected.source })}</p>
          <p>{t('complaint.action.refusedHelp')}</p>
        </>
      }
    />
  );
}

function useRecord({ action, complaint, onClose }: EventFormProps, onRefused: (rejected: Rejection) => void) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const keyFor = useKeyFor();
  return useMutation({
    mutationFn: async (body: Record<string, unknown>): Promise<Rejection | null> => {
      const key = keyFor(body);
      if (action.name === 'assignment') {
        await assign(complaint.id, String(body.handler));
        return null;
      }
      const answer = await recordEvent(complaint.id, action.name, body, key);
      return answer.accepted ? null : answer.rejected;
    },
    onSuccess: async (rejected) => {
      await queries.invalidateQueries({ queryKey: ['complaints'] });
      if (rejected) return onRefused(rejected);
      void message.success(t('complaint.action.accepted', { name: t(`complaint.action.name.${action.name}`) }));
      onClose();
    },
  });
}

/** The form of one event: what it means and its article, its fields, what it would do, and then whether to. */
export function EventForm(props: EventFormProps): ReactNode {
  const { action, complaint, timeline, onClose } = props;
  const { t } = useTranslation();
  const session = useSession();
  const [form] = Form.useForm<Draft>();
  const draft = Form.useWatch([], form) ?? {};
  const preview = usePreview({ action, complaint, timeline, draft });
  const [rejected, setRejected] = useState<Rejection | null>(null);
  const record = useRecord(props, setRejected);
  const name = t(`complaint.action.name.${action.name}`);
  const fields = action.fields.filter((field) => field.when === undefined || draft[field.when.field] === field.when.is);
  const placed = record.error
    ? placeErrors(
        asProblem(record.error),
        fields.map((field) => [field.name]),
      )
    : null;
  const submit = (values: Draft): void =>
    record.mutate(toBody(action, values, complaint.timeZone), {
      onError: (error) =>
        form.setFields(
          placeErrors(
            asProblem(error),
            fields.map((field) => [field.name]),
          ).fields.map((one) => ({ ...one, name: one.name as never })),
        ),
    });
  const footer = rejected ? (
    <Button type="primary" onClick={onClose}>
      {t('common.close')}
    </Button>
  ) : (
    <>
      <Button onClick={onClose}>{t('common.cancel')}</Button>
      <Button type="primary" danger={action.final} loading={record.isPending} onClick={() => form.submit()}>
        {preview.rejected ? t('complaint.action.submitRefused') : t('complaint.action.confirm', { name })}
      </Button>
    </>
  );
  return (
    <Modal open title={name} onCancel={onClose} footer={footer} width={560} mask={{ closable: false }} className="fb-event">
      {rejected ? (
        <Refused rejected={rejected} />
      ) : (
        <>
          <p>{t(`complaint.action.what.${action.name}`)}</p>
          {(action.name === 'decision' || action.name === 'notice') && (
            <p>
              <Link to={{ search: '?tab=decision' }} onClick={onClose}>
                {t(`complaint.action.inFull.${action.name}`)}
              </Link>
            </p>
          )}
          {action.article !== null && <p className="fb-article">{t('complaint.action.article', { article: action.article })}</p>}
          {record.error && (placed?.fields.length === 0 || (placed?.rest.length ?? 0) > 0) && <ProblemAlert error={record.error} />}
          <Form
            name="event"
            form={form}
            layout="vertical"
            initialValues={action.name === 'assignment' ? { handler: session.subject } : {}}
            onFinish={submit}
            scrollToFirstError
          >
            {fields.map((field) => (
              <EventField key={field.name} action={action} field={field} complaint={complaint} />
            ))}
          </Form>
          {action.event === null ? (
            <p className="fb-soft">{t('complaint.action.previewNone')}</p>
          ) : (
            <PreviewBox preview={preview} complaint={complaint} />
          )}
        </>
      )}
    </Modal>
  );
}
