import { EyeOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { CaseView } from '../../api/models.ts';
import { useHasRole, useMay, useSession } from '../../session/session.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Masked } from '../../ui/masked.tsx';
import { formatMoney } from '../../ui/numbers.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { EntrustmentSection } from '../portfolio/entrustment-section.tsx';
import { ObjectionSection } from '../portfolio/objection-section.tsx';
import { PeopleSection } from '../portfolio/people-section.tsx';
import { PageLoading } from '../../shell/page-loading.tsx';
import { Happened, Kept, Speaking } from '../collecting/collecting.tsx';
import { CaseRepayment } from '../plan/case-repayment.tsx';
import { CaseMessages } from '../message/case-messages.tsx';
import { CaseState, Overdue } from './case-bits.tsx';
import { Consents, Holds, OptOuts } from './holds.tsx';
import { CaseComplaints } from './case-complaints.tsx';
import { ContactabilitySection } from './contactability.tsx';
import { caseQuery } from './queries.ts';
import { TakeBack } from './take-back.tsx';
import { Proofs } from './proofs.tsx';
import { RegisterDrawer, thingsFor } from './register-drawer.tsx';

function Agency({ found: { agency } }: { readonly found: CaseView }): ReactNode {
  const { t } = useTranslation();
  if (agency === null) return t('cases.inHouse');
  const { agencyId, name, good, reasons } = agency;
  return (
    <>
      {name === null ? agencyId : `${name} (${agencyId})`}
      {reasons.length > 0 && (
        <p className={good ? 'fb-soft' : 'fb-note'}>
          {reasons.map((reason) => t(`cases.standing.${reason}`)).join(t('common.listSeparator'))}
        </p>
      )}
    </>
  );
}

function Referral({ at }: { readonly at: string | null }): ReactNode {
  const { t } = useTranslation();
  return at === null ? t('cases.page.notTold') : <Instant at={at} withRelative={false} />;
}

function CaseFacts({ found }: { readonly found: CaseView }): ReactNode {
  const { t } = useTranslation();
  return (
    <Section title={t('cases.page.facts')}>
      <Facts
        items={[
          { label: t('cases.page.balance'), value: <strong className="fb-amount">{formatMoney(found.balance)}</strong> },
          { label: t('cases.page.overdue'), value: <Overdue since={found.overdueSince} timeZone={found.timeZone} /> },
          { label: t('cases.page.product'), value: found.product || t('common.none') },
          { label: t('cases.page.agency'), value: <Agency found={found} /> },
          ...(found.agencyId === null ? [] : [{ label: t('cases.page.referral'), value: <Referral at={found.referralNoticeAt} /> }]),
          { label: t('cases.page.debtorId'), value: found.debtorId },
          { label: t('cases.page.debtId'), value: found.debtId },
          { label: t('cases.page.idNumber'), value: <Masked value={found.idNumber} isMasked={found.masked} /> },
          { label: t('cases.page.timeZone'), value: found.timeZone },
        ]}
      />
      {!found.masked && (
        <p className="fb-note">
          <EyeOutlined aria-hidden /> {t('cases.page.unmasked')}
        </p>
      )}
    </Section>
  );
}

/** The address at which a complaint about this case is written down. */
export const complaintAddress = ({ caseId, agencyId }: CaseView): string =>
  `/complaints/new?${new URLSearchParams({ caseId, ...(agencyId !== null && { agencyId }) }).toString()}`;

/** Where everything about this case is put together for a court or an examiner. */
const dossierAddress = ({ caseId }: CaseView): string =>
  `/reports?${new URLSearchParams({ kind: 'case-dossier', case: caseId }).toString()}`;

/** One case: who may be contacted how, what is owed, what stops contact. */
export function CasePage(): ReactNode {
  const { t } = useTranslation();
  const go = useNavigate();
  const { id = '' } = useParams();
  const { data: found, error, refetch } = useQuery(caseQuery(id));
  const mayComplain = useHasRole('complaint-handler', 'complaint-supervisor');
  const mayReport = useMay('collections.createReport');
  const mayWrite = thingsFor(useSession()).length > 0;
  const [isWriting, setIsWriting] = useState(false);
  const back = { to: '/cases', label: t('cases.page.back') };
  if (error) {
    return (
      <>
        <PageHeader title={t('cases.page.title', { id })} back={back} />
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  if (!found) return <PageLoading />;
  return (
    <>
      <PageHeader
        title={t('cases.page.title', { id: found.caseId })}
        back={back}
        aside={<CaseState state={found.state} />}
        actions={
          <>
            {mayWrite && <Button onClick={() => setIsWriting(true)}>{t('cases.register.open')}</Button>}
            {mayReport && <LinkButton to={dossierAddress(found)}>{t('cases.page.dossier')}</LinkButton>}
            {mayComplain && <Button onClick={() => void go(complaintAddress(found))}>{t('cases.page.registerComplaint')}</Button>}
          </>
        }
      />
      <TakeBack found={found} />
      <div className="fb-columns">
        <div>
          <ContactabilitySection found={found} />
          <Speaking found={found} />
        </div>
        <div>
          <CaseFacts found={found} />
          <CaseRepayment found={found} />
        </div>
      </div>
      <div className="fb-columns">
        <Happened found={found} />
        <div>
          <CaseMessages found={found} />
          <EntrustmentSection found={found} />
          <ObjectionSection found={found} />
          <PeopleSection found={found} />
          <Holds found={found} />
          <CaseComplaints caseId={found.caseId} />
          <OptOuts found={found} />
          <Consents found={found} />
          <Proofs found={found} />
          <Kept found={found} />
        </div>
      </div>
      {isWriting && <RegisterDrawer found={found} onClose={() => setIsWriting(false)} />}
    </>
  );
}
