import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Form, Input, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, newKey, take } from '../../api/client.ts';
import type { CaseView } from '../../api/models.ts';
import { useSession } from '../../session/session.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { PURPOSES, type Purpose } from '../case/queries.ts';
import { Verdict } from '../case/verdict.tsx';
import { waysOf } from '../case/ways.ts';
import { approvedQuery, CHANNELS, messagesOf, variablesQuery } from './api.ts';
import { LiveScreening } from './live-screening.tsx';

type Channel = (typeof CHANNELS)[number];

interface Target {
  readonly key: string;
  readonly label: string;
  readonly partyId: string;
  readonly contactPointId: string;
  readonly channels: readonly Channel[];
}

interface Values {
  readonly target?: string;
  readonly channel?: Channel;
  readonly purpose: Purpose;
  readonly templateId?: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly collectorId?: string;
  readonly deviceId?: string;
}

/** Every contact point to which something can be written. */
const targetsOf = ({ parties }: CaseView): Target[] =>
  parties.flatMap((party) =>
    party.contactPoints.flatMap((point): Target[] => {
      const channels = CHANNELS.filter((channel) => waysOf(point.channel).some((way) => way.channel === channel));
      const label = `${party.name} · ${point.value}`;
      return channels.length === 0 ? [] : [{ key: point.id, label, partyId: party.id, contactPointId: point.id, channels }];
    }),
  );

function TemplateFields({ channel, caseId }: { readonly channel: Channel; readonly caseId: string }): ReactNode {
  const { t } = useTranslation();
  const { data, error, isPending } = useQuery(approvedQuery(channel));
  const { data: known } = useQuery(variablesQuery);
  const chosen = Form.useWatch<string | undefined>('templateId');
  const note = Form.useWatch<string | undefined>(['variables', 'note']) ?? '';
  const templates = data?.items ?? [];
  const template = templates.find(({ templateId }) => templateId === chosen);
  const given = (known?.items ?? []).filter(({ name, source }) => source === 'sender' && template?.variables.includes(name));
  if (error) return <ProblemAlert error={error} />;
  return (
    <>
      <Form.Item
        name="templateId"
        label={t('message.send.template')}
        rules={[{ required: true, message: t('message.send.needed') }]}
        extra={templates.length === 0 && !isPending ? t('message.send.noTemplate') : undefined}
      >
        <Select
          loading={isPending}
          options={templates.map(({ templateId, title }) => ({ value: templateId, label: `${title} (${templateId})` }))}
        />
      </Form.Item>
      {template && <p className="fb-note fb-message-text">{template.text}</p>}
      {given.map(({ name, type, max }) => (
        <Form.Item
          key={name}
          name={['variables', name]}
          label={name === 'payBy' || name === 'note' ? t(`message.send.variable.${name}`) : name}
          rules={[{ required: true, message: t('message.send.needed') }]}
        >
          {type === 'date' ? <Input type="date" /> : <Input.TextArea autoSize={{ minRows: 2 }} maxLength={max} />}
        </Form.Item>
      ))}
      {given.some(({ name }) => name === 'note') && <LiveScreening text={note} caseId={caseId} />}
    </>
  );
}

/** Asks for a message and shows what the gate said: what was permitted is on its way. */
export function WriteMessage({ found, onClose }: { readonly found: CaseView; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const { agencyId } = useSession();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const [key, setKey] = useState(newKey);
  const targets = targetsOf(found);
  const chosen = Form.useWatch('target', form);
  const target = targets.find(({ key: id }) => id === chosen) ?? targets[0];
  const channel = Form.useWatch('channel', form) ?? target?.channels[0];
  const send = useMutation({
    mutationFn: ({ purpose, templateId, variables, collectorId = '', deviceId = '' }: Values) => {
      if (!target || !channel) throw new Error('there is nobody to write to');
      return take(
        collections.POST('/v1/messages', {
          body: {
            caseId: found.caseId,
            partyId: target.partyId,
            contactPointId: target.contactPointId,
            channel,
            purpose,
            templateId: templateId ?? null,
            variables: { ...variables },
            collectorIds: collectorId.trim() === '' ? null : [collectorId.trim()],
            deviceId: deviceId.trim() || null,
          },
          params: { header: { 'Idempotency-Key': key } },
        }),
      );
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: messagesOf(found.caseId) }),
  });
  const again = (): void => {
    send.reset();
    setKey(newKey());
  };
  return (
    <Drawer
      open
      size={480}
      title={t('message.send.open')}
      onClose={onClose}
      footer={
        send.data ? (
          <Button block size="large" onClick={again}>
            {t('message.send.again')}
          </Button>
        ) : (
          <Button type="primary" block size="large" htmlType="submit" form="write-message" loading={send.isPending} disabled={!target}>
            {t('message.send.submit')}
          </Button>
        )
      }
    >
      <p className="fb-first">{t('message.send.lead')}</p>
      {send.data && (
        <Verdict
          answer={send.data.decision}
          heading={t(
            send.data.decision.verdict === 'refused'
              ? 'message.send.refused'
              : channel === 'letter'
                ? 'message.send.letter'
                : 'message.send.permitted',
          )}
        />
      )}
      {targets.length === 0 && <p className="fb-note">{t('message.send.noPoint')}</p>}
      <Form<Values>
        id="write-message"
        form={form}
        layout="vertical"
        requiredMark={false}
        hidden={send.data !== undefined}
        initialValues={{ target: targets[0]?.key, channel: targets[0]?.channels[0], purpose: 'collect' }}
        onValuesChange={(changed) => {
          const next = targets.find(({ key: id }) => id === changed.target);
          if (next) form.setFieldsValue({ channel: next.channels[0], templateId: undefined });
          if (changed.channel) form.setFieldsValue({ templateId: undefined });
        }}
        onFinish={send.mutate}
      >
        <Form.Item name="target" label={t('message.send.to')}>
          <Select options={targets.map(({ key: value, label }) => ({ value, label }))} />
        </Form.Item>
        <Form.Item name="channel" label={t('message.send.channel')}>
          <Select options={(target?.channels ?? []).map((value) => ({ value, label: t(`message.channel.${value}`) }))} />
        </Form.Item>
        <Form.Item name="purpose" label={t('message.send.purpose')}>
          <Select options={PURPOSES.map((value) => ({ value, label: t(`contact.purpose.${value}`) }))} />
        </Form.Item>
        {agencyId !== null && (
          <>
            <Form.Item name="collectorId" label={t('message.send.collector')}>
              <Input maxLength={200} />
            </Form.Item>
            <Form.Item name="deviceId" label={t('message.send.device')}>
              <Input maxLength={200} />
            </Form.Item>
          </>
        )}
        {channel && <TemplateFields channel={channel} caseId={found.caseId} />}
      </Form>
      {send.error && <ProblemAlert error={send.error} />}
    </Drawer>
  );
}
