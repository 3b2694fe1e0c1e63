import { complaints, take } from '../../../api/client.ts';
import type { components } from '../../../api/complaints.d.ts';

// Every call about the intake: who complains, duplicates, the receipt. All of them throw Problem.

type Schemas = components['schemas'];
export type Intake = Schemas['IntakeView'];
export type KnownComplaint = Schemas['KnownComplaint'];
export type Duplicates = Schemas['DuplicateView'];
export type Candidate = Schemas['DuplicateCandidate'];
export type Decided = Schemas['DuplicateDecisionView'];
export type Corrections = Schemas['ReceiptCorrectionList'];
export type Correction = Schemas['ReceiptCorrectionView'];
export type Known = Schemas['KnownRequest'];
export type FoundCase = Schemas['LookedUpCase'];

export const KINDS = ['self', 'proxy', 'heirs', 'group', 'anonymous'] as const;
export type Kind = (typeof KINDS)[number];
export const REGULATORS = ['12378', 'nfra', 'pboc', 'other'] as const;
export const MOST_SPEAKERS = 5;

const of = (id: string) => ({ params: { path: { id } } });

export const findIntake = (id: string, signal: AbortSignal) => take(complaints.GET('/v1/complaints/{id}/intake', { ...of(id), signal }));
export const findDuplicates = (id: string, signal: AbortSignal) =>
  take(complaints.GET('/v1/complaints/{id}/duplicates', { ...of(id), signal }));
export const findCorrections = (id: string, signal: AbortSignal) =>
  take(complaints.GET('/v1/complaints/{id}/receipt-corrections', { ...of(id), signal }));
export const findFiles = (id: string, signal: AbortSignal) => take(complaints.GET('/v1/complaints/{id}/files', { ...of(id), signal }));
export const findKnown = (body: Known, signal: AbortSignal) => take(complaints.POST('/v1/known-complaints', { body, signal }));
export const lookUpCases = (body: Schemas['CaseLookupRequest']) => take(complaints.POST('/v1/case-lookups', { body }));

export const filesUrl = (id: string): string => `/api/complaints/v1/complaints/${encodeURIComponent(id)}/files`;
