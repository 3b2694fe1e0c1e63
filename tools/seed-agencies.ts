// The register of the demo's agencies: who they are, contracts with fees, documents, seats, work tools, trainings; a candidate; findings to judge.
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '#pg';
import { renderNotice } from '#render';
import { UploadService } from '#uploads';
import { ProfileService } from '../apps/collections/src/agency/profile.service.ts';
import type { ProfileRequest } from '../apps/collections/src/agency/profile.dto.ts';
import { ContractService } from '../apps/collections/src/agency-contract/contract.service.ts';
import type { FeeTermsDto } from '../apps/collections/src/agency-contract/contract.dto.ts';
import { DeviceService } from '../apps/collections/src/agency-device/device.service.ts';
import type { DocumentKind } from '../apps/collections/src/agency-document/document-kinds.ts';
import { DocumentService } from '../apps/collections/src/agency-document/document.service.ts';
import { FindingService } from '../apps/collections/src/agency-finding/finding.service.ts';
import { CertificateService } from '../apps/collections/src/agency-staff/certificate.service.ts';
import { StaffService } from '../apps/collections/src/agency-staff/staff.service.ts';
import { StepService } from '../apps/collections/src/agency-step/step.service.ts';
import { TrainingService } from '../apps/collections/src/agency-training/training.service.ts';
import { institutionId } from './make-data/index.ts';
import { agency as supervisor, compliance, dayIn, manager } from './seed-people.ts';

type Get = <T>(type: new (...dependencies: never[]) => T) => T;

const REQUEST = 'seed';
const BANK = '演示银行';
const year = Number(dayIn(0).slice(0, 4));

const CANDIDATE = 'agency-e';
const at = (agencyId: string) => ({ agencyId, idempotency: null, requestId: REQUEST });

const profile = (name: string, letter: string, tail: string, owner: string): ProfileRequest => ({
  name,
  phone: `+8626000900${tail}`,
  licence: { number: `演示许可 AGENCY-${letter}-${year - 1}`, issuer: '演示市市场监督管理局', until: `${year + 2}-12-31` },
  owners: [
    { name: owner, sharePercent: 70 },
    { name: '演示同业投资合伙企业', sharePercent: 30 },
  ],
  beneficialOwner: `${owner}，直接持股 70%`,
  approvals: [
    { reference: `演示外包审〔${year - 1}〕${Number(tail)}号`, on: `${year - 2}-12-18`, about: '同意将其纳入信用卡催收外包机构名单' },
  ],
  contacts: [
    { role: '投诉联系人', name: '许文静', phone: `+8626000900${tail}`, email: `complaints-${letter.toLowerCase()}@example.com` },
    { role: '个人信息保护负责人', name: '段成林', phone: `+8626000901${tail}`, email: `privacy-${letter.toLowerCase()}@example.com` },
  ],
  responsible: { subject: 'demo-manager', name: '林婉清' },
});

const agencies: readonly { readonly agencyId: string; readonly profile: ProfileRequest; readonly fees: FeeTermsDto }[] = [
  {
    agencyId: 'agency-a',
    profile: { ...profile('演示安信资产管理有限公司', 'A', '01', '贺建国'), address: '演示市和平路1号' },
    fees: {
      currency: 'CNY',
      components: [
        { kind: 'fixed-monthly', amount: '60000.00' },
        { kind: 'share-of-recoveries', percent: '8' },
        { kind: 'quality', percent: '15' },
      ],
    },
  },
  {
    agencyId: 'agency-b',
    profile: { ...profile('演示博远信用服务有限公司', 'B', '02', '罗启明'), address: '演示市人民路2号' },
    fees: {
      currency: 'CNY',
      components: [
        { kind: 'per-case', amount: '38.00' },
        { kind: 'quality', percent: '20' },
      ],
    },
  },
  {
    agencyId: 'agency-c',
    profile: { ...profile('演示诚合商务咨询有限公司', 'C', '03', '冯素琴'), address: '演示市建设街3号' },
    fees: {
      currency: 'CNY',
      components: [
        { kind: 'per-contact', amount: '1.20' },
        { kind: 'share-of-recoveries', percent: '6.5' },
      ],
    },
  },
];

async function bytesOf(title: string, to: string, paragraphs: readonly string[]): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const notice = { title, institution: to, number: `演示文件 ${year}`, to: `${BANK}：`, paragraphs, signature: [to], footnotes: [] };
  for await (const piece of renderNotice({ ...notice, madeAt: `${dayIn(0)}T09:00:00+08:00` })) pieces.push(piece);
  return Buffer.concat(pieces);
}

interface Paper {
  readonly kind: DocumentKind;
  readonly title: string;
  readonly text: string;
  readonly validUntil?: string;
}

async function keepPaper(get: Get, agencyId: string, name: string, { kind, title, text, validUntil = '' }: Paper): Promise<string> {
  const fileName = `${title}.pdf`;
  const upload = await get(UploadService).keep(institutionId, fileName, [await bytesOf(title, name, [text])]);
  const form = { fields: { kind, title, validUntil }, upload, fileName };
  return (await get(DocumentService).take(manager, agencyId, form, null)).id;
}

const declaration = {
  kind: 'no-subcontracting-declaration',
  title: '不转包承诺书',
  text: '我公司承诺不以任何形式将受托催收业务转包、分包，全部作业由本公司在册人员以登记的工作设备完成。',
} as const;

async function registered(get: Get): Promise<void> {
  const [profiles, contracts] = [get(ProfileService), get(ContractService)];
  for (const { agencyId, fees: feeTerms, ...one } of agencies) {
    const { name } = one.profile;
    await profiles.write(manager, one.profile, at(agencyId));
    await keepPaper(get, agencyId, name, { ...declaration, validUntil: `${year + 1}-12-31` });
    const contractNo = `YS-CS-${year - 1}-${agencyId.slice(-1).toUpperCase()}`;
    const dates = { validFrom: `${year - 1}-01-01`, validTo: `${year + 1}-12-31` };
    await contracts.create(manager, agencyId, { contractNo, ...dates, feeTerms, note: '年度框架合同' }, null);
  }
  const [, second] = agencies;
  if (!second) return;
  const { components } = second.fees;
  const feeTerms = { ...second.fees, components: [...components, { kind: 'share-of-recoveries', percent: '5' } as const] };
  const amended = { validFrom: `${year - 1}-01-01`, validTo: `${year + 1}-12-31`, scope: { channels: ['voice', 'sms', 'letter'] } };
  const contract = { agencyId: second.agencyId, contractNo: `YS-CS-${year - 1}-B` };
  await contracts.amend(manager, contract, { ...amended, feeTerms, note: '补充协议：增加回款分成部分，限定联系方式' }, null);
}

async function working(get: Get): Promise<void> {
  const [staff, trainings] = [get(StaffService), get(TrainingService)];
  for (const { agencyId } of agencies) {
    const collectorIds = ['01', '02', '03', '04', '05', '06'].map((number) => `${agencyId}-${number}`);
    for (const [n, collectorId] of collectorIds.slice(0, 4).entries())
      await staff.sit(
        manager,
        { seatId: `${agencyId.slice(-1).toUpperCase()}-${String(n + 1).padStart(3, '0')}` },
        { ...at(agencyId), collectorId },
      );
    const attendants = collectorIds.map((collectorId, n) => ({ collectorId, result: n === 5 ? ('failed' as const) : ('passed' as const) }));
    const held = { heldOn: dayIn(-40), subject: '信用卡催收合规：时段、频次、第三人与个人信息保护', hours: '6' };
    await trainings.note(manager, agencyId, { ...held, attendants }, null);
  }
  // Brought by the agency, and nobody at the bank has seen either.
  const newcomer = { ...at('agency-a'), collectorId: 'agency-a-11' };
  const who = { collectorId: newcomer.collectorId, name: '谭雨桐', idNumber: '990101199803050028', joinedOn: dayIn(-3) };
  await staff.register(supervisor, { ...who, employer: '演示安信资产管理有限公司' }, at('agency-a'));
  const certificate = { number: `演示催收证 ${year}-0117`, issuer: '演示市银行业协会', validFrom: dayIn(-20), validTo: dayIn(345) };
  await get(CertificateService).add(supervisor, certificate, newcomer);
  await keepPaper(get, 'agency-c', '演示诚合商务咨询有限公司', {
    kind: 'insurance',
    title: '职业责任保险单',
    text: '承保职业责任险，每次事故赔偿限额人民币五百万元。',
    validUntil: dayIn(18),
  });
}

/** What the register shows by itself: a line of two agencies, and somebody whom another company employs. */
async function pointing(get: Get, database: DataSource): Promise<void> {
  const devices = get(DeviceService);
  const line = { deviceId: 'line-8026-17', kind: 'line' } as const;
  await devices.register(manager, { ...line, collectorId: 'agency-b-03' }, at('agency-b'));
  await devices.register(manager, { ...line, collectorId: 'agency-c-04' }, at('agency-c'));
  const who = { collectorId: 'agency-b-11', name: '姚一凡', idNumber: '990101199506120036', joinedOn: dayIn(-8) };
  await get(StaffService).register(manager, { ...who, employer: '演示众联人力资源有限公司' }, at('agency-b'));
  await get(CertificateService).checkIdentity(manager, { how: 'original-seen' }, { ...at('agency-b'), collectorId: who.collectorId });
  await inTransaction(database, { institutionId }, (tx) => get(FindingService).look(tx, institutionId, dayIn(-1), new Date()));
}

async function candidate(get: Get): Promise<void> {
  const name = '演示恒正信用管理有限公司';
  const asked = { ...profile(name, 'E', '05', '严守正'), agencyId: CANDIDATE, address: '演示市中山路5号' };
  await get(ProfileService).register(compliance, asked, { idempotency: null, requestId: REQUEST });
  const documentId = await keepPaper(get, CANDIDATE, name, declaration);
  const signed = { signedBy: '严守正', signedOn: dayIn(-6), documentId };
  await get(StepService).proposeAdmission(
    compliance,
    CANDIDATE,
    { declaration: signed, reason: '资质齐备，拟作为省内第四家合作机构。' },
    null,
  );
}

/** Once; returns how many agencies have been written down. */
export async function seedAgencies(app: INestApplicationContext): Promise<number> {
  const get: Get = (type) => app.get(type, { strict: false });
  if ((await get(ProfileService).find(manager, 'agency-a', REQUEST)).writtenAt !== null) return 0;
  await registered(get);
  await working(get);
  await pointing(get, app.get(DataSource));
  await candidate(get);
  return agencies.length + 1;
}
