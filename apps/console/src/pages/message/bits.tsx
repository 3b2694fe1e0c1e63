import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { StateTag, type Tone } from '../../ui/state-tag.tsx';
import type { Delivery, Template } from './api.ts';
import './message.css';

const TABS = [
  ['templates', '/messages'],
  ['letters', '/messages/letters'],
  ['reminders', '/messages/reminders'],
  ['settings', '/messages/settings'],
] as const;

/** The pages of this room beside each other. */
export function MessageTabs(): ReactNode {
  const { t } = useTranslation();
  return (
    <nav className="fb-room-tabs" aria-label={t('message.nav')}>
      {TABS.map(([id, to]) => (
        <NavLink key={id} to={to} end>
          {t(`message.tabs.${id}`)}
        </NavLink>
      ))}
    </nav>
  );
}

const TEMPLATE_TONES: Readonly<Record<Template['state'], Tone>> = { draft: 'wait', approved: 'good', retired: 'quiet' };

export function TemplateState({ state }: { readonly state: Template['state'] }): ReactNode {
  const { t } = useTranslation();
  return <StateTag tone={TEMPLATE_TONES[state]}>{t(`message.state.${state}`)}</StateTag>;
}

const TONES: Readonly<Record<Delivery['state'], Tone>> = {
  asked: 'busy',
  refused: 'bad',
  queued: 'wait',
  sending: 'busy',
  printed: 'busy',
  sent: 'good',
  delivered: 'good',
  returned: 'bad',
  failed: 'bad',
  unknown: 'wait',
};

export function DeliveryState({ state }: { readonly state: Delivery['state'] }): ReactNode {
  const { t } = useTranslation();
  return <StateTag tone={TONES[state]}>{t(`message.delivery.${state}`)}</StateTag>;
}

const CODES = ['permit-lapsed', 'permit-revoked', 'quiet-hours', 'not-set-up', 'timeout', 'unreachable', 'interrupted'] as const;

/** Why it failed or is tried again, in words where there are some. */
export function useCode(): (code: string) => string {
  const { t } = useTranslation();
  return (code) => {
    const known = CODES.find((each) => each === code);
    return known === undefined ? t('message.code.other', { code }) : t(`message.code.${known}`);
  };
}
