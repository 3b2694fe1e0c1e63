import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/collections.d.ts';
import { StateTag } from '../../ui/state-tag.tsx';

export type VisitView = components['schemas']['VisitView'];
const TONES = { planned: 'wait', arrived: 'busy', left: 'wait', done: 'good', lapsed: 'quiet' } as const;

export function VisitState({ visit: { state } }: { readonly visit: VisitView }): ReactNode {
  const { t } = useTranslation();
  return <StateTag tone={TONES[state]}>{t(`visit.state.${state}`)}</StateTag>;
}
