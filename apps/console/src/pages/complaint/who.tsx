import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../../session/session.ts';
import { Masked } from '../../ui/masked.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { StateTag, type Tone } from '../../ui/state-tag.tsx';
import type { Complaint, HoldState } from './wire.ts';
import { useWord } from './words.ts';

const HOLD_TONES: Readonly<Record<HoldState, Tone>> = { none: 'quiet', requested: 'busy', set: 'wait', lifted: 'good', 'no-case': 'quiet' };

/** Who complains; personal data as the role may see them. */
export function Complainant({ complaint }: { readonly complaint: Complaint }): ReactNode {
  const { t } = useTranslation();
  const { complainant, masked, groupSize } = complaint;
  const personal = (value: string | null): ReactNode => <Masked value={value} isMasked={masked} />;
  const { proxy } = complainant;
  const items = [
    { label: t('complaint.page.name'), value: personal(complainant.name) },
    { label: t('complaint.page.contact'), value: personal(complainant.contact) },
    { label: t('complaint.page.idNumber'), value: personal(complainant.idNumber) },
    ...(proxy ? [{ label: t('complaint.page.proxy'), value: personal([proxy.name, proxy.contact].filter(Boolean).join(' ')) }] : []),
    ...(groupSize > 1 ? [{ label: t('complaint.page.groupSize'), value: t('complaint.board.groupSize', { count: groupSize }) }] : []),
  ];
  return (
    <Section title={t('complaint.page.who')}>
      <Facts items={items} />
    </Section>
  );
}

function useAgainst(): (complaint: Complaint) => string {
  const { t } = useTranslation();
  return ({ against: { agencyId, collectorId, staffId } }) => {
    const named = [
      agencyId !== null && `${t('complaint.page.agency')} ${agencyId}`,
      collectorId !== null && `${t('complaint.page.collector')} ${collectorId}`,
      staffId !== null && `${t('complaint.page.staff')} ${staffId}`,
    ].filter((part) => part !== false);
    return named.length === 0 ? t('complaint.page.nobody') : named.join(t('common.listSeparator'));
  };
}

/** What it is about, in the complainant's words. */
export function Content({ complaint }: { readonly complaint: Complaint }): ReactNode {
  const { t } = useTranslation();
  const word = useWord();
  const against = useAgainst();
  const { category, channel, account, externalRef, narrative, requests } = complaint;
  const items = [
    { label: t('complaint.page.category'), value: category === null ? t('common.none') : word('complaint.category', category) },
    { label: t('complaint.page.channel'), value: word('complaint.channel', channel) },
    { label: t('complaint.page.against'), value: against(complaint) },
    ...(account === null ? [] : [{ label: t('complaint.page.account'), value: account }]),
    ...(externalRef === null ? [] : [{ label: t('complaint.page.externalRef'), value: externalRef }]),
  ];
  return (
    <Section title={t('complaint.page.what')}>
      <Facts items={items} />
      <h3 className="fb-words-head">{t('complaint.page.narrative')}</h3>
      <p className="fb-words">{narrative}</p>
      {requests.length > 0 && (
        <>
          <h3 className="fb-words-head">{t('complaint.page.requests')}</h3>
          <ul className="fb-words">
            {requests.map((request) => (
              <li key={request}>{request}</li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

/** What the complaint does to collection: whether the gate refuses contact because of it, and whose. */
export function HoldBox({ complaint }: { readonly complaint: Complaint }): ReactNode {
  const { t } = useTranslation();
  const mayReadCases = useMay('collections.findCase');
  const { state, scope } = complaint.hold;
  const scopes = [
    scope?.agencyId && t('complaint.page.scopeAgency', { agency: scope.agencyId }),
    scope?.collectorId && t('complaint.page.scopeCollector', { collector: scope.collectorId }),
  ].filter(Boolean);
  // Decided or closed, what is asked for is the end of the hold.
  const isRelease = state === 'requested' && (complaint.decidedAt !== null || complaint.closedAt !== null);
  const isAbout = scope !== null && state !== 'none';
  return (
    <Section
      title={t('complaint.page.holdTitle')}
      aside={<StateTag tone={HOLD_TONES[state]}>{t(`complaint.page.holdState.${state}`)}</StateTag>}
    >
      <p className="fb-hold">{isRelease ? t('complaint.page.holdRelease') : t(`complaint.page.hold.${state}`)}</p>
      {isAbout && <p className="fb-soft">{scopes.length === 0 ? t('complaint.page.scopeAll') : scopes.join(t('common.listSeparator'))}</p>}
      {complaint.account !== null && mayReadCases && state !== 'none' && state !== 'no-case' && (
        <Link to={`/cases/${encodeURIComponent(complaint.account)}`}>{t('complaint.page.openCase')}</Link>
      )}
    </Section>
  );
}
