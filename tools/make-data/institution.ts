// The demo institution: who exists, as arithmetic on an index, so that any number of cases costs no memory.
// Nothing here is anyone's. Mobile numbers begin with 154, a prefix of the Chinese plan that is assigned to no operator; fixed lines with
// the area code 26, which serves no city of the mainland; id numbers have an area that does not exist and a wrong check digit; e-mail goes to example.com.

export const institutionId = 'demo-bank';
export const agencyIds = ['agency-a', 'agency-b', 'agency-c'] as const;
export type AgencyId = (typeof agencyIds)[number];
/** Has made no contact; two cases were given to it before it was suspended. */
export const SUSPENDED_AGENCY = 'agency-d';

/** The bank's own collectors have no agency. */
export interface Collector {
  readonly collectorId: string;
  readonly agencyId: AgencyId | null;
  readonly deviceId: string;
}

const two = (value: number): string => String(value).padStart(2, '0');

const team = (agencyId: AgencyId | null): readonly Collector[] =>
  Array.from({ length: 10 }, (_, at) => {
    const collectorId = `${agencyId ?? 'bank'}-${two(at + 1)}`;
    return { collectorId, agencyId, deviceId: `dev-${collectorId}` };
  });

const teams = new Map<string | null, readonly Collector[]>([null, ...agencyIds].map((agencyId) => [agencyId, team(agencyId)]));

export const collectorsOf = (agencyId: string | null): readonly Collector[] => teams.get(agencyId) ?? [];
/** All forty. */
export const collectors: readonly Collector[] = [...teams.values()].flat();

// Thirteen cases belong to ten debtors: one has two cases and one has three.
const debtorOfCase = [0, 1, 2, 3, 3, 4, 5, 6, 7, 7, 7, 8, 9] as const;
const firstCaseOfDebtor = [0, 1, 2, 3, 5, 6, 7, 8, 11, 12] as const;

export const debtorIndexOf = (caseIndex: number): number => Math.floor(caseIndex / 13) * 10 + (debtorOfCase[caseIndex % 13] ?? 0);
export const debtorCount = (cases: number): number => (cases === 0 ? 0 : debtorIndexOf(cases - 1) + 1);

/** The cases of a debtor, of the first `cases` ones. */
export function caseIndexesOf(debtorIndex: number, cases: number): readonly number[] {
  const within = debtorIndex % 10;
  const first = Math.floor(debtorIndex / 10) * 13 + (firstCaseOfDebtor[within] ?? 0);
  const count = within === 3 ? 2 : within === 7 ? 3 : 1;
  return Array.from({ length: count }, (_, at) => first + at).filter((index) => index < cases);
}

// Three in ten cases stay with the bank.
const placed: readonly (AgencyId | null)[] = [
  null,
  'agency-a',
  'agency-b',
  'agency-a',
  null,
  'agency-c',
  'agency-a',
  'agency-b',
  null,
  'agency-c',
];
export const agencyOf = (caseIndex: number): AgencyId | null => placed[(caseIndex * 7) % 10] ?? null;

const six = (value: number): string => (value < 1_000_000 ? String(1_000_000 + value).slice(1) : String(value));
const eight = (value: number): string => String(100_000_000 + value).slice(1);

export const caseIdOf = (caseIndex: number): string => `C${six(caseIndex + 1)}`;
export const debtIdOf = (caseIndex: number): string => `L${six(caseIndex + 1)}`;
export const debtorIdOf = (debtorIndex: number): string => `D${six(debtorIndex + 1)}`;
export const entrustedTo = (caseIndex: number): string | null =>
  caseIndex === 23 || caseIndex === 36 ? SUSPENDED_AGENCY : agencyOf(caseIndex);

// Those before are spoken for by others of the demo.
const FIRST_SINGLE = 200;

/** Cases of debtors who have no other, with an agency or the bank itself; always the same. `fits`: only of such debtors. */
export function singleCasesOf(agencyId: string | null, count: number, fits: (debtorIndex: number) => boolean = () => true): string[] {
  const found: string[] = [];
  for (let index = FIRST_SINGLE; found.length < count; index += 1) {
    const debtor = debtorIndexOf(index);
    if (entrustedTo(index) === agencyId && caseIndexesOf(debtor, Infinity).length === 1 && fits(debtor)) found.push(caseIdOf(index));
  }
  return found;
}

// Codes of GB/T 2260: mostly cities of Heilongjiang.
const regions = ['230100', '230200', '230600', '230700', '231000', '110100', '310100', '440100'] as const;
export const regionOf = (debtorIndex: number): string =>
  timeZoneOf(debtorIndex) === 'Asia/Urumqi' ? '650100' : (regions[debtorIndex % regions.length] ?? '');

export const timeZoneOf = (debtorIndex: number): string => (debtorIndex % 97 === 5 ? 'Asia/Urumqi' : 'Asia/Shanghai');

export type PartyRole = 'debtor' | 'related' | 'guarantor';

export interface Party {
  readonly partyId: string;
  readonly role: PartyRole;
  readonly points: readonly ContactPoint[];
}

export interface ContactPoint {
  readonly value: string;
  readonly channel: 'voice' | 'email' | 'letter';
  readonly source: string;
}

const voice = (value: string, source: string): ContactPoint => ({ value, channel: 'voice', source });
const mobile = (debtorIndex: number, which: number): string => `+86154${eight(debtorIndex * 8 + which)}`;
const fixedLine = (debtorIndex: number, which: number): string => `+8626${eight(debtorIndex * 8 + which)}`;

const partyNumber: Readonly<Record<PartyRole, number>> = { debtor: 1, related: 2, guarantor: 3 };
export const partyIdOf = (debtorIndex: number, role: PartyRole): string => `P${six(debtorIndex + 1)}-${partyNumber[role]}`;

/** The mobile, then perhaps a fixed line at home or at work. */
export function numbersOf(debtorIndex: number): readonly string[] {
  const numbers = [mobile(debtorIndex, 0)];
  if (debtorIndex % 3 === 0) numbers.push(fixedLine(debtorIndex, 1));
  if (debtorIndex % 4 === 1) numbers.push(fixedLine(debtorIndex, 2));
  return numbers;
}

/** '' where the debtor has none, as for the next two. */
export const emailOf = (debtorIndex: number): string =>
  debtorIndex % 4 === 2 ? `${debtorIdOf(debtorIndex).toLowerCase()}@example.com` : '';
export const addressOf = (debtorIndex: number): string => (debtorIndex % 4 === 3 ? addressText(debtorIndex) : '');
export const relatedNumberOf = (debtorIndex: number): string => (debtorIndex % 2 === 0 ? mobile(debtorIndex, 3) : '');

const FOUND_ON_THE_WEB = 16;

/** The debtor first, with the mobile first; then a relative (every second debtor) and a guarantor (every fifth). */
export function partiesOf(debtorIndex: number): readonly Party[] {
  // Of one debtor, a number that was found on the web: none of the sources that the law knows.
  const source = debtorIndex === FOUND_ON_THE_WEB ? 'web-search' : 'contract';
  const points = numbersOf(debtorIndex).map((number) => voice(number, source));
  const email = emailOf(debtorIndex);
  const address = addressOf(debtorIndex);
  if (email !== '') points.push({ value: email, channel: 'email', source: 'contract' });
  if (address !== '') points.push({ value: address, channel: 'letter', source: 'contract' });
  const parties: Party[] = [{ partyId: partyIdOf(debtorIndex, 'debtor'), role: 'debtor', points }];
  const add = (role: PartyRole, number: string): number =>
    parties.push({ partyId: partyIdOf(debtorIndex, role), role, points: [voice(number, 'contract')] });
  if (relatedNumberOf(debtorIndex) !== '') add('related', relatedNumberOf(debtorIndex));
  if (debtorIndex % 5 === 0) add('guarantor', mobile(debtorIndex, 4));
  return parties;
}

const streets = ['和平路', '人民路', '建设街', '友谊路', '中山路', '新华街', '解放路', '文化街'] as const;
const addressText = (debtorIndex: number): string =>
  `演示市${streets[debtorIndex % streets.length] ?? ''}${(debtorIndex % 300) + 1}号${(debtorIndex % 24) + 1}单元`;
