import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgencyView } from '../../api/models.ts';
import { useMay } from '../../session/session.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { Contract, Evaluated, isWarning, StandingTag } from './agency-bits.tsx';
import { EntryDialog } from './entry-dialog.tsx';
import { NextSteps } from './next-steps.tsx';
import { ProfileFields, toForm, toRequest, type ProfileForm } from './profile-fields.tsx';
import { profileQuery, writeProfile, type Profile } from './registry-api.ts';

interface FoundProps {
  readonly found: AgencyView;
}

function Standing({ found }: FoundProps): ReactNode {
  const { t } = useTranslation();
  const { reasons } = found.standing;
  const parts = [
    { says: t('agency.page.standingBad'), reasons: reasons.filter((reason) => !isWarning(reason)) },
    { says: t('agency.page.standingWarn'), reasons: reasons.filter(isWarning) },
  ].filter((part) => part.reasons.length > 0);
  return (
    <Section title={t('agency.page.standing')} aside={<StandingTag standing={found.standing} />}>
      {found.standing.good && <p className="fb-first">{t('agency.page.standingGood')}</p>}
      {parts.map((part) => (
        <div key={part.says}>
          <p className="fb-first">{part.says}</p>
          <ul className="fb-bullets">
            {part.reasons.map((reason) => (
              <li key={reason}>{t(`agency.reason.${reason}`)}</li>
            ))}
          </ul>
        </div>
      ))}
    </Section>
  );
}

const lines = (texts: readonly string[], none: string): ReactNode =>
  texts.length === 0 ? <span className="fb-soft">{none}</span> : texts.map((text) => <div key={text}>{text}</div>);

function ProfileFacts({ found, profile }: FoundProps & { readonly profile: Profile }): ReactNode {
  const { t } = useTranslation();
  const none = t('registry.profile.none');
  const { licence, owners, beneficialOwner, approvals, contacts, responsible } = profile;
  const licenceLine = [licence.number, licence.issuer, licence.number && (licence.until ?? t('registry.profile.noEnd'))];
  return (
    <Facts
      items={[
        { label: t('agency.page.id'), value: found.agencyId },
        { label: t('agency.column.status'), value: t(`agency.status.${found.status}`) },
        { label: t('agency.page.published'), value: found.published ? t('agency.page.isPublished') : t('agency.page.isNotPublished') },
        {
          label: t('registry.profile.licence'),
          value: lines(
            licenceLine.filter((part): part is string => Boolean(part)),
            none,
          ),
        },
        { label: t('agency.column.contract'), value: <Contract contract={found.contract} /> },
        { label: t('agency.column.evaluated'), value: <Evaluated on={found.lastEvaluatedOn} /> },
        {
          label: t('registry.new.owners'),
          value: lines(
            [
              ...owners.map(({ name, sharePercent }) => `${name} ${sharePercent}%`),
              ...(beneficialOwner ? [`${t('registry.profile.beneficial')}: ${beneficialOwner}`] : []),
            ],
            none,
          ),
        },
        {
          label: t('registry.new.approvals'),
          value: lines(
            approvals.map(({ reference, on }) => `${reference} · ${on}`),
            none,
          ),
        },
        {
          label: t('registry.new.contacts'),
          value: lines(
            contacts.map(({ role, name, phone, email }) => [role, name, phone, email].filter(Boolean).join(t('common.listSeparator'))),
            none,
          ),
        },
        {
          label: t('registry.profile.responsible'),
          value: responsible ? `${responsible.name} (${responsible.subject})` : <span className="fb-soft">{none}</span>,
        },
        { label: t('agency.page.phone'), value: profile.phone ?? none },
        { label: t('agency.page.address'), value: profile.address ?? none },
      ]}
    />
  );
}

/** Whether it may work, what comes next, and who it is. */
export function OverviewTab({ agency: found }: { readonly agency: AgencyView }): ReactNode {
  const { t } = useTranslation();
  const { data: profile, error } = useQuery(profileQuery(found.agencyId));
  const mayWrite = useMay('collections.writeAgencyProfile');
  const maySteps = useMay('collections.findAgencyReadiness');
  const [isWriting, setIsWriting] = useState(false);
  return (
    <div className="fb-columns">
      <div>
        <Standing found={found} />
        {maySteps && <NextSteps agency={found} />}
      </div>
      <div>
        <Section
          title={t('registry.profile.title')}
          aside={mayWrite && profile && <Button onClick={() => setIsWriting(true)}>{t('registry.profile.edit')}</Button>}
        >
          {error && <ProblemAlert error={error} />}
          {profile && (
            <div className="fb-profile">
              <ProfileFacts found={found} profile={profile} />
            </div>
          )}
        </Section>
      </div>
      {isWriting && profile && (
        <EntryDialog<ProfileForm>
          title={t('registry.profile.edit')}
          width={720}
          initial={toForm(profile)}
          send={(fields, key) => writeProfile(found.agencyId, toRequest(fields), key)}
          onClose={() => setIsWriting(false)}
        >
          <ProfileFields />
        </EntryDialog>
      )}
    </div>
  );
}
