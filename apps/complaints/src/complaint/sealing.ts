import { maskContactPoint, maskIdNumber, maskName, type Vault } from '#vault';
import { isLocalDate } from '#wire';
import type { ComplaintRecord } from './complaint.record.ts';

export interface Proxy {
  readonly name: string;
  readonly idNumber: string | null;
  readonly contact: string | null;
}

/** What a complaint holds of people, in the clear. */
export interface PersonalData {
  readonly name: string;
  readonly idNumber: string | null;
  readonly contact: string | null;
  readonly proxy: Proxy | null;
  readonly subject: string;
  readonly narrative: string;
  readonly requests: readonly string[];
}

export interface SealedData {
  readonly nameSealed: Buffer;
  readonly idNumberSealed: Buffer | null;
  readonly idNumberIndex: Buffer | null;
  readonly contactSealed: Buffer | null;
  readonly contactIndex: Buffer | null;
  readonly proxySealed: Buffer | null;
  readonly subjectSealed: Buffer;
  readonly narrativeSealed: Buffer;
  readonly requestsSealed: Buffer;
}

export function sealData(vault: Vault, data: PersonalData): SealedData {
  const { name, idNumber, contact, proxy, subject, narrative, requests } = data;
  return {
    nameSealed: vault.seal(name, 'complaint.name'),
    idNumberSealed: idNumber === null ? null : vault.seal(idNumber, 'complaint.idNumber'),
    idNumberIndex: idNumber === null ? null : vault.index(idNumber, 'complaint.idNumber'),
    contactSealed: contact === null ? null : vault.seal(contact, 'complaint.contact'),
    contactIndex: contact === null ? null : vault.index(contact, 'complaint.contact'),
    proxySealed: proxy === null ? null : vault.seal(JSON.stringify(proxy), 'complaint.proxy'),
    subjectSealed: vault.seal(subject, 'complaint.subject'),
    narrativeSealed: vault.seal(narrative, 'complaint.narrative'),
    requestsSealed: vault.seal(JSON.stringify(requests), 'complaint.requests'),
  };
}

const orNull = <T>(sealed: Buffer | null, open: (sealed: Buffer) => T): T | null => (sealed === null ? null : open(sealed));

export const openSubject = (vault: Vault, record: Pick<ComplaintRecord, 'subjectSealed'>): string =>
  vault.open(record.subjectSealed, 'complaint.subject');
export const openName = (vault: Vault, record: Pick<ComplaintRecord, 'nameSealed'>): string =>
  vault.open(record.nameSealed, 'complaint.name');

/** The sealed columns of a complaint. */
export type SealedRecord = Pick<
  ComplaintRecord,
  'nameSealed' | 'idNumberSealed' | 'contactSealed' | 'proxySealed' | 'subjectSealed' | 'narrativeSealed' | 'requestsSealed'
>;

export function openData(vault: Vault, record: SealedRecord): PersonalData {
  return {
    name: openName(vault, record),
    idNumber: orNull(record.idNumberSealed, (sealed) => vault.open(sealed, 'complaint.idNumber')),
    contact: orNull(record.contactSealed, (sealed) => vault.open(sealed, 'complaint.contact')),
    proxy: orNull(record.proxySealed, (sealed) => JSON.parse(vault.open(sealed, 'complaint.proxy')) as Proxy),
    subject: openSubject(vault, record),
    narrative: vault.open(record.narrativeSealed, 'complaint.narrative'),
    requests: JSON.parse(vault.open(record.requestsSealed, 'complaint.requests')) as string[],
  };
}

/** What a complaint is found by. */
export const wordsOf = ({ name, subject, narrative, requests }: PersonalData): string[] => [name, subject, narrative, ...requests];

type Known = Pick<PersonalData, 'name' | 'idNumber' | 'contact' | 'proxy'>;

/** What was written, with the people it is known to be about masked, and whatever looks like a number of a person, a phone or an account, or an e-mail address. */
export function maskText(text: string, { name, idNumber, contact, proxy }: Known): string {
  const known: (readonly [string | null | undefined, (value: string) => string])[] = [
    [name, maskName],
    [idNumber, maskIdNumber],
    [contact, maskContactPoint],
    [proxy?.name, maskName],
    [proxy?.idNumber, maskIdNumber],
    [proxy?.contact, maskContactPoint],
  ];
  const masked = known.reduce((left, [value, mask]) => (value && value.length > 1 ? left.replaceAll(value, mask(value)) : left), text);
  return masked
    .replace(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, maskContactPoint)
    .replace(/\d[\d -]{5,}[\dXx]/g, (digits) => (isLocalDate(digits) ? digits : maskIdNumber(digits)));
}

export function maskData(data: PersonalData): PersonalData {
  const { name, idNumber, contact, proxy } = data;
  return {
    name: maskName(name),
    idNumber: idNumber && maskIdNumber(idNumber),
    contact: contact && maskContactPoint(contact),
    proxy: proxy && {
      name: maskName(proxy.name),
      idNumber: proxy.idNumber && maskIdNumber(proxy.idNumber),
      contact: proxy.contact && maskContactPoint(proxy.contact),
    },
    subject: maskText(data.subject, data),
    narrative: maskText(data.narrative, data),
    requests: data.requests.map((request) => maskText(request, data)),
  };
}
