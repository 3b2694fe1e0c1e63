import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Form, type FormInstance } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { newKey } from '../api/client.ts';
import { FormProblem } from './form-problem.tsx';

export interface AskDrawerProps<Fields extends object, Answer> {
  readonly title: string;
  readonly help?: string;
  readonly confirm: string;
  readonly initial?: Partial<Fields>;
  readonly isDanger?: boolean;
  readonly send: (fields: Fields, key: string) => Promise<Answer>;
  /** First parts of the queries that are read again. */
  readonly touches: readonly string[];
  /** Shown instead of closing, where the answer says more than that it was done. */
  readonly show?: (answer: Answer) => ReactNode;
  readonly children?: ReactNode;
  readonly onClose: () => void;
}

/** Something that is asked for with a few fields; once per opening, however often it is sent. */
export function AskDrawer<Fields extends object, Answer>(props: AskDrawerProps<Fields, Answer>): ReactNode {
  const { title, help, confirm, initial, isDanger = false, send, touches, show, children, onClose } = props;
  const id = useId();
  const [form] = Form.useForm<Fields>();
  const queries = useQueryClient();
  const [key] = useState(newKey);
  const [isOpen, setIsOpen] = useState(true);
  const ask = useMutation({
    mutationFn: (fields: Fields) => send(fields, key),
    onSuccess: () => {
      for (const first of touches) void queries.invalidateQueries({ queryKey: [first] });
      if (!show) setIsOpen(false);
    },
  });
  const shown = show && ask.data !== undefined ? show(ask.data) : null;
  return (
    <Drawer
      open={isOpen}
      size={460}
      title={title}
      onClose={() => setIsOpen(false)}
      afterOpenChange={(open) => {
        if (!open) onClose();
      }}
      footer={
        shown === null && (
          <Button type="primary" block size="large" htmlType="submit" form={id} danger={isDanger} loading={ask.isPending}>
            {confirm}
          </Button>
        )
      }
    >
      {shown ?? (
        <>
          {help && <p className="fb-soft fb-first">{help}</p>}
          <Form<Fields>
            id={id}
            form={form}
            layout="vertical"
            className="fb-drawer-form"
            {...(initial && { initialValues: initial })}
            onFinish={(fields) => ask.mutate(fields)}
          >
            {children}
          </Form>
          <FormProblem form={form as FormInstance} error={ask.error} />
        </>
      )}
    </Drawer>
  );
}
