import { MinusCircleOutlined } from '@ant-design/icons';
import { Button, Form, InputNumber, Segmented, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, take } from '../../api/client.ts';
import { AskDrawer } from '../../ui/ask-drawer.tsx';
import { AgencyField, LineField } from './fields.tsx';
import { header, type AllocationRuleRequest, type AllocationRuleView } from './wire.ts';

function NumberField({
  name,
  label,
  help,
  max = 10_000_000,
}: {
  readonly name: string;
  readonly label: string;
  readonly help?: string;
  readonly max?: number;
}): ReactNode {
  return (
    <Form.Item name={name} label={label} {...(help && { extra: help })}>
      <InputNumber min={0} max={max} precision={0} className="fb-full" />
    </Form.Item>
  );
}

function Targets(): ReactNode {
  const { t } = useTranslation();
  return (
    <Form.List name="targets">
      {(rows, { add, remove }) => (
        <fieldset>
          <legend>{t('portfolio.rule.targets')}</legend>
          {rows.map(({ key, name }) => (
            <div key={key} className="fb-section">
              <TargetFields name={name} />
              {rows.length > 1 && (
                <Button size="small" icon={<MinusCircleOutlined aria-hidden />} onClick={() => remove(name)}>
                  {t('portfolio.rule.removeTarget')}
                </Button>
              )}
            </div>
          ))}
          <Button block onClick={() => add({ weight: 1 })}>
            {t('portfolio.rule.addTarget')}
          </Button>
        </fieldset>
      )}
    </Form.List>
  );
}

function TargetFields({ name }: { readonly name: number }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <AgencyField name={[name, 'agencyId']} label={t('portfolio.agency')} />
      <div className="fb-halves">
        <Form.Item name={[name, 'weight']} label={t('portfolio.rule.weight')} rules={[{ required: true, message: t('portfolio.needed') }]}>
          <InputNumber min={1} max={1_000_000} precision={0} className="fb-full" />
        </Form.Item>
        <Form.Item name={[name, 'maxCases']} label={t('portfolio.rule.maxCases')}>
          <InputNumber min={0} max={10_000_000} precision={0} className="fb-full" />
        </Form.Item>
      </div>
    </>
  );
}

const EMPTY: Partial<AllocationRuleRequest> = {
  products: [],
  regions: [],
  currency: 'CNY',
  by: 'share',
  targets: [{ agencyId: '', weight: 1 }],
};

/** A rule, or its next version. */
export function RuleDrawer({ rule, onClose }: { readonly rule: AllocationRuleView | null; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const initial =
    rule === null ? EMPTY : ({ ...(rule.content as unknown as AllocationRuleRequest), name: rule.name } as Partial<AllocationRuleRequest>);
  return (
    <AskDrawer<AllocationRuleRequest, AllocationRuleView>
      title={rule === null ? t('portfolio.rule.new') : t('portfolio.rule.next', { name: rule.name, version: rule.version + 1 })}
      help={t('portfolio.rule.help')}
      confirm={t('portfolio.rule.save')}
      initial={initial}
      touches={['allocation-rules']}
      send={(fields, key) =>
        take(
          collections.POST('/v1/allocation-rules', {
            params: { header: header(key) },
            body: { ...EMPTY, ...fields, balanceFrom: fields.balanceFrom || null, balanceTo: fields.balanceTo || null, currency: 'CNY' },
          }),
        )
      }
      onClose={onClose}
    >
      <LineField name="name" label={t('portfolio.rule.name')} max={100} />
      <Form.Item name="by" label={t('portfolio.rule.how')}>
        <Segmented block options={(['share', 'priority'] as const).map((value) => ({ value, label: t(`portfolio.rule.by.${value}`) }))} />
      </Form.Item>
      <Targets />
      <Form.Item name="products" label={t('portfolio.rule.products')} extra={t('portfolio.rule.productsHelp')}>
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
      <Form.Item name="regions" label={t('portfolio.rule.regions')} extra={t('portfolio.rule.regionsHelp')}>
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
      <div className="fb-halves">
        <NumberField name="overdueFrom" label={t('portfolio.rule.overdueFrom')} max={36_500} />
        <NumberField name="overdueTo" label={t('portfolio.rule.overdueTo')} max={36_500} />
      </div>
      <div className="fb-halves">
        <LineField name="balanceFrom" label={t('portfolio.rule.balanceFrom')} isNeeded={false} max={18} />
        <LineField name="balanceTo" label={t('portfolio.rule.balanceTo')} isNeeded={false} max={18} />
      </div>
      <NumberField name="minScore" label={t('portfolio.rule.minScore')} help={t('portfolio.rule.minScoreHelp')} max={100} />
      <div className="fb-halves">
        <NumberField name="maxShareNumber" label={t('portfolio.rule.maxShareNumber')} max={100} />
        <NumberField name="maxShareAmount" label={t('portfolio.rule.maxShareAmount')} max={100} />
      </div>
    </AskDrawer>
  );
}
