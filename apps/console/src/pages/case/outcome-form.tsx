import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, DatePicker, Form, Input, Popconfirm, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, take } from '../../api/client.ts';
import type { AttemptView, OutcomeRequest } from '../../api/models.ts';
import { ReportFields, toReport, type ReportValues } from './report-fields.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { useFieldErrors } from '../../ui/use-field-errors.ts';
import { wallClock } from '../../ui/time.ts';
import { resultsOf, type Channel, type ResultCode } from './ways.ts';

const FORMAT = 'YYYY-MM-DD HH:mm:ss';
const NOTE_LENGTH = 4000;
/** Where the form has what the request says in parts. */
const POINTERS = {
  '/report/promise/amount': '/amount',
  '/report/promise/dueOn': '/dueOn',
  '/report/promise': '/amount',
  '/report/reached': '/reached',
  '/report/special': '/special',
  '/report/attitude': '/attitude',
  '/report/arrearsReason': '/arrearsReason',
  '/report/followUpAt': '/followUpAt',
  '/report/bestTime': '/best',
  '/report/wantsNoCalls': '/wantsNoCalls',
};

interface Fields extends ReportValues {
  readonly result: ResultCode;
  readonly startedAt: Dayjs;
  readonly endedAt?: Dayjs | null;
  readonly note?: string;
}

// With the offset of the reader's zone, which is also the clock that the picker shows.
const toInstant = (time: Dayjs): string => time.format('YYYY-MM-DDTHH:mm:ssZ');

export interface OutcomeFormProps {
  readonly attempt: AttemptView;
  /** Null: not known any more; every result is offered. */
  readonly channel: Channel | null;
}

function useRecord(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: OutcomeRequest) => take(collections.POST('/v1/contact-attempts/{id}/outcome', { params: { path: { id } }, body })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['attempt', id] });
      for (const queryKey of [['contactability'], ['case'], ['timeline'], ['worklist'], ['visit'], ['visits']])
        void queries.invalidateQueries({ queryKey });
    },
  });
}

/** What came of a permitted contact. Times are the reader's own, the zone beside them. */
export function OutcomeForm({ attempt, channel }: OutcomeFormProps): ReactNode {
  const { t } = useTranslation();
  const record = useRecord(attempt.id);
  const [form] = Form.useForm<Fields>();
  const place = useFieldErrors(form, POINTERS);
  const zone = t('contact.outcome.inZone', { zone: wallClock(toInstant(dayjs()))?.zone ?? '' });
  const send = ({ result, startedAt, endedAt, note = '', ...report }: Fields): void =>
    record.mutate(
      {
        result,
        startedAt: toInstant(startedAt),
        endedAt: endedAt ? toInstant(endedAt) : null,
        note: note.trim() || null,
        report: toReport(report),
      },
      { onError: place },
    );
  return (
    <Section title={t('contact.outcome.title')}>
      <p className="fb-soft fb-first">{t('contact.outcome.help')}</p>
      <Form<Fields> form={form} layout="vertical" requiredMark initialValues={{ startedAt: dayjs(attempt.decidedAt) }} onFinish={send}>
        <Form.Item name="result" label={t('contact.outcome.result')} rules={[{ required: true, message: t('contact.outcome.needResult') }]}>
          <Select
            placeholder={t('contact.outcome.choose')}
            options={resultsOf(channel).map((value) => ({ value, label: t(`contact.outcome.results.${value}`) }))}
          />
        </Form.Item>
        <div className="fb-halves">
          <Form.Item
            name="startedAt"
            label={t('contact.outcome.startedAt')}
            extra={zone}
            rules={[{ required: true, message: t('contact.outcome.needStart') }]}
          >
            <DatePicker showTime format={FORMAT} className="fb-full" />
          </Form.Item>
          <Form.Item
            name="endedAt"
            label={t('contact.outcome.endedAt')}
            dependencies={['startedAt']}
            rules={[
              ({ getFieldValue }) => ({
                validator: (_, endedAt: Dayjs | null | undefined) =>
                  endedAt?.isBefore(getFieldValue('startedAt') as Dayjs)
                    ? Promise.reject(new Error(t('contact.outcome.endBeforeStart')))
                    : Promise.resolve(),
              }),
            ]}
          >
            <DatePicker showTime format={FORMAT} className="fb-full" />
          </Form.Item>
        </div>
        <ReportFields />
        <Form.Item name="note" label={t('contact.outcome.note')}>
          <Input.TextArea rows={3} maxLength={NOTE_LENGTH} />
        </Form.Item>
        {record.error && <ProblemAlert error={record.error} />}
        <div className="fb-row">
          <Button type="primary" htmlType="submit" loading={record.isPending}>
            {t('contact.outcome.save')}
          </Button>
          <Popconfirm
            title={t('contact.outcome.cancelConfirm')}
            okText={t('common.confirm')}
            cancelText={t('common.back')}
            onConfirm={() => record.mutate({ result: 'cancelled', startedAt: null, endedAt: null, note: null })}
          >
            <Button>{t('contact.outcome.cancel')}</Button>
          </Popconfirm>
        </div>
      </Form>
    </Section>
  );
}
