import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Modal, type FormInstance } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../api/client.ts';
import { FormProblem } from '../../ui/form-problem.tsx';
import { AGENCIES } from './api.ts';

export interface EntryDialogProps<Fields> {
  readonly title: string;
  /** What follows from it. */
  readonly help?: string;
  readonly confirm?: string;
  readonly isDanger?: boolean;
  readonly initial?: Partial<Fields>;
  readonly width?: number;
  readonly send: (fields: Fields, key: string) => Promise<unknown>;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

/** A form in a dialog: sent once per opening, however often the button is pressed; what is shown of the agency is read again then. */
export function EntryDialog<Fields extends object>(props: EntryDialogProps<Fields>): ReactNode {
  const { title, help, confirm, isDanger = false, initial, width = 560, send, onClose, children } = props;
  const { t } = useTranslation();
  const queries = useQueryClient();
  const id = useId();
  const [key] = useState(newKey);
  const [form] = Form.useForm<Fields>();
  const save = useMutation({
    mutationFn: (fields: Fields) => send(fields, key),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: AGENCIES });
      onClose();
    },
  });
  return (
    <Modal
      open
      title={title}
      width={width}
      onCancel={onClose}
      okText={confirm ?? t('registry.save')}
      okButtonProps={{ htmlType: 'submit', form: id, loading: save.isPending, danger: isDanger }}
      cancelText={t('common.cancel')}
    >
      {help && <p className="fb-first">{help}</p>}
      <Form
        id={id}
        form={form as FormInstance}
        layout="vertical"
        requiredMark={false}
        initialValues={initial as Record<string, unknown>}
        onFinish={(fields: Fields) => save.mutate(fields)}
      >
        {children}
      </Form>
      <FormProblem form={form as FormInstance} error={save.error} />
    </Modal>
  );
}

/** For Form.Item: what is not said cannot be sent. */
export function useNeeded(): [{ required: true; message: string }] {
  const { t } = useTranslation();
  return [{ required: true, message: t('registry.needed') }];
}
