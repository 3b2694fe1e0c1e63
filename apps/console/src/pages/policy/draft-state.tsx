import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StateTag } from '../../ui/state-tag.tsx';
import type { DraftState } from './wire.ts';

export const DRAFT_STATES: readonly DraftState[] = ['draft', 'submitted', 'approved', 'rejected', 'withdrawn'];
const TONES = { draft: 'busy', submitted: 'wait', approved: 'good', rejected: 'bad', withdrawn: 'quiet' } as const;

export function DraftStateTag({ state }: { readonly state: DraftState }): ReactNode {
  const { t } = useTranslation();
  return <StateTag tone={TONES[state]}>{t(`policyDraft.state.${state}`)}</StateTag>;
}
