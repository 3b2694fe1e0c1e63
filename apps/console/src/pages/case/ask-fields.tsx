import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { templatesQuery, type TemplateChannel } from './queries.ts';
import type { Channel } from './ways.ts';

/** What is asked for besides whom and how. */
export interface AskFieldValues {
  readonly collectorIds?: string[];
  readonly deviceId?: string;
  readonly templateId?: string;
  readonly variables?: Readonly<Record<string, string>>;
}

// The ledger fills these in, whatever anybody says.
const LEDGER: readonly string[] = ['balance', 'currency', 'overdueSince', 'product', 'caseId', 'debtId'];

export const isWritten = (channel: Channel): channel is TemplateChannel =>
  channel === 'sms' || channel === 'email' || channel === 'im' || channel === 'letter';

/** The approved templates of the channel, and what the chosen one wants to know. */
function TemplateFields({ channel }: { readonly channel: TemplateChannel }): ReactNode {
  const { t } = useTranslation();
  const { data, error, isPending } = useQuery(templatesQuery(channel));
  const chosen = Form.useWatch<string | undefined>('templateId');
  const templates = data?.items ?? [];
  const template = templates.find(({ templateId }) => templateId === chosen);
  if (error) return <ProblemAlert error={error} />;
  return (
    <>
      <Form.Item
        name="templateId"
        label={t('contact.ask.template')}
        extra={templates.length === 0 && !isPending ? t('contact.ask.noTemplate') : undefined}
      >
        <Select
          loading={isPending}
          allowClear
          options={templates.map(({ templateId, title }) => ({ value: templateId, label: `${title} (${templateId})` }))}
        />
      </Form.Item>
      {template && <p className="fb-note">{template.text}</p>}
      {template?.variables
        .filter((name) => !LEDGER.includes(name))
        .map((name) => (
          <Form.Item
            key={name}
            name={['variables', name]}
            label={name}
            rules={[{ required: true, message: t('contact.ask.variableNeeded') }]}
          >
            <Input maxLength={200} />
          </Form.Item>
        ))}
    </>
  );
}

/** Who, with what, and which text: an agency names its collector and work tool, nobody visits alone, and what is written comes from a template. */
export function AskFields({ channel, isAgency }: { readonly channel: Channel; readonly isAgency: boolean }): ReactNode {
  const { t } = useTranslation();
  const isVisit = channel === 'visit';
  return (
    <>
      {(isVisit || isAgency) && (
        <Form.Item
          name="collectorIds"
          label={t(isVisit ? 'contact.ask.collectors' : 'contact.ask.collector')}
          extra={t(isVisit ? 'contact.ask.collectorsHelp' : 'contact.ask.collectorHelp')}
        >
          <Select mode="tags" open={false} suffixIcon={null} maxCount={20} tokenSeparators={[',', ' ']} />
        </Form.Item>
      )}
      {(channel === 'voice' || channel === 'im') && (
        <Form.Item name="deviceId" label={t(isAgency ? 'contact.ask.deviceNeeded' : 'contact.ask.device')}>
          <Input maxLength={200} />
        </Form.Item>
      )}
      {isWritten(channel) && <TemplateFields channel={channel} />}
    </>
  );
}
