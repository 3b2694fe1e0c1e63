import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Countdown } from '../../../ui/instant.tsx';
import { Facts, Section } from '../../../ui/section.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { localTime } from '../dates.ts';
import type { MajorItem } from './api.ts';

type Of = Pick<MajorItem, 'state' | 'drill' | 'reportDueAt' | 'reportedAt' | 'reportLate'>;

/** Whether it was reported in time, or what is left. */
export function ReportTag({ of }: { readonly of: Of }): ReactNode {
  const { t } = useTranslation();
  if (of.state === 'downgraded') return <StateTag tone="quiet">{t('major.clock.downgraded')}</StateTag>;
  if (of.reportedAt !== null)
    return <StateTag tone={of.reportLate ? 'bad' : 'good'}>{of.reportLate ? t('major.clock.late') : t('major.clock.inTime')}</StateTag>;
  return (
    <StateTag tone={of.reportLate ? 'bad' : 'wait'}>
      <Countdown until={of.reportDueAt} over={t('major.clock.over')} />
    </StateTag>
  );
}

/** By when is reported to the regulator, and how long that is. */
export function ReportClock({ of }: { readonly of: Of & Pick<MajorItem, 'knownAt'> }): ReactNode {
  const { t } = useTranslation();
  return (
    <Section title={t('major.clock.title')} aside={<ReportTag of={of} />}>
      <Facts
        items={[
          { label: t('major.field.knownAt'), value: localTime(of.knownAt) },
          { label: t('major.clock.due'), value: localTime(of.reportDueAt) },
          {
            label: of.drill ? t('major.clock.drillDone') : t('major.clock.reportedAt'),
            value: of.reportedAt === null ? '–' : localTime(of.reportedAt),
          },
        ]}
      />
    </Section>
  );
}
