import { queryOptions } from '@tanstack/react-query';
import type { components } from '../../api/collections.d.ts';
import { collections, take } from '../../api/client.ts';
import { AGENCIES } from './api.ts';

type Schemas = components['schemas'];
export type Profile = Schemas['ProfileView'];
export type ProfileRequest = Schemas['ProfileRequest'];
export type Contract = Schemas['AgencyContractView'];
export type ContractVersionRequest = Schemas['ContractVersionRequest'];
export type Staff = Schemas['AgencyStaffView'];
export type Device = Schemas['AgencyDeviceView'];
export type AgencyDocument = Schemas['AgencyDocumentView'];
export type Training = Schemas['AgencyTrainingView'];
export type Finding = Schemas['AgencyFindingView'];
export type Readiness = Schemas['ReadinessView'];
export type Step = Schemas['AgencyStepView'];

const PAGE = 50;
const query = (cursor: string | undefined) => ({ limit: PAGE, ...(cursor !== undefined && { cursor }) });
const at = (agencyId: string) => ({ path: { agencyId } });
const keyed = (key: string) => ({ header: { 'Idempotency-Key': key } });

export const profileQuery = (agencyId: string) =>
  queryOptions({
    queryKey: [...AGENCIES, agencyId, 'profile'],
    queryFn: ({ signal }) => take(collections.GET('/v1/agencies/{agencyId}/profile', { params: at(agencyId), signal })),
  });
export const readinessQuery = (agencyId: string) =>
  queryOptions({
    queryKey: [...AGENCIES, agencyId, 'readiness'],
    queryFn: ({ signal }) => take(collections.GET('/v1/agencies/{agencyId}/readiness', { params: at(agencyId), signal })),
  });
export const declarationsQuery = (agencyId: string) =>
  queryOptions({
    queryKey: [...AGENCIES, agencyId, 'declarations'],
    queryFn: ({ signal }) =>
      take(
        collections.GET('/v1/agencies/{agencyId}/documents', {
          params: { ...at(agencyId), query: { kind: 'no-subcontracting-declaration', limit: PAGE } },
          signal,
        }),
      ),
  });

export const listContracts = (agencyId: string) => (cursor: string | undefined, signal: AbortSignal) =>
  take(collections.GET('/v1/agencies/{agencyId}/contracts', { params: { ...at(agencyId), query: query(cursor) }, signal }));
export const listStaff = (agencyId: string) => (cursor: string | undefined, signal: AbortSignal) =>
  take(collections.GET('/v1/agencies/{agencyId}/staff', { params: { ...at(agencyId), query: query(cursor) }, signal }));
export const listDevices = (agencyId: string) => (cursor: string | undefined, signal: AbortSignal) =>
  take(collections.GET('/v1/agencies/{agencyId}/devices', { params: { ...at(agencyId), query: query(cursor) }, signal }));
export const listDocuments = (agencyId: string) => (cursor: string | undefined, signal: AbortSignal) =>
  take(collections.GET('/v1/agencies/{agencyId}/documents', { params: { ...at(agencyId), query: query(cursor) }, signal }));
export const listTrainings = (agencyId: string) => (cursor: string | undefined, signal: AbortSignal) =>
  take(collections.GET('/v1/agencies/{agencyId}/trainings', { params: { ...at(agencyId), query: query(cursor) }, signal }));
export const listSteps = (agencyId: string) => (cursor: string | undefined, signal: AbortSignal) =>
  take(collections.GET('/v1/agencies/{agencyId}/steps', { params: { ...at(agencyId), query: query(cursor) }, signal }));
export const listFindings = (agencyId: string) => (cursor: string | undefined, signal: AbortSignal) =>
  take(collections.GET('/v1/agency-findings', { params: { query: { agencyId, ...query(cursor) } }, signal }));

export const registerAgency = (body: Schemas['AgencyRequest'], key: string) =>
  take(collections.POST('/v1/agencies', { body, params: keyed(key) }));
export const writeProfile = (agencyId: string, body: ProfileRequest, key: string) =>
  take(collections.PUT('/v1/agencies/{agencyId}/profile', { body, params: { ...at(agencyId), ...keyed(key) } }));
export const createContract = (agencyId: string, body: Schemas['ContractRequest'], key: string) =>
  take(collections.POST('/v1/agencies/{agencyId}/contracts', { body, params: { ...at(agencyId), ...keyed(key) } }));
export const amendContract = (agencyId: string, contractNo: string, body: ContractVersionRequest, key: string) =>
  take(
    collections.POST('/v1/agencies/{agencyId}/contracts/{contractNo}/versions', {
      body,
      params: { path: { agencyId, contractNo }, ...keyed(key) },
    }),
  );

export const proposeAdmission = (agencyId: string, body: Schemas['AdmissionRequest'], key: string) =>
  take(collections.POST('/v1/agencies/{agencyId}/admissions', { body, params: { ...at(agencyId), ...keyed(key) } }));
export const proposeExit = (agencyId: string, body: Schemas['ExitRequest'], key: string) =>
  take(collections.POST('/v1/agencies/{agencyId}/exits', { body, params: { ...at(agencyId), ...keyed(key) } }));
export const activate = (agencyId: string, reason: string, key: string) =>
  take(collections.POST('/v1/agencies/{agencyId}/activation', { body: { reason }, params: { ...at(agencyId), ...keyed(key) } }));
export function decideStep(agencyId: string, stepId: string, how: 'approve' | 'reject' | 'withdraw', reason: string, key: string) {
  const params = { path: { agencyId, stepId }, ...keyed(key) };
  const body = { reason };
  if (how === 'approve') return take(collections.POST('/v1/agencies/{agencyId}/steps/{stepId}/approval', { body, params }));
  if (how === 'reject') return take(collections.POST('/v1/agencies/{agencyId}/steps/{stepId}/rejection', { body, params }));
  return take(collections.POST('/v1/agencies/{agencyId}/steps/{stepId}/withdrawal', { body, params }));
}

export const registerStaff = (agencyId: string, body: Schemas['StaffRequest'], key: string) =>
  take(collections.POST('/v1/agencies/{agencyId}/staff', { body, params: { ...at(agencyId), ...keyed(key) } }));
const person = (agencyId: string, collectorId: string, key: string) => ({ path: { agencyId, collectorId }, ...keyed(key) });
export const checkIdentity = (agencyId: string, id: string, body: Schemas['IdentityCheckRequest'], key: string) =>
  take(collections.POST('/v1/agencies/{agencyId}/staff/{collectorId}/identity-check', { body, params: person(agencyId, id, key) }));
export const addCertificate = (agencyId: string, id: string, body: Schemas['CertificateRequest'], key: string) =>
  take(collections.POST('/v1/agencies/{agencyId}/staff/{collectorId}/certificates', { body, params: person(agencyId, id, key) }));
export const setSeat = (agencyId: string, id: string, seatId: string | null, key: string) =>
  take(collections.PUT('/v1/agencies/{agencyId}/staff/{collectorId}/seat', { body: { seatId }, params: person(agencyId, id, key) }));
export const leave = (agencyId: string, id: string, reason: string, key: string) =>
  take(collections.POST('/v1/agencies/{agencyId}/staff/{collectorId}/leaving', { body: { reason }, params: person(agencyId, id, key) }));
export const confirmCertificate = (agencyId: string, collectorId: string, certificateId: string, key: string) =>
  take(
    collections.POST('/v1/agencies/{agencyId}/staff/{collectorId}/certificates/{certificateId}/confirmation', {
      params: { path: { agencyId, collectorId, certificateId }, ...keyed(key) },
    }),
  );

export const registerDevice = (agencyId: string, body: Schemas['DeviceRequest'], key: string) =>
  take(collections.POST('/v1/agencies/{agencyId}/devices', { body, params: { ...at(agencyId), ...keyed(key) } }));
export const retireDevice = (agencyId: string, deviceId: string, reason: string, key: string) =>
  take(
    collections.POST('/v1/agencies/{agencyId}/devices/{deviceId}/retirement', {
      body: { reason },
      params: { path: { agencyId, deviceId }, ...keyed(key) },
    }),
  );
export const noteTraining = (agencyId: string, body: Schemas['TrainingRequest'], key: string) =>
  take(collections.POST('/v1/agencies/{agencyId}/trainings', { body, params: { ...at(agencyId), ...keyed(key) } }));
export const judgeFinding = (id: string, body: Schemas['JudgementRequest'], key: string) =>
  take(collections.POST('/v1/agency-findings/{id}/judgement', { body, params: { path: { id }, ...keyed(key) } }));
export const checkToday = (key: string) => take(collections.POST('/v1/agency-checks', { body: {}, params: keyed(key) }));
