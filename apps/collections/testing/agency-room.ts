import type { Principal } from '#auth';
import { hashOf, type IdempotentRequest } from '#idempotency';
import { AgencyDesk } from '../src/agency/agency-desk.ts';
import { AgencyStore } from '../src/agency/agency.store.ts';
import type { AgencyRequest } from '../src/agency/profile.dto.ts';
import { ProfileService } from '../src/agency/profile.service.ts';
import { ProfileStore } from '../src/agency/profile.store.ts';
import type { ContractRequest } from '../src/agency-contract/contract.dto.ts';
import { ContractService } from '../src/agency-contract/contract.service.ts';
import { ContractStore } from '../src/agency-contract/contract.store.ts';
import { DeviceService } from '../src/agency-device/device.service.ts';
import { DeviceStore } from '../src/agency-device/device.store.ts';
import { DocumentService } from '../src/agency-document/document.service.ts';
import { DocumentStore } from '../src/agency-document/document.store.ts';
import { FindingDesk } from '../src/agency-finding/finding.desk.ts';
import { FindingService } from '../src/agency-finding/finding.service.ts';
import { FindingStore } from '../src/agency-finding/finding.store.ts';
import { CertificateService } from '../src/agency-staff/certificate.service.ts';
import { CertificateStore } from '../src/agency-staff/certificate.store.ts';
import { StaffService } from '../src/agency-staff/staff.service.ts';
import { StaffStore } from '../src/agency-staff/staff.store.ts';
import { DecisionService } from '../src/agency-step/decision.service.ts';
import { ReadinessService } from '../src/agency-step/readiness.service.ts';
import { StepService } from '../src/agency-step/step.service.ts';
import { StepStore } from '../src/agency-step/step.store.ts';
import { TrainingService } from '../src/agency-training/training.service.ts';
import { TrainingStore } from '../src/agency-training/training.store.ts';
import { AgencyWork } from '../src/agency-watch/agency.work.ts';
import { WatchService } from '../src/agency-watch/watch.service.ts';
import { WatchStore } from '../src/agency-watch/watch.store.ts';
import { principal, type Stage } from './stage.ts';
import { StandingRoom } from './standing-room.ts';

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

/** A document's first bytes, enough to be known as one. */
export const pdf = (text = 'x'): Buffer => Buffer.from(`%PDF-1.7\n${text}\n%%EOF\n`);

/** The rooms of the register of agencies on a stage. */
export class AgencyRoom extends StandingRoom {
  readonly desk: AgencyDesk;
  readonly profiles: ProfileService;
  readonly contracts: ContractService;
  readonly staff: StaffService;
  readonly certificates: CertificateService;
  readonly findings: FindingService;
  readonly devices: DeviceService;
  readonly documents: DocumentService;
  readonly trainings: TrainingService;
  readonly steps: StepService;
  readonly decisions: DecisionService;
  readonly watch: WatchService;
  readonly work: AgencyWork;

  constructor(readonly of: Stage) {
    super(of);
    const { vault, source, clock, uploads } = of;
    const { acts, tasks, standings } = this;
    const staffStore = new StaffStore();
    this.desk = new AgencyDesk(source, clock, new AgencyStore());
    this.profiles = new ProfileService(this.desk, new ProfileStore(vault), acts, standings, this.listings);
    this.contracts = new ContractService(this.desk, new ContractStore(), acts, vault, standings);
    this.staff = new StaffService(this.desk, staffStore, this.fitness, acts, vault);
    this.certificates = new CertificateService(this.staff, staffStore, new CertificateStore(), tasks);
    this.findings = new FindingService(new FindingDesk(source, clock), new FindingStore(), tasks, acts, vault);
    this.devices = new DeviceService(this.desk, new DeviceStore(), this.staff, this.findings, acts);
    this.documents = new DocumentService(this.desk, new DocumentStore(), uploads, acts, { documentLimitBytes: 1_000_000 });
    this.trainings = new TrainingService(this.desk, new TrainingStore(), this.documents, acts);
    const readiness = new ReadinessService(this.profiles, this.contracts, this.staff, this.documents);
    this.steps = new StepService(this.desk, new StepStore(vault), readiness, tasks, acts);
    this.decisions = new DecisionService(this.desk, this.steps, readiness, standings, this.staff);
    this.watch = new WatchService(new WatchStore(), this.contracts, this.fitness, standings, tasks);
    this.work = new AgencyWork(source, clock, { agenciesEveryMs: 1000, agencyNoticeDays: 30 }, this.watch, this.findings);
  }

  register(more: Partial<AgencyRequest> = {}) {
    return this.profiles.register(manager, { ...usualAgency, ...more }, { idempotency: null, requestId: 'r' });
  }

  contract(agencyId: string, more: Partial<ContractRequest> = {}) {
    return this.contracts.create(manager, agencyId, { ...usualContract, ...more }, null);
  }

  /** A document as an upload brings it. */
  async document(
    agencyId: string,
    fields: Readonly<Record<string, string>>,
    bytes = pdf(),
    by: Principal = manager,
    key: string | null = null,
  ) {
    const upload = await this.of.uploads.keep(by.institutionId, '声明.pdf', [bytes]);
    return this.documents.take(by, agencyId, { fields, upload, fileName: '声明.pdf' }, key);
  }

  /** A collector whom the bank has checked, with a certificate until the end of 2027 and the telephone `t-<agency>-<id>`. */
  async fitCollector(agencyId: string, collectorId: string) {
    const command = { agencyId, collectorId, idempotency: null, requestId: 'r' };
    await this.staff.register(manager, { collectorId, name: '王小明' }, command);
    await this.certificates.checkIdentity(manager, { how: 'original-seen' }, command);
    await this.devices.register(manager, { deviceId: `t-${agencyId}-${collectorId}`, kind: 'phone', collectorId }, command);
    const certificate = { number: `Z-${agencyId}-${collectorId}`, issuer: '演示协会', validFrom: '2026-01-01', validTo: '2027-12-31' };
    return this.certificates.add(manager, certificate, command);
  }

  /** An agency at work: admitted by two, with a contract, a fit collector `w1` and a case of its own. */
  async atWork(agencyId: string): Promise<void> {
    await this.register({ agencyId });
    const { id } = await this.document(agencyId, { kind: 'no-subcontracting-declaration', title: '声明' });
    const declaration = { signedBy: '赵五', signedOn: '2026-11-01', documentId: id };
    const step = await this.steps.proposeAdmission(manager, agencyId, { declaration, reason: '引入' }, null);
    await this.decisions.approve(compliance, { agencyId, stepId: step.id }, {}, null);
    await this.contract(agencyId);
    await this.fitCollector(agencyId, 'w1');
    await this.decisions.activate(manager, agencyId, { reason: '启用' }, null);
  }

  openTasks(kind: string): Promise<{ resource: string; agencyId: string | null; due: Date }[]> {
    return this.of.sql(
      `select resource, agency_id as "agencyId", due_at as due from task where kind = $1 and done_at is null order by resource`,
      [kind],
    );
  }
}
