import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useSession } from '../../session/session.ts';
import { Choice } from '../../ui/choice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { HoldsSection } from './holds-section.tsx';
import { KindsSection } from './kinds-section.tsx';
import { RunsSection } from './runs-section.tsx';
import { SERVICES, type Service } from '../../api/service.ts';

/** What is kept for how long, what is held, what may go and what went: of one service at a time. */
export function RetentionPage(): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const open = SERVICES.filter((service) => may(session, `${service}.listRetentionKinds`));
  const [service, setService] = useState<Service>(open[0] ?? 'collections');
  return (
    <>
      <PageHeader title={t('retention.title')} lead={t('retention.lead')} />
      <div className="fb-list-filter">
        <Choice
          label={t('retention.service')}
          value={service}
          onChange={setService}
          options={open.map((value) => ({ value, label: t(`retention.serviceName.${value}`) }))}
        />
      </div>
      <RunsSection key={`runs-${service}`} service={service} />
      <HoldsSection key={`holds-${service}`} service={service} />
      <KindsSection key={`kinds-${service}`} service={service} />
    </>
  );
}
