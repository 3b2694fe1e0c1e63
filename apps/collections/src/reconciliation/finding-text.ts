import type { Language } from '#contact-rules';
import { csvLine } from '#render';
import type { CallFinding } from './reconciliation.store.ts';

const WHY: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  zh: {
    none: '没有找到该机构对该号码的联系许可：拨打之前没有申请。',
    used: '对该号码的许可已被另一通电话使用；一次许可只供一次联系。',
    'unknown-attempt': '记录所写的许可编号不存在，或不是该机构的许可。',
    refused: '这次联系曾被拒绝，却仍然拨打。',
  },
  en: {
    none: 'No permit of this agency for this number was found: nobody asked before the call.',
    used: 'Another call has used the permit for this number; a permit is for one contact.',
    'unknown-attempt': 'The permit that the record names does not exist, or is not of this agency.',
    refused: 'This contact was refused and was made all the same.',
  },
};

const TEXT: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  zh: {
    'outside-permit': '拨打时间不在许可的时限之内。',
    'other-number': '所持许可是给另一个号码的。',
    'outcome-missing': '许可已使用，但至今没有报告结果。',
    'outcome-differs': '所报告的结果与通话记录不符。',
  },
  en: {
    'outside-permit': 'The call was not made within the time of its permit.',
    'other-number': 'The permit held was for another number.',
    'outcome-missing': 'The permit was used and its outcome was never reported.',
    'outcome-differs': 'The outcome that was reported is not what the call record says.',
  },
};

/** The finding in words. */
export const callMessage = ({ finding, why }: CallFinding, language: Language): string =>
  (finding === 'no-permit' ? WHY[language][why ?? 'none'] : TEXT[language][finding]) ?? finding;

const COLUMNS = [
  'row',
  'callId',
  'finding',
  'why',
  'attemptId',
  'caseId',
  'agencyId',
  'collectorId',
  'number',
  'startedAt',
  'permittedFrom',
  'permittedUntil',
  'recorded',
  'reported',
] as const;

export type CallFindingsFormat = 'csv' | 'ndjson';

export const callFindingsHeader = (format: CallFindingsFormat): string => (format === 'csv' ? csvLine([...COLUMNS, 'message']) : '');

export function callFindingLine(finding: CallFinding, format: CallFindingsFormat, language: Language): string {
  const message = callMessage(finding, language);
  if (format === 'csv') return csvLine([...COLUMNS.map((column) => finding[column]), message]);
  return `${JSON.stringify({ ...Object.fromEntries(COLUMNS.map((column) => [column, finding[column]])), message })}\n`;
}
