import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StateTag } from '../../../ui/state-tag.tsx';
import type { MailItem } from './api.ts';

/** Where a mail stands, and why it waits. */
export function MailState({ mail }: { readonly mail: MailItem }): ReactNode {
  const { t } = useTranslation();
  const { state, reason } = mail;
  const tone = state === 'waiting' ? 'wait' : state === 'received' ? 'busy' : state === 'dismissed' ? 'quiet' : 'good';
  return (
    <StateTag tone={tone}>
      {t(`publicPage.mails.states.${state}`)}
      {state === 'waiting' && reason !== null && ` · ${t(`publicPage.mails.reasons.${reason}`)}`}
    </StateTag>
  );
}
