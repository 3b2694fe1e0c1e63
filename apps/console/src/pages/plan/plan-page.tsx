import { EyeOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useMay } from '../../session/session.ts';
import { PageLoading } from '../../shell/page-loading.tsx';
import { Instant } from '../../ui/instant.tsx';
import { formatMoney } from '../../ui/numbers.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { useNow } from '../../ui/use-now.ts';
import { usePerson } from '../../ui/use-person.ts';
import { planQuery, type PlanDetail } from './api.ts';
import { PlanActions } from './plan-actions.tsx';
import { PlanTag, stateNow } from './plan-bits.tsx';
import { PaidChart, Schedule } from './schedule.tsx';

const MINUTE_MS = 60_000;

/** What the plan does to contact, now. */
function Effect({ plan }: { readonly plan: PlanDetail }): ReactNode {
  const { t } = useTranslation();
  const state = stateNow(plan, useNow(MINUTE_MS));
  if (state === 'active' && plan.breaksAt !== null)
    return (
      <Alert
        type="success"
        showIcon
        title={t('plan.effect.active')}
        description={
          <>
            {t('plan.effect.until')} <Instant at={plan.breaksAt} />
          </>
        }
      />
    );
  if (state === 'broken')
    return <Alert type="warning" showIcon title={t('plan.effect.broken')} description={t('plan.effect.brokenHelp')} />;
  if (plan.endReason === 'paid') return <Alert type="info" showIcon title={t('plan.effect.paid')} />;
  return null;
}

function Steps({ plan }: { readonly plan: PlanDetail }): ReactNode {
  const { t } = useTranslation();
  const mayOpen = useMay('collections.downloadPlanDocument');
  const person = usePerson();
  const step = (by: string | null, at: string | null): ReactNode =>
    at === null ? (
      t('common.none')
    ) : (
      <>
        {by === null ? '' : `${person(by)} · `}
        <Instant at={at} withRelative={false} />
      </>
    );
  return (
    <Section title={t('plan.steps.title')}>
      <Facts
        items={[
          { label: t('plan.steps.drafted'), value: step(plan.draftedBy, plan.draftedAt) },
          { label: t('plan.steps.proposed'), value: step(plan.proposedBy, plan.proposedAt) },
          { label: t('plan.steps.approved'), value: step(plan.approvedBy, plan.approvedAt) },
          { label: t('plan.steps.agreed'), value: step(null, plan.agreedAt) },
          {
            label: t('plan.steps.evidence'),
            value:
              plan.evidence === null ? (
                t('common.none')
              ) : (
                <>
                  {t(`plan.evidence.${plan.evidence}`)}
                  {plan.documentSha256 !== null && ` · SHA-256 ${plan.documentSha256.slice(0, 16)}…`}{' '}
                  {plan.documentSha256 !== null && mayOpen && (
                    <a href={`/api/collections/v1/plans/${plan.id}/document`}>{t('plan.steps.openDocument')}</a>
                  )}
                </>
              ),
          },
          { label: t('plan.steps.ended'), value: step(null, plan.endedAt ?? plan.brokenAt) },
        ]}
      />
    </Section>
  );
}

function TermsSection({ plan }: { readonly plan: PlanDetail }): ReactNode {
  const { t } = useTranslation();
  const { circumstances } = plan;
  const currency = plan.total.currency;
  return (
    <Section title={t('plan.facts')}>
      <Facts
        items={[
          { label: t('plan.owed'), value: formatMoney(plan.owed) },
          { label: t('plan.column.total'), value: <strong className="fb-amount">{formatMoney(plan.total)}</strong> },
          { label: t('plan.column.paid'), value: formatMoney(plan.paid) },
          { label: t('plan.form.method'), value: t(`plan.method.${plan.method}`) },
          { label: t('plan.column.months'), value: `${plan.months} · ${plan.firstDueOn} – ${plan.lastDueOn}` },
          ...(plan.graceDays === null ? [] : [{ label: t('plan.grace'), value: t('plan.days', { count: plan.graceDays }) }]),
          { label: t('plan.form.hardship'), value: t(`plan.hardship.${plan.hardship}`) },
          ...(circumstances === null
            ? []
            : [
                { label: t('plan.form.income'), value: formatMoney({ amount: circumstances.monthlyIncome, currency }) },
                { label: t('plan.form.expense'), value: formatMoney({ amount: circumstances.monthlyExpense, currency }) },
                { label: t('plan.form.note'), value: circumstances.note ?? t('common.none') },
              ]),
        ]}
      />
      {circumstances !== null && (
        <p className="fb-note">
          <EyeOutlined aria-hidden /> {t('plan.recorded')}
        </p>
      )}
    </Section>
  );
}

/** One plan: its terms and instalments, who agreed to it, what it does to contact. */
export function PlanPage(): ReactNode {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data: plan, error, refetch } = useQuery(planQuery(id));
  const now = useNow(MINUTE_MS);
  const back = { to: '/plans', label: t('plan.back') };
  if (error)
    return (
      <>
        <PageHeader title={t('plan.one')} back={back} />
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </>
    );
  if (!plan) return <PageLoading />;
  const state = stateNow(plan, now);
  const { currency } = plan.total;
  return (
    <>
      <PageHeader
        title={t('plan.ofCase', { id: plan.caseId })}
        lead={<Link to={`/cases/${encodeURIComponent(plan.caseId)}`}>{t('plan.toCase', { id: plan.caseId })}</Link>}
        back={back}
        aside={<PlanTag state={state} />}
        actions={<PlanActions plan={plan} />}
      />
      <Effect plan={plan} />
      <div className="fb-columns">
        <div>
          <Section title={t('plan.schedule.title')}>
            {plan.activatedAt !== null && <PaidChart instalments={plan.instalments} currency={currency} />}
            <Schedule
              instalments={plan.instalments}
              currency={currency}
              broken={state === 'broken'}
              {...(plan.activatedAt !== null && { next: plan.nextInstalment })}
            />
          </Section>
        </div>
        <div>
          <TermsSection plan={plan} />
          <Steps plan={plan} />
        </div>
      </div>
    </>
  );
}
