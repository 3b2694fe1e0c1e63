import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StateTag, type Tone } from '../../ui/state-tag.tsx';
import type { Plan, PlanState, Promised } from './api.ts';

const PLAN_TONES: Readonly<Record<PlanState, Tone>> = {
  draft: 'quiet',
  proposed: 'wait',
  approved: 'wait',
  active: 'good',
  broken: 'bad',
  completed: 'good',
  cancelled: 'quiet',
};
const PROMISE_TONES: Readonly<Record<Promised['state'], Tone>> = { open: 'wait', kept: 'good', broken: 'bad', withdrawn: 'quiet' };

/** Broken from the instant on at which contact is permitted again, whether or not that has been written down. */
export const stateNow = ({ state, breaksAt }: Pick<Plan, 'state' | 'breaksAt'>, now: number): PlanState =>
  state === 'active' && breaksAt !== null && Date.parse(breaksAt) <= now ? 'broken' : state;

export function PlanTag({ state }: { readonly state: PlanState }): ReactNode {
  const { t } = useTranslation();
  return <StateTag tone={PLAN_TONES[state]}>{t(`plan.state.${state}`)}</StateTag>;
}

export function PromiseTag({ state }: { readonly state: Promised['state'] }): ReactNode {
  const { t } = useTranslation();
  return <StateTag tone={PROMISE_TONES[state]}>{t(`plan.promise.state.${state}`)}</StateTag>;
}
