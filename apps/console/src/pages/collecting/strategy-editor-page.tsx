import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { newKey } from '../../api/client.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { useFieldErrors } from '../../ui/use-field-errors.ts';
import { strategiesQuery, WORKLIST } from '../worklist/api.ts';
import { putStrategy, STAGES, type StrategyRequest, type StrategyView } from './api.ts';
import { filterOf, KEYS, orderOf, type Filter } from './strategy-words.tsx';

type Key = (typeof KEYS)[number];

interface Values extends Pick<StrategyRequest, 'strategyId' | 'name' | 'leaseMinutes' | 'restMinutes'> {
  readonly filter: Partial<Record<keyof Filter, Filter[keyof Filter] | null>>;
  /** 0 or nothing: it does not count. */
  readonly weights: Partial<Record<Key, number | null>>;
}

const BLANK = {
  filter: {},
  weights: { 'follow-up': 40, 'promise-broken': 40, overdue: 10, amount: 10 },
  leaseMinutes: 20,
  restMinutes: 120,
};
const AMOUNT = /^\d{1,15}(\.\d{1,2})?$/;

const isSaid = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined && value !== '' && value !== false;

/** Only what was filled in: an empty field does not narrow anything. */
function toRequest({ filter, weights, ...rest }: Values): StrategyRequest {
  return {
    ...rest,
    strategyId: rest.strategyId.trim(),
    filter: Object.fromEntries(Object.entries(filter).filter(([, value]) => isSaid(value))),
    order: KEYS.flatMap((key) => {
      const weight = weights[key] ?? 0;
      return weight > 0 ? [{ key, weight }] : [];
    }),
  };
}

const toValues = (one: StrategyView): Values => ({
  strategyId: one.strategyId,
  name: { zh: String(one.name['zh'] ?? ''), en: String(one.name['en'] ?? '') },
  filter: filterOf(one),
  weights: Object.fromEntries(orderOf(one).map(({ key, weight }) => [key, weight])),
  leaseMinutes: one.leaseMinutes,
  restMinutes: one.restMinutes,
});

function FilterFields(): ReactNode {
  const { t } = useTranslation();
  const amount = [{ pattern: AMOUNT, message: t('outcome.amountForm') }];
  return (
    <div className="fb-halves">
      <Form.Item name={['filter', 'stages']} label={t('worklist.stage')} extra={t('collecting.setup.allWhenEmpty')}>
        <Select mode="multiple" options={STAGES.map((value) => ({ value, label: value }))} />
      </Form.Item>
      <Form.Item name={['filter', 'products']} label={t('collecting.setup.products')} extra={t('collecting.setup.allWhenEmpty')}>
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
      <Form.Item name={['filter', 'minAmount']} label={t('collecting.setup.strategy.minAmount')} rules={amount}>
        <Input inputMode="decimal" autoComplete="off" />
      </Form.Item>
      <Form.Item name={['filter', 'maxAmount']} label={t('collecting.setup.strategy.maxAmount')} rules={amount}>
        <Input inputMode="decimal" autoComplete="off" />
      </Form.Item>
      <Form.Item
        name={['filter', 'regions']}
        label={t('collecting.setup.strategy.regions')}
        extra={t('collecting.setup.strategy.regionsHelp')}
      >
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
      <Form.Item name={['filter', 'lastContactOlderThanHours']} label={t('collecting.setup.strategy.silentHours')}>
        <InputNumber min={1} max={8760} precision={0} className="fb-full" />
      </Form.Item>
      <Form.Item name={['filter', 'promise']} label={t('collecting.setup.strategy.promised')}>
        <Select
          allowClear
          options={(['due', 'broken'] as const).map((value) => ({ value, label: t(`collecting.setup.strategy.promise.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name={['filter', 'followUpDue']} valuePropName="checked" className="fb-form-check">
        <Checkbox>{t('collecting.setup.strategy.followUpDue')}</Checkbox>
      </Form.Item>
    </div>
  );
}

function NameFields({ isKnown }: { readonly isKnown: boolean }): ReactNode {
  const { t } = useTranslation();
  const needed = [{ required: true, whitespace: true, message: t('collecting.setup.needed') }];
  return (
    <>
      <Form.Item
        name="strategyId"
        label={t('collecting.setup.strategy.id')}
        extra={t('collecting.setup.strategy.idHelp')}
        rules={[...needed, { pattern: /^[a-z0-9][a-z0-9-]*$/, message: t('collecting.setup.strategy.idForm') }]}
      >
        <Input maxLength={40} disabled={isKnown} />
      </Form.Item>
      <div className="fb-halves">
        {(['zh', 'en'] as const).map((language) => (
          <Form.Item key={language} name={['name', language]} label={t(`collecting.setup.strategy.nameIn.${language}`)} rules={needed}>
            <Input maxLength={60} />
          </Form.Item>
        ))}
      </div>
    </>
  );
}

function OrderFields(): ReactNode {
  const { t } = useTranslation();
  const needed = [{ required: true, message: t('collecting.setup.needed') }];
  return (
    <>
      <p className="fb-soft fb-first">{t('collecting.setup.strategy.orderHelp')}</p>
      {KEYS.map((key) => (
        <Form.Item key={key} name={['weights', key]} label={t(`worklist.key.${key}`)}>
          <InputNumber min={0} max={100} precision={0} className="fb-full" />
        </Form.Item>
      ))}
      <Form.Item
        name="leaseMinutes"
        label={t('collecting.setup.strategy.lease')}
        extra={t('collecting.setup.strategy.leaseHelp')}
        rules={needed}
      >
        <InputNumber min={1} max={240} precision={0} className="fb-full" />
      </Form.Item>
      <Form.Item
        name="restMinutes"
        label={t('collecting.setup.strategy.rest')}
        extra={t('collecting.setup.strategy.restHelp')}
        rules={needed}
      >
        <InputNumber min={0} max={10_080} precision={0} className="fb-full" />
      </Form.Item>
    </>
  );
}

/** Makes a version of a strategy, which is in force at once. */
export function StrategyEditorPage(): ReactNode {
  const { t } = useTranslation();
  const go = useNavigate();
  const queries = useQueryClient();
  const from = useSearchParams()[0].get('from');
  const { data } = useQuery({ ...strategiesQuery, enabled: from !== null });
  const known = data?.items.find(({ strategyId }) => strategyId === from);
  const [form] = Form.useForm<Values>();
  const place = useFieldErrors(form);
  const [key, setKey] = useState(newKey);
  useEffect(() => {
    if (form.isFieldsTouched()) return;
    if (from === null) form.setFieldsValue(BLANK);
    else if (known) form.setFieldsValue(toValues(known));
  }, [form, from, known]);
  const save = useMutation({
    mutationFn: (values: Values) => putStrategy(toRequest(values), key),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: WORKLIST });
      void go('/collecting/strategies');
    },
    onError: (error) => {
      setKey(newKey());
      place(error);
    },
  });
  return (
    <>
      <PageHeader
        title={t(from === null ? 'collecting.setup.strategy.new' : 'collecting.setup.strategy.newVersionOf')}
        lead={t('collecting.setup.strategy.editorLead')}
        back={{ to: '/collecting/strategies', label: t('collecting.setup.tab.strategies') }}
      />
      <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={save.mutate}>
        <div className="fb-columns">
          <Section title={t('collecting.setup.strategy.filter')}>
            <NameFields isKnown={from !== null} />
            <FilterFields />
          </Section>
          <Section title={t('collecting.setup.strategy.order')}>
            <OrderFields />
            {save.error && <ProblemAlert error={save.error} />}
            <Button type="primary" htmlType="submit" loading={save.isPending}>
              {t('collecting.setup.save')}
            </Button>
          </Section>
        </div>
      </Form>
    </>
  );
}
