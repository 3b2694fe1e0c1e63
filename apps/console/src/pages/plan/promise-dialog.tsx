import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../api/client.ts';
import type { CaseView } from '../../api/models.ts';
import { useMay } from '../../session/session.ts';
import { MomentInput } from '../../ui/moment-input.tsx';
import { formatMoney } from '../../ui/numbers.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { makePromise, withdrawPromise } from './api.ts';
import { useAfter } from './use-after.ts';

interface Fields {
  readonly amount: string;
  readonly dueOn: string;
  readonly note?: string;
}

/** Notes what the debtor promised outside of a contact of ours. */
export function PromiseDialog({ found, onClose }: { readonly found: CaseView; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const form = useId();
  const after = useAfter();
  const [key] = useState(newKey);
  const make = useMutation({
    mutationFn: ({ amount, dueOn, note }: Fields) =>
      makePromise(found.caseId, { amount: amount.trim(), dueOn, note: note?.trim() || null }, key),
    onSuccess: async () => {
      await after();
      onClose();
    },
  });
  const needed = [{ required: true, message: t('plan.form.needed') }];
  return (
    <Modal
      open
      title={t('plan.promise.note')}
      okText={t('plan.promise.save')}
      okButtonProps={{ htmlType: 'submit', form, loading: make.isPending }}
      cancelText={t('common.cancel')}
      onCancel={onClose}
    >
      <p className="fb-first">{t('plan.promise.help', { balance: formatMoney(found.balance) })}</p>
      <Form<Fields> id={form} layout="vertical" requiredMark={false} onFinish={make.mutate}>
        <Form.Item name="amount" label={t('plan.promise.amount')} rules={needed}>
          <Input inputMode="decimal" />
        </Form.Item>
        <Form.Item name="dueOn" label={t('plan.promise.dueOn')} rules={needed}>
          <MomentInput />
        </Form.Item>
        <Form.Item name="note" label={t('plan.form.note')}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
      </Form>
      {make.error && <ProblemAlert error={make.error} />}
    </Modal>
  );
}

export function WithdrawPromise({ id }: { readonly id: string }): ReactNode {
  const { t } = useTranslation();
  const after = useAfter();
  const may = useMay('collections.withdrawPromise');
  const [key] = useState(newKey);
  const [isOpen, setIsOpen] = useState(false);
  const send = useMutation({
    mutationFn: (reason: string) => withdrawPromise(id, reason, key),
    onSuccess: async () => {
      await after();
      setIsOpen(false);
    },
  });
  if (!may) return null;
  return (
    <>
      <Button size="small" onClick={() => setIsOpen(true)}>
        {t('plan.promise.withdraw')}
      </Button>
      {isOpen && (
        <ReasonDialog
          title={t('plan.promise.withdraw')}
          help={t('plan.promise.withdrawHelp')}
          label={t('plan.reason')}
          needed={t('plan.needReason')}
          confirm={t('plan.promise.withdraw')}
          isSending={send.isPending}
          error={send.error}
          onSend={send.mutate}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  );
}
