import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useName } from '../../i18n/use-name.ts';
import { Instant } from '../../ui/instant.tsx';
import { Section } from '../../ui/section.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { usePerson } from '../../ui/use-person.ts';
import type { Draft } from './wire.ts';

/** Who did what to the draft, and when; latest first. */
export function History({ draft }: { readonly draft: Draft }): ReactNode {
  const { t } = useTranslation();
  const name = useName();
  const person = usePerson();
  return (
    <Section title={t('policyDraft.history.title')}>
      <ol className="fb-history">
        {draft.history.toReversed().map(({ at, by, action, detail }) => (
          <li key={`${at} ${action}`}>
            <strong>{name('policyDraft.history.action', action)}</strong> <span>{person(by)}</span>{' '}
            <Instant at={at} timeZone={READER_ZONE} withRelative={false} />
            {detail && <p>{detail}</p>}
          </li>
        ))}
      </ol>
    </Section>
  );
}
