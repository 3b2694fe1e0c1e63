import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { LinesEditor } from '../../../ui/lines-editor.tsx';
import { useKeyFor } from '../use-key.ts';
import { proposeChannelPage, type ChannelPage, type ChannelPageRequest } from './api.ts';

const KINDS = ['phone', 'address', 'email', 'web', 'app', 'regulator'] as const;
const [MOST_CHANNELS, MOST_STEPS] = [40, 20];

/** An empty field of a form is one that nobody filled in. */
const orNull = (text: string | null | undefined): string | null => (text ? text : null);

const toRequest = ({ channels, process, note }: ChannelPageRequest): ChannelPageRequest => ({
  channels: channels.map((each) => ({ ...each, hoursZh: orNull(each.hoursZh), hoursEn: orNull(each.hoursEn) })),
  process,
  note,
});

/** The next version, which begins with what is published. */
export function ChannelsForm({ base, onClose }: { readonly base: ChannelPage; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const [form] = Form.useForm<ChannelPageRequest>();
  const queries = useQueryClient();
  const keyFor = useKeyFor();
  const saving = useMutation({
    mutationFn: (body: ChannelPageRequest) => proposeChannelPage(body, keyFor(body)),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['complaints'] });
      onClose();
    },
  });
  const needed = [{ required: true, message: t('publicPage.channels.needed') }];
  const line = (at: number, name: string, label: string, isNeeded: boolean, max: number): ReactNode => (
    <Form.Item name={[at, name]} label={label} rules={isNeeded ? needed : []}>
      <Input maxLength={max} />
    </Form.Item>
  );
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark="optional"
      initialValues={{ channels: base.channels, process: base.process, note: '' }}
      onFinish={(values) => saving.mutate(toRequest(values))}
    >
      <p className="fb-soft">{t('publicPage.channels.proposeHelp')}</p>
      <LinesEditor
        name="channels"
        legend={t('publicPage.channels.channelList')}
        add={t('publicPage.channels.addChannel')}
        blank={{ kind: 'phone' }}
        most={MOST_CHANNELS}
      >
        {(at) => (
          <>
            <Form.Item name={[at, 'kind']} label={t('publicPage.channels.kind')} rules={needed}>
              <Select options={KINDS.map((value) => ({ value, label: t(`publicPage.channels.kinds.${value}`) }))} />
            </Form.Item>
            {line(at, 'labelZh', t('publicPage.channels.labelZh'), true, 60)}
            {line(at, 'labelEn', t('publicPage.channels.labelEn'), true, 120)}
            {line(at, 'value', t('publicPage.channels.value'), true, 300)}
            {line(at, 'hoursZh', t('publicPage.channels.hoursZh'), false, 120)}
            {line(at, 'hoursEn', t('publicPage.channels.hoursEn'), false, 160)}
          </>
        )}
      </LinesEditor>
      <LinesEditor
        name="process"
        legend={t('publicPage.channels.process')}
        add={t('publicPage.channels.addStep')}
        blank={{}}
        most={MOST_STEPS}
      >
        {(at) => (
          <>
            {line(at, 'zh', t('publicPage.channels.stepZh'), true, 300)}
            {line(at, 'en', t('publicPage.channels.stepEn'), true, 600)}
          </>
        )}
      </LinesEditor>
      <Form.Item name="note" label={t('publicPage.channels.note')} rules={needed}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <FormProblem form={form} error={saving.error} />
      <div className="fb-row">
        <Button type="primary" htmlType="submit" loading={saving.isPending}>
          {t('publicPage.channels.submit')}
        </Button>
        <Button onClick={onClose}>{t('publicPage.channels.cancel')}</Button>
      </div>
    </Form>
  );
}
