import { useQuery } from '@tanstack/react-query';
import { Form, Input, Modal, Select } from 'antd';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, take } from '../../api/client.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { findingsQuery, keyed, ladderQuery, useChange, type Step } from './api.ts';

/** HLJ 36, the mildest first. */
export const LADDER: readonly Step[] = [
  'talk',
  'warning-letter',
  'forced-training',
  'circular',
  'public-blame',
  'rights-suspended',
  'expulsion',
  'regulator-report',
];
const hasPeriod = (step: Step): boolean => step === 'rights-suspended' || step === 'forced-training';

interface Values {
  readonly step: Step;
  readonly reason: string;
  readonly skipReason?: string;
  readonly untilOn?: string;
  readonly findings?: readonly string[];
}

interface ProposeProps {
  readonly agencyId: string;
  readonly onClose: () => void;
}

/** A step against an agency; which fields there are follows from the step. */
export function ProposeSanction({ agencyId, onClose }: ProposeProps): ReactNode {
  const { t } = useTranslation();
  const form = useId();
  const [fields] = Form.useForm<Values>();
  const step = Form.useWatch('step', fields);
  const ladder = useQuery(ladderQuery(agencyId)).data;
  const findings = useQuery(findingsQuery({ agencyId })).data?.items ?? [];
  const suggested = ladder?.suggested;
  const skips = suggested !== undefined && step !== undefined && LADDER.indexOf(step) > LADDER.indexOf(suggested);
  const propose = useChange(
    ({ findings: grounds = [], ...body }: Values, key) =>
      take(
        collections.POST('/v1/agencies/{agencyId}/sanctions', {
          params: { ...keyed(key), path: { agencyId } },
          body: { ...body, grounds: grounds.map((id) => ({ kind: 'inspection-finding' as const, id })) },
        }),
      ),
    onClose,
  );
  if (!ladder) return null;
  const required = [{ required: true, whitespace: true, message: t('oversight.needWords') }];
  return (
    <Modal
      open
      title={t('oversight.sanction.propose')}
      onCancel={onClose}
      okText={t('oversight.sanction.send')}
      okButtonProps={{ htmlType: 'submit', form, loading: propose.isPending }}
      cancelText={t('common.cancel')}
    >
      <Form<Values>
        form={fields}
        id={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ step: ladder.suggested }}
        onFinish={propose.mutate}
      >
        <Form.Item
          name="step"
          label={t('oversight.sanction.step')}
          extra={step && ladder.needApproval.includes(step) ? t('oversight.sanction.needsSecond') : t('oversight.sanction.atOnce')}
        >
          <Select options={LADDER.map((value) => ({ value, label: t(`oversight.step.${value}`) }))} />
        </Form.Item>
        <Form.Item name="reason" label={t('oversight.sanction.reason')} rules={required}>
          <Input.TextArea rows={4} maxLength={4000} />
        </Form.Item>
        {skips && (
          <Form.Item name="skipReason" label={t('oversight.sanction.skipReason')} rules={required}>
            <Input.TextArea rows={2} maxLength={2000} />
          </Form.Item>
        )}
        {step && hasPeriod(step) && (
          <Form.Item name="untilOn" label={t('oversight.sanction.untilOn')} rules={[{ required: true, message: t('oversight.needDay') }]}>
            <Input type="date" />
          </Form.Item>
        )}
        <Form.Item name="findings" label={t('oversight.sanction.grounds')}>
          <Select
            mode="multiple"
            allowClear
            options={findings
              .filter(({ state }) => state !== 'draft')
              .map(({ id, summary, severity }) => ({
                value: id,
                label: `${t(`oversight.severity.${severity}`)} · ${summary.slice(0, 40)}`,
              }))}
          />
        </Form.Item>
      </Form>
      {propose.error && <ProblemAlert error={propose.error} />}
    </Modal>
  );
}
