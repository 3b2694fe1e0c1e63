import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../i18n/index.ts';
import { useMay, useSession } from '../../../session/session.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Facts, Section } from '../../../ui/section.tsx';
import { usePerson } from '../../../ui/use-person.ts';
import { Act } from '../after/act-form.tsx';
import { Loaded } from '../after/after-bits.tsx';
import { HandlingTabs } from '../handling/tabs.tsx';
import { findSettings, MAJOR, MAJOR_KINDS, type SettingVersion } from './api.ts';
import { SettingsForm } from './settings-form.tsx';
import { useMajorWord } from './words.ts';

const SURGE = ['minCount', 'minRatioPercent', 'spreads', 'oneIn', 'baselineDays', 'minPastDays'] as const;

function Version({ of }: { readonly of: SettingVersion }): ReactNode {
  const { t } = useTranslation();
  const word = useMajorWord();
  const person = usePerson();
  const isZh = useLanguage().startsWith('zh');
  return (
    <>
      <p className="fb-soft">
        {of.setBy === null ? t('major.settings.own') : t('major.settings.setBy', { who: person(of.setBy), note: of.note ?? '' })}
      </p>
      <h3>{t('major.settings.hours')}</h3>
      <Facts
        items={[
          ...MAJOR_KINDS.map((kind) => ({ label: word('kind', kind), value: of.reportHours[kind] })),
          { label: t('major.settings.remind'), value: of.remindHoursBefore },
          { label: t('major.settings.persons'), value: of.persons },
        ]}
      />
      <h3>{t('major.settings.steps')}</h3>
      <ol>
        {of.steps.map(({ zh, en, role, withinHours }) => (
          <li key={`${zh} ${withinHours}`}>
            {isZh ? zh : en}{' '}
            <span className="fb-soft">
              {word('role', role)} · {t('major.settings.within')} {withinHours}
            </span>
          </li>
        ))}
      </ol>
      <h3>{t('major.settings.surge')}</h3>
      <Facts
        items={[
          ...SURGE.map((name) => ({ label: t(`major.settings.${name}`), value: of.surge[name] })),
          { label: t('major.settings.timeZone'), value: of.surge.timeZone },
        ]}
      />
    </>
  );
}

function Waiting({ of }: { readonly of: SettingVersion }): ReactNode {
  const { t } = useTranslation();
  const { subject, roles } = useSession();
  const isMine = of.setBy === subject;
  const mayAgree = roles.includes('head-office-approver') && !isMine;
  const path = '/v1/major-settings/decision';
  return (
    <Section title={t('major.settings.waiting', { version: of.version })}>
      <Version of={of} />
      <div className="fb-row">
        {mayAgree && <Act isMain label={t('major.settings.agree')} path={path} fixed={{ agrees: true }} />}
        {(mayAgree || isMine) && (
          <Act label={isMine ? t('major.settings.takeBack') : t('major.settings.refuse')} path={path} fixed={{ agrees: false }} />
        )}
      </div>
    </Section>
  );
}

/** The emergency plan, the hours to report within and what a surge is; changed by two persons. */
export function MajorSettingsPage(): ReactNode {
  const { t } = useTranslation();
  const mayPut = useMay('complaints.putMajorSettings');
  const queries = useQueryClient();
  const [isEdited, setIsEdited] = useState(false);
  const query = useQuery({ queryKey: [...MAJOR, 'settings'], queryFn: ({ signal }) => findSettings(signal) });
  const version = query.data?.inForce.version ?? 1;
  return (
    <>
      <PageHeader
        title={t('major.settings.title')}
        lead={t('major.settings.lead')}
        back={{ to: '/complaints/major', label: t('major.page.back') }}
      />
      <HandlingTabs />
      {query.data?.waiting && <Waiting of={query.data.waiting} />}
      <Loaded title={t('major.settings.inForce', { version })} query={query}>
        {({ inForce, waiting }) =>
          isEdited ? (
            <SettingsForm
              of={inForce}
              onDone={() => {
                setIsEdited(false);
                void queries.invalidateQueries({ queryKey: MAJOR });
              }}
              onClose={() => setIsEdited(false)}
            />
          ) : (
            <>
              <Version of={inForce} />
              {mayPut && waiting === null && <Button onClick={() => setIsEdited(true)}>{t('major.settings.edit')}</Button>}
            </>
          )
        }
      </Loaded>
    </>
  );
}
