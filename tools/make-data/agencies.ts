import { Chance } from './chance.ts';
import { nameOf } from './cases.ts';
import { collectorsOf, institutionId, SUSPENDED_AGENCY } from './institution.ts';

export const agencyColumns = [
  'institutionId',
  'agencyId',
  'name',
  'licence',
  'status',
  'published',
  'contractFrom',
  'contractTo',
  'lastEvaluatedOn',
  'phone',
  'address',
] as const;
export const staffColumns = ['institutionId', 'agencyId', 'collectorId', 'name', 'certificateUntil', 'deviceIds', 'status'] as const;

/** One row of the `agencies` file. */
export type AgencyRow = Readonly<Record<(typeof agencyColumns)[number], string>>;
/** One row of the `agency-staff` file. */
export type StaffRow = Readonly<Record<(typeof staffColumns)[number], string>>;

export interface AgencyOptions {
  readonly seed: number;
  /** The day that the files are made for, `YYYY-MM-DD`; contracts and certificates change with the year, not with the day. */
  readonly until: string;
}

const agencies: readonly (readonly [agencyId: string, name: string, phone: string, address: string])[] = [
  ['agency-a', '演示安信资产管理有限公司', '+862600090001', '演示市和平路1号'],
  ['agency-b', '演示博远信用服务有限公司', '+862600090002', '演示市人民路2号'],
  ['agency-c', '演示诚合商务咨询有限公司', '+862600090003', '演示市建设街3号'],
  [SUSPENDED_AGENCY, '演示德信金融外包有限公司', '+862600090004', '演示市友谊路4号'],
];

const yearOf = (day: string): number => Number(day.slice(0, 4));

/** Four agencies: three whose contracts are in force, and one that is suspended and was last evaluated long ago. */
export function* makeAgencies({ until }: AgencyOptions): Generator<AgencyRow> {
  const year = yearOf(until);
  for (const [agencyId, name, phone, address] of agencies) {
    const suspended = agencyId === SUSPENDED_AGENCY;
    yield {
      institutionId,
      agencyId,
      name,
      licence: `演示许可 ${agencyId.toUpperCase()}-${year - 1}`,
      status: suspended ? 'suspended' : 'active',
      published: suspended ? 'false' : 'true',
      contractFrom: `${year - 1}-01-01`,
      contractTo: `${year + 1}-12-31`,
      // Evaluated within the year, whatever day it is: at its beginning.
      lastEvaluatedOn: suspended ? `${year - 2}-06-30` : `${year}-01-01`,
      phone,
      address,
    };
  }
}

// The agency's people who sign in, beside those of its log.
const alsoOfA = ['demo-agency', 'agency-supervisor'];

/** The collectors of the logs with their work tools; one whose certificate has expired, one without any, and one who has left. */
export function* makeStaff({ seed, until }: AgencyOptions): Generator<StaffRow> {
  const chance = new Chance(seed + 2);
  const year = yearOf(until);
  for (const [agencyId] of agencies) {
    const ofLog = collectorsOf(agencyId).map(({ collectorId, deviceId }) => ({ collectorId, deviceId }));
    const others = agencyId === 'agency-a' ? alsoOfA.map((collectorId) => ({ collectorId, deviceId: `dev-${collectorId}` })) : [];
    const left = agencyId === 'agency-c' ? [{ collectorId: 'agency-c-11', deviceId: '' }] : [];
    for (const { collectorId, deviceId } of [...ofLog, ...others, ...left]) {
      yield {
        institutionId,
        agencyId,
        collectorId,
        name: nameOf(chance),
        certificateUntil: collectorId === 'agency-b-10' ? `${year - 1}-06-30` : collectorId === 'agency-c-10' ? '' : `${year + 1}-06-30`,
        deviceIds: deviceId,
        status: collectorId === 'agency-c-11' ? 'left' : 'active',
      };
    }
  }
}
