import type { FindingView, InspectionItem, SanctionView, ScorecardLine } from './api.ts';

export interface DueItem {
  readonly key: string;
  readonly kind: 'inspection' | 'rectification' | 'verification' | 'evaluation' | 'approval' | 'appeal' | 'training' | 'suspension-end';
  readonly agencyId: string;
  readonly agencyName: string;
  /** The last day; null: it waits for a person. */
  readonly on: string | null;
  readonly to: string;
}

export interface Dues {
  readonly inspections: readonly InspectionItem[];
  readonly findings: readonly FindingView[];
  readonly sanctions: readonly SanctionView[];
  readonly agencies: readonly ScorecardLine[];
}

const agencyPage = (agencyId: string): string => `/agencies/${encodeURIComponent(agencyId)}`;

function ofSanction({ id, agencyId, agencyName, state, step, untilOn, appealedAt, appealOutcome }: SanctionView): DueItem[] {
  const item = (kind: DueItem['kind'], on: string | null): DueItem => ({
    key: `${kind} ${id}`,
    kind,
    agencyId,
    agencyName,
    on,
    to: agencyPage(agencyId),
  });
  const items: DueItem[] = [];
  if (state === 'proposed') items.push(item('approval', null));
  if (appealedAt !== null && appealOutcome === null) items.push(item('appeal', null));
  if (state === 'in-force' && step === 'forced-training') items.push(item('training', untilOn));
  if (state === 'in-force' && step === 'rights-suspended') items.push(item('suspension-end', untilOn));
  return items;
}

/** What waits for somebody first, then what has a day, the earliest first. */
export function dueItems({ inspections, findings, sanctions, agencies }: Dues): DueItem[] {
  // A finding names its agency by the id alone; its inspection says how it is called.
  const names = new Map(inspections.map(({ agencyId, agencyName }) => [agencyId, agencyName]));
  const items = [
    ...inspections
      .filter(({ state }) => state === 'planned' || state === 'under-way')
      .map(({ id, agencyId, agencyName, plannedOn }): DueItem => ({
        key: `inspection ${id}`,
        kind: 'inspection',
        agencyId,
        agencyName,
        on: plannedOn,
        to: `/oversight/inspections/${id}`,
      })),
    ...findings
      .filter(({ state }) => state === 'open' || state === 'replied')
      .map(({ id, agencyId, inspectionId, state, dueOn }): DueItem => ({
        key: `finding ${id}`,
        kind: state === 'open' ? 'rectification' : 'verification',
        agencyId,
        agencyName: names.get(agencyId) ?? agencyId,
        on: state === 'open' ? dueOn : null,
        to: `/oversight/inspections/${inspectionId}`,
      })),
    ...sanctions.flatMap(ofSanction),
    ...agencies.map(({ agencyId, name: agencyName, evaluationDueOn }): DueItem => ({
      key: `evaluation ${agencyId}`,
      kind: 'evaluation',
      agencyId,
      agencyName,
      on: evaluationDueOn,
      to: agencyPage(agencyId),
    })),
  ];
  return items.toSorted((a, b) => (a.on ?? '').localeCompare(b.on ?? '') || a.key.localeCompare(b.key));
}
