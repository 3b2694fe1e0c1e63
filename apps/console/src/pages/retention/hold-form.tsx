import { useQuery } from '@tanstack/react-query';
import { Form, Input, Modal, Select } from 'antd';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/index.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { listKinds, placeHold, SCOPES, type NewHold } from './api.ts';
import { useAct } from './use-retention.ts';
import type { Service } from '../../api/service.ts';

const LONGEST_REASON = 2000;
const ROWS = 4;

/** Places a hold. */
export function HoldForm({ service, onClose }: { readonly service: Service; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const id = useId();
  const [form] = Form.useForm<NewHold>();
  const scope = Form.useWatch('scope', form);
  const kinds = useQuery({ queryKey: ['retention', 'kinds', service], queryFn: ({ signal }) => listKinds(service, signal) });
  const act = useAct(
    ({ value, reason, ...hold }: NewHold, key) => placeHold(service, { ...hold, value: value.trim(), reason: reason.trim() }, key),
    onClose,
  );
  const needed = (message: string) => [{ required: true, whitespace: true, message }];
  return (
    <Modal
      open
      title={t('retention.holdTitle')}
      onCancel={onClose}
      okText={t('retention.hold')}
      okButtonProps={{ htmlType: 'submit', form: id, loading: act.isPending }}
      cancelText={t('common.cancel')}
    >
      <p className="fb-first">{t('retention.holdHelp')}</p>
      <Form<NewHold>
        id={id}
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ scope: 'case' }}
        onFinish={(hold) => act.mutate(hold)}
      >
        <Form.Item name="scope" label={t('retention.scope')}>
          <Select
            options={SCOPES.map((value) => ({ value, label: t(`retention.scopeName.${value}`) }))}
            onChange={() => form.resetFields(['value'])}
          />
        </Form.Item>
        <Form.Item name="value" label={t('retention.value')} rules={needed(t('retention.valueNeeded'))}>
          {scope === 'kind' ? (
            <Select options={kinds.data?.items.map(({ kind, title }) => ({ value: kind, label: title[language] })) ?? []} />
          ) : (
            <Input maxLength={200} />
          )}
        </Form.Item>
        <Form.Item name="reason" label={t('retention.reason')} rules={needed(t('retention.reasonNeeded'))}>
          <Input.TextArea rows={ROWS} maxLength={LONGEST_REASON} />
        </Form.Item>
      </Form>
      {act.error && <ProblemAlert error={act.error} />}
    </Modal>
  );
}
