import { Form, Modal, type FormInstance } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, take } from '../../api/client.ts';
import { FormProblem } from '../../ui/form-problem.tsx';
import { MomentInput } from '../../ui/moment-input.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { addDays, todayIn } from '../complaint/dates.ts';
import { keyed, useChange, type InspectionItem } from './api.ts';

const AHEAD_DAYS = 14;

export interface PlanInspectionProps {
  readonly agencyId: string;
  readonly kind: InspectionItem['kind'];
  readonly onClose: () => void;
}

/** When an agency is to be inspected; it is not told. */
export function PlanInspection({ agencyId, kind, onClose }: PlanInspectionProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const [form] = Form.useForm<{ plannedOn: string }>();
  const [plannedOn] = useState(() => addDays(todayIn(READER_ZONE, new Date()), AHEAD_DAYS));
  const plan = useChange(
    (day: string, key) => take(collections.POST('/v1/inspections', { params: keyed(key), body: { agencyId, kind, plannedOn: day } })),
    onClose,
  );
  const title = t('oversight.agencyPage.plan', { kind: t(`oversight.kind.${kind}`) });
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      okText={title}
      okButtonProps={{ htmlType: 'submit', form: id, loading: plan.isPending }}
      cancelText={t('common.cancel')}
    >
      <p className="fb-first">{t('oversight.agencyPage.planHelp')}</p>
      <Form
        id={id}
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ plannedOn }}
        onFinish={(values) => plan.mutate(values.plannedOn)}
      >
        <Form.Item
          name="plannedOn"
          label={t('oversight.inspection.plannedOn')}
          rules={[{ required: true, message: t('oversight.needDay') }]}
        >
          <MomentInput />
        </Form.Item>
      </Form>
      <FormProblem form={form as FormInstance} error={plan.error} />
    </Modal>
  );
}
