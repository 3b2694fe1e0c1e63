import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseView, HoldView } from '../../api/models.ts';
import { useName } from '../../i18n/use-name.ts';
import { Instant } from '../../ui/instant.tsx';
import { Section } from '../../ui/section.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { useNow } from '../../ui/use-now.ts';
import { holdTime } from './case-bits.tsx';
import { ReleaseHold } from './release-hold.tsx';

const MINUTE_MS = 60_000;

const SCOPES = ['agencyId', 'collectorId', 'channel', 'partyId'] as const;

function Scope({ scope }: { readonly scope: HoldView['scope'] }): ReactNode {
  const { t } = useTranslation();
  const limits =
    scope === 'all'
      ? []
      : [
          ...SCOPES.flatMap((name) => (typeof scope[name] === 'string' ? [t(`cases.holds.scope.${name}`, { value: scope[name] })] : [])),
          ...(typeof scope.contactPoint === 'string' ? [t('dossier.told.point')] : []),
        ];
  return limits.length === 0 ? t('cases.holds.scopeAll') : limits.join(t('common.listSeparator'));
}

function HoldState({ hold }: { readonly hold: HoldView }): ReactNode {
  const { t } = useTranslation();
  const time = holdTime(hold, useNow(MINUTE_MS));
  return <StateTag tone={time === 'active' ? 'wait' : 'quiet'}>{t(`cases.holds.${time}`)}</StateTag>;
}

// A complaint ends its own, a plan that runs as well, and care is decided by a person.
function Ending({ hold }: { readonly hold: HoldView }): ReactNode {
  const { t } = useTranslation();
  const isOver = holdTime(hold, useNow(MINUTE_MS)) === 'over';
  if (isOver || hold.kind === 'complaint-hold') return null;
  if (hold.cause === 'care') return <Link to="/care">{t('cases.holds.endsByCare')}</Link>;
  return <ReleaseHold id={hold.id} />;
}

/** What stops contact, from when to when and for whom. */
export function Holds({ found }: { readonly found: CaseView }): ReactNode {
  const { t } = useTranslation();
  const name = useName();
  return (
    <Section title={t('cases.holds.title')}>
      {found.holds.length === 0 && <p className="fb-soft fb-first">{t('cases.holds.none')}</p>}
      <ul className="fb-lines">
        {found.holds.map((hold) => (
          <li key={hold.id}>
            <p className="fb-row">
              <strong>{hold.cause === null ? t(`cases.holds.kind.${hold.kind}`) : name('outcome.stop', hold.cause)}</strong>{' '}
              <HoldState hold={hold} />
            </p>
            <p>
              <Scope scope={hold.scope} />
            </p>
            <p className="fb-soft">
              {t('cases.holds.from')} <Instant at={hold.from} withRelative={false} />{' '}
              {hold.until === null ? (
                t('cases.holds.open')
              ) : (
                <>
                  {t('cases.holds.until')} <Instant at={hold.until} withRelative={false} />
                </>
              )}
            </p>
            <Ending hold={hold} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What the parties want no more. */
export function OptOuts({ found }: { readonly found: CaseView }): ReactNode {
  const { t } = useTranslation();
  const points = new Map(found.parties.flatMap(({ contactPoints }) => contactPoints.map(({ id, value }) => [id, value])));
  return (
    <Section title={t('cases.optOuts.title')}>
      {found.optOuts.length === 0 && <p className="fb-soft fb-first">{t('cases.optOuts.none')}</p>}
      <ul className="fb-lines">
        {found.optOuts.map(({ id, channel, contactPointId, at, withdrawnAt }) => (
          <li key={id}>
            <p>
              <strong>{channel === null ? t('cases.consents.allChannels') : t(`cases.register.channels.${channel}`)}</strong>
              {contactPointId !== null && ` · ${points.get(contactPointId) ?? contactPointId}`}
            </p>
            <p className="fb-soft">
              {t('cases.optOuts.since')} <Instant at={at} withRelative={false} />
              {withdrawnAt !== null && (
                <>
                  {' · '}
                  {t('cases.consents.withdrawn')} <Instant at={withdrawnAt} withRelative={false} />
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What the parties agreed to, which lifts rules. */
export function Consents({ found }: { readonly found: CaseView }): ReactNode {
  const { t } = useTranslation();
  const name = useName();
  return (
    <Section title={t('cases.consents.title')}>
      {found.consents.length === 0 && <p className="fb-soft fb-first">{t('cases.consents.none')}</p>}
      <ul className="fb-lines">
        {found.consents.map(({ id, kind, channels, from, to, givenAt, withdrawnAt }) => (
          <li key={id}>
            <p>
              <strong>{t(`cases.consents.kind.${kind}`)}</strong>
            </p>
            <p>
              {channels.length === 0
                ? t('cases.consents.allChannels')
                : channels.map((one) => name('contact.channel', one)).join(t('common.listSeparator'))}
              {from !== null && to !== null && ` · ${t('cases.consents.hours', { from, to })}`}
            </p>
            <p className="fb-soft">
              {t('cases.consents.given')} <Instant at={givenAt} withRelative={false} />
              {withdrawnAt !== null && (
                <>
                  {' · '}
                  {t('cases.consents.withdrawn')} <Instant at={withdrawnAt} withRelative={false} />
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
