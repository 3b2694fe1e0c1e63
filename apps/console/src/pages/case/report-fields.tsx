import { Checkbox, DatePicker, Form, Input, Select, TimePicker } from 'antd';
import type { Dayjs } from 'dayjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/collections.d.ts';

export type Report = NonNullable<components['schemas']['ReportedOutcomeRequest']['report']>;
type Code<Key extends 'reached' | 'special' | 'attitude' | 'arrearsReason'> = NonNullable<Report[Key]>;

const REACHED: readonly Code<'reached'>[] = [
  'debtor',
  'co-debtor',
  'guarantor',
  'representative',
  'family',
  'colleague',
  'unknown',
  'nobody',
];
const SPECIALS: readonly Code<'special'>[] = [
  'self-harm',
  'hardship',
  'death',
  'illness',
  'fraud',
  'dispute',
  'bankruptcy',
  'cease-request',
  'imprisoned',
  'lost-contact',
  'other',
];
const ATTITUDES: readonly Code<'attitude'>[] = ['cooperative', 'evasive', 'disputes', 'hostile', 'distressed', 'unclear'];
const REASONS: readonly Code<'arrearsReason'>[] = [
  'forgot',
  'cash-flow',
  'unemployment',
  'income-fell',
  'illness',
  'family',
  'business-failed',
  'disaster',
  'too-many-debts',
  'dispute',
  'fraud',
  'unwilling',
  'other',
];
/** These stop collection at once, and a person looks. */
const STOPS: ReadonlySet<string> = new Set(['self-harm', 'hardship', 'death', 'fraud', 'dispute', 'bankruptcy', 'cease-request']);

export interface ReportValues {
  readonly reached?: Code<'reached'>;
  readonly special?: Code<'special'>;
  readonly attitude?: Code<'attitude'>;
  readonly arrearsReason?: Code<'arrearsReason'>;
  readonly amount?: string;
  readonly dueOn?: Dayjs | null;
  readonly best?: readonly [Dayjs | null, Dayjs | null] | null;
  readonly followUpAt?: Dayjs | null;
  readonly wantsNoCalls?: boolean;
}

/** What was filled in; null: nothing. */
export function toReport(values: ReportValues): Report | null {
  const { reached, special, attitude, arrearsReason, amount, dueOn, best, followUpAt, wantsNoCalls } = values;
  const [from, to] = best ?? [];
  const report: Report = {
    ...(reached && { reached }),
    ...(special && { special }),
    ...(attitude && { attitude }),
    ...(arrearsReason && { arrearsReason }),
    ...(amount && dueOn && { promise: { amount: amount.trim(), dueOn: dueOn.format('YYYY-MM-DD') } }),
    ...(from && to && { bestTime: { from: from.format('HH:mm'), to: to.format('HH:mm') } }),
    ...(followUpAt && { followUpAt: followUpAt.format('YYYY-MM-DDTHH:mm:ssZ') }),
    ...(wantsNoCalls && { wantsNoCalls }),
  };
  return Object.keys(report).length === 0 ? null : report;
}

/** The trade's own fields of an outcome: chosen, not typed, so that a call is closed in seconds. */
export function ReportFields(): ReactNode {
  const { t } = useTranslation();
  const special = Form.useWatch<string | undefined>('special');
  const amount = Form.useWatch<string | undefined>('amount');
  return (
    <>
      <div className="fb-halves">
        <Form.Item name="reached" label={t('outcome.reachedLabel')}>
          <Select allowClear options={REACHED.map((value) => ({ value, label: t(`outcome.reached.${value}`) }))} />
        </Form.Item>
        <Form.Item name="attitude" label={t('outcome.attitudeLabel')}>
          <Select allowClear options={ATTITUDES.map((value) => ({ value, label: t(`outcome.attitude.${value}`) }))} />
        </Form.Item>
        <Form.Item
          name="amount"
          label={t('outcome.promiseAmount')}
          rules={[{ pattern: /^\d{1,15}(\.\d{1,2})?$/, message: t('outcome.amountForm') }]}
        >
          <Input inputMode="decimal" autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="dueOn"
          label={t('outcome.promiseDue')}
          rules={[{ required: Boolean(amount), message: t('outcome.dueNeeded') }]}
          dependencies={['amount']}
        >
          <DatePicker className="fb-full" />
        </Form.Item>
        <Form.Item name="followUpAt" label={t('outcome.followUpAt')}>
          <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" className="fb-full" />
        </Form.Item>
        <Form.Item name="best" label={t('outcome.bestTime')}>
          <TimePicker.RangePicker format="HH:mm" order={false} minuteStep={5} className="fb-full" />
        </Form.Item>
        <Form.Item name="arrearsReason" label={t('outcome.arrearsLabel')}>
          <Select allowClear options={REASONS.map((value) => ({ value, label: t(`outcome.arrears.${value}`) }))} />
        </Form.Item>
        <Form.Item
          name="special"
          label={t('outcome.specialLabel')}
          extra={special !== undefined && STOPS.has(special) && t('outcome.stopsHelp')}
        >
          <Select allowClear options={SPECIALS.map((value) => ({ value, label: t(`outcome.special.${value}`) }))} />
        </Form.Item>
      </div>
      <Form.Item name="wantsNoCalls" valuePropName="checked">
        <Checkbox>{t('outcome.wantsNoCalls')}</Checkbox>
      </Form.Item>
    </>
  );
}
