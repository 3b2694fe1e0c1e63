import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseView } from '../../api/models.ts';
import { useMay } from '../../session/session.ts';
import { Instant } from '../../ui/instant.tsx';
import { formatMoney } from '../../ui/numbers.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { useNow } from '../../ui/use-now.ts';
import { casePlansQuery, paymentsQuery, promisesQuery, type Payment, type Plan, type Promised } from './api.ts';
import { PlanTag, PromiseTag, stateNow } from './plan-bits.tsx';
import { PlanDrawer } from './plan-drawer.tsx';
import { PromiseDialog, WithdrawPromise } from './promise-dialog.tsx';

const MINUTE_MS = 60_000;

function PlanLine({ plan }: { readonly plan: Plan }): ReactNode {
  const { t } = useTranslation();
  const state = stateNow(plan, useNow(MINUTE_MS));
  return (
    <li>
      <p className="fb-row">
        <Link to={`/plans/${plan.id}`}>{t('plan.line', { total: formatMoney(plan.total), count: plan.months })}</Link>{' '}
        <PlanTag state={state} />
      </p>
      <p className="fb-soft">
        {plan.nextDueOn === null
          ? t('plan.until', { date: plan.lastDueOn })
          : `${t('plan.nextDue', { n: plan.nextInstalment, date: plan.nextDueOn })} · ${t('plan.column.paid')} ${formatMoney(plan.paid)}`}
      </p>
    </li>
  );
}

function Plans({ found }: { readonly found: CaseView }): ReactNode {
  const { t } = useTranslation();
  const mayDraft = useMay('collections.draftPlan');
  const [isOpen, setIsOpen] = useState(false);
  const { data, error, refetch } = useQuery(casePlansQuery(found.caseId));
  const plans = data?.items ?? [];
  const isPending = plans.some(({ state }) => ['draft', 'proposed', 'approved'].includes(state));
  return (
    <Section
      title={t('plan.title')}
      aside={
        mayDraft &&
        !isPending && (
          <Button size="small" onClick={() => setIsOpen(true)}>
            {t('plan.form.open')}
          </Button>
        )
      }
    >
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data && plans.length === 0 && <p className="fb-soft fb-first">{t('plan.noneOnCase')}</p>}
      <ul className="fb-lines">
        {plans.map((plan) => (
          <PlanLine key={plan.id} plan={plan} />
        ))}
      </ul>
      {isOpen && (
        <PlanDrawer
          caseId={found.caseId}
          balance={found.balance}
          runningId={plans.find(({ state }) => state === 'active')?.id ?? null}
          onClose={() => setIsOpen(false)}
        />
      )}
    </Section>
  );
}

function PromiseLine({ promise }: { readonly promise: Promised }): ReactNode {
  const { t } = useTranslation();
  return (
    <li>
      <p className="fb-row">
        <strong>{t('plan.promise.line', { amount: formatMoney(promise.amount), date: promise.dueOn })}</strong>{' '}
        <PromiseTag state={promise.state} />
      </p>
      <p className="fb-soft">
        {promise.paid.amount !== '0.00' && `${t('plan.column.paid')} ${formatMoney(promise.paid)} · `}
        {t('plan.promise.made')} <Instant at={promise.madeAt} withRelative={false} />
      </p>
      {promise.note !== null && <p>{promise.note}</p>}
      {promise.state === 'open' && <WithdrawPromise id={promise.id} />}
    </li>
  );
}

function Promises({ found }: { readonly found: CaseView }): ReactNode {
  const { t } = useTranslation();
  const mayMake = useMay('collections.makePromise');
  const [isOpen, setIsOpen] = useState(false);
  const { data, error, refetch } = useQuery(promisesQuery(found.caseId));
  return (
    <Section
      title={t('plan.promise.title')}
      aside={
        mayMake && (
          <Button size="small" onClick={() => setIsOpen(true)}>
            {t('plan.promise.note')}
          </Button>
        )
      }
    >
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <p className="fb-soft fb-first">{t('plan.promise.none')}</p>}
      <ul className="fb-lines">
        {data?.items.map((promise) => (
          <PromiseLine key={promise.id} promise={promise} />
        ))}
      </ul>
      {isOpen && <PromiseDialog found={found} onClose={() => setIsOpen(false)} />}
    </Section>
  );
}

function PaymentLine({ payment }: { readonly payment: Payment }): ReactNode {
  const { t } = useTranslation();
  return (
    <li>
      <p className="fb-row">
        <strong className="fb-amount">{formatMoney(payment.amount)}</strong> <Instant at={payment.paidAt} withRelative={false} />
      </p>
      <p className="fb-soft">
        {payment.paymentId}
        {payment.reversalOf !== null && ` · ${t('plan.payment.takesBack', { id: payment.reversalOf })}`}
        {Number(payment.reversed.amount) !== 0 && ` · ${t('plan.payment.reversed', { amount: formatMoney(payment.reversed) })}`}
      </p>
    </li>
  );
}

function Payments({ found }: { readonly found: CaseView }): ReactNode {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(paymentsQuery(found.caseId));
  return (
    <Section title={t('plan.payment.title')}>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <p className="fb-soft fb-first">{t('plan.payment.none')}</p>}
      <ul className="fb-lines">
        {data?.items.map((payment) => (
          <PaymentLine key={payment.id} payment={payment} />
        ))}
      </ul>
      {data?.nextCursor && <p className="fb-soft">{t('plan.payment.more')}</p>}
    </Section>
  );
}

/** What was agreed, promised and paid on a case; for who may read it. */
export function CaseRepayment({ found }: { readonly found: CaseView }): ReactNode {
  const [seesPlans, seesPromises, seesPayments] = [
    useMay('collections.listCasePlans'),
    useMay('collections.listCasePromises'),
    useMay('collections.listCasePayments'),
  ];
  return (
    <>
      {seesPlans && <Plans found={found} />}
      {seesPromises && <Promises found={found} />}
      {seesPayments && <Payments found={found} />}
    </>
  );
}
