import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../api/client.ts';
import { useName } from '../../i18n/use-name.ts';
import { MomentInput } from '../../ui/moment-input.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { completeTask, extendTask, handOverTask, takeTask, TASKS, type TaskWithHistory } from './api.ts';

type Move = TaskWithHistory['moves'][number];
type Asked = Exclude<Move, 'take'>;

interface Values {
  readonly reason: string;
  readonly person?: string;
  readonly role?: string;
  readonly outcome?: 'done' | 'not-needed';
  readonly dueAt?: string;
}

// To whom a task may go up, as the service has it; it refuses anything else.
const ABOVE: Readonly<Record<string, string>> = {
  agent: 'agency-supervisor',
  'agency-supervisor': 'collections-manager',
  'collections-manager': 'compliance',
  'complaint-handler': 'complaint-supervisor',
  'complaint-supervisor': 'compliance',
  integration: 'admin',
  admin: 'compliance',
  compliance: 'head-office-approver',
};

function send(
  task: TaskWithHistory,
  move: Asked,
  { reason, person, role, outcome = 'done', dueAt = '' }: Values,
  key: string,
): Promise<TaskWithHistory> {
  switch (move) {
    case 'hand-over':
      return handOverTask(task.id, { reason, person: person?.trim() || null, ...(role && { role: role as 'agent' }) }, key);
    case 'complete':
      return completeTask(task.id, { note: reason, outcome }, key);
    case 'extend':
      return extendTask(task.id, { reason, dueAt: new Date(dueAt).toISOString() }, key);
  }
}

interface DialogProps {
  readonly task: TaskWithHistory;
  readonly move: Asked;
  readonly onClose: () => void;
}

function Fields({ task, move }: Pick<DialogProps, 'task' | 'move'>): ReactNode {
  const { t } = useTranslation();
  const name = useName();
  if (move === 'extend')
    return (
      <Form.Item name="dueAt" label={t('task.move.dueAt')} rules={[{ required: true, message: t('task.move.needDueAt') }]}>
        <MomentInput withTime />
      </Form.Item>
    );
  if (move === 'complete')
    return (
      <Form.Item name="outcome" label={t('task.move.outcome')} initialValue="done">
        <Select options={(['done', 'not-needed'] as const).map((value) => ({ value, label: t(`task.outcome.${value}`) }))} />
      </Form.Item>
    );
  const roles = [task.role, ABOVE[task.role]].filter((role) => role !== undefined);
  return (
    <>
      <Form.Item name="role" label={t('task.move.role')} initialValue={task.role}>
        <Select options={roles.map((value) => ({ value, label: name('shell.role', value) }))} />
      </Form.Item>
      <Form.Item name="person" label={t('task.move.person')} extra={t('task.move.personHelp')}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
    </>
  );
}

function Dialog({ task, move, onClose }: DialogProps): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const form = useId();
  const [key] = useState(newKey);
  const act = useMutation({
    mutationFn: (values: Values) => send(task, move, values, key),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: TASKS });
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t(`task.move.${move}`)}
      onCancel={onClose}
      okText={t(`task.move.${move}`)}
      okButtonProps={{ htmlType: 'submit', form, loading: act.isPending }}
      cancelText={t('common.cancel')}
    >
      <p className="fb-first">{t(`task.moveHelp.${move}`)}</p>
      <Form<Values> id={form} layout="vertical" requiredMark={false} onFinish={act.mutate}>
        <Fields task={task} move={move} />
        <Form.Item
          name="reason"
          label={t('task.move.reason')}
          rules={[{ required: true, whitespace: true, message: t('task.move.needReason') }]}
        >
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
      </Form>
      {act.error && <ProblemAlert error={act.error} />}
    </Modal>
  );
}

/** What the reader may do with the task now. */
export function TaskMoves({ task }: { readonly task: TaskWithHistory }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [move, setMove] = useState<Asked | null>(null);
  const [key] = useState(newKey);
  const taking = useMutation({
    mutationFn: () => takeTask(task.id, key),
    onSettled: () => queries.invalidateQueries({ queryKey: TASKS }),
  });
  return (
    <>
      {task.moves.map((each) =>
        each === 'take' ? (
          <Button key={each} onClick={() => taking.mutate()} loading={taking.isPending}>
            {t('task.move.take')}
          </Button>
        ) : (
          <Button key={each} onClick={() => setMove(each)}>
            {t(`task.move.${each}`)}
          </Button>
        ),
      )}
      {taking.error && <ProblemAlert error={taking.error} />}
      {move && <Dialog task={task} move={move} onClose={() => setMove(null)} />}
    </>
  );
}
