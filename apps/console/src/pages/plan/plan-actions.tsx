import { useMutation } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../api/client.ts';
import { useMay, useSession } from '../../session/session.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { approvePlan, cancelPlan, proposePlan, reinstatePlan, returnPlan, type PlanDetail } from './api.ts';
import { Agree } from './agree.tsx';
import { PlanDrawer } from './plan-drawer.tsx';
import { useAfter } from './use-after.ts';

type Reasoned = 'return' | 'reinstate' | 'cancel';
const SENDS = { return: returnPlan, reinstate: reinstatePlan, cancel: cancelPlan } as const;

function Dialog({ plan, act, onClose }: { readonly plan: PlanDetail; readonly act: Reasoned; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const after = useAfter();
  const [key] = useState(newKey);
  const send = useMutation({
    mutationFn: (reason: string) => SENDS[act](plan.id, reason, key),
    onSuccess: async () => {
      await after();
      onClose();
    },
  });
  return (
    <ReasonDialog
      title={t(`plan.act.${act}`)}
      help={t(`plan.act.${act}Help`)}
      label={t('plan.reason')}
      needed={t('plan.needReason')}
      confirm={t(`plan.act.${act}`)}
      isDanger={act === 'cancel'}
      isSending={send.isPending}
      error={send.error}
      onSend={send.mutate}
      onClose={onClose}
    />
  );
}

function Step({
  label,
  send,
  isMain = true,
}: {
  readonly label: string;
  readonly send: (key: string) => Promise<unknown>;
  readonly isMain?: boolean;
}): ReactNode {
  const after = useAfter();
  const { modal } = App.useApp();
  const { t } = useTranslation();
  const [key] = useState(newKey);
  const sending = useMutation({
    mutationFn: () => send(key),
    onSuccess: after,
    onError: (error) => void modal.error({ title: t('plan.refused'), content: <ProblemAlert error={error} />, width: 560 }),
  });
  return (
    <Button type={isMain ? 'primary' : 'default'} loading={sending.isPending} onClick={() => sending.mutate()}>
      {label}
    </Button>
  );
}

/** What the reader may do with the plan as it stands. */
export function PlanActions({ plan }: { readonly plan: PlanDetail }): ReactNode {
  const { t } = useTranslation();
  const { subject } = useSession();
  const [mayDraft, mayApprove, mayCancel] = [
    useMay('collections.draftPlan'),
    useMay('collections.approvePlan'),
    useMay('collections.cancelPlan'),
  ];
  const [act, setAct] = useState<Reasoned | 'revise' | 'agree' | null>(null);
  const { id, state } = plan;
  const isOwn = [plan.draftedBy, plan.proposedBy].includes(subject);
  const button = (which: NonNullable<typeof act>, isMain = false): ReactNode => (
    <Button key={which} type={isMain ? 'primary' : 'default'} danger={which === 'cancel'} onClick={() => setAct(which)}>
      {t(`plan.act.${which}`)}
    </Button>
  );
  return (
    <>
      {mayDraft && state === 'draft' && button('revise')}
      {mayDraft && state === 'draft' && <Step label={t('plan.act.propose')} send={(key) => proposePlan(id, key)} />}
      {mayApprove && state === 'proposed' && !isOwn && <Step label={t('plan.act.approve')} send={(key) => approvePlan(id, key)} />}
      {mayApprove && state === 'proposed' && isOwn && <span className="fb-soft">{t('plan.own')}</span>}
      {mayApprove && ['proposed', 'approved'].includes(state) && button('return')}
      {mayDraft && state === 'approved' && button('agree', true)}
      {mayCancel && state === 'broken' && button('reinstate')}
      {mayCancel && !['completed', 'cancelled'].includes(state) && button('cancel')}
      {act === 'revise' && <PlanDrawer caseId={plan.caseId} plan={plan} balance={plan.owed} onClose={() => setAct(null)} />}
      {act === 'agree' && <Agree plan={plan} onClose={() => setAct(null)} />}
      {(act === 'return' || act === 'reinstate' || act === 'cancel') && <Dialog plan={plan} act={act} onClose={() => setAct(null)} />}
    </>
  );
}
