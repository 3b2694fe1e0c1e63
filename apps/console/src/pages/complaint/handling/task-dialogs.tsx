import { useQuery } from '@tanstack/react-query';
import { Checkbox, Form, Input, Modal, Radio, Select } from 'antd';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { instantOf } from '../../../ui/moment.ts';
import { MomentInput } from '../../../ui/moment-input.tsx';
import { useKeyFor } from '../use-key.ts';
import { askTask, DISCLOSED, returnTask, unitsQuery, type Task } from './api.ts';
import { useDone } from './use-done.ts';
import { useUnitName } from './use-names.ts';

const MOST_TEXT = 10_000;
const MOST_REASON = 1000;

interface Due {
  readonly dueAt: string;
  readonly outsideReason?: string;
}

function DueFields(): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name="dueAt" label={t('handling.task.dueAt')} rules={[{ required: true, message: t('handling.task.dueNeeded') }]}>
        <MomentInput withTime />
      </Form.Item>
      <Form.Item name="outsideReason" label={t('handling.task.outsideReason')} help={t('handling.task.outsideHelp')}>
        <Input maxLength={MOST_REASON} />
      </Form.Item>
    </>
  );
}

const dueOf = ({ dueAt, outsideReason }: Due) => ({
  dueAt: instantOf(dueAt),
  ...(outsideReason?.trim() && { outsideReason: outsideReason.trim() }),
});

interface AskValues extends Due {
  readonly whoKind: 'unit' | 'agency';
  readonly unit?: string;
  readonly agencyId?: string;
  readonly question: string;
  readonly disclosed?: Task['disclosed'];
}

/** Asks a unit or an agency about a complaint. */
export function AskDialog({
  complaintId,
  agencyId,
  onClose,
}: {
  readonly complaintId: string;
  readonly agencyId: string | null;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const [form] = Form.useForm<AskValues>();
  const whoKind = Form.useWatch('whoKind', form) ?? 'unit';
  const unitName = useUnitName();
  const { data: units } = useQuery(unitsQuery);
  const keyFor = useKeyFor();
  const ask = useDone(
    (values: AskValues) => {
      const who = values.whoKind === 'unit' ? { unit: values.unit ?? '' } : { agencyId: values.agencyId?.trim() ?? '' };
      const body = { ...who, question: values.question.trim(), disclosed: values.disclosed ?? [], ...dueOf(values) };
      return askTask(complaintId, body, keyFor(body));
    },
    ['complaints'],
    onClose,
  );
  const needed = [{ required: true, message: t('handling.desk.needed') }];
  return (
    <Modal
      open
      title={t('handling.task.ask')}
      onCancel={onClose}
      okText={t('handling.task.send')}
      okButtonProps={{ htmlType: 'submit', form: id, loading: ask.isPending }}
      cancelText={t('common.cancel')}
    >
      <Form<AskValues>
        id={id}
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ whoKind: agencyId === null ? 'unit' : 'agency', agencyId: agencyId ?? '' }}
        onFinish={(values) => ask.mutate(values)}
      >
        <Form.Item name="whoKind" label={t('handling.task.who')}>
          <Radio.Group options={(['unit', 'agency'] as const).map((value) => ({ value, label: t(`handling.task.whoKind.${value}`) }))} />
        </Form.Item>
        {whoKind === 'unit' ? (
          <Form.Item name="unit" label={t('handling.task.unit')} rules={needed}>
            <Select
              showSearch
              optionFilterProp="label"
              options={(units?.items ?? [])
                .filter(({ retired }) => !retired)
                .map(({ code }) => ({ value: code, label: `${unitName(code)} (${code})` }))}
            />
          </Form.Item>
        ) : (
          <Form.Item name="agencyId" label={t('handling.task.agency')} rules={needed}>
            <Input maxLength={64} />
          </Form.Item>
        )}
        <Form.Item
          name="question"
          label={t('handling.task.question')}
          rules={[{ required: true, whitespace: true, message: t('handling.task.questionNeeded') }]}
        >
          <Input.TextArea rows={4} maxLength={MOST_TEXT} />
        </Form.Item>
        <DueFields />
        <Form.Item name="disclosed" label={t('handling.task.disclosed')} help={t('handling.task.disclosedHelp')}>
          <Checkbox.Group options={DISCLOSED.map((value) => ({ value, label: t(`handling.task.fields.${value}`) }))} />
        </Form.Item>
        <FormProblem form={form} error={ask.error} />
      </Form>
    </Modal>
  );
}

/** Asks for more, with a new time. */
export function ReturnDialog({ task, onClose }: { readonly task: Task; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const [form] = Form.useForm<Due & { readonly text: string }>();
  const keyFor = useKeyFor();
  const send = useDone(
    (values: Due & { readonly text: string }) => {
      const body = { text: values.text.trim(), ...dueOf(values) };
      return returnTask(task.id, body, keyFor({ ...body, round: task.round }));
    },
    ['complaints'],
    onClose,
  );
  return (
    <Modal
      open
      title={t('handling.task.giveBack')}
      onCancel={onClose}
      okText={t('handling.task.send')}
      okButtonProps={{ htmlType: 'submit', form: id, loading: send.isPending }}
      cancelText={t('common.cancel')}
    >
      <Form id={id} name={id} form={form} layout="vertical" requiredMark={false} onFinish={(values) => send.mutate(values)}>
        <Form.Item
          name="text"
          label={t('handling.task.more')}
          rules={[{ required: true, whitespace: true, message: t('handling.task.questionNeeded') }]}
        >
          <Input.TextArea rows={4} maxLength={MOST_TEXT} />
        </Form.Item>
        <DueFields />
        <FormProblem form={form} error={send.error} />
      </Form>
    </Modal>
  );
}
