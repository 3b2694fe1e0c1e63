import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Input, Modal, Select } from 'antd';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useHasRole } from '../../../session/session.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { useKeyFor } from '../use-key.ts';
import { BULK_ACTIONS, proposeBulk, SUPERVISION, type Chosen } from './api.ts';

// What a list shows by these. Closed complaints are in none but the first, whose state says that the clock runs.
const FILTERS = {
  unassigned: { handler: 'none', state: 'running' },
  overdue: { dueBucket: 'overdue' },
  today: { dueBucket: 'today' },
  all: { state: 'running' },
} as const;
const CHOICES = ['unassigned', 'overdue', 'today', 'all'] as const;
const ROWS = 3;
const MAX_NOTE = 2000;
const MAX_TAG = 40;
const NUMBERS_SHOWN = 5;

interface Values {
  readonly action: (typeof BULK_ACTIONS)[number];
  readonly handler?: string;
  readonly tag?: string;
  readonly by?: (typeof CHOICES)[number] | 'ids';
  readonly ids?: string;
  readonly note: string;
}

function toBody({ action, handler, tag, by, ids, note }: Values, ticked: readonly Chosen[] | undefined): object {
  const typed = (): string[] => (ids ?? '').split(/\s+/).filter((id) => id !== '');
  const chosen = ticked ? { ids: ticked.map(({ id }) => id) } : by === 'ids' ? { ids: typed() } : { filter: FILTERS[by ?? 'all'] };
  const gives = action === 'assign' || action === 'reassign';
  return { action, note, ...chosen, ...(gives && { handler }), ...(action === 'add-tag' && { tag }) };
}

function Ticked({ chosen }: { readonly chosen: readonly Chosen[] }): ReactNode {
  const { t } = useTranslation();
  const numbers = chosen.slice(0, NUMBERS_SHOWN).map(({ number }) => number);
  const more = chosen.length - numbers.length;
  return (
    <p>
      {t('supervision.selection.chosen', { count: chosen.length })}: {numbers.join(t('common.listSeparator'))}
      {more > 0 && ` ${t('supervision.selection.andMore', { count: more })}`}
    </p>
  );
}

export interface ProposeBulkProps {
  /** Ticked in a list; else they are chosen in the form. */
  readonly chosen?: readonly Chosen[];
  readonly onClose: () => void;
}

/** Proposes the same act for many. */
export function ProposeBulk({ chosen, onClose }: ProposeBulkProps): ReactNode {
  const { t } = useTranslation();
  const name = useId();
  const keyFor = useKeyFor();
  const go = useNavigate();
  const client = useQueryClient();
  const mayGive = useHasRole('complaint-supervisor');
  const [form] = Form.useForm<Values>();
  const action = Form.useWatch('action', form);
  const by = Form.useWatch('by', form);
  const needed = [{ required: true, whitespace: true, message: t('supervision.bulk.needed') }];
  const actions = BULK_ACTIONS.filter((each) => mayGive || (each !== 'assign' && each !== 'reassign'));
  const sending = useMutation({
    mutationFn: (body: object) => proposeBulk(body, keyFor(body)),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: SUPERVISION });
      await go(`/complaints/bulks/${id}`);
    },
  });
  return (
    <Modal
      open
      title={t('supervision.bulk.propose')}
      onCancel={onClose}
      okText={t('supervision.bulk.propose')}
      okButtonProps={{ htmlType: 'submit', form: name, loading: sending.isPending }}
      cancelText={t('common.cancel')}
    >
      <Form<Values>
        id={name}
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ action: actions[0], by: 'unassigned' }}
        onFinish={(values) => sending.mutate(toBody(values, chosen))}
      >
        <Form.Item name="action" label={t('supervision.bulk.action')}>
          <Select options={actions.map((value) => ({ value, label: t(`supervision.bulk.actions.${value}`) }))} />
        </Form.Item>
        {(action === 'assign' || action === 'reassign') && (
          <Form.Item name="handler" label={t('supervision.bulk.handler')} rules={needed}>
            <Input maxLength={200} />
          </Form.Item>
        )}
        {action === 'add-tag' && (
          <Form.Item name="tag" label={t('supervision.bulk.tag')} rules={needed}>
            <Input maxLength={MAX_TAG} />
          </Form.Item>
        )}
        {chosen && <Ticked chosen={chosen} />}
        {!chosen && (
          <Form.Item name="by" label={t('supervision.bulk.by')}>
            <Select
              options={[
                ...CHOICES.map((value) => ({ value, label: t(`supervision.bulk.byFilter.${value}`) })),
                { value: 'ids', label: t('supervision.bulk.ids') },
              ]}
            />
          </Form.Item>
        )}
        {!chosen && by === 'ids' && (
          <Form.Item name="ids" label={t('supervision.bulk.numbers')} rules={needed}>
            <Input.TextArea rows={ROWS} />
          </Form.Item>
        )}
        <Form.Item name="note" label={t('supervision.bulk.note')} rules={needed}>
          <Input.TextArea rows={ROWS} maxLength={MAX_NOTE} />
        </Form.Item>
      </Form>
      {sending.error && <ProblemAlert error={sending.error} />}
    </Modal>
  );
}
