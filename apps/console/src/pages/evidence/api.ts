import { take } from '../../api/client.ts';
import type { components, operations } from '../../api/collections.d.ts';
import { eitherClient, type Service } from '../../api/service.ts';

type Schemas = components['schemas'];
export type Head = Schemas['EvidenceHeadView'];
export type Proof = Schemas['EvidenceProofView'];
export type Keys = Schemas['EvidenceKeysView'];
export type Kind = NonNullable<NonNullable<operations['listEvidenceRecords']['parameters']['query']>['kind']>;

export const KINDS = [
  'contact-decision',
  'contact-outcome',
  'register-act',
  'agency-standing',
  'policy-published',
  'policy-recalled',
  'policy-draft',
  'approval-asked',
  'approval-settled',
  'clock-event',
  'complaint-registered',
  'complaint-entry',
  'report-asked',
  'report-made',
  'report-signed',
  'report-corrected',
  'report-delivered',
  'report-schedule',
  'report-target',
  'permit-lapsed',
  'import-asked',
  'import-ended',
  'lookback-asked',
  'lookback-ended',
  'run-ended',
  'calendar-published',
  'calendar-applied',
  'deadline-milestone',
  'personal-data-read',
  'evidence-read',
  'regulator-read',
  'sign-in',
  'key-rotated',
  'waiting-restored',
  'retention-act',
  'records-destroyed',
] as const satisfies readonly Kind[];
export const isKind = (value: string | null): value is Kind => KINDS.some((kind) => kind === value);

const PER_PAGE = 20;

export const listHeads = (service: Service, cursor: string | undefined, signal: AbortSignal): Promise<Schemas['EvidenceHeadPage']> => {
  const query = { limit: PER_PAGE, ...(cursor !== undefined && { cursor }) };
  return take(eitherClient(service).GET('/v1/evidence/heads', { params: { query }, signal }));
};

export interface RecordFilter {
  /** An id of what was recorded. */
  readonly about?: string;
  readonly kind?: Kind;
}

export const listRecords = (
  service: Service,
  filter: RecordFilter,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Schemas['EvidenceRecordPage']> => {
  const query = { limit: PER_PAGE, ...filter, ...(cursor !== undefined && { cursor }) };
  return take(eitherClient(service).GET('/v1/evidence/records', { params: { query }, signal }));
};

export const proveRecord = (service: Service, id: string, signal: AbortSignal): Promise<Proof> =>
  take(eitherClient(service).GET('/v1/evidence/records/{id}/proof', { params: { path: { id } }, signal }));

export const listKeys = (service: Service, signal?: AbortSignal): Promise<Keys> =>
  take(eitherClient(service).GET('/v1/evidence/key', { ...(signal && { signal }) }));

export const proveConsistency = (service: Service, from: number, to: number): Promise<Schemas['EvidenceConsistencyView']> =>
  take(eitherClient(service).GET('/v1/evidence/consistency', { params: { query: { from, to } } }));

/** Empty ends are left out: the whole log. */
export function exportAddress(service: Service, from: string, to: string): string {
  const query = new URLSearchParams(Object.entries({ from, to }).filter(([, value]) => value !== ''));
  return `/api/${service}/v1/evidence/export${query.size > 0 ? `?${query.toString()}` : ''}`;
}
