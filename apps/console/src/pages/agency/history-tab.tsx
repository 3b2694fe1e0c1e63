import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgencyView } from '../../api/models.ts';
import { Instant } from '../../ui/instant.tsx';
import { Section } from '../../ui/section.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { usePerson } from '../../ui/use-person.ts';
import { STATUSES } from './api.ts';

type Entry = AgencyView['history'][number];
const FIELDS = ['status', 'published', 'contractFrom', 'contractTo', 'lastEvaluatedOn'] as const;
const ACTS = [
  'agency-registered',
  'agency-profile',
  'agency-contract',
  'agency-proposed',
  'agency-step-decided',
  'agency-activated',
  'agency-staff',
  'agency-identity',
  'agency-certificate',
  'agency-seat',
  'agency-device',
  'agency-training',
  'agency-document',
  'agency-finding-judged',
  'capacity-set',
  'suspension-begun',
  'suspension-ended',
] as const;
// What of the detail names what it was done to.
const NAMES = ['collectorId', 'deviceId', 'contractNo', 'title', 'seatId'] as const;

function What({ action, detail }: Pick<Entry, 'action' | 'detail'>): ReactNode {
  const { t } = useTranslation();
  const said = (field: (typeof FIELDS)[number], value: unknown): string => {
    if (field === 'published') return value === true ? t('agency.page.isPublished') : t('agency.page.isNotPublished');
    const status = STATUSES.find((each) => each === value);
    if (status) return t(`agency.status.${status}`);
    return typeof value === 'string' ? value : t('agency.open');
  };
  if (action === 'agency-standing')
    return FIELDS.filter((field) => Object.hasOwn(detail, field))
      .map((field) => t(`agency.changed.${field}`, { value: said(field, detail[field]) }))
      .join(t('common.listSeparator'));
  const act = ACTS.find((each) => each === action);
  const names = NAMES.map((name) => detail[name]).filter((value): value is string => typeof value === 'string');
  return [t(`registry.act.${act ?? 'other'}`), ...names].join(' · ');
}

/** What was done to what is kept of the agency. */
export function HistoryTab({ agency }: { readonly agency: AgencyView }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  return (
    <Section title={t('agency.page.history')}>
      {agency.history.length === 0 && <p className="fb-soft fb-first">{t('agency.page.noHistory')}</p>}
      <ul className="fb-lines">
        {agency.history.toReversed().map(({ id, action, at, by, detail, reason }) => (
          <li key={id}>
            <strong>
              <What action={action} detail={detail} />
            </strong>
            <p>
              {person(by)} · <Instant at={at} timeZone={READER_ZONE} />
            </p>
            {reason !== null && <p className="fb-soft">{reason}</p>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
