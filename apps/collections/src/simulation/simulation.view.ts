import type { Language } from '#contact-rules';
import { toAnswer } from '../contact/answer.ts';
import type { PolicySimulationItem, PolicySimulationView, SimulationNote } from './simulation.dto.ts';
import type { SimulationRecord } from './simulation.store.ts';
import type { Sample } from './simulator.ts';
import type { Segment, SimulationSummary } from './tally.ts';

export function toItem(record: SimulationRecord): PolicySimulationItem {
  const { summary } = record;
  return {
    id: record.id,
    draftId: record.draftId,
    revision: record.revision,
    state: record.state,
    progress: record.progress,
    failure: record.failure && { code: record.failure.code, detail: record.failure.detail },
    period: { from: record.periodFrom.toISOString(), to: record.periodTo.toISOString() },
    product: record.product === '' ? null : record.product,
    requestedBy: record.requestedBy,
    createdAt: record.createdAt.toISOString(),
    finishedAt: record.finishedAt?.toISOString() ?? null,
    against: summary?.against ?? null,
    judged: summary?.judged ?? null,
    changed: summary?.changed ?? null,
    toRefused: summary?.toRefused ?? null,
    toPermitted: summary?.toPermitted ?? null,
  };
}

const segmentOf = ({ product, overdue, channel, mode }: Segment): string => [product || '-', overdue, channel, mode ?? '-'].join(' · ');

export function toView(record: SimulationRecord, samples: readonly Sample[], language: Language): PolicySimulationView {
  const { summary } = record;
  return {
    ...toItem(record),
    decided: summary?.decided ?? null,
    logged: summary?.logged ?? null,
    refusedBefore: summary?.refusedBefore ?? null,
    refusedAfter: summary?.refusedAfter ?? null,
    byRule: summary?.byRule ?? [],
    byAgency: summary?.byAgency ?? [],
    bySegment: summary?.bySegment.map((line) => ({ segment: segmentOf(line), ...line })) ?? [],
    byDay: summary?.byDay ?? [],
    samples: samples.map(({ before, after, ...sample }) => ({
      ...sample,
      before: toAnswer(before, language),
      after: toAnswer(after, language),
    })),
    openPermits: summary?.openPermits ?? null,
    leftOut: summary?.leftOut ?? [],
    notes: summary === null ? [] : notesOf(summary, language),
  };
}

const NOTES = {
  'history-would-differ': {
    zh: '每次联系都按当时实际发生的联系经过判断。假如拟定规则当时已经生效，被拒绝的联系不会发生，其后的次数也会不同：实际的变化会小于或不同于此处的数字。',
    en: 'Each contact is judged on what really happened before it. Had the draft been in force, refused contacts would not have taken place and later counts would differ: the true change is smaller or other than these figures.',
  },
  'register-of-today': {
    zh: '导入的联系记录没有当时的登记事实：案件状态、限制、同意和作业机构以登记册现在所载为准，尚不知道的规则不予判断。',
    en: 'Imported contacts come without the facts of their time: cases, holds, consents and agencies are taken as the register has them now, and rules whose facts are not known are left out.',
  },
  'facts-not-recorded': {
    zh: '部分规则需要当时没有记录的事实，对这些联系未作判断：见“未判断的规则”。',
    en: 'Some rules need facts that were not recorded then; for those contacts they were left out: see the rules left out.',
  },
  'products-of-today': {
    zh: '产品和逾期起始日以案件现在的登记为准。',
    en: 'The product and the date since which a debt is overdue are those of the case today.',
  },
} as const;

/** What the figures cannot know, said with them. */
function notesOf({ logged, leftOut }: SimulationSummary, language: Language): SimulationNote[] {
  const codes: (keyof typeof NOTES)[] = ['history-would-differ', 'products-of-today'];
  if (logged > 0) codes.push('register-of-today');
  if (leftOut.length > 0) codes.push('facts-not-recorded');
  return codes.map((code) => ({ code, text: NOTES[code][language] }));
}
