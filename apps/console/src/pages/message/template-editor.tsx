import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { collections, newKey, take } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { placeErrors, type FieldPath } from '../../ui/field-errors.ts';
import { Section } from '../../ui/section.tsx';
import { CHANNELS, templateQuery, TEMPLATES, variablesQuery, type Template } from './api.ts';
import { LiveScreening } from './live-screening.tsx';

type Kind = NonNullable<Template['blocks']>[number]['kind'];
const ITEMS: readonly Kind[] = [
  'name-and-balance',
  'reason-and-basis',
  'rights-and-duties',
  'query',
  'objection',
  'evidence',
  'bank-contact',
  'seal',
];

interface Values {
  readonly templateId: string;
  readonly channel: Template['channel'];
  readonly title: string;
  readonly text?: string;
  readonly blocks?: readonly string[];
}

function Variables(): ReactNode {
  const { t } = useTranslation();
  const { data } = useQuery(variablesQuery);
  return (
    <Section title={t('message.editor.variables')}>
      <ul className="fb-message-variables">
        {data?.items.map(({ name, type, source }) => (
          <li key={name}>
            <code>{`{{${name}}}`}</code>{' '}
            <span className="fb-soft">
              {t(`message.editor.type.${type}`)} · {t(`message.editor.source.${source}`)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function LetterFields(): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <p className="fb-note">{t('message.editor.letterHelp')}</p>
      {ITEMS.map((kind, index) => (
        <Form.Item
          key={kind}
          name={['blocks', index]}
          label={t(`message.block.${kind}`)}
          rules={[{ required: true, whitespace: true, message: t('message.editor.required') }]}
        >
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={2000} />
        </Form.Item>
      ))}
    </>
  );
}

function Screened(): ReactNode {
  const { t } = useTranslation();
  const form = Form.useFormInstance<Values>();
  const channel = Form.useWatch('channel', form);
  const title = Form.useWatch('title', form) ?? '';
  const text = Form.useWatch('text', form) ?? '';
  const blocks = Form.useWatch('blocks', form) ?? [];
  const whole = channel === 'letter' ? blocks.filter(Boolean).join('\n') : text;
  return (
    <Section title={t('message.screening.title')}>
      <LiveScreening text={[title, whole].filter((part) => part !== '').join('\n')} />
    </Section>
  );
}

const isLetter = ({ channel }: Values): boolean => channel === 'letter';

/** What is sent: a letter goes as its paragraphs. */
function bodyOf(values: Values) {
  const { templateId, channel, title, text = '', blocks = [] } = values;
  const named = { templateId: templateId.trim(), channel, title: title.trim() };
  if (!isLetter(values)) return { ...named, text };
  return { ...named, blocks: ITEMS.map((kind, index) => ({ kind, text: (blocks[index] ?? '').trim() })) };
}

function fieldsOf(channel: Template['channel'] | undefined): FieldPath[] {
  const blocks = ITEMS.map((_kind, index): FieldPath => ['blocks', index]);
  return [['templateId'], ['channel'], ['title'], ...(channel === 'letter' ? blocks : [['text']])];
}

/** Fills the form from the newest version of a known template. */
function useBeginning(templateId: string | null): Partial<Values> | null {
  const { data } = useQuery({ ...templateQuery(templateId ?? ''), enabled: templateId !== null });
  if (templateId === null) return { channel: 'sms' };
  const newest = data?.items.at(-1);
  if (!newest) return null;
  const blocks = ITEMS.map((kind) => newest.blocks?.find((block) => block.kind === kind)?.text ?? '');
  return { templateId, channel: newest.channel, title: newest.title, text: newest.text, blocks };
}

/** Writes a version of a template, screened as it is written. */
export function TemplateEditorPage(): ReactNode {
  const { t } = useTranslation();
  const go = useNavigate();
  const queries = useQueryClient();
  const known = useSearchParams()[0].get('templateId');
  const beginning = useBeginning(known);
  const [form] = Form.useForm<Values>();
  const [key, setKey] = useState(newKey);
  const channel = Form.useWatch('channel', form);
  useEffect(() => {
    if (beginning && !form.isFieldsTouched()) form.setFieldsValue(beginning);
  });
  const save = useMutation({
    mutationFn: (values: Values) =>
      take(collections.POST('/v1/message-templates', { body: bodyOf(values), params: { header: { 'Idempotency-Key': key } } })),
    onSuccess: async ({ templateId }) => {
      await queries.invalidateQueries({ queryKey: TEMPLATES });
      void go(`/messages/templates/${encodeURIComponent(templateId)}`);
    },
    onError: (error) => {
      // What is sent next is another request.
      setKey(newKey());
      form.setFields(placeErrors(asProblem(error), fieldsOf(channel)).fields as never);
    },
  });
  const needed = [{ required: true, whitespace: true, message: t('message.editor.required') }];
  return (
    <>
      <PageHeader title={t('message.editor.title')} back={{ to: '/messages', label: t('message.template.back') }} />
      <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={save.mutate}>
        <div className="fb-columns">
          <Section title={t('message.editor.text')}>
            <Form.Item name="templateId" label={t('message.editor.id')} extra={t('message.editor.idHelp')} rules={needed}>
              <Input maxLength={64} disabled={known !== null} />
            </Form.Item>
            <Form.Item name="channel" label={t('message.editor.channel')}>
              <Select disabled={known !== null} options={CHANNELS.map((value) => ({ value, label: t(`message.channel.${value}`) }))} />
            </Form.Item>
            <Form.Item name="title" label={t('message.editor.heading')} extra={t('message.editor.headingHelp')} rules={needed}>
              <Input maxLength={200} />
            </Form.Item>
            {channel === 'letter' ? (
              <LetterFields />
            ) : (
              <Form.Item name="text" label={t('message.editor.text')} extra={t('message.editor.textHelp')} rules={needed}>
                <Input.TextArea autoSize={{ minRows: 6 }} maxLength={10_000} />
              </Form.Item>
            )}
            {save.error && <ProblemAlert error={save.error} />}
            <Button type="primary" htmlType="submit" loading={save.isPending}>
              {t('message.editor.save')}
            </Button>
          </Section>
          <div>
            <Screened />
            <Variables />
          </div>
        </div>
      </Form>
    </>
  );
}
