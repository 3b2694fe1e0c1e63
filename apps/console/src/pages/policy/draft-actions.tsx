import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../session/session.ts';
import { Choice } from '../../ui/choice.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { MomentInput } from '../../ui/moment-input.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { POLICY, takeStep, type DraftStep } from './api.ts';
import { stepsFor } from './draft-steps.ts';
import { instantOf } from '../../ui/moment.ts';
import type { Draft } from './wire.ts';

function useStep(draft: Draft) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (step: DraftStep) => takeStep(draft.id, step),
    onSuccess: () => queries.invalidateQueries({ queryKey: POLICY }),
  });
}

interface DialogProps {
  readonly draft: Draft;
  readonly onClose: () => void;
}

interface ApproveFields {
  readonly effectiveFrom?: string;
}

function ApproveDialog({ draft, onClose }: DialogProps): ReactNode {
  const { t } = useTranslation();
  const [when, setWhen] = useState<'atOnce' | 'scheduled'>('atOnce');
  const step = useStep(draft);
  const approve = ({ effectiveFrom }: ApproveFields): void =>
    step.mutate(
      { step: 'approval', ...(when === 'scheduled' && effectiveFrom !== undefined && { effectiveFrom: instantOf(effectiveFrom) }) },
      { onSuccess: onClose },
    );
  return (
    <Modal
      open
      title={t('policyDraft.action.approveTitle')}
      onCancel={onClose}
      okText={t('policyDraft.action.confirmApprove')}
      okButtonProps={{ htmlType: 'submit', form: 'approve', loading: step.isPending }}
      cancelText={t('common.cancel')}
    >
      <p className="fb-first">{t('policyDraft.action.approveHelp')}</p>
      <Form<ApproveFields> id="approve" layout="vertical" requiredMark={false} onFinish={approve}>
        <Form.Item label={t('policyDraft.action.when')}>
          <Choice
            label={t('policyDraft.action.when')}
            value={when}
            onChange={setWhen}
            options={(['atOnce', 'scheduled'] as const).map((value) => ({ value, label: t(`policyDraft.action.${value}`) }))}
          />
        </Form.Item>
        {when === 'scheduled' && (
          <Form.Item
            name="effectiveFrom"
            label={t('policyDraft.action.effectiveFrom', { zone: READER_ZONE })}
            rules={[
              { required: true, message: t('policyDraft.action.needTime') },
              {
                validator: (_, value: string | undefined) =>
                  value !== undefined && Date.parse(instantOf(value)) < Date.now()
                    ? Promise.reject(new Error(t('policyDraft.action.past')))
                    : Promise.resolve(),
              },
            ]}
          >
            <MomentInput withTime />
          </Form.Item>
        )}
      </Form>
      {step.error && <ProblemAlert error={step.error} />}
    </Modal>
  );
}

function RejectDialog({ draft, onClose }: DialogProps): ReactNode {
  const { t } = useTranslation();
  const step = useStep(draft);
  return (
    <ReasonDialog
      title={t('policyDraft.action.rejectTitle')}
      label={t('policyDraft.action.rejectReason')}
      needed={t('policyDraft.action.needReason')}
      confirm={t('policyDraft.action.confirmReject')}
      isDanger
      isSending={step.isPending}
      error={step.error}
      onSend={(reason) => step.mutate({ step: 'rejection', reason }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}

export interface DraftActionsProps {
  readonly draft: Draft;
  /** What a step was refused with, to be told in the page. */
  readonly onRefused: (error: Error | null) => void;
}

/** The buttons for what the reader may do to the draft. */
export function DraftActions({ draft, onRefused }: DraftActionsProps): ReactNode {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const steps = stepsFor(draft, useSession());
  const step = useStep(draft);
  const [dialog, setDialog] = useState<'approve' | 'reject' | null>(null);
  const sure = (question: string, ok: string, wanted: DraftStep): void => {
    onRefused(null);
    void modal.confirm({
      title: question,
      okText: ok,
      cancelText: t('common.cancel'),
      onOk: () => step.mutateAsync(wanted).then(undefined, onRefused),
    });
  };
  return (
    <>
      {steps.includes('copy') && <LinkButton to={`/policy/drafts/new?from=${draft.id}`}>{t('policyDraft.action.copy')}</LinkButton>}
      {steps.includes('edit') && <LinkButton to={`/policy/drafts/${draft.id}/edit`}>{t('policyDraft.page.edit')}</LinkButton>}
      {steps.includes('withdraw') && (
        <Button onClick={() => sure(t('policyDraft.action.withdrawConfirm'), t('policyDraft.action.withdraw'), { step: 'withdrawal' })}>
          {t('policyDraft.action.withdraw')}
        </Button>
      )}
      {steps.includes('submit') && (
        <Button
          type="primary"
          onClick={() => sure(t('policyDraft.action.submitConfirm'), t('policyDraft.action.submit'), { step: 'submission' })}
        >
          {t('policyDraft.action.submit')}
        </Button>
      )}
      {steps.includes('reject') && (
        <Button danger onClick={() => setDialog('reject')}>
          {t('policyDraft.action.reject')}
        </Button>
      )}
      {steps.includes('approve') && (
        <Button type="primary" onClick={() => setDialog('approve')}>
          {t('policyDraft.action.approve')}
        </Button>
      )}
      {dialog === 'approve' && <ApproveDialog draft={draft} onClose={() => setDialog(null)} />}
      {dialog === 'reject' && <RejectDialog draft={draft} onClose={() => setDialog(null)} />}
    </>
  );
}
