import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, newKey, take } from '../../api/client.ts';
import { may, useSession } from '../../session/session.ts';
import { instantOf } from '../../ui/moment.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { AskDrawer } from '../../ui/ask-drawer.tsx';
import { LineField, MomentField, WordsField } from './fields.tsx';
import { header, type AllocationView, type RunSummary } from './wire.ts';

type Act = 'order' | 'reject' | 'notice';

function ActDrawer({ of, act, onClose }: { readonly of: AllocationView; readonly act: Act; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const path = { id: of.id };
  if (act === 'notice') {
    return (
      <AskDrawer<{ readonly toldAt: string; readonly evidence: string }, unknown>
        title={t('portfolio.run.tellAll')}
        help={t('portfolio.run.tellAllHelp')}
        confirm={t('portfolio.notice.confirm')}
        touches={['allocations', 'waiting']}
        send={({ toldAt, evidence }) =>
          take(collections.POST('/v1/allocations/{id}/notices', { params: { path }, body: { toldAt: instantOf(toldAt), evidence } }))
        }
        onClose={onClose}
      >
        <MomentField name="toldAt" label={t('portfolio.notice.toldAt')} isNeeded />
        <LineField name="evidence" label={t('portfolio.evidence')} max={500} />
      </AskDrawer>
    );
  }
  return (
    <AskDrawer<{ readonly reason: string }, unknown>
      title={t(`portfolio.run.${act}`)}
      help={of.needsApproval && act === 'order' ? t('portfolio.run.orderHelpFour') : t(`portfolio.run.${act}Help`)}
      confirm={t(`portfolio.run.${act}`)}
      isDanger={act === 'reject'}
      touches={['allocations']}
      send={(body, key) => {
        const params = { path, header: header(key) };
        return act === 'order'
          ? take(collections.POST('/v1/allocations/{id}/run', { params, body }))
          : take(collections.POST('/v1/allocations/{id}/run/rejection', { params, body }));
      }}
      onClose={onClose}
    >
      <WordsField name="reason" label={t('portfolio.reason')} />
    </AskDrawer>
  );
}

/** What can be done with a simulation as it stands. */
export function Acts({ of }: { readonly of: AllocationView }): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const queries = useQueryClient();
  const [act, setAct] = useState<Act | null>(null);
  const [key] = useState(newKey);
  const press = useMutation({
    mutationFn: (what: 'approval' | 'stop' | 'cancel') => {
      const params = { path: { id: of.id }, header: header(`${key}-${what}`) };
      if (what === 'approval') return take(collections.POST('/v1/allocations/{id}/run/approval', { params }));
      if (what === 'stop') return take(collections.POST('/v1/allocations/{id}/run/cancellation', { params }));
      return take(collections.POST('/v1/allocations/{id}/cancellation', { params: { path: { id: of.id } } }));
    },
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['allocations'] }),
  });
  const run = of.run?.state;
  const mayDecide = may(session, 'collections.approveAllocationRun');
  const waiting = (of.run?.summary as unknown as RunSummary | null)?.waiting ?? 0;
  const isUnderWay = (state: string | undefined): boolean => state === 'queued' || state === 'running';
  return (
    <>
      {isUnderWay(of.state) && may(session, 'collections.cancelAllocation') && (
        <Button onClick={() => press.mutate('cancel')}>{t('portfolio.allocation.cancel')}</Button>
      )}
      {of.state === 'done' && run === undefined && may(session, 'collections.runAllocation') && (
        <Button type="primary" onClick={() => setAct('order')}>
          {t('portfolio.run.order')}
        </Button>
      )}
      {run === 'awaiting-approval' && mayDecide && of.run?.orderedBy !== session.subject && (
        <>
          <Button danger onClick={() => setAct('reject')}>
            {t('portfolio.run.reject')}
          </Button>
          <Button type="primary" loading={press.isPending} onClick={() => press.mutate('approval')}>
            {t('portfolio.run.approve')}
          </Button>
        </>
      )}
      {isUnderWay(run) && mayDecide && <Button onClick={() => press.mutate('stop')}>{t('portfolio.run.stop')}</Button>}
      {run === 'done' && waiting > 0 && mayDecide && <Button onClick={() => setAct('notice')}>{t('portfolio.run.tellAll')}</Button>}
      {press.error && <ProblemAlert error={press.error} />}
      {act && <ActDrawer of={of} act={act} onClose={() => setAct(null)} />}
    </>
  );
}
