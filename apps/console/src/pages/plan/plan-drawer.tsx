import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Drawer, Form, Input, InputNumber, Select } from 'antd';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { newKey } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { MomentInput } from '../../ui/moment-input.tsx';
import { formatMoney } from '../../ui/numbers.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Facts } from '../../ui/section.tsx';
import { draftPlan, HARDSHIPS, METHODS, previewQuery, revisePlan, type PlanDetail, type PlanRequest, type Preview } from './api.ts';
import { useAfter } from './use-after.ts';
import { Schedule } from './schedule.tsx';
import { toFields, toTerms, type PlanFields } from './terms.ts';
import './plan.css';

export interface PlanDrawerProps {
  readonly caseId: string;
  readonly balance: { readonly amount: string; readonly currency: string };
  /** The draft that is revised. */
  readonly plan?: PlanDetail;
  /** The plan that runs on the debt, which this one may replace. */
  readonly runningId?: string | null;
  readonly onClose: () => void;
}

const AMOUNTS = ['principal', 'interest', 'fees', 'waivedInterest', 'waivedFees'] as const;
const LONGEST = 1200;

function AmountFields(): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="fb-plan-grid">
      {AMOUNTS.map((name) => (
        <Form.Item
          key={name}
          name={name}
          label={t(`plan.form.${name}`)}
          rules={name === 'principal' ? [{ required: true, message: t('plan.form.needed') }] : []}
        >
          <Input inputMode="decimal" />
        </Form.Item>
      ))}
    </div>
  );
}

function ScheduleFields({ isCustom }: { readonly isCustom: boolean }): ReactNode {
  const { t } = useTranslation();
  if (isCustom)
    return (
      <Form.Item name="lines" label={t('plan.form.lines')} extra={t('plan.form.linesHelp')}>
        <Input.TextArea rows={6} placeholder={'2026-12-20 1000.00\n2027-01-20 1500.00'} />
      </Form.Item>
    );
  return (
    <div className="fb-plan-grid">
      <Form.Item name="months" label={t('plan.form.months')} rules={[{ required: true, message: t('plan.form.needed') }]}>
        <InputNumber min={1} max={LONGEST} precision={0} className="fb-full" />
      </Form.Item>
      <Form.Item name="firstDueOn" label={t('plan.form.firstDueOn')} rules={[{ required: true, message: t('plan.form.needed') }]}>
        <MomentInput />
      </Form.Item>
      <Form.Item name="annualRatePercent" label={t('plan.form.annualRatePercent')}>
        <Input inputMode="decimal" />
      </Form.Item>
      <Form.Item name="feePerInstalment" label={t('plan.form.feePerInstalment')}>
        <Input inputMode="decimal" />
      </Form.Item>
      <Form.Item name="chargeCap" label={t('plan.form.chargeCap')}>
        <Input inputMode="decimal" />
      </Form.Item>
    </div>
  );
}

function CircumstanceFields(): ReactNode {
  const { t } = useTranslation();
  const needed = [{ required: true, message: t('plan.form.needed') }];
  return (
    <>
      <h3>{t('plan.form.circumstances')}</h3>
      <p className="fb-soft">{t('plan.form.circumstancesHelp')}</p>
      <div className="fb-plan-grid">
        <Form.Item name="hardship" label={t('plan.form.hardship')} rules={needed}>
          <Select options={HARDSHIPS.map((value) => ({ value, label: t(`plan.hardship.${value}`) }))} />
        </Form.Item>
        <Form.Item name="monthlyIncome" label={t('plan.form.income')} rules={needed}>
          <Input inputMode="decimal" />
        </Form.Item>
        <Form.Item name="monthlyExpense" label={t('plan.form.expense')} rules={needed}>
          <Input inputMode="decimal" />
        </Form.Item>
      </div>
      <Form.Item name="note" label={t('plan.form.note')}>
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
    </>
  );
}

/** What the terms come to; what a rule refuses, with its article. */
function Shown({
  preview,
  error,
  isWhole,
}: {
  readonly preview: Preview | undefined;
  readonly error: Error | null;
  readonly isWhole: boolean;
}): ReactNode {
  const { t } = useTranslation();
  if (!isWhole) return <p className="fb-soft">{t('plan.preview.incomplete')}</p>;
  if (error) {
    const term = asProblem(error).errors.find(({ source }) => source === 'CC11 70');
    return (
      <>
        {term && (
          <p className="fb-field-error" role="alert">
            {t(term.pointer === '/owed' ? 'plan.preview.notTheBalance' : 'plan.preview.tooLong')}
          </p>
        )}
        <ProblemAlert error={error} />
      </>
    );
  }
  if (!preview) return null;
  return (
    <>
      <Facts
        items={[
          { label: t('plan.column.total'), value: <strong className="fb-amount">{formatMoney(preview.total)}</strong> },
          { label: t('plan.preview.waived'), value: formatMoney(preview.waived) },
          { label: t('plan.schedule.charges'), value: formatMoney(preview.charges) },
          { label: t('plan.preview.last'), value: preview.lastDueOn },
          { label: t('plan.preview.approver'), value: t(`shell.role.${preview.approver}`) },
        ]}
      />
      <p className="fb-note">{t('plan.preview.limit', { months: preview.limitMonths })}</p>
      <Schedule instalments={preview.instalments} currency={preview.total.currency} />
    </>
  );
}

/** The calculator: terms on the one hand, what they come to on the other, as they are typed. */
export function PlanDrawer({ caseId, balance, plan, runningId = null, onClose }: PlanDrawerProps): ReactNode {
  const { t } = useTranslation();
  const go = useNavigate();
  const after = useAfter();
  const [key] = useState(newKey);
  const [form] = Form.useForm<PlanFields>();
  const first: PlanFields = plan ? toFields(plan) : { principal: balance.amount, method: 'equal-principal' };
  const fields = Form.useWatch((values: PlanFields) => values, form) ?? first;
  const replaced = plan ? plan.replaces : fields.replaces ? runningId : null;
  const terms = toTerms({ ...fields, method: fields.method ?? first.method }, replaced);
  const deferred = useDeferredValue(JSON.stringify(terms));
  const shown = useQuery({
    ...previewQuery(caseId, JSON.parse(deferred) as typeof terms),
    placeholderData: keepPreviousData,
    enabled: deferred !== 'null' && !plan,
  });
  const save = useMutation({
    mutationFn: async (values: PlanFields) => {
      const whole = toTerms(values, replaced);
      if (whole === null) throw new Error(t('plan.preview.incomplete'));
      const { hardship = 'other', monthlyIncome = '', monthlyExpense = '', note } = values;
      const body: PlanRequest = { ...whole, hardship, circumstances: { monthlyIncome, monthlyExpense, note: note?.trim() || null } };
      return plan ? revisePlan(plan.id, body) : draftPlan(caseId, body, key);
    },
    onSuccess: async ({ id }) => {
      await after();
      onClose();
      void go(`/plans/${id}`);
    },
  });
  return (
    <Drawer
      open
      size={760}
      title={t(plan ? 'plan.form.revise' : 'plan.form.title')}
      onClose={onClose}
      footer={
        <Button type="primary" loading={save.isPending} disabled={terms === null} onClick={() => form.submit()}>
          {t('plan.form.save')}
        </Button>
      }
    >
      <p className="fb-first">{t('plan.form.lead', { balance: formatMoney(balance) })}</p>
      <Form<PlanFields> form={form} layout="vertical" requiredMark={false} initialValues={first} onFinish={save.mutate}>
        {runningId !== null && !plan && (
          <Form.Item name="replaces" valuePropName="checked">
            <Checkbox>{t('plan.form.replaces')}</Checkbox>
          </Form.Item>
        )}
        <AmountFields />
        <Form.Item name="method" label={t('plan.form.method')}>
          <Select options={METHODS.map((value) => ({ value, label: t(`plan.method.${value}`) }))} />
        </Form.Item>
        <ScheduleFields isCustom={fields.method === 'custom'} />
        <CircumstanceFields />
      </Form>
      {save.error && <ProblemAlert error={save.error} />}
      {!plan && (
        <>
          <h3>{t('plan.preview.title')}</h3>
          <Shown preview={shown.data} error={shown.error} isWhole={terms !== null} />
        </>
      )}
    </Drawer>
  );
}
