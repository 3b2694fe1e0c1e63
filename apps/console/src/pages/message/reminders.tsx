import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Form, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { collections, take } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { useMay } from '../../session/session.ts';
import { PageLoading } from '../../shell/page-loading.tsx';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { placeErrors } from '../../ui/field-errors.ts';
import { Instant } from '../../ui/instant.tsx';
import { formatMoney } from '../../ui/numbers.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { usePages } from '../../ui/use-pages.ts';
import {
  approvedQuery,
  listReminders,
  previewReminders,
  REMINDERS,
  reminderSettingsQuery,
  type Delivery,
  type Preview,
  type Reminder,
  type ReminderSetting,
} from './api.ts';
import { DeliveryState, MessageTabs } from './bits.tsx';

const WAYS = ['sms', 'email'] as const;
type Way = (typeof WAYS)[number];

interface Values {
  readonly enabled: boolean;
  readonly daysBefore: number;
  readonly hour: number;
  readonly channels: Way[];
  readonly smsTemplateId?: string;
  readonly emailTemplateId?: string;
}

const FIELDS = [['enabled'], ['daysBefore'], ['hour'], ['channels'], ['smsTemplateId'], ['emailTemplateId']];

function TemplateSelect({ channel, name }: { readonly channel: Way; readonly name: 'smsTemplateId' | 'emailTemplateId' }): ReactNode {
  const { t } = useTranslation();
  const { data } = useQuery(approvedQuery(channel));
  return (
    <Form.Item name={name} label={t(`message.reminders.${channel}`)} extra={t('message.reminders.templateHelp')}>
      <Select
        allowClear
        options={(data?.items ?? []).map(({ templateId, title }) => ({ value: templateId, label: `${title} (${templateId})` }))}
      />
    </Form.Item>
  );
}

function Settings({ setting }: { readonly setting: ReminderSetting }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const mayWrite = useMay('collections.setReminderSettings');
  const [form] = Form.useForm<Values>();
  const save = useMutation({
    mutationFn: ({ smsTemplateId, emailTemplateId, ...body }: Values) =>
      take(
        collections.PUT('/v1/reminder-settings', {
          body: { ...body, smsTemplateId: smsTemplateId ?? null, emailTemplateId: emailTemplateId ?? null },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: REMINDERS }),
    onError: (error) => form.setFields(placeErrors(asProblem(error), FIELDS).fields as never),
  });
  const beginning = {
    enabled: setting.enabled,
    daysBefore: setting.daysBefore ?? 3,
    hour: setting.hour ?? 10,
    channels: setting.channels.length > 0 ? setting.channels : WAYS,
    smsTemplateId: setting.smsTemplateId ?? undefined,
    emailTemplateId: setting.emailTemplateId ?? undefined,
  } as Values;
  return (
    <Section title={t('message.reminders.settings')}>
      {setting.fault !== null && <Alert type="warning" showIcon title={t('message.reminders.fault', { fault: setting.fault })} />}
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        disabled={!mayWrite}
        initialValues={beginning}
        onFinish={save.mutate}
      >
        <Form.Item name="enabled" valuePropName="checked">
          <Checkbox>{t('message.reminders.enabled')}</Checkbox>
        </Form.Item>
        <Form.Item name="daysBefore" label={t('message.reminders.days')} extra={t('message.reminders.daysHelp')}>
          <InputNumber min={1} max={31} />
        </Form.Item>
        <Form.Item name="hour" label={t('message.reminders.hour')}>
          <InputNumber min={8} max={20} suffix=":00" />
        </Form.Item>
        <Form.Item name="channels" label={t('message.reminders.channels')}>
          <Select mode="multiple" options={WAYS.map((value) => ({ value, label: t(`message.channel.${value}`) }))} />
        </Form.Item>
        <TemplateSelect channel="sms" name="smsTemplateId" />
        <TemplateSelect channel="email" name="emailTemplateId" />
        {mayWrite && (
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t('message.reminders.save')}
          </Button>
        )}
      </Form>
      {save.isSuccess && <p role="status">{t('message.reminders.saved')}</p>}
      {save.error && <ProblemAlert error={save.error} />}
    </Section>
  );
}

const useDueColumns = (): Column<Preview | Reminder>[] => {
  const { t } = useTranslation();
  return [
    {
      key: 'case',
      title: t('message.reminders.column.case'),
      onCard: 'head',
      render: ({ caseId }) => <Link to={`/cases/${encodeURIComponent(caseId)}`}>{caseId}</Link>,
    },
    { key: 'due', title: t('message.reminders.column.due'), render: ({ dueOn }) => dueOn },
    {
      key: 'amount',
      title: t('message.reminders.column.amount'),
      align: 'end',
      render: ({ amount, currency }) => formatMoney({ amount, currency }),
    },
  ];
};

function Tomorrow(): ReactNode {
  const { t } = useTranslation();
  const pages = usePages([...REMINDERS, 'preview'], previewReminders);
  const columns: Column<Preview>[] = [
    ...useDueColumns(),
    {
      key: 'way',
      title: t('message.reminders.column.way'),
      render: ({ channel, why }) =>
        channel !== null ? (
          t(`message.channel.${channel}`)
        ) : (
          <span className="fb-soft">{why === null ? '' : t(`message.reminders.why.${why}`)}</span>
        ),
    },
  ];
  return (
    <Section title={t('message.reminders.preview')}>
      {pages.error ? (
        <ProblemAlert error={pages.error} onRetry={pages.retry} />
      ) : (
        <DataTable
          label={t('message.reminders.preview')}
          columns={columns}
          rows={pages.items}
          rowKey={({ id }) => id}
          isLoading={pages.isLoading}
          empty={{ title: t('message.reminders.noPreview'), help: t('message.reminders.noPreviewHelp') }}
        />
      )}
      <MoreRows {...pages.more} />
    </Section>
  );
}

function Reminded(): ReactNode {
  const { t } = useTranslation();
  const pages = usePages([...REMINDERS, 'list'], listReminders);
  const columns: Column<Reminder>[] = [
    ...useDueColumns(),
    {
      key: 'state',
      title: t('message.reminders.column.state'),
      onCard: 'corner',
      render: ({ deliveryState }) => deliveryState !== null && <DeliveryState state={deliveryState as Delivery['state']} />,
    },
    {
      key: 'at',
      title: t('message.reminders.column.at'),
      render: ({ at }) => <Instant at={at} timeZone={READER_ZONE} withRelative={false} />,
    },
  ];
  return (
    <Section title={t('message.reminders.sent')}>
      {pages.error ? (
        <ProblemAlert error={pages.error} onRetry={pages.retry} />
      ) : (
        <DataTable
          label={t('message.reminders.sent')}
          columns={columns}
          rows={pages.items}
          rowKey={({ id }) => id}
          isLoading={pages.isLoading}
          empty={{ title: t('message.reminders.noSent') }}
        />
      )}
      <MoreRows {...pages.more} />
    </Section>
  );
}

/** How debtors are reminded, who is next, and who was. */
export function RemindersPage(): ReactNode {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(reminderSettingsQuery);
  return (
    <>
      <PageHeader title={t('message.reminders.title')} lead={t('message.reminders.lead')} />
      <MessageTabs />
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!data && !error && <PageLoading />}
      <div className="fb-columns">
        <div>
          <Tomorrow />
          <Reminded />
        </div>
        {data && <Settings setting={data} />}
      </div>
    </>
  );
}
