import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../../session/session.ts';
import { formatMoney } from '../../../ui/numbers.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { lookUpCases, type FoundCase, type Known } from './api.ts';

export interface FoundCasesProps {
  /** What is typed so far; null: nothing to look for yet. */
  readonly known: Known | null;
  readonly onTake: (found: FoundCase) => void;
}

/**
 * The collection cases of whoever complains, so that nobody is asked for an account that the bank knows. On demand: collections records each such read of
 * personal data, and typing is no reason for one.
 */
export function FoundCases({ known, onTake }: FoundCasesProps): ReactNode {
  const { t } = useTranslation();
  const mayLook = useMay('complaints.lookUpCases');
  const look = useMutation({
    mutationFn: () => {
      const { contact, idNumber, account } = known ?? {};
      return lookUpCases({ ...(contact && { contact }), ...(idNumber && { idNumber }), ...(account && { account }) });
    },
  });
  if (!mayLook) return null;
  return (
    <div aria-live="polite">
      <Button disabled={known === null} loading={look.isPending} onClick={() => look.mutate()}>
        {t('intake.cases.find')}
      </Button>
      {look.error && <ProblemAlert error={look.error} onRetry={() => look.mutate()} />}
      {look.data && look.data.state !== 'answered' && <p className="fb-soft">{t(`intake.cases.${look.data.state}`)}</p>}
      {look.data?.state === 'answered' && look.data.items.length === 0 && <p className="fb-soft">{t('intake.cases.none')}</p>}
      <ul>
        {(look.data?.items ?? []).map((found) => (
          <li key={found.caseId}>
            {found.caseId} · {found.debtorName} · {found.product} · {formatMoney(found.balance)} ·{' '}
            {found.agencyName ?? found.agencyId ?? t('intake.cases.bank')}{' '}
            <Button size="small" onClick={() => onTake(found)} aria-label={t('intake.cases.takeThis', { caseId: found.caseId })}>
              {t('intake.cases.take')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
