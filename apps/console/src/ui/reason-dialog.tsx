import { Form, Input, Modal } from 'antd';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './problem-alert.tsx';

const MAX_REASON = 2000;
const ROWS = 4;

export interface ReasonDialogProps {
  readonly title: string;
  /** What follows from it. */
  readonly help?: string;
  readonly label: string;
  /** What is said where no reason is given. */
  readonly needed: string;
  readonly confirm: string;
  readonly isDanger?: boolean;
  readonly isSending: boolean;
  readonly error: Error | null;
  readonly onSend: (reason: string) => void;
  readonly onClose: () => void;
}

/** Something that is done with a reason that stays in the record. */
export function ReasonDialog(props: ReasonDialogProps): ReactNode {
  const { t } = useTranslation();
  const form = useId();
  return (
    <Modal
      open
      title={props.title}
      onCancel={props.onClose}
      okText={props.confirm}
      okButtonProps={{ htmlType: 'submit', form, loading: props.isSending, danger: props.isDanger ?? false }}
      cancelText={t('common.cancel')}
    >
      {props.help && <p className="fb-first">{props.help}</p>}
      <Form<{ reason: string }> id={form} layout="vertical" requiredMark={false} onFinish={({ reason }) => props.onSend(reason.trim())}>
        <Form.Item name="reason" label={props.label} rules={[{ required: true, whitespace: true, message: props.needed }]}>
          <Input.TextArea rows={ROWS} maxLength={MAX_REASON} />
        </Form.Item>
      </Form>
      {props.error && <ProblemAlert error={props.error} />}
    </Modal>
  );
}
