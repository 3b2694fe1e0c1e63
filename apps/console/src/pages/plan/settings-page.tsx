import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, InputNumber } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageLoading } from '../../shell/page-loading.tsx';
import { useMay } from '../../session/session.ts';
import { Instant } from '../../ui/instant.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { usePerson } from '../../ui/use-person.ts';
import { setSettings, settingsQuery } from './api.ts';

interface Fields {
  readonly promiseGraceDays: number;
  readonly promiseLongestDays: number;
  readonly planGraceDays: number;
  /** A line each: `CNY 50000.00`. */
  readonly limits: string;
}

const NUMBERS = [
  ['promiseGraceDays', 0, 31],
  ['promiseLongestDays', 1, 366],
  ['planGraceDays', 0, 31],
] as const;

const linesOf = (limits: Readonly<Record<string, unknown>>): string =>
  Object.entries(limits)
    .map(([currency, amount]) => `${currency} ${String(amount)}`)
    .join('\n');
const limitsOf = (lines: string): Record<string, string> =>
  Object.fromEntries(
    lines
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([currency]) => currency !== '')
      .map(([currency = '', amount = '']) => [currency, amount]),
  );

/** Days of grace, and who approves plans up to what. */
export function RepaymentSettingsPage(): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const person = usePerson();
  const queries = useQueryClient();
  const maySet = useMay('collections.setRepaymentSettings');
  const { data, error, refetch } = useQuery(settingsQuery);
  const save = useMutation({
    mutationFn: ({ limits, ...days }: Fields) => setSettings({ ...days, approvalLimits: limitsOf(limits) }),
    onSuccess: (saved) => {
      queries.setQueryData(settingsQuery.queryKey, saved);
      void message.success(t('plan.settings.saved'));
    },
  });
  const header = (
    <PageHeader title={t('plan.settings.title')} lead={t('plan.settings.lead')} back={{ to: '/plans', label: t('plan.back') }} />
  );
  if (error)
    return (
      <>
        {header}
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </>
    );
  if (!data) return <PageLoading />;
  const { approvalLimits, setBy, setAt, ...days } = data;
  return (
    <>
      {header}
      <Section title={t('plan.settings.values')}>
        <p className="fb-soft fb-first">
          {setBy === null || setAt === null ? (
            t('plan.settings.usual')
          ) : (
            <>
              {t('plan.settings.setBy', { name: person(setBy) })} <Instant at={setAt} withRelative={false} />
            </>
          )}
        </p>
        <Form<Fields>
          layout="vertical"
          requiredMark={false}
          disabled={!maySet}
          initialValues={{ ...days, limits: linesOf(approvalLimits) }}
          onFinish={save.mutate}
        >
          {NUMBERS.map(([name, min, max]) => (
            <Form.Item
              key={name}
              name={name}
              label={t(`plan.settings.${name}`)}
              extra={t(`plan.settings.${name}Help`)}
              rules={[{ required: true, message: t('plan.form.needed') }]}
            >
              <InputNumber min={min} max={max} precision={0} />
            </Form.Item>
          ))}
          <Form.Item name="limits" label={t('plan.settings.limits')} extra={t('plan.settings.limitsHelp')}>
            <Input.TextArea rows={3} />
          </Form.Item>
          {save.error && <ProblemAlert error={save.error} />}
          {maySet && (
            <Button type="primary" htmlType="submit" loading={save.isPending}>
              {t('plan.settings.save')}
            </Button>
          )}
        </Form>
      </Section>
    </>
  );
}
