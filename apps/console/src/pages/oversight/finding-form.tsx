import { Form, Input, Modal, Select } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, take } from '../../api/client.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { addDays, todayIn } from '../complaint/dates.ts';
import { keyed, useChange, type FindingView, type InspectionView } from './api.ts';

const SEVERITIES: readonly FindingView['severity'][] = ['minor', 'major', 'critical'];
const DUE_DAYS = 30;

interface Values {
  readonly severity: FindingView['severity'];
  readonly summary: string;
  readonly dueOn: string;
  readonly owner?: string;
}

interface AddFindingProps {
  readonly inspection: InspectionView;
  readonly itemId: string;
  readonly onClose: () => void;
}

/** What was found of an item, and by when the agency reports. */
export function AddFinding({ inspection, itemId, onClose }: AddFindingProps): ReactNode {
  const { t } = useTranslation();
  const form = useId();
  const [dueOn] = useState(() => addDays(todayIn(READER_ZONE, new Date()), DUE_DAYS));
  const add = useChange(
    (body: Values, key) =>
      take(
        collections.POST('/v1/inspections/{id}/findings', {
          params: { ...keyed(key), path: { id: inspection.id } },
          body: { ...body, itemId },
        }),
      ),
    onClose,
  );
  return (
    <Modal
      open
      title={t('oversight.finding.add')}
      onCancel={onClose}
      okText={t('oversight.finding.save')}
      okButtonProps={{ htmlType: 'submit', form, loading: add.isPending }}
      cancelText={t('common.cancel')}
    >
      <Form<Values>
        id={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ severity: 'major', dueOn }}
        onFinish={(values) => add.mutate({ ...values, summary: values.summary.trim() })}
      >
        <Form.Item name="severity" label={t('oversight.finding.severity')}>
          <Select options={SEVERITIES.map((value) => ({ value, label: t(`oversight.severity.${value}`) }))} />
        </Form.Item>
        <Form.Item
          name="summary"
          label={t('oversight.finding.summary')}
          rules={[{ required: true, whitespace: true, message: t('oversight.needWords') }]}
        >
          <Input.TextArea rows={4} maxLength={4000} />
        </Form.Item>
        <Form.Item name="dueOn" label={t('oversight.finding.dueOn')} rules={[{ required: true, message: t('oversight.needDay') }]}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="owner" label={t('oversight.finding.owner')} extra={t('oversight.finding.ownerHelp')}>
          <Input maxLength={200} />
        </Form.Item>
      </Form>
      {add.error && <ProblemAlert error={add.error} />}
    </Modal>
  );
}
