import { hashOf, type IdempotentRequest } from '#idempotency';
import { ActService } from '../src/act/act.service.ts';
import { ActStore } from '../src/act/act.store.ts';
import { AgencyDesk } from '../src/agency/agency-desk.ts';
import { AgencyStore } from '../src/agency/agency.store.ts';
import type { AgencyRequest } from '../src/agency/profile.dto.ts';
import { ProfileService } from '../src/agency/profile.service.ts';
import { ProfileStore } from '../src/agency/profile.store.ts';
import type { ContractRequest } from '../src/agency-contract/contract.dto.ts';
import { ContractService } from '../src/agency-contract/contract.service.ts';
import { ContractStore } from '../src/agency-contract/contract.store.ts';
import { principal, type Stage } from './stage.ts';

export const manager = principal('collections-manager');
export const compliance = principal('compliance');
export const ofAgency = (agencyId: string) => principal('agency-supervisor', { agencyId });

/** What a refusal says: its code, and where with which article. */
export async function refusalOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'done',
    (error: { kind?: { code: string }; extras?: { errors?: readonly { pointer: string; source?: string }[] } }) =>
      error.kind
        ? [error.kind.code, ...(error.extras?.errors ?? []).map(({ pointer, source }) => [pointer, source].filter(Boolean).join(' '))].join(
            ' ',
          )
        : error,
  );
}

export const keyed = (key: string, body: unknown): IdempotentRequest => ({ key, hash: hashOf('test', body) });

export const usualAgency: AgencyRequest = {
  agencyId: 'N1',
  name: '演示新源信用服务有限公司',
  phone: '+862600090009',
  address: '演示市新源路1号',
  licence: { number: '演示许可 N1', issuer: '演示市市场监管局', until: '2030-12-31' },
  owners: [
    { name: '演示控股有限公司', sharePercent: 80 },
    { name: '钱一', sharePercent: 20 },
  ],
  beneficialOwner: '钱一',
  approvals: [{ reference: '演银批〔2026〕1号', on: '2026-10-01', about: '同意引入' }],
  contacts: [{ role: '负责人', name: '孙二', phone: '+862600090010', email: 'sun@example.com' }],
  responsible: { subject: 'collections-manager-1', name: '李三' },
};

export const usualContract: ContractRequest = {
  contractNo: 'HT-1',
  validFrom: '2026-11-01',
  validTo: '2027-10-31',
  scope: { products: ['信用卡'], regions: ['23'], channels: ['voice', 'sms'] },
  feeTerms: {
    currency: 'CNY',
    components: [
      { kind: 'share-of-recoveries', percent: '12.5' },
      { kind: 'quality', percent: '20' },
    ],
  },
};

/** The rooms of the register of agencies on a stage. */
export function agencyRoom(stage: Stage) {
  const acts = new ActService(new ActStore(), stage.vault);
  const desk = new AgencyDesk(stage.source, stage.clock, new AgencyStore());
  const profiles = new ProfileService(desk, new ProfileStore(), acts, stage.vault);
  const contracts = new ContractService(desk, new ContractStore(), acts, stage.vault);
  return {
    acts,
    desk,
    profiles,
    contracts,
    register: (more: Partial<AgencyRequest> = {}) =>
      profiles.register(manager, { ...usualAgency, ...more }, { idempotency: null, requestId: 'r' }),
    contract: (agencyId: string, more: Partial<ContractRequest> = {}) =>
      contracts.create(manager, agencyId, { ...usualContract, ...more }, null),
  };
}
