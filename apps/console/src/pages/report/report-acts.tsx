import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../api/client.ts';
import { may, useSession } from '../../session/session.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useNavigate } from 'react-router';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { cancelReport, correctReport, signReport, type Report } from './api.ts';

const SIGNABLE: readonly Report['state'][] = ['draft', 'done'];
const CANCELLABLE: readonly Report['state'][] = ['queued', 'running', 'draft'];

function CorrectDialog({ report, onClose }: { readonly report: Report; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [key] = useState(newKey);
  const correct = useMutation({
    mutationFn: (reason: string) => correctReport(report, reason, key),
    onSuccess: async ({ service, id }) => {
      await queries.invalidateQueries({ queryKey: ['reports'] });
      onClose();
      await navigate(`/reports/${service}/${id}`);
    },
  });
  return (
    <ReasonDialog
      title={t('report.correction.title')}
      help={t('report.correction.help')}
      label={t('report.correction.reason')}
      needed={t('report.needed')}
      confirm={t('report.correction.confirm')}
      isSending={correct.isPending}
      error={correct.error}
      onSend={(reason) => correct.mutate(reason)}
      onClose={onClose}
    />
  );
}

/** What may be done with a report: sign it off, stop it, correct it. Whoever asked for it is told that another signs. */
export function ReportActs({ report }: { readonly report: Report }): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const queries = useQueryClient();
  const [key] = useState(newKey);
  const [isCorrecting, setIsCorrecting] = useState(false);
  const { service, state, requestedBy } = report;
  const onSuccess = (): Promise<void> => queries.invalidateQueries({ queryKey: ['reports'] });
  const sign = useMutation({ mutationFn: () => signReport(report, key), onSuccess });
  const cancel = useMutation({ mutationFn: () => cancelReport(report), onSuccess });
  const isSignable = may(session, `${service}.signReport`) && SIGNABLE.includes(state);
  const isCancellable = may(session, `${service}.cancelReport`) && CANCELLABLE.includes(state);
  const isCorrectable = may(session, `${service}.correctReport`) && state === 'signed';
  const isOwn = isSignable && requestedBy === session.subject;
  const error = sign.error ?? cancel.error;
  if (!isSignable && !isCancellable && !isCorrectable) return null;
  return (
    <>
      {error && <ProblemAlert error={error} />}
      {isOwn && <p className="fb-soft">{t('report.ownHelp')}</p>}
      <Space wrap className="fb-report-field">
        {isSignable && !isOwn && (
          <Button type="primary" loading={sign.isPending} onClick={() => sign.mutate()}>
            {t('report.signOff')}
          </Button>
        )}
        {isCorrectable && <Button onClick={() => setIsCorrecting(true)}>{t('report.correction.title')}</Button>}
        {isCancellable && (
          <Button loading={cancel.isPending} onClick={() => cancel.mutate()}>
            {t('report.cancel')}
          </Button>
        )}
      </Space>
      {isCorrecting && <CorrectDialog report={report} onClose={() => setIsCorrecting(false)} />}
    </>
  );
}
