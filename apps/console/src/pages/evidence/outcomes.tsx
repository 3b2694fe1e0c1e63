import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Facts } from '../../ui/section.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import type { Outcome } from './check.ts';

const TONES = { yes: 'good', no: 'bad', unknown: 'wait' } as const;
const ALERTS = { yes: 'success', no: 'error', unknown: 'warning' } as const;

export interface Checked {
  readonly what: 'hash' | 'included' | 'signed' | 'consistent';
  readonly outcome: Outcome;
}

const worstOf = (checks: readonly Checked[]): Outcome => {
  const outcomes = checks.map(({ outcome }) => outcome);
  return outcomes.includes('no') ? 'no' : outcomes.includes('unknown') ? 'unknown' : 'yes';
};

/** What was checked, what came of it and what that means; and the key that all of it rests on. */
export function Outcomes({
  checks,
  means,
  keyId,
}: {
  readonly checks: readonly Checked[];
  readonly means: (outcome: Outcome) => string;
  readonly keyId: string;
}): ReactNode {
  const { t } = useTranslation();
  const worst = worstOf(checks);
  return (
    <div role="status" className="fb-evidence-outcomes">
      <Alert type={ALERTS[worst]} showIcon title={means(worst)} />
      <Facts
        items={checks.map(({ what, outcome }) => ({
          label: t(`evidence.what.${what}`),
          value: <StateTag tone={TONES[outcome]}>{t(`evidence.outcome.${outcome}`)}</StateTag>,
        }))}
      />
      <p className="fb-soft">
        {t('evidence.trust')} <code>{keyId}</code>
      </p>
    </div>
  );
}
