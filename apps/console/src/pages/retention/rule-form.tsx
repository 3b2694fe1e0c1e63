import { Form, Input, InputNumber, Modal } from 'antd';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/index.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { proposeRule, type Kind } from './api.ts';
import { useAct } from './use-retention.ts';
import type { Service } from '../../api/service.ts';

const LONGEST_YEARS = 100;
const LONGEST_SOURCE = 500;

interface Given {
  readonly years?: number | null;
  readonly source: string;
}

/** Proposes that a kind is kept longer. */
export function RuleForm({
  service,
  kind,
  onClose,
}: {
  readonly service: Service;
  readonly kind: Kind;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const form = useId();
  const least = Math.max(...kind.rules.map(({ years }) => years));
  const act = useAct(
    ({ years = null, source }: Given, key) => proposeRule(service, { kind: kind.kind, years, source: source.trim() }, key),
    onClose,
  );
  return (
    <Modal
      open
      title={t('retention.longerTitle', { kind: kind.title[language] })}
      onCancel={onClose}
      okText={t('retention.longer')}
      okButtonProps={{ htmlType: 'submit', form, loading: act.isPending }}
      cancelText={t('common.cancel')}
    >
      <p className="fb-first">{t('retention.longerHelp', { least })}</p>
      <Form<Given> id={form} layout="vertical" requiredMark={false} onFinish={(given) => act.mutate(given)}>
        <Form.Item name="years" label={t('retention.newYears')}>
          <InputNumber min={least} max={LONGEST_YEARS} precision={0} />
        </Form.Item>
        <Form.Item
          name="source"
          label={t('retention.source')}
          rules={[{ required: true, whitespace: true, message: t('retention.sourceNeeded') }]}
        >
          <Input maxLength={LONGEST_SOURCE} />
        </Form.Item>
      </Form>
      {act.error && <ProblemAlert error={act.error} />}
    </Modal>
  );
}
