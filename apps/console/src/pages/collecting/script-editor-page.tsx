import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { newKey } from '../../api/client.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { useFieldErrors } from '../../ui/use-field-errors.ts';
import { LiveScreening } from '../message/live-screening.tsx';
import { createScript, SCRIPTS, scriptQuery, STAGES, VARIABLES, type ScriptRequest } from './api.ts';

const CHANNELS = ['voice', 'visit'] as const;
const LANGUAGES = ['zh', 'en'] as const;
const AUDIENCES = ['debtor', 'third-party'] as const;
const IDENTITY_LENGTH = 1000;
const TEXT_LENGTH = 10_000;
const BLANK: Partial<ScriptRequest> = { channel: 'voice', language: 'zh', audience: 'debtor', stages: [], products: [] };

/** Fills the form from the version that is followed; null: not read yet. */
function useBeginning(): Partial<ScriptRequest> | null {
  const [search] = useSearchParams();
  const scriptId = search.get('scriptId');
  const { data } = useQuery({ ...scriptQuery(scriptId ?? ''), enabled: scriptId !== null });
  if (scriptId === null) return BLANK;
  const from = data?.items.find(({ version }) => String(version) === search.get('version')) ?? data?.items.at(-1);
  if (!from) return null;
  const { channel, language, audience, title, identity, text } = from;
  return { scriptId, channel, language, audience, title, identity, text, stages: [...from.stages], products: [...from.products] };
}

function Screened(): ReactNode {
  const { t } = useTranslation();
  const form = Form.useFormInstance<ScriptRequest>();
  const said = [Form.useWatch('title', form), Form.useWatch('identity', form), Form.useWatch('text', form)];
  return (
    <Section title={t('message.screening.title')}>
      <LiveScreening text={said.filter(Boolean).join('\n')} />
    </Section>
  );
}

function Variables(): ReactNode {
  const { t } = useTranslation();
  return (
    <Section title={t('message.editor.variables')}>
      <ul className="fb-plain">
        {VARIABLES.map((name) => (
          <li key={name}>
            <code>{`{{${name}}}`}</code> <span className="fb-soft">{t(`collecting.variable.${name}`)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Words(): ReactNode {
  const { t } = useTranslation();
  const needed = [{ required: true, whitespace: true, message: t('collecting.setup.needed') }];
  return (
    <>
      <Form.Item name="title" label={t('collecting.setup.script.title')} rules={needed}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item
        name="identity"
        label={t('collecting.setup.script.identity')}
        extra={t('collecting.setup.script.identityHelp')}
        rules={needed}
      >
        <Input.TextArea autoSize={{ minRows: 3 }} maxLength={IDENTITY_LENGTH} />
      </Form.Item>
      <Form.Item name="text" label={t('collecting.setup.script.text')} rules={needed}>
        <Input.TextArea autoSize={{ minRows: 6 }} maxLength={TEXT_LENGTH} />
      </Form.Item>
    </>
  );
}

function Where({ isKnown }: { readonly isKnown: boolean }): ReactNode {
  const { t } = useTranslation();
  const needed = [{ required: true, whitespace: true, message: t('collecting.setup.needed') }];
  return (
    <>
      <Form.Item name="scriptId" label={t('collecting.setup.script.id')} extra={t('collecting.setup.script.idHelp')} rules={needed}>
        <Input maxLength={64} disabled={isKnown} />
      </Form.Item>
      <div className="fb-halves">
        <Form.Item name="channel" label={t('collecting.setup.script.channel')}>
          <Select options={CHANNELS.map((value) => ({ value, label: t(`contact.channel.${value}`) }))} />
        </Form.Item>
        <Form.Item name="language" label={t('collecting.setup.script.language')}>
          <Select options={LANGUAGES.map((value) => ({ value, label: t(`collecting.setup.language.${value}`) }))} />
        </Form.Item>
        <Form.Item name="audience" label={t('collecting.script.audience')} extra={t('collecting.setup.script.audienceHelp')}>
          <Select options={AUDIENCES.map((value) => ({ value, label: t(`collecting.script.to.${value}`) }))} />
        </Form.Item>
        <Form.Item name="stages" label={t('worklist.stage')} extra={t('collecting.setup.allWhenEmpty')}>
          <Select mode="multiple" options={STAGES.map((value) => ({ value, label: value }))} />
        </Form.Item>
      </div>
      <Form.Item name="products" label={t('collecting.setup.products')} extra={t('collecting.setup.allWhenEmpty')}>
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
    </>
  );
}

/** Writes a version of a script; what is refused is said at the words that are. A second person lets it be said. */
export function ScriptEditorPage(): ReactNode {
  const { t } = useTranslation();
  const go = useNavigate();
  const queries = useQueryClient();
  const isKnown = useSearchParams()[0].has('scriptId');
  const beginning = useBeginning();
  const [form] = Form.useForm<ScriptRequest>();
  const place = useFieldErrors(form);
  const [key, setKey] = useState(newKey);
  useEffect(() => {
    if (beginning && !form.isFieldsTouched()) form.setFieldsValue(beginning);
  });
  const save = useMutation({
    mutationFn: (values: ScriptRequest) => createScript({ ...values, scriptId: values.scriptId.trim() }, key),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: SCRIPTS });
      void go('/collecting/scripts');
    },
    onError: (error) => {
      // What is sent next is another request.
      setKey(newKey());
      place(error);
    },
  });
  return (
    <>
      <PageHeader
        title={t(isKnown ? 'collecting.setup.script.newVersionOf' : 'collecting.setup.script.new')}
        lead={t('collecting.setup.script.editorLead')}
        back={{ to: '/collecting/scripts', label: t('collecting.setup.tab.scripts') }}
      />
      <Form<ScriptRequest> form={form} layout="vertical" requiredMark={false} onFinish={save.mutate}>
        <div className="fb-columns">
          <Section title={t('collecting.setup.script.text')}>
            <Where isKnown={isKnown} />
            <Words />
            {save.error && <ProblemAlert error={save.error} />}
            <Button type="primary" htmlType="submit" loading={save.isPending}>
              {t('collecting.setup.script.save')}
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
