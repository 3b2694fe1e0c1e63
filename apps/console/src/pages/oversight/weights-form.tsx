import { Alert, Button, Form, Input, InputNumber } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, take } from '../../api/client.ts';
import { FormProblem } from '../../ui/form-problem.tsx';
import { useChange, type ComponentId, type ScoreView, type WeightsRequest, type WeightsView } from './api.ts';

export const UNITS: Readonly<Record<ComponentId, ScoreView['components'][number]['unit']>> = {
  'refused-attempts': 'per-1000',
  'look-back-findings': 'per-1000',
  'call-findings': 'per-1000',
  complaints: 'per-1000',
  'late-rectifications': 'count',
  'training-gaps': 'percent',
  'promises-kept': 'percent',
  recoveries: 'percent',
};

const WHOLE = 100;
const MOST = 1000;
const NUMBERS = ['weight', 'full', 'none'] as const;
const BANDS = ['A', 'B', 'C'] as const;

type Values = Omit<WeightsRequest, 'version'>;

const toValues = ({ components, bands }: WeightsView): Values => ({
  components: Object.fromEntries(
    components.map(({ component, weight, full, none }) => [component, { weight, full, none }]),
  ) as WeightsRequest['components'],
  bands,
  note: '',
});

function PartFields({ id, isPerformance }: { readonly id: ComponentId; readonly isPerformance: boolean }): ReactNode {
  const { t } = useTranslation();
  const needed = [{ required: true, message: t('oversight.weights.needed') }];
  return (
    <fieldset className="fb-weighed">
      <legend>
        {t(`oversight.component.${id}`)} <span className="fb-soft">{t(`oversight.weights.unit.${UNITS[id]}`)}</span>
        {isPerformance && <span className="fb-soft"> · {t('oversight.weights.performance')}</span>}
      </legend>
      {NUMBERS.map((name) => (
        <Form.Item key={name} name={['components', id, name]} label={t(`oversight.weights.${name}`)} rules={needed}>
          <InputNumber
            className="fb-full"
            min={name === 'weight' ? 1 : 0}
            max={name === 'weight' ? WHOLE : MOST}
            {...(name === 'weight' && { precision: 0, suffix: '%' })}
          />
        </Form.Item>
      ))}
    </fieldset>
  );
}

/** The next version of the weights; the service says which article stands against it, here it is said at the field. */
export function WeightsForm({ found, onClose }: { readonly found: WeightsView; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const set = useChange((body: WeightsRequest) => take(collections.PUT('/v1/evaluation-weights', { body })), onClose);
  const parts = (Form.useWatch('components', form) as Values['components'] | undefined) ?? toValues(found).components;
  const total = Object.values(parts).reduce((sum, { weight }) => sum + (weight ?? 0), 0);
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={toValues(found)}
      onFinish={(values) => set.mutate({ ...values, version: found.version })}
      scrollToFirstError={{ focus: true, block: 'center' }}
    >
      <p className="fb-first fb-soft">{t('oversight.weights.formHelp')}</p>
      {found.components.map(({ component, isPerformance }) => (
        <PartFields key={component} id={component} isPerformance={isPerformance} />
      ))}
      <Alert
        className="fb-problem"
        type={total === WHOLE ? 'success' : 'warning'}
        showIcon
        role="status"
        title={t(total === WHOLE ? 'oversight.weights.adds' : 'oversight.weights.addsNot', { total })}
      />
      <fieldset className="fb-weighed">
        <legend>{t('oversight.weights.bands')}</legend>
        {BANDS.map((band) => (
          <Form.Item
            key={band}
            name={['bands', band]}
            label={t('oversight.weights.band', { band })}
            rules={[{ required: true, message: t('oversight.weights.needed') }]}
          >
            <InputNumber className="fb-full" min={1} max={WHOLE} precision={0} />
          </Form.Item>
        ))}
      </fieldset>
      <Form.Item
        name="note"
        label={t('oversight.weights.note')}
        extra={t('oversight.weights.noteHelp')}
        rules={[{ required: true, whitespace: true, message: t('oversight.needWords') }]}
      >
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
      <FormProblem form={form} error={set.error} />
      <div className="fb-row">
        <Button type="primary" htmlType="submit" loading={set.isPending}>
          {t('oversight.weights.save', { version: found.version + 1 })}
        </Button>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
      </div>
    </Form>
  );
}
