import { Chance, weighted } from './chance.ts';
import {
  caseIdOf,
  debtIdOf,
  debtorIdOf,
  debtorIndexOf,
  entrustedTo,
  institutionId,
  partiesOf,
  regionOf,
  timeZoneOf,
} from './institution.ts';

export const caseColumns = [
  'institutionId',
  'caseId',
  'debtorId',
  'debtorName',
  'idNumber',
  'debtId',
  'product',
  'balance',
  'currency',
  'overdueSince',
  'timeZone',
  'partyId',
  'partyRole',
  'partyName',
  'contactPoint',
  'contactChannel',
  'contactSource',
  'agencyId',
  'region',
  'referralNoticeAt',
] as const;

/** One row of the `cases` file: one contact point of one party of one case. */
export type CaseRow = Readonly<Record<(typeof caseColumns)[number], string>>;

export interface CaseOptions {
  readonly seed: number;
  readonly cases: number;
  /** The last day of the log that belongs to the cases, `YYYY-MM-DD`: every debt was overdue well before. */
  readonly until: string;
}

const surnames = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈'.split('');
const compounds = ['欧阳', '上官', '司马', '诸葛'];
const given = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文玉兰志红梅鑫宇浩然子涵雨欣晨曦佳琪梓轩思远海波春燕冬晓东'.split('');
const products = weighted([
  ['标准信用卡', 6],
  ['白金信用卡', 2],
  ['分期信用卡', 2],
  ['联名信用卡', 1],
]);

export function nameOf(chance: Chance): string {
  const surname = chance.hits(15) ? chance.pick(compounds) : chance.pick(surnames);
  return surname + chance.pick(given) + (chance.hits(750) ? chance.pick(given) : '');
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;

/** Eighteen characters as GB 11643 has them, with an area that does not exist and a check digit that is never the right one. */
export function fictitiousIdNumber(chance: Chance): string {
  const born = new Date(Date.UTC(1960, 0, chance.between(1, 16_000))).toISOString().slice(0, 10).replaceAll('-', '');
  const body = `990${String(chance.between(100, 999))}${born}${String(chance.between(1, 999)).padStart(3, '0')}`;
  const sum = weights.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
  const right = '10X98765432'.charAt(sum % 11);
  return body + (right === '7' ? '3' : '7');
}

const dayBefore = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);

// One in ten was not told yet.
const noticeOf = (caseIndex: number, until: string): string => (caseIndex % 10 === 7 ? '' : dayBefore(until, 20 + (caseIndex % 60)));

/** The rows of the first `cases` cases; the same seed gives the same rows, and more cases only add rows at the end. */
export function* makeCases(options: CaseOptions): Generator<CaseRow> {
  const chance = new Chance(options.seed);
  let debtor = -1;
  let names: readonly string[] = [];
  let idNumber = '';
  for (let index = 0; index < options.cases; index += 1) {
    const parties = partiesOf(debtorIndexOf(index));
    if (debtorIndexOf(index) !== debtor) {
      debtor = debtorIndexOf(index);
      names = parties.map(() => nameOf(chance));
      idNumber = fictitiousIdNumber(chance);
    }
    const balance = `${chance.between(8, 900) * chance.between(10, 60)}.${String(chance.between(0, 99)).padStart(2, '0')}`;
    const ofCase = {
      institutionId,
      caseId: caseIdOf(index),
      debtorId: debtorIdOf(debtor),
      debtorName: names[0] ?? '',
      idNumber,
      debtId: debtIdOf(index),
      product: chance.pick(products),
      balance,
      currency: 'CNY',
      overdueSince: dayBefore(options.until, chance.between(95, 900)),
      timeZone: timeZoneOf(debtor),
      agencyId: entrustedTo(index) ?? '',
      region: regionOf(debtor),
      referralNoticeAt: entrustedTo(index) === null ? '' : noticeOf(index, options.until),
    };
    for (const [at, party] of parties.entries()) {
      for (const point of party.points) {
        yield {
          ...ofCase,
          partyId: party.partyId,
          partyRole: party.role,
          partyName: names[at] ?? '',
          contactPoint: point.value,
          contactChannel: point.channel,
          contactSource: point.source,
        };
      }
    }
  }
}
