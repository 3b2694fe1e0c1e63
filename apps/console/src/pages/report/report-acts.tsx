import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../api/client.ts';
import { useMay } from '../../session/session.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { cancelReport, signReport, type Report } from './api.ts';

const SIGNABLE: readonly Report['state'][] = ['draft', 'done'];
const CANCELLABLE: readonly Report['state'][] = ['queued', 'running', 'draft'];

/** What may be done with a report: sign it off, or stop it. Whoever asked for it is told that another signs. */
export function ReportActs({ report }: { readonly report: Report }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [key] = useState(newKey);
  const { service, state } = report;
  const mayOf = {
    collections: { signs: useMay('collections.signReport'), cancels: useMay('collections.cancelReport') },
    complaints: { signs: useMay('complaints.signReport'), cancels: useMay('complaints.cancelReport') },
  }[service];
  const onSuccess = (): Promise<void> => queries.invalidateQueries({ queryKey: ['reports'] });
  const sign = useMutation({ mutationFn: () => signReport(report, key), onSuccess });
  const cancel = useMutation({ mutationFn: () => cancelReport(report), onSuccess });
  const isSignable = mayOf.signs && SIGNABLE.includes(state);
  const isCancellable = mayOf.cancels && CANCELLABLE.includes(state);
  const error = sign.error ?? cancel.error;
  if (!isSignable && !isCancellable) return null;
  return (
    <>
      {error && <ProblemAlert error={error} />}
      <Space wrap className="fb-report-field">
        {isSignable && (
          <Button type="primary" loading={sign.isPending} onClick={() => sign.mutate()}>
            {t('report.signOff')}
          </Button>
        )}
        {isCancellable && (
          <Button loading={cancel.isPending} onClick={() => cancel.mutate()}>
            {t('report.cancel')}
          </Button>
        )}
      </Space>
    </>
  );
}
